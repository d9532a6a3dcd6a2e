"""Sentences of the `imports` area: files, sheets, headers, columns, cells and rows of spreadsheets."""

from __future__ import annotations

from salescli.messages import Message

_SAVE_AGAIN_EN = "open it in Excel or WPS and save it as .xlsx"
_SAVE_AGAIN_ZH = "请用 Excel 或 WPS 打开后另存为 .xlsx"

_FILES: dict[str, Message] = {
    "empty-file": Message(
        "the file has 0 bytes", "文件为空(0 字节)", "export or download it again", "请重新导出或下载"
    ),
    "damaged-file": Message(
        "the file is damaged or cut off",
        "文件已损坏或不完整",
        "download it again, or " + _SAVE_AGAIN_EN,
        "请重新下载,或" + _SAVE_AGAIN_ZH.removeprefix("请"),
    ),
    "encrypted-workbook": Message(
        "the workbook is protected by a password",
        "工作簿有密码保护",
        "save a copy without a password",
        "请另存一份不带密码的副本",
    ),
    "macro-workbook": Message(
        "the workbook contains macros", "工作簿含有宏", "save it as .xlsx, which drops them", "请另存为 .xlsx(不含宏)"
    ),
    "not-a-spreadsheet": Message(
        "this is not a spreadsheet",
        "这不是表格文件",
        ".xlsx .xls .xlsb .ods .csv .tsv can be read",
        "可读取 .xlsx .xls .xlsb .ods .csv .tsv",
    ),
    "binary-file": Message(
        "this is neither a workbook nor a text", "既不是工作簿,也不是文本", _SAVE_AGAIN_EN, _SAVE_AGAIN_ZH
    ),
    "web-page-read": Message(
        "a web page with {count} tables, read as such ({encoding})",
        "实为网页,含 {count} 个表格,已按表格读取({encoding})",
    ),
    "web-page": Message(
        "this is a web page without a table, or XML, with the name of a workbook",
        "这是没有表格的网页或 XML 文件,只是改了后缀",
        _SAVE_AGAIN_EN,
        _SAVE_AGAIN_ZH,
    ),
    "text-as-workbook": Message(
        "this is a text file named {suffix}, not a workbook",
        "这是文本文件,只是后缀为 {suffix},不是工作簿",
        "name it .csv if it holds a table, or " + _SAVE_AGAIN_EN,
        "若内容是表格,请改后缀为 .csv;或" + _SAVE_AGAIN_ZH.removeprefix("请"),
    ),
    "nul-in-text": Message(
        "the text contains NUL bytes",
        "文本中含有 NUL 字节",
        "export it again as CSV in UTF-8",
        "请重新导出为 UTF-8 编码的 CSV",
    ),
    "bad-encoding": Message(
        "the text cannot be read as {encoding}",
        "无法按 {encoding} 编码读取文本",
        "name its encoding with --encoding",
        "请用 --encoding 指明编码",
    ),
    "bad-quotes": Message(
        "a quote is not closed: {reason}",
        "引号没有闭合:{reason}",
        'look for a single " in the file, or export it again',
        '请检查文件中单独的 ",或重新导出',
    ),
    "xml-entities": Message(
        "`{part}` declares XML entities, which no spreadsheet program writes: refused",
        "`{part}` 中声明了 XML 实体(表格软件不会写入),已拒绝读取",
        _SAVE_AGAIN_EN,
        _SAVE_AGAIN_ZH,
    ),
    "cell-too-long": Message(
        "a cell holds more than {limit} characters ({place}): refused",
        "有单元格超过 {limit} 个字符({place}),已拒绝读取",
        "clear or shorten it; in a .csv look for a quote that is never closed",
        "请清空或缩短;若是 .csv,请检查没有闭合的引号",
    ),
    "zip-bomb": Message("the workbook unpacks to {size}: refused", "工作簿解压后达 {size},已拒绝读取"),
    "range-too-large": Message(
        "sheet `{sheet}` reaches to {last}: {cells} cells, more than {limit}",
        "工作表 `{sheet}` 延伸到 {last},共 {cells} 个单元格,超过 {limit}",
        "delete the stray cell at {last} and save",
        "请删除 {last} 处多余的单元格后保存",
    ),
    "too-large-to-read": Message(
        "the file is too large to be read", "文件过大,无法读取", "split it, or save it as .csv", "请拆分,或另存为 .csv"
    ),
    "empty-workbook": Message("there is not a single cell in it", "文件中没有任何单元格"),
    "pivot-without-cells": Message(
        "the workbook holds a Power Pivot model and no cells",
        "工作簿只有 Power Pivot 数据模型,没有单元格",
        "put the table on a sheet and save",
        "请将表格放到工作表上再保存",
    ),
    "no-such-sheet": Message("there is no sheet `{text}`: {sheets}", "没有工作表 `{text}`;现有:{sheets}"),
    "profile-does-not-fit": Message(
        "no entry of profile `{profile}` fits this file's name", "导入配置 `{profile}` 中没有与此文件名相符的条目"
    ),
    "file-skipped": Message("skipped, as profile `{profile}` says", "按导入配置 `{profile}` 跳过"),
    "type-by-content": Message(
        "named {suffix}, but it is {content}: read as such", "后缀为 {suffix},实际是 {content},已按实际内容读取"
    ),
    "encoding-found": Message(
        "read as {encoding}", "按 {encoding} 编码读取", "another: --encoding NAME", "如有误请用 --encoding 指明"
    ),
    "hidden-sheet": Message(
        "the sheet is hidden: skipped",
        "隐藏的工作表,已跳过",
        "name it with --sheet to read it",
        "如需读取请用 --sheet 指明",
    ),
}

