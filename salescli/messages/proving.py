"""Sentences of the `proving` area: what the columns of a sheet prove: orders of dates, percentages, units."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
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
