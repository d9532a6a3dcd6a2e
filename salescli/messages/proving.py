"""Sentences of the `proving` area: what the columns of a sheet prove: orders of dates, percentages, units."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "equal-on-other-sheet": Message(
        "{count} rows equal rows of another sheet and have no number: taken once",
        "{count} 行与其他工作表的行完全相同且没有编号:只计一次",
        "if they are records of their own, give the rows numbers",
        "如是不同的记录,请为各行编号",
    ),
    "units-mixed": Message(
        "the rows are of several units: {units}",
        "各行金额单位不一:{units}",
        "write all amounts in one unit, or the unit with the amount: 12K",
        "请统一单位,或将单位写在金额中:1.2万",
    ),
    "currency-by-format": Message(
        "{header} is shown in {currency} by its number format, and so taken: {count}",
        "{header}的数字格式为 {currency},按 {currency} 计:{count} 行",
    ),
    "currency-format-differs": Message(
        "{header} is shown with `{text}`, but stated as {currency}, which holds: {count}",
        "{header}有 {count} 个数字以 `{text}` 显示,而写明的币种是 {currency};以写明的为准",
        "if the format is right, correct what is stated",
        "如显示的币种才对,请更正写明的币种",
    ),
    "currency-formats-mixed": Message(
        "{header} is shown with {shown}: which currency is each row in?",
        "{header}的显示格式:{shown}。各行是哪个币种?",
        "add a column Currency; or, where all are of one, write it in the header or as `currency:` in a profile",
        "请增加“币种”列;若币种都相同,可写在表头,或在导入配置中写 `currency:`",
    ),
    "unit-by-format": Message(
        "{header}: `{text}` would be read as {read}, but its number format shows {seen}; so in cells: {count}",
        "{header}有 {count} 个数字:`{text}` 将读作 {read},而其数字格式显示的是 {seen}",
        "write the unit of the cells into the header, `Amount (K)`; where the format is wrong, set it to General",
        "请在表头写明单元格数值的单位,如 金额(万元);若格式有误,请改为“常规”",
    ),
    "amounts-unread": Message(
        "taken for {type}, which leaves amounts unread: {headers}",
        "按“{type}”读取,以下金额列未读取:{headers}",
        "if they are what the sheet is about, say its type and columns: --as TYPE --map COLUMN=FIELD",
        "如应读取,请指明类型与列:--as 类型 --map 列=字段",
    ),
    "status-unread": Message(
        "{count} rows say `{text}` or the like in `{header}`, which is not read: they count like the others",
        "“{header}”未读取,其中 {count} 行写有“{text}”等:这些行照常计入",
        "take out of the file what does not count, and import it again",
        "不应计入的行请从文件中删去后重新导入",
    ),
    "people-in-one-cell": Message(
        "{count} cells of `{header}` look like several people, such as `{text}`: each is taken for one person",
        "“{header}”有 {count} 个单元格像是多人,如 `{text}`:按一个人名读取",
        "name one owner, and the shares on a sheet of credit splits",
        "请只写一位负责人,分成另用“业绩分成”表",
    ),
    "refunds-turned": Message(
        "all of `{header}` is below zero: read as money given back, {count} rows",
        "“{header}”全为负数:按退款金额(正数)读取,共 {count} 行",
    ),
    "refunds-below-zero": Message(
        "{count} amounts of `{header}` are below zero beside others above: they take refunds back",
        "“{header}”有正有负:{count} 行负数按冲回退款处理",
        "if they are refunds as well, write all with one sign",
        "如也是退款,请统一正负号",
    ),
    "unit-applied": Message(
        "`{header}` is read in units of {unit}",
        "“{header}”按单位 {unit} 读取",
        "the largest, {example}, is {meant}",
        "最大值 {example} 即 {meant}",
    ),
    "units-differ": Message(
        "`{header}` states its own unit: read in units of {unit}, not of {other} as the sheet says",
        "“{header}”自带单位,按 {unit} 读取,不按表头上方的 {other}",
    ),
    "date-order-unknown": Message(
        "{count} dates of {headers}, such as {examples}, can be read in several orders;"
        " the readings that break nothing: {fitting}",
        "{headers}中有 {count} 个日期(如 {examples})可按多种顺序读取;没有矛盾的读法:{fitting} 种",
        "say it: --date-order {suggested}, or by column in a profile's `dates:`",
        "请指明:--date-order {suggested},或在导入配置的 `dates:` 中按列写明",
    ),
    "date-order-proposed": Message(
        "{count} dates of {headers}, such as {examples}, do not say which part is the day; one reading breaks nothing",
        "{headers}中有 {count} 个日期(如 {examples})看不出日月顺序;只有一种读法没有矛盾",
        "take it: --accept-dates",
        "采用请加 --accept-dates",
    ),
    "date-orders-mixed": Message(
        "the dates of {headers} written as {layout} are of more than one order, such as {examples}",
        "{headers}中写作 {layout} 的日期不止一种顺序,如 {examples}",
        "correct the file, or say it (--date-order): the rows that it cannot read are kept out",
        "请更正文件;或用 --date-order 指明,无法按其读取的行不导入",
    ),
    "date-order-contradicted": Message(
        "--date-order says {stated}, but the dates of {headers} written as {layout} are {found}",
        "--date-order 指明为{stated},而{headers}中写作 {layout} 的日期是{found}",
        "leave the option out, or say it by column in a profile's `dates:`",
        "请去掉该选项,或在导入配置的 `dates:` 中按列写明",
    ),
    "profile-order-contradicted": Message(
        "the profile says {stated}, but the dates of {headers} written as {layout} are {found}",
        "导入配置写明为{stated},而{headers}中写作 {layout} 的日期是{found}",
        "correct the profile if the source has changed its dates",
        "若来源已改变日期格式,请更正导入配置",
    ),
    "date-order-outdated": Message(
        "the profile says {stated} for {headers}; of this file's dates another reading alone breaks nothing",
        "导入配置写明{headers}为{stated};而此文件的日期只有另一种读法没有矛盾",
        "say it for this file (--date-order), or correct the profile",
        "请为此文件指明 --date-order,或更正导入配置",
    ),
    "dates-proved": Message(
        "`{header}`: dates written as {layout} are read {order}: {text} can only be {meant}",
        "“{header}”中写作 {layout} 的日期按{order}读取:{text} 只能是 {meant}",
    ),
    "dates-accepted": Message(
        "`{header}`: dates written as {layout} are read {order}, as accepted: {text} is {meant}",
        "“{header}”中写作 {layout} 的日期已确认按{order}读取:{text} 即 {meant}",
    ),
    "dates-half-converted": Message(
        "`{header}`: no real date has a day above 12, and no text ({examples}) a day up to 12:"
        " a program may have swapped day and month of the real ones",
        "“{header}”的真日期中没有大于 12 的日,而文本日期({examples})的日都大于 12:真日期的日月可能已被其他程序颠倒",
        "compare a few dates with the source, and export it again as text or as 2026-03-31",
        "请与来源核对几个日期,并以文本或 2026-03-31 的格式重新导出",
    ),
    "percent-unproved": Message(
        "{count} bare figures of `{header}`, such as {examples}, do not say whether 0.5 is 0.5 % or 50 %",
        "“{header}”有 {count} 个不带 % 的数(如 {examples}),看不出 0.5 是 0.5% 还是 50%",
        "say it: --percent percent (5 is 5 %) or --percent fraction (0.05 is 5 %); where both occur, write the signs",
        "请指明:--percent percent(5 即 5%)或 --percent fraction(0.05 即 5%);两种混写的,请写上百分号(5%)",
    ),
    "percent-contradicted": Message(
        "stated for `{header}`: {stated}; its {count} bare figures, such as {examples}, prove another meaning",
        "“{header}”已指明为 {stated};而其中 {count} 个不带 % 的数(如 {examples})证明并非如此",
        "write the figures with their sign (50%), or correct what was stated",
        "请写上百分号(50%),或更正所指明的含义",
    ),
}
