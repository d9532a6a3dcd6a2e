"""Sentences of exports: the workbook of a period, statements as files."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "export-where": Message(
        "where is the workbook to go?",
        "工作簿写到哪里?",
        "salescli export workbook {period} -o {period}.xlsx",
        "salescli export workbook {period} -o {period}.xlsx",
    ),
    "export-folder": Message(
        "in which folder are the statements to go?",
        "提成明细写到哪个文件夹?",
        "salescli export statements {period} -o exports/{period}",
        "salescli export statements {period} -o exports/{period}",
    ),
    "statement-form": Message(
        "a statement for somebody is a workbook or a page to print: not `{text}`",
        "发给本人的明细是 Excel 工作簿或可打印的网页,不能是 `{text}`",
        "-O xlsx, or -O html",
        "-O xlsx 或 -O html",
    ),
    "export-only-xlsx": Message(
        "this is a workbook: `{text}` cannot hold it",
        "这是 Excel 工作簿,不能写成 `{text}`",
        "name a file that ends in .xlsx",
        "请写以 .xlsx 结尾的文件名",
    ),
    "not-a-folder": Message(
        "`{path}` is a file, not a folder",
        "`{path}` 是文件,不是文件夹",
        "every person gets a file of their own: name a folder",
        "每人一个文件,请写文件夹",
    ),
}
