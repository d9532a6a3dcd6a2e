"""`records.md`: every record type as it is declared: key, fields, kinds, the headers it is recognised by, paths."""

from __future__ import annotations

from collections.abc import Iterator

from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.records.kinds import KINDS
from salescli.core.records.model import Field, RecordType
from salescli.core.records.registry import built_in
from tools.reference.markdown import code, codes, link, page, plain, table

_INTRODUCTION = """\
A record type is declared once; its table, importer, template and this page follow from the declaration. A column is
recognised by the name of its field, by either title, or by one of the other names (case, spaces and width of letters do
not matter). `config/records.yaml` of a workspace adds fields and types in the same way.

Of a field: **key** is part of the natural key, **required** must be there in each new record, **dated** keeps its
values by day (`--changes-from`, `--correct`), **computed** follows from the record's other fields and is never given,
*by assignment* has its history in the records of another type, *names* only finds the record that another column
refers to.

记录类型只声明一次,数据表、导入、模板和本页都由声明而来。表头与字段名、中英文标题或别名之一相同即可识别。"""

_KIND_WORDS: dict[str, tuple[str, str]] = {
    "text": ("any text, without blanks around it", "文本"),
    "id": ("a name that may look like a number: leading zeros stay", "编号,前导零保留"),
    "reference": ("the number, name or alias of another record", "引用另一条记录的编号、名称或别名"),
    "money": ("an amount in the record's currency, exact to 0.0001", "金额,精确到 0.0001"),
    "quantity": ("a quantity, exact to 0.0001", "数量,精确到 0.0001"),
    "whole": ("a whole number", "整数"),
    "rate": ("a percentage, `6%`", "百分比"),
    "decimal": ("an exact decimal number", "小数"),
    "share": ("a part of 100 %, in millionths", "份额,百万分之一为单位"),
    "date": ("a day: `2026-03-05`, `2026年3月5日`, or a date cell; other layouts with `--date-order`", "日期"),
    "moment": ("a day and a time of the workspace's time zone", "时间"),
    "month": ("a month: `2026-03`", "月份"),
    "period": ("a month, a quarter or a year: `2026-03`, `2026-Q1`, `FY2026`", "月、季或年"),
    "flag": ("yes or no: `是`, `否`, `1`, `0`", "是或否"),
    "enum": ("one of the values listed, by any of its names", "限定取值"),
    "any": ("whatever the field it stands for holds", "与所指字段相同"),
}


def build_pages() -> dict[str, str]:
    """Return the page of record types."""
    types = [kind for kind in built_in().types if not kind.internal]
    return {
        "records.md": page(
            "Records · 记录类型", _INTRODUCTION, _contents(types), _kinds(), _dimensions(), *map(_type, types)
        )
    }


def _contents(types: list[RecordType]) -> str:
    rows = [
        (link(kind.name), kind.titles.en, kind.titles.zh, codes(kind.key), code(kind.date) if kind.date else "")
        for kind in types
    ]
    return table(("Type", "", "", "Key", "Crediting date"), rows)


def _kinds() -> str:
    rows = [(code(name), *_KIND_WORDS[name]) for name in KINDS if name != "any"]
    return "## Kinds of fields · 字段种类\n\n" + table(("Kind", "What a cell may hold", ""), rows)


def _dimensions() -> str:
    rows = [(code(one.name), one.title.en, one.title.zh) for one in DIMENSIONS.values()]
    return (
        "## Dimensions · 维度\n\nWhat numbers may be grouped by. Team, manager and role follow from the person's "
        "assignment on the record's date; each type says below how it reaches the rest.\n\n"
        + table(("Dimension", "", ""), rows)
    )


def _type(kind: RecordType) -> str:
    blocks = [f"## {kind.name}", f"**{kind.titles.en} · {kind.titles.zh}**", *_facts(kind)]
    blocks.append(
        table(("Field", "Kind", "", "", "Also known as", "Notes"), [_field(kind, one) for one in kind.fields])
    )
    if kind.paths:
        rows = [(code(name), " else ".join(map(code, paths))) for name, paths in kind.paths.items()]
        blocks += ["Paths to the dimensions (the first that is not blank):", table(("Dimension", "Path"), rows)]
    return "\n\n".join(blocks)


def _facts(kind: RecordType) -> Iterator[str]:
    if kind.note.en:
        yield f"{plain(kind.note.en)}  \n{plain(kind.note.zh)}"
    lines = [f"- Sheets called: {codes(kind.aliases)}"] if kind.aliases else []
    lines.append(f"- Key: {codes(kind.key)}" + (" · money depends on it: a key is never made up" if kind.pays else ""))
    if kind.name_field:
        lines.append(f"- Called by: {code(kind.name_field)}, while it is unique")
    if kind.date:
        lines.append(f"- Crediting date: {code(kind.date)}")
    if kind.splits:
        lines.append(f"- Its credit may be split: {', '.join(_split(word) for word in kind.splits)}")
    if kind.whole:
        only = "".join(f", where {code(name)} is {code(value)}" for name, value in kind.whole.only.items())
        lines.append(f"- Σ {code(kind.whole.share)} of the same {codes(kind.whole.of)} is at most 100 %{only}")
    if kind.introduces:
        lines.append("- A mere mention may introduce one, until its own list is imported")
    yield "\n".join(lines)


def _split(word: str) -> str:
    return "by its own number" if word == "self" else f"by its {code(word)}"


def _field(kind: RecordType, one: Field) -> tuple[str, ...]:
    return (code(one.name), _kind_of(one), one.title.en, one.title.zh, plain(", ".join(one.aliases)), _notes(kind, one))


def _kind_of(one: Field) -> str:
    return f"{code(one.kind.name)} → {link(one.ref)}" if one.ref else code(one.kind.name)


def _notes(kind: RecordType, one: Field) -> str:
    marks = [
        ("**key**", one.name in kind.key),
        ("**required**", one.required),
        ("**dated**", one.dated),
        ("**computed**", one.derive is not None),
        (f"*by {one.via}*", bool(one.via)),
        (f"*names* the {code(one.names)}", bool(one.names)),
        (f"*part of* the {code(one.part_of)}", bool(one.part_of)),
        (f"blank: {code(str(one.default))}", one.default is not None),
    ]
    words = [text for text, holds in marks if holds]
    if one.choices:
        words += ["any other word stays as it is written"] if one.is_open else []
        words.append("; ".join(f"{code(value)}: {plain(', '.join(said))}" for value, said in one.choices.items()))
    if one.note.en:
        words.append(f"{plain(one.note.en)} {plain(one.note.zh)}")
    return " · ".join(words)
