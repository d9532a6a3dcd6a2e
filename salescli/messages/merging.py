"""Sentences about records that are one: merging, and new numbers."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "introduced-alike": Message(
        "introduced {type} names that are the same but for legal form, spaces or punctuation ({count}): {names}",
        "新提及的{type}中有 {count} 组名称只差公司形式、空格或标点:{names}",
        "if they are one: salescli record merge {name} {first}; see all: salescli record dedupe {name}",
        "如是同一对象:salescli record merge {name} {first};全部:salescli record dedupe {name}",
    ),
    "merged-differs": Message(
        "{field} of {record}: the row of `{former}`, which was merged into it, now says `{file_value}`; "
        "`{value}` is kept",
        "{record} 的{field}:已并入的 `{former}` 一行现为 `{file_value}`;保留 `{value}`",
        "take the file's value with --prefer file",
        "如需采用文件的值,请加 --prefer file",
    ),
    "merged-into": Message(
        "rows about {type} records that were merged into others: {count} (`{former}` → `{record}`); "
        "number and name are not taken from them",
        "{count} 行是已并入其他记录的{type}(`{former}` → `{record}`):不采用其编号和名称",
    ),
    "merge-what": Message(
        "say which record stays and which are merged into it, or give the filled-in workbook",
        "请指明保留的记录和并入的记录,或给出填好的工作簿",
        "salescli record merge {type} KEEP OTHER…, or --from FILE",
        "salescli record merge {type} 保留 并入…,或 --from 文件",
    ),
    "not-a-merge-sheet": Message(
        "`{path}` is not a workbook of `record dedupe`",
        "`{path}` 不是 `record dedupe` 写出的工作簿",
        "write one: salescli record dedupe {type} -o FILE.xlsx",
        "先写一份:salescli record dedupe {type} -o 文件.xlsx",
    ),
    "merge-keeps-one": Message(
        "group {group} says of {count} records that they stay: exactly one does",
        "第 {group} 组有 {count} 条记录标为保留:应恰有一条",
    ),
    "merge-torn": Message(
        "{record} is merged into another, and has a second part", "{record} 要并入其他记录,却另有安排"
    ),
    "merge-word": Message("`{text}` is none of keep, yes and no", "`{text}` 不是「保留」「是」「否」之一"),
    "merge-with-itself": Message(
        "`{text}` is the record that stays: it cannot be merged into itself", "`{text}` 就是要保留的记录,不能并入自身"
    ),
    "merge-needs-number": Message(
        "{type} records are known by what they refer to and are not merged",
        "{type}以其所引用的记录为键,不能合并",
        "merge what they refer to, or remove one: salescli record remove",
        "请合并它所引用的记录,或删除其中一条:salescli record remove",
    ),
    "merge-collides": Message(
        "{type} `{first}` and `{second}` would be one record after the merge",
        "合并后{type} `{first}` 与 `{second}` 会成为同一条记录",
        "correct or remove one of them first",
        "请先更正或删除其中一条",
    ),
    "merge-circular": Message(
        "{field} of the record that stays is one of those that go",
        "要保留的记录的{field}正是要并入的记录",
        "change it first: salescli record edit",
        "请先修改:salescli record edit",
    ),
    "merge-person-paid": Message(
        "closed commission runs pay `{person}` (`{period}`): a person who was paid is not merged into another",
        "已关账的提成({period})中有 `{person}`:已发放的人员不能并入他人",
        "let the paid record be the one that stays: salescli record merge {type} {person} …",
        "请以已发放的记录为保留记录:salescli record merge {type} {person} …",
    ),
    "merge-moves-pay": Message(
        "closed months may change: {reason}",
        "已关账的月份可能变动:{reason}",
        "accept it with --accept-posting; the next run posts the differences",
        "如接受请加 --accept-posting;差额计入下一次计算",
    ),
    "merge-ids-differ": Message(
        "{field} differs (`{kept}`, `{other}`): are they one?", "{field}不同(`{kept}`、`{other}`):确为同一个吗?"
    ),
    "rekey-needs-number": Message(
        "a {type} has no number of its own to change",
        "{type}没有可以更改的编号",
        "remove it and add it anew",
        "请删除后重新添加",
    ),
}
