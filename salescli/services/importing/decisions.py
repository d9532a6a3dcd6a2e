"""Decisions about files in words: what a profile says from now on, for the report of the import that wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salescli.core.records.profile import FileProfile
from salescli.core.title import Title

_ORDERS = {
    "ymd": Title("年-月-日", "year-month-day"),
    "dmy": Title("日-月-年", "day-month-year"),
    "mdy": Title("月-日-年", "month-day-year"),
}
_MEANINGS = {"percent": Title("5 即 5%", "5 is 5 %"), "fraction": Title("0.05 即 5%", "0.05 is 5 %")}


def decision_titles(
    entries: Sequence[FileProfile], aliases: Mapping[str, Mapping[str, str]], uses: str = ""
) -> tuple[Title, ...]:
    """Say what a profile says from now on: the profile it uses, its entries, other names."""
    said = [Title(f"沿用 {uses}", f"uses {uses}")] if uses else []
    for entry in entries:
        said += _entry_titles(entry)
    said += [
        Title(f"{kind} {written}={meant}", f"{kind} {written} = {meant}")
        for kind, pairs in aliases.items()
        for written, meant in pairs.items()
    ]
    return tuple(dict.fromkeys(said))


def _entry_titles(entry: FileProfile) -> list[Title]:
    said = []
    if entry.sheet:
        said.append(Title(f"工作表 {entry.sheet}", f"sheet {entry.sheet}"))
    if entry.type:
        said.append(Title(f"类型 {entry.type}", f"type {entry.type}"))
    if entry.encoding:
        said.append(Title(f"编码 {entry.encoding.upper()}", f"encoding {entry.encoding.upper()}"))
    if entry.key:
        said.append(Title(f"键 {','.join(entry.key)}", f"key {','.join(entry.key)}"))
    if entry.complete:
        said.append(Title("文件包含所涉月份的全部记录", "a file holds everything of the months it touches"))
    said += [Title(f"列“{header}”为 {name}", f"column {header} is {name}") for header, name in entry.columns.items()]
    for header, orders in entry.dates.items():
        if len(set(orders.values())) == 1:
            orders = {"": next(iter(orders.values()))}
        for layout, order in orders.items():
            title = _ORDERS.get(order, Title(order, order))
            zh, en = (f" {layout} ", f" as {layout}") if layout else ("", "")
            said.append(Title(f"“{header}”的日期{zh}为{title.zh}", f"dates of {header}{en} {title.en}"))
    for header, meaning in entry.percents.items():
        title = _MEANINGS.get(meaning, Title(meaning, meaning))
        said.append(Title(f"“{header}”中 {title.zh}", f"in {header} {title.en}"))
    return said