_SHEETS: dict[str, Message] = {
    "empty-sheet": Message("the sheet is empty", "工作表为空"),
    "header-not-found": Message(
        "no header row was found in the first 20 rows",
        "前 20 行中没有找到表头",
        "name the columns with --map HEADER=FIELD",
        "请用 --map 表头=字段 指明列",
    ),
    "sheet-not-recognised": Message(
        "no record type fits the columns: {headers}",
        "没有记录类型与这些列相符:{headers}",
        "name it with --as TYPE (`salescli record types` lists them)",
        "请用 --as 类型 指明(`salescli record types` 可列出)",
    ),
    "type-unclear": Message(
        "what these rows are is not clear: {types}",
        "无法确定记录类型:{types}",
        "say it: --as {first}",
        "请指明:--as {first}",
    ),
    "column-missing": Message(
        "{type} needs a column for {field}; none of: {names}",
        "{type}缺少“{field}”列;可用的表头:{names}",
        "if one of the others is meant ({headers}): --map {option}",
        "若其他列({headers})就是它:--map {option}",
    ),
    "column-proposed": Message(
        "column `{header}` is not read; perhaps it is {field}",
        "列“{header}”未读取;可能是“{field}”",
        "accept with --map {option}",
        "如是,请加 --map {option}",
    ),
    "columns-unmapped": Message("columns not read: {headers}", "未读取的列:{headers}"),
    "no-such-column": Message("there is no column `{text}`: {headers}", "没有列 `{text}`;现有:{headers}"),
    "key-needed": Message(
        "{type} records need a number of their own ({fields}), and there is no such column",
        "{type}必须有编号({fields}),但没有这一列",
        "name the columns that tell the rows apart: --key {option}",
        "请指明能区分各行的列:--key {option}",
    ),
    "key-made": Message("the rows are told apart by {columns}", "各行按 {columns} 区分"),
    "no-rows": Message("there are no rows below the header in row {header_row}", "第 {header_row} 行的表头下没有数据"),
    "merged-filled": Message(
        "{count} cells take the value of the merged cell they belong to", "{count} 个单元格取所属合并单元格的值"
    ),
    "footnote-skipped": Message("a note under the table, skipped: {text}", "表下的说明,已跳过:{text}"),
    "totals-differ": Message(
        "{label}: `{header}` says {stated}, the rows above it add up to {read} ({difference})",
        "{label}:“{header}”为 {stated},上方各行合计为 {read}(相差 {difference})",
        "look for rows that are missing, hidden by a filter, or written twice",
        "请检查是否有缺失、被筛选隐藏或重复的行",
    ),
}

