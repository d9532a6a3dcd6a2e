"""The checks of stored records by type, as data: which part of the score, which field, and what it is called.

What a file could be read as is known when it is imported: a bad cell never gets in. These look at what is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from salescli.core.quality.score import Part
from salescli.core.records import kinds
from salescli.core.records.model import Field, RecordType
from salescli.core.records.rules import Ordered
from salescli.core.title import Title

CheckName = Literal[
    "blank",
    "nobody",
    "not-in-list",
    "dangling",
    "unlikely-date",
    "no-email",
    "short-phone",
    "repeated",
    "look-alike",
    "negative",
    "out-of-order",
    "not-employed",
    "not-whole",
    "open-at-100",
    "closed-undated",
]
TITLES: dict[CheckName, Title] = {
    "blank": Title("空白", "blank"),
    "nobody": Title("不归任何人", "reaches nobody"),
    "not-in-list": Title("不在选项内", "not in the list"),
    "dangling": Title("所指记录不存在", "refers to nothing"),
    "unlikely-date": Title("日期早于 1990 或晚于 2100", "before 1990 or after 2100"),
    "no-email": Title("不是邮箱", "no e-mail address"),
    "short-phone": Title("号码不足 7 位", "fewer than 7 digits"),
    "repeated": Title("重复", "repeated"),
    "look-alike": Title("同日、同额、同一对象", "same day, amount and party"),
    "negative": Title("金额为负", "negative amount"),
    "out-of-order": Title("日期先后矛盾", "dates out of order"),
    "not-employed": Title("负责人当日不在职", "owner not employed on the day"),
    "not-whole": Title("分成合计不是 100 %", "shares do not make 100 %"),
    "open-at-100": Title("进行中但赢率 100 %", "open at 100 %"),
    "closed-undated": Title("已结束但无日期", "closed without a day"),
}
PART_OF: dict[CheckName, Part] = {
    "blank": "completeness",
    "nobody": "completeness",
    "not-in-list": "validity",
    "dangling": "validity",
    "unlikely-date": "validity",
    "no-email": "validity",
    "short-phone": "validity",
    "repeated": "uniqueness",
    "look-alike": "uniqueness",
    "negative": "consistency",
    "out-of-order": "consistency",
    "not-employed": "consistency",
    "not-whole": "consistency",
    "open-at-100": "consistency",
    "closed-undated": "consistency",
}
_MAY_BE_BLANK = ("note", "left", "through", "closed", "lost_reason", "matures_on")  # what has not ended says nothing
_ALONE = ("tax_id", "phone", "email")  # what no two records share
_PARTY = ("payer", "customer", "contract")


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a type: `fields` are those it looks at, the first is the one to point at."""

    name: CheckName
    fields: tuple[Field, ...]

    @property
    def part(self) -> Part:
        """The part of the score that it belongs to."""
        return PART_OF[self.name]


def needed_fields(kind: RecordType) -> tuple[Field, ...]:
    """Return what figures cannot do without: the name, the day, and the amount of what pays.

    A blank of these is listed row by row. The day of a deal is that of its end, which an open one does not have.
    """
    day = "" if "stage" in kind else kind.date
    names = (kind.name_field, day, "amount" if kind.pays else "")
    return tuple(kind[name] for name in dict.fromkeys(names) if name in kind and is_counted(kind[name]))


def owner_field(kind: RecordType) -> str:
    """Return the field that names whose a record is; "" where it has none of its own."""
    return next((path for path in kind.paths.get("person", ()) if path in kind), "")


def is_counted(each: Field) -> bool:
    """Tell whether a blank of a field is a lack: it is stored and given by files, and neither a remark nor an end."""
    return each.is_stored and each.is_given and each.default is None and each.name not in _MAY_BE_BLANK


def checks_of(kind: RecordType) -> tuple[Check, ...]:
    """Return the checks of a type, completeness of the needed fields first."""
    found = [Check("blank", (each,)) for each in needed_fields(kind) if not each.required]
    paths = [path for path in kind.paths.get("person", ()) if path.partition(".")[0] in kind]
    if paths and not kind[paths[0].partition(".")[0]].required:
        found.append(Check("nobody", (kind[paths[0].partition(".")[0]],)))
    return (*found, *_valid(kind), *_unique(kind), *_consistent(kind))


def _valid(kind: RecordType) -> Iterator[Check]:
    for each in kind.stored:
        if each.custom or not each.is_given:
            continue
        if each.choices:
            yield Check("not-in-list", (each,))
        elif each.ref:
            yield Check("dangling", (each,))
        elif each.kind is kinds.DATE:
            yield Check("unlikely-date", (each,))
        elif each.name in ("email", "phone"):
            yield Check("no-email" if each.name == "email" else "short-phone", (each,))


def _unique(kind: RecordType) -> Iterator[Check]:
    name_field = "" if kind.pays else kind.name_field  # two deals may bear the name of one project
    for name in dict.fromkeys((name_field, *_ALONE)):
        if name in kind and name not in kind.key and not kind[name].custom and kind[name].is_stored:
            yield Check("repeated", (kind[name],))
    parties = [kind[name] for name in _PARTY if name in kind]
    if kind.pays and kind.date and parties and "amount" in kind and "stage" not in kind:
        yield Check("look-alike", (kind["amount"], kind[kind.date], *parties))


def _consistent(kind: RecordType) -> Iterator[Check]:
    if "amount" in kind and kind.name not in ("target", "refund"):
        yield Check("negative", (kind["amount"],))
    for rule in kind.rules:
        if isinstance(rule, Ordered):
            yield Check("out-of-order", (kind[rule.last], kind[rule.first]))
    owner = owner_field(kind)
    if owner and kind.date and kind.name != "person":
        yield Check("not-employed", (kind[owner], kind[kind.date]))
    if kind.whole is not None:
        yield Check("not-whole", (kind[kind.whole.share],))
    if "stage" in kind and kind.date and kind.name_field:
        yield Check("closed-undated", (kind[kind.date], kind["stage"]))
        if "probability" in kind:
            yield Check("open-at-100", (kind["probability"], kind["stage"]))
