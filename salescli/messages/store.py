"""Sentences of the `store` area."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "no-store": Message(
        "there is no store at `{path}`",
        "`{path}` 处没有数据库",
        "start with `salescli start FILE` or `salescli init`",
        "请先运行 `salescli start 文件` 或 `salescli init`",
    ),
    "not-a-store": Message("`{path}` is not a salescli store", "`{path}` 不是 salescli 数据库"),
    "store-newer": Message(
        "this store was written by a newer salescli (it has `{migration}`)",
        "此数据库由更新版本的 salescli 写入(含 `{migration}`)",
        "update salescli; nothing was changed",
        "请升级 salescli;未做任何更改",
    ),
    "store-readonly": Message(
        "the store `{path}` cannot be written",
        "数据库 `{path}` 无法写入",
        "check the rights of the file and of its folder",
        "请检查文件及所在文件夹的写权限",
    ),
    "store-locked": Message(
        "the store `{path}` is in use by another process; nothing was changed",
        "数据库 `{path}` 正被其他进程占用;未做任何更改",
        "it is doing: {holder}",
        "占用者正在:{holder}",
    ),
    "base-currency-changed": Message(
        "salescli.yaml says `currency: {currency}`, but amounts were stored as {before}, the base currency until now",
        "salescli.yaml 写着 `currency: {currency}`,但已入库的金额按原本位币 {before} 记录",
        "put `currency: {before}` back; to change it, undo the imports first, then import again",
        "请改回 `currency: {before}`;要更换本位币,请先撤销已有导入,再重新导入",
    ),
    "store-failed": Message("the store `{path}` cannot be used: {reason}", "数据库 `{path}` 无法使用:{reason}"),
    "declaration-changed": Message(
        "the field `{field}` of `{type}` has another kind than the store has",
        "`{type}` 的字段 `{field}` 与数据库中的类型不同",
        "give the field another name: what is stored keeps its kind",
        "请为字段改用新名称:已存储的数据保持原有类型",
    ),
    "no-such-batch": Message(
        "there is no batch {batch}", "没有批次 {batch}", "see `salescli log`", "见 `salescli log`"
    ),
    "bad-known": Message(
        "`{text}` is neither a batch number nor a moment",
        "`{text}` 既不是批次号也不是时间",
        "write a batch number of `salescli log`, a day, or 2026-03-22T18:40",
        "请写 `salescli log` 中的批次号、日期,或 2026-03-22T18:40",
    ),
    "already-undone": Message(
        "batch {batch} is already undone by batch {by}",
        "批次 {batch} 已被批次 {by} 撤销",
        "redo it: salescli undo {by}",
        "重做:salescli undo {by}",
    ),
    "nothing-to-undo": Message("there is nothing to undo", "没有可撤销的批次"),
    "unknown-record": Message(
        "`{text}` is not a {type}", "`{text}` 不是已有的{type}", "did you mean `{nearest}`?", "是否为 `{nearest}`?"
    ),
    "ambiguous-record": Message(
        "`{text}` fits several: {candidates}", "`{text}` 对应多条记录:{candidates}", "use its number", "请使用编号"
    ),
    "unknown-type": Message(
        "`{text}` is not a record type", "`{text}` 不是记录类型", "did you mean `{nearest}`?", "是否为 `{nearest}`?"
    ),
    "unknown-field": Message(
        "`{text}` is not a field of {type}",
        "`{text}` 不是 {type} 的字段",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "unknown-reference": Message(
        "`{text}` is not a known {type}",
        "`{text}` 不是已知的{type}",
        "did you mean `{nearest}`? accept it once with --alias {option}",
        "是否为 `{nearest}`?可用 --alias {option} 接受一次",
    ),
    "ambiguous-reference": Message(
        "`{text}` fits several {type} records: {candidates}",
        "`{text}` 对应多个{type}:{candidates}",
        "write the number instead of the name",
        "请写编号而非名称",
    ),
    "edited-since": Message(
        "{field} of {record}: the file says `{file_value}`, but it was edited to `{value}` since the last file "
        "(`{base}`); the edit is kept",
        "{record} 的{field}:文件为 `{file_value}`,但上次文件(`{base}`)之后已改为 `{value}`;保留修改",
        "take the file's value with --prefer file",
        "如需采用文件的值,请加 --prefer file",
    ),
    "currency-edited": Message(
        "{field} of {record}: the file says `{file_value}` {stated}, but its currency is {currency} now; it is kept",
        "{record} 的{field}:文件为 `{file_value}` {stated},而币种现为 {currency};保留原值",
        "take amount and currency of the file with --prefer file",
        "如需采用文件的金额和币种,请加 --prefer file",
    ),
    "change-or-correction": Message(
        "{field} differs from before in {count} rows (`{before}` → `{after}`): "
        "a change from a day, or was it always so?",
        "{count} 条记录的{field}与之前不同(`{before}` → `{after}`):是从某日起变更,还是一直如此?",
        "say --changes-from {day} (a change) or --correct (a correction)",
        "请指明 --changes-from {day}(变更)或 --correct(更正)",
    ),
    "name-differs": Message(
        "number {number} is {known}, but the row names {written}; the number counts",
        "工号 {number} 是{known},但该行写的是{written};以工号为准",
        "correct the number or the name in the file",
        "请改正文件中的工号或姓名",
    ),
    "change-taken-back": Message(
        "{field} of {record}: this file made it a change from {day}; now it was always so, and that change is gone",
        "{record} 的{field}:本文件曾使其自 {day} 起变更;现更正为一直如此,该变更已取消",
    ),
    "key-missing": Message("the row has no {field}, which is the key of {type}", "该行缺少{field}({type}的键)"),
    "split-above-100": Message(
        "the shares of {record} sum to {total}, above 100 %",
        "{record} 的分成比例合计 {total},超过 100 %",
        "correct the shares: the whole set is rejected",
        "请更正比例:整组未导入",
    ),
    "split-below-100": Message(
        "the shares of {record} sum to {total}: the rest is the house's", "{record} 的分成比例合计 {total}:其余归公司"
    ),
    "close-before-open": Message(
        "closes {last}, before it was created on {first}", "成交日期 {last} 早于创建日期 {first}"
    ),
    "days-out-of-order": Message(
        "{last_field} is {last}, before {first_field} on {first}", "{last_field} {last} 早于{first_field} {first}"
    ),
    "open-at-100": Message(
        "a deal that stands open at `{stage}` has a probability of 100 %", "处于未结阶段 `{stage}` 的商机赢率为 100 %"
    ),
    "name-blank": Message("{type} {number} has no name", "{type} {number} 没有名称"),
    "owner-not-employed": Message("{person} was not employed on {day}", "{person} 在 {day} 不在职"),
    "refund-above-receipt": Message(
        "{refunded} is refunded of receipt {receipt}, which brought {received}",
        "回款 {receipt} 共 {received},退款合计 {refunded},超过回款",
        "correct the amount, or the receipt that the refund undoes",
        "请更正金额,或退款所对应的回款",
    ),
    "refund-other-currency": Message(
        "the refund is in {currency}, receipt {receipt} in {wanted}: neither is held against the other",
        "退款币种为 {currency},回款 {receipt} 为 {wanted}:两者无法相抵",
        "write the refund in the receipt's currency, or correct the receipt that it undoes",
        "请按回款的币种填写退款,或更正所对应的回款",
    ),
    "refund-before-receipt": Message(
        "the refund is of {day}, receipt {receipt} came on {came}: it would undo what had not come yet",
        "退款日期 {day} 早于回款 {receipt} 的日期 {came}:款未到先退",
        "correct the date, or the receipt that the refund undoes",
        "请更正日期,或退款所对应的回款",
    ),
    "figure-below-zero": Message(
        "{text} is below zero ({field})",
        "{text} 小于零({field})",
        "0, or a blank where there is none",
        "请填 0;没有的请留空",
    ),
    "percent-above-whole": Message(
        "{text} is more than all of it ({field})",
        "{text} 超过全部({field})",
        "is a decimal point missing?",
        "是否少了小数点?",
    ),
    "unlikely-date": Message(
        "{day} is before 1990 or after 2100",
        "{day} 早于 1990 年或晚于 2100 年",
        "correct the cell if the year is mistyped; the row is taken as it is",
        "如为年份误写请更正;该行已按原样导入",
    ),
    "no-such-run": Message("there is no run {run}", "没有运行 {run}"),
    "integrity-failed": Message(
        "the file of the store is damaged: {said}",
        "数据库文件已损坏:{said}",
        "go back to a copy made by `salescli store backup`",
        "请恢复由 `salescli store backup` 建立的备份",
    ),
    "entity-of-other-type": Message(
        "{record} is stored as a {type}, but its key is of another type", "{record} 存为{type},但其键属于其他类型"
    ),
    "key-twice": Message(
        "{count} records of {type} have the number `{key}`", "{type}中有 {count} 条记录的编号都是 `{key}`"
    ),
    "two-present-versions": Message("{type} {record} has two present versions", "{type} {record} 有两个现行版本"),
    "versions-overlap": Message("versions of {type} {record} overlap", "{type} {record} 的版本互相重叠"),
    "unknown-cells-given": Message(
        "a version of {type} {record} gives cells that are no fields", "{type} {record} 的某个版本含有不存在的字段"
    ),
    "state-differs-from-history": Message(
        "{type} {record} is not what its batches add up to: {fields}", "{type} {record} 与其批次之和不符:{fields}"
    ),
    "reference-dangles": Message(
        "{type} {record}: its {field}, {target}, was undone or removed",
        "{type} {record} 的{field} {target} 已被撤销或删除",
    ),
    "backup-exists": Message(
        "`{path}` exists and is not overwritten", "`{path}` 已存在,不会覆盖", "choose another name", "请另选名称"
    ),
    "bad-sql": Message(
        "SQLite does not understand this: {reason}", "SQLite 无法执行:{reason}", "tables: {tables}", "可用的表:{tables}"
    ),
    "sql-not-a-select": Message(
        "only one SELECT is run here: nothing can be written",
        "这里只能运行一条 SELECT 语句,不能写入",
        "change records with `salescli record edit`",
        "修改记录请用 `salescli record edit`",
    ),
    "not-field-value": Message("`{text}` is not `field=value`", "`{text}` 不是 `字段=值` 的形式"),
    "field-is-computed": Message("{field} is computed and cannot be given", "{field}由计算得出,不能填写"),
    "field-said-twice": Message("{field} is said twice", "{field}重复"),
    "field-missing": Message("{field} is missing: every {type} needs it", "缺少{field}:每条{type}记录都必须有"),
    "record-exists": Message(
        "there is already a {type} `{text}`",
        "{type} `{text}` 已存在",
        "change it with `salescli record edit`",
        "修改请用 `salescli record edit`",
    ),
    "key-not-edited": Message(
        "{field} is part of the key and is not edited",
        "{field}是键的一部分,不能直接修改",
        "give another number with `salescli record rekey {type}`",
        "改号请用 `salescli record rekey {type}`",
    ),
    "nothing-said": Message(
        "nothing is said to change",
        "没有写明要改什么",
        "salescli record edit {type} KEY field=value",
        "salescli record edit {type} 编号 字段=值",
    ),
    "record-still-used": Message(
        "{record} is still referred to ({type}: {count})", "仍有记录引用 {record}({type}:{count})"
    ),
    "template-needs-file": Message(
        "a template is written to a file, .xlsx or .csv",
        "模板要写入文件:.xlsx 或 .csv",
        "salescli record template {type} -o {type}.xlsx",
        "salescli record template {type} -o {type}.xlsx",
    ),
}
