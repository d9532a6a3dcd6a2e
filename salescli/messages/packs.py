"""Sentences of the `packs` area: managers' workbooks, handed out and read back."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "pack-folder": Message(
        "in which folder are the packs to go?",
        "经理工作簿写到哪个文件夹?",
        "salescli commission pack {period} -o exports/{period}",
        "salescli commission pack {period} -o exports/{period}",
    ),
    "pack-of-nobody": Message(
        "`{person}` leads nobody whom the run of {period} pays",
        "`{person}` 在 {period} 的运行里没有下属",
        "who reports to whom: salescli org tree",
        "汇报关系:salescli org tree",
    ),
    "pack-unmarked": Message(
        "this is no pack of a manager: its hidden sheet `_salescli` is missing or cannot be read",
        "这不是经理工作簿:隐藏工作表 `_salescli` 缺失或无法读取",
        "fill in the workbook that `commission pack` wrote; a copy of its sheet alone is not enough",
        "请填写 `commission pack` 导出的原工作簿,不要只复制其中的工作表",
    ),
    "pack-other-period": Message(
        "this pack is of {period}, not of {asked}",
        "这是 {period} 的工作簿,不是 {asked} 的",
        "salescli commission pack {period} --from …",
        "salescli commission pack {period} --from …",
    ),
    "pack-old-run": Message(
        "this pack shows run #{run}; the newest of {period} is run #{newest}",
        "这份工作簿来自运行 #{run},{period} 最新的是运行 #{newest}",
        "figures may have changed since: write the packs again and have them confirmed",
        "数字可能已变:请重新导出,由经理重新确认",
    ),
    "pack-not-of-run": Message(
        "what run #{run} of {period} shows to `{manager}` is not what this pack was written with",
        "{period} 运行 #{run} 给 `{manager}` 看的内容与这份工作簿不符",
        "its hidden sheet was changed, or a name was since: write the packs again",
        "隐藏工作表被改动过,或姓名之后有变:请重新导出",
    ),
    "pack-sheet-missing": Message(
        "the sheet `{sheet}` is missing, or one of its columns",
        "缺少工作表“{sheet}”或其中的列",
        "keep all its columns; their order does not matter",
        "请保留全部列,顺序不限",
    ),
    "pack-sheet-unknown": Message(
        "this sheet shares no pot of {manager} in this run",
        "这张分配表不属于 {manager} 本期的任何奖金包",
        "keep the columns of pool and period as they were",
        "奖金包、分配期间两列请保持原样",
    ),
    "pack-stranger": Message(
        "`{person}` is nobody of this pack of {manager}",
        "`{person}` 不是 {manager} 的这份工作簿里的人员",
        "a manager answers for their own people, and sums or remarks have no rows here: take the row out",
        "经理只答复自己的人员,合计或备注也不能另加行:请删除这一行",
    ),
    "pack-twice": Message("`{person}` stands here twice", "`{person}` 出现了两次"),
    "pack-figure": Message(
        "{person}: `{text}` was {shown} in the pack: figures are not changed here",
        "{person}:这里是 `{text}`,导出时是 {shown};数字不能在此修改",
        "put it back, and ask in the column for questions",
        "请改回原数,有异议写在“疑问”列",
    ),
    "pack-answer": Message("`{text}` is neither: {choices}", "`{text}` 不是:{choices}"),
    "pack-amount-text": Message(
        "`{text}` is text, not a number: the sheet's sum does not count it",
        "`{text}` 是文本不是数字:表里的合计没有算上它",
        "type the number anew, without quotes or letters",
        "请重新输入数字,不带引号和字母",
    ),
    "pack-amount-fine": Message(
        "`{text}` is finer than {unit}, the least that is paid",
        "`{text}` 小于最小发放单位 {unit}",
    ),
    "pack-amount-negative": Message(
        "`{text}` goes against the pot of {amount}: the others would have more than there is",
        "`{text}` 与奖金包 {amount} 正负相反:其他人将分得超过总额",
        "give 0, or leave the cell blank",
        "请填 0 或留空",
    ),
    "pack-pot-unspent": Message(
        "{pool}: the sheet gives {spent} of {amount}: {left} is left",
        "{pool}:已分配 {spent},共 {amount},还差 {left}",
        "the pot is spent to the cent, or not at all",
        "必须一分不差地分完,否则整个奖金包不发放",
    ),
    "pack-again": Message(
        "{file}: another file of {manager} is here already",
        "{file}:已经有 {manager} 的另一份文件",
        "read the one that counts",
        "请只导入要用的那一份",
    ),
}
