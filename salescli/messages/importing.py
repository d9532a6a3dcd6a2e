"""Sentences of what is asked of an import, and of a first evening with salescli."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "not-a-pair": Message("`{text}` of {option} is not `left=right`", "{option} 的 `{text}` 不是 `左=右` 的形式"),
    "not-an-alias": Message(
        "`{text}` is not an alias",
        "`{text}` 不是别名",
        "write --alias type:written=meant, as 'person:Jon Smith=John Smith'",
        "请写 --alias 类型:写法=实名,如 person:王方=王芳",
    ),
    "unknown-profile": Message(
        "there is no import profile `{text}`; there are: {known}",
        "没有导入配置 `{text}`;现有:{known}",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "profiles-tie": Message(
        "several import profiles fit this file equally: {names}",
        "多个导入配置同样适合此文件:{names}",
        "name one with --profile {first}, or narrow a pattern in: {files}",
        "请用 --profile {first} 指定其一,或收窄其中一个的 match:{files}",
    ),
    "profile-twice": Message(
        "the import profile `{text}` is also in {other}",
        "导入配置 `{text}` 在 {other} 中已有",
        "give one of them another name",
        "请为其中一个改名",
    ),
    "profile-not-written": Message(
        "what was decided could not be kept: {reason}",
        "本次的决定未能记下:{reason}",
        "write it there yourself: {lines}",
        "请自行写入:{lines}",
    ),
    "complete-without-date": Message(
        "`complete: month` needs months, and {type} records have no date",
        "`complete: month` 按月核对,而{type}没有日期",
    ),
    "not-a-layout": Message(
        "`{text}` is not a layout of dates",
        "`{text}` 不是日期的写法",
        'write a zero for every figure: "00/00/0000": dmy',
        '请用 0 代替每个数字:"00/00/0000": dmy',
    ),
    "option-month": Message(
        "`{option} {text}` is not a month", "`{option} {text}` 不是月份", "write it as 2026-03", "请写成 2026-03"
    ),
    "source-not-taken": Message(
        "--source `{text}` is taken by no sheet: {reason}",
        "没有工作表用到 --source `{text}`:{reason}",
    ),
    "folder-read": Message(
        "a folder: its {count} spreadsheets are read",
        "文件夹,读取其中 {count} 个表格文件",
    ),
    "folder-without-files": Message(
        "there is no spreadsheet in the folder",
        "文件夹中没有表格文件",
        ".xlsx .xls .xlsb .ods .csv .tsv can be read",
        "可读取 .xlsx .xls .xlsb .ods .csv .tsv",
    ),
    "folder-not-empty": Message(
        "`{path}` is not empty",
        "`{path}` 不是空文件夹",
        "name another folder: salescli demo DIR",
        "请指定其他文件夹:salescli demo 文件夹",
    ),
    "gone-closed": Message(
        "{type}, {month}, which is closed: {count} no longer in the file ({amount}): {records}",
        "已关账的 {month} 有 {count} 条{type}不在文件中了(合计 {amount}):{records}",
        "if they are to go, say --accept-gone; the difference is posted in the next open month",
        "如确应删除,请加 --accept-gone;差额将计入下一个未关账的月份",
    ),
    "gone-many": Message(
        "{type}, {month}: {count} of {of} no longer in the file ({amount}), more than 5 %: {records}",
        "{month} 的 {of} 条{type}中有 {count} 条不在文件中了(合计 {amount}),超过 5 %:{records}",
        "is the file whole? if they are to go, say --accept-gone",
        "文件完整吗?如确应删除,请加 --accept-gone",
    ),
    "gone-but-edited": Message(
        "{type}: {count} no longer in the file, but changed since by batch {batches}, and kept: {records}",
        "{count} 条{type}不在文件中了,但其后被批次 {batches} 改过,予以保留:{records}",
        "remove them with `salescli record remove`, if they are to go",
        "如确应删除,请用 `salescli record remove`",
    ),
    "gone-unsure": Message(
        "{type}: {count} no longer in the file, unless among the rejected rows, and kept: {records}",
        "{count} 条{type}不在文件中了,但被拒的行可能就是它们,予以保留:{records}",
        "correct the rejected rows in the file itself and import it again",
        "请在原文件中改正被拒的行,再导入一次",
    ),
    "source-again": Message(
        "{type}: {missing} of an earlier file of this source not in this one (rows: {rows}, new: {fresh}): "
        "does it stand for the earlier one, or beside it?",
        "同一来源此前的文件中有 {missing} 条{type}不在此文件中(共 {rows} 行,新增 {fresh} 行):是取代,还是补充?",
        "say --replaces (the others end) or --adds (they stay)",
        "请指明 --replaces(其余结束)或 --adds(其余保留)",
    ),
    "again-needless": Message(
        "{option} has no use here: every row is known by a number or key",
        "此处无需 {option}:每行都有编号或键",
    ),
    "answer-posts": Message(
        "{option} would post for closed months, in {month}: {postings}",
        "{option} 将在 {month} 为已关账的月份补计:{postings}",
    ),
    "answer-posts-nothing": Message("{option}: no commission of closed months moves", "{option}:已关账月份的佣金不变"),
    "closed-months-move": Message(
        "{option} moves commission of closed months; posted in {month}: {postings}",
        "{option} 会改变已关账月份的佣金,将在 {month} 补计:{postings}",
        "if that is right, say --accept-posting as well",
        "如无误,请再加 --accept-posting",
    ),
    "closed-months-moved": Message(
        "this changes what closed months paid by; posted in {month}: {postings}",
        "这改变了已关账月份的计提依据,将在 {month} 补计:{postings}",
    ),
    "closed-months-unknown": Message(
        "{option}: what it would post for closed months cannot be computed; `salescli commission run {month}` says why",
        "{option}:无法计算其对已关账月份的影响;请用 `salescli commission run {month}` 查看原因",
        "repair the plans first, or say --accept-posting",
        "请先修正提成方案,或加 --accept-posting",
    ),
    "rows-in-closed-months": Message(
        "{count} new {type} fall in closed months ({months}): what they change is posted in {month}",
        "{count} 条新增{type}落在已关账的月份({months}):差额将计入 {month}",
    ),
    "options-exclude": Message("{first} and {second} exclude each other", "{first} 与 {second} 不能同时使用"),
}
