"""Sentences that belong to no single area: money, dates, periods, files."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "finer-than-0.0001": Message(
        "`{text}` is finer than 0.0001, the smallest step that is stored",
        "`{text}` 的精度超过 0.0001(存储的最小单位)",
        "round it in the file, or say `round: 4` in the import profile",
        "请在文件中四舍五入,或在导入配置中写 `round: 4`",
    ),
    "bad-period": Message(
        "`{text}` is not a period",
        "`{text}` 不是有效的期间",
        "write 2026, 2026-Q1, 2026-03, 2026-W10, FY2026-Q1, 2026-03-01..2026-03-15, this-month or last-month",
        "可写 2026、2026-Q1、2026-03、2026-W10、FY2026-Q1、2026-03-01..2026-03-15、this-month、last-month",
    ),
    "ambiguous-period": Message(
        "`{text}` has two readings where the fiscal year starts in month {month}: calendar {calendar}, fiscal {fiscal}",
        "财年从 {month} 月开始,`{text}` 有两种读法:自然 {calendar},财年 {fiscal}",
        "write {calendar} for the calendar or {fiscal_label} for the fiscal reading",
        "自然期间请写 {calendar},财年期间请写 {fiscal_label}",
    ),
    "fiscal-name-missing": Message(
        "a fiscal year that starts in month {month} needs `fiscal_year_named: start` or `end`",
        "财年从 {month} 月开始时,必须写明 `fiscal_year_named: start` 或 `end`",
    ),
    "file-not-found": Message(
        "`{path}` does not exist", "文件 `{path}` 不存在", "did you mean `{nearest}`?", "是否为 `{nearest}`?"
    ),
    "cannot-write": Message("`{path}` cannot be written: {reason}", "无法写入 `{path}`:{reason}"),
    "cannot-read": Message("`{path}` cannot be read: {reason}", "无法读取 `{path}`:{reason}"),
}