_SHEETS |= {
    "header-too-far": Message(
        "row {row} looks like the header, and only the first 20 rows are looked at",
        "第 {row} 行像是表头,但只在前 20 行中查找",
        "delete rows above it, or say `header_row: {row}` in a profile",
        "请删除上方的行,或在导入配置中写 `header_row: {row}`",
    ),
    "column-ambiguous": Message(
        "`{header}` and `{other}` might both be {field}, and differ in {count} rows (row {row}: {first}, {second})",
        "“{header}”和“{other}”都可能是{field},有 {count} 行不同(第 {row} 行:{first} 与 {second})",
        "say it: --map {option} or --map {alternative}",
        "请指明:--map {option} 或 --map {alternative}",
    ),
    "column-repeated": Message(
        "`{other}` says the same as `{header}`: read once", "“{other}”与“{header}”内容相同,只读一次"
    ),
    "column-without-header": Message(
        "the column has no header and is not read (`{text}` …)", "该列没有表头,未读取(`{text}` …)"
    ),
    "row-too-long": Message(
        "the row has {count} cells, the header {header}: was a text with a delimiter in it not quoted?",
        "该行有 {count} 个单元格,表头只有 {header} 个:是否有含分隔符的文本没有加引号?",
        'put "quotes" around the text, or export it again',
        "请给该文本加引号,或重新导出",
    ),
    "rows-short": Message(
        "{count} rows have fewer cells than the header, this the first: the rest is taken as blank",
        "{count} 行的单元格少于表头(此为第一行),缺少的按空白处理",
    ),
    "hidden-rows-read": Message("{count} hidden rows were read as well", "{count} 个隐藏的行也已读取"),
    "other-table": Message(
        "another table begins here ({headers}): its {count} rows are not read",
        "此处开始另一个表格({headers}),其 {count} 行未读取",
        "put it on a sheet of its own",
        "请将它放到单独的工作表",
    ),
    "total-without-value": Message(
        "the total of `{header}` is a formula without a value: not compared",
        "“{header}”的合计是没有计算结果的公式,未核对",
        "open the file in Excel or WPS and save it",
        "请用 Excel 或 WPS 打开并保存",
    ),
    "totals-differ-rejected": Message(
        "{label}: `{header}` says {stated}, the rows above it add up to {read} ({difference}); not read in it: "
        "{count} of the rejected rows",
        "{label}:“{header}”为 {stated},上方各行合计为 {read}(相差 {difference});另有 {count} 行因该列无法读取而被拒绝",
        "correct the rejected rows and import them",
        "请更正被拒绝的行后再导入",
    ),
}

_CELLS: dict[str, Message] = {
    "bad-date": Message("`{text}` is not a date", "`{text}` 不是日期", "write it as 2026-03-31", "请写成 2026-03-31"),
    "bad-flag": Message("`{text}` is neither yes nor no", "`{text}` 既不是“是”也不是“否”"),
    "bad-whole-number": Message("`{text}` is not a whole number", "`{text}` 不是整数"),
    "bad-share": Message(
        "`{text}` is not a share", "`{text}` 不是有效的比例", "write it with its sign: 50%", "请带百分号:50%"
    ),
    "formula-error": Message(
        "the formula gives `{text}`",
        "公式结果为 `{text}`",
        "correct it in Excel or WPS and save",
        "请在 Excel 或 WPS 中更正后保存",
    ),
    "formula-without-value": Message(
        "the formula has no value in the file",
        "公式在文件中没有计算结果",
        "open the file in Excel or WPS and save it",
        "请用 Excel 或 WPS 打开并保存",
    ),
    "damaged-number": Message(
        "`{text}` was a long number, which Excel has already cut",
        "`{text}` 原是长编号,已被 Excel 截断",
        "export it again with this column as text",
        "请将该列设为文本格式后重新导出",
    ),
    "cell-blank": Message("{field} is blank", "{field}为空"),
    "currency-contradicts": Message(
        "the amount is written with `{text}`, but the row's currency is {currency}",
        "金额写有 `{text}`,而该行币种为 {currency}",
        "write the currency in a column of its own: USD, CNY …",
        "请另设一列写明币种:USD、CNY 等",
    ),
    "named-like-a-total": Message(
        "{field} is `{text}`, as of a total, yet other cells make a record of the row",
        "{field}写的是 `{text}`,像合计行;而该行其他单元格又像一条记录",
        "take the row out if it is a total; else write the name in full",
        "如为合计行,请删去;否则请写全名称",
    ),
    "unknown-currency": Message(
        "`{text}` is no currency",
        "`{text}` 不是币种",
        "write its code: CNY, USD, EUR …",
        "请写币种代码:CNY、USD、EUR 等",
    ),
    "null-in-key": Message(
        "`{text}` stands where {field} is the key",
        "{field}是编号,不能写 `{text}`",
        "write the number; where no row has one, leave the column out and name others: --key COLUMNS",
        "请填写编号;若各行都没有编号,请去掉该列,用 --key 指明能区分各行的列",
    ),
    "set-rejected": Message(
        "the shares of {record} come in as one set, and row {row} of it is rejected",
        "{record} 的分成作为一组导入,其中第 {row} 行被拒",
        "correct that row: the whole set stands in the rejects file",
        "请更正那一行:整组都在被拒文件中",
    ),
    "duplicate-record": Message(
        "`{key}` stands in several rows that differ: {rows}",
        "`{key}` 出现在内容不同的多行:{rows}",
        "keep the right one, or add a column with --key",
        "请保留正确的一行,或用 --key 增加区分列",
    ),
}

MESSAGES: dict[str, Message] = {**_FILES, **_SHEETS, **_CELLS}
