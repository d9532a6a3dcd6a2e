"""What one computation of a person was given and another was not: the facts between two drafts, one by one.

Nothing is computed again here. Facts are told apart by what they are of (a transaction, a month of a quota, a grade of
a period …); one that both have and that says the same is no change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from salescli.core.commission.away import stays_in
from salescli.core.commission.inputs import CreditLine, PayeeInputs, Posted, Reading
from salescli.core.commission.wording import money
from salescli.core.money import CONTEXT, total

FIGURES = ("amount", "share", "pay_credit", "quota_credit", "units", "date", "exchanged", "factors", "contract")


@dataclass(frozen=True, slots=True)
class InputChange:
    """One fact that came, went or changed: of which component ("" of none), what it was and what it is now.

    `cause` is `credit-came`, `credit-gone`, `credit-changed`, `share`, `rate`, `date`, `quota`, `grade`, `term`,
    `reading`, `deduction`, `adjustment`, `months`, `opening`, `stay`, `contract-date`, `received` or `group`.
    """

    cause: str
    what: str
    before: str = ""
    after: str = ""
    component: str = ""
    source: str = ""
    credit: Decimal | None = None  # by how much the credit is another
    day: date | None = None
    customer: str = ""


def input_changes(before: PayeeInputs | None, after: PayeeInputs | None) -> list[InputChange]:
    """Return every fact between two computations of one person under one plan; None: not on it."""
    old, new = before or PayeeInputs(""), after or PayeeInputs("")
    found = list(_stay(before, after))
    found += _credits(old, new)
    found += _facts("quota", old.quotas, new.quotas, _quota_mark, lambda one: money(one.amount))
    found += _facts(
        "grade", old.grades, new.grades, lambda one: f"{one.scorecard} {one.period:%Y-%m}", lambda one: one.value
    )
    found += _facts("term", old.terms, new.terms, _term_mark, lambda one: money(one.value))
    found += _facts("reading", old.readings, new.readings, _reading_mark, _read)
    found += _facts(
        "deduction", old.deductions, new.deductions, lambda one: one.key or str(one.date), lambda one: money(one.amount)
    )
    was, stands = (getattr(each, "adjustments", ()) for each in (old, new))
    found += _facts(
        "adjustment", was, stands, lambda one: f"{one.key} {one.period:%Y-%m}", lambda one: money(one.amount)
    )
    found += _facts("opening", old.openings, new.openings, lambda one: one.component, lambda one: money(one.position))
    found += _facts("months", _months(old), _months(new), lambda one: f"{one[0]:%Y-%m}", lambda one: money(one[1]))
    then, now = (each.contract_dates.items() if each.lines else () for each in (old, new))
    found += _facts("contract-date", then, now, lambda one: " ".join(one[0]), lambda one: str(one[1] or ""))
    found += _facts(
        "received", old.received, new.received, lambda one: f"{one.contract} {one.date}", lambda one: money(one.amount)
    )
    if before is not None and after is not None and old.group != new.group:
        found.append(InputChange("group", ""))
    return found


def _stay(before: PayeeInputs | None, after: PayeeInputs | None) -> Iterator[InputChange]:
    """Who came onto a plan, left it, or is on it over other days."""

    def days(one: PayeeInputs | None) -> str:
        stays = () if one is None else stays_in(one.start, one.end, one.away)
        return ", ".join(f"{start}..{'' if end.year > 9000 else end}" for start, end in stays)

    if days(before) != days(after):
        yield InputChange("stay", "", days(before), days(after))


def _credits(old: PayeeInputs, new: PayeeInputs) -> Iterator[InputChange]:
    then, now = _by_transaction(old.lines), _by_transaction(new.lines)
    for mark in sorted({*then, *now}, key=str):
        was, stands = then.get(mark, []), now.get(mark, [])
        if [_figures(one) for one in was] == [_figures(one) for one in stands]:
            continue
        line = (*stands, *was)[0]
        change = CONTEXT.subtract(_credit(stands), _credit(was))
        cause, before, after = "credit-changed", money(_credit(was)), money(_credit(stands))
        if not was:
            cause, before = "credit-came", ""
        elif not stands:
            cause, after = "credit-gone", ""
        else:
            cause, before, after = _how(was[0], stands[0], before, after)
        yield InputChange(
            cause, line.key, before, after, line.component, _source(stands, was), change, line.happened or line.date,
            line.customer,
        )  # fmt: skip


def _source(*sides: Iterable[CreditLine]) -> str:
    """Return where a transaction was read: as it stands, else as it was."""
    return next((line.source for lines in sides for line in lines if line.source), "")


def _how(was: CreditLine, now: CreditLine, before: str, after: str) -> tuple[str, str, str]:
    """Say which figure of a transaction is another: the first of date, share and rate, else its amounts."""
    if was.date != now.date:
        return "date", str(was.date), str(now.date)
    if was.amount == now.amount and was.share != now.share:
        return "share", _percent(was.share), _percent(now.share)
    if was.amount == now.amount and was.exchanged is not None and now.exchanged is not None:
        return "rate", was.exchanged.rate.text, now.exchanged.rate.text
    return "credit-changed", before, after


def _by_transaction(lines: Iterable[CreditLine]) -> dict[tuple[str, str, str, str, str], list[CreditLine]]:
    found: dict[tuple[str, str, str, str, str], list[CreditLine]] = {}
    for line in lines:
        mark = (line.component, line.kind, line.key, line.contract if "|" in line.key else "", line.via)
        found.setdefault(mark, []).append(line)
    return found


def _figures(line: CreditLine) -> tuple[Any, ...]:
    return tuple(getattr(line, name) for name in FIGURES)


def _credit(lines: Iterable[CreditLine]) -> Decimal:
    return total(line.pay_credit or line.units for line in lines)


def _facts(
    cause: str, old: Iterable[Any], new: Iterable[Any], mark: Callable[[Any], str], said: Callable[[Any], str]
) -> Iterator[InputChange]:
    """Compare facts that have a name; several of one name are compared together."""
    then, now = _named(old, mark, said), _named(new, mark, said)
    for name in sorted({*then, *now}):
        was, stands = then.get(name), now.get(name)
        if (was and was[0]) != (stands and stands[0]):
            source = (stands or was or ("", ""))[1]
            yield InputChange(cause, name, was[0] if was else "", stands[0] if stands else "", source=source)


def _named(facts: Iterable[Any], mark: Callable[[Any], str], said: Callable[[Any], str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for one in facts:
        name, text, source = mark(one), said(one), getattr(one, "source", "")
        held = found.get(name)
        found[name] = (text, source) if held is None else (f"{held[0]} + {text}", held[1] or source)
    return found


def _quota_mark(one: Any) -> str:
    since = "" if one.effective_from == date.min else f" ({one.effective_from})"
    return f"{one.metric} {one.month:%Y-%m}{'' if one.level == 'base' else f' {one.level}'}{since}"


def _term_mark(one: Any) -> str:
    return one.name if one.start == date.min else f"{one.name} {one.start}"


def _reading_mark(one: Reading) -> str:
    start = one.start or one.month
    of = " ".join(filter(None, ("" if one.of == "own" else one.of, one.basis)))
    return f"{one.metric} {start:%Y-%m}..{one.month:%Y-%m} {of}".rstrip()


def _read(one: Reading) -> str:
    whole = "" if one.denominator == 1 else f" / {money(one.denominator)}"
    return f"{money(one.numerator)}{whole}"


def _months(inputs: PayeeInputs) -> list[tuple[date, Decimal]]:
    """What each closed month has posted."""
    found: dict[date, list[Posted]] = {}
    for one in inputs.posted:
        found.setdefault(one.run, []).append(one)
    return [(run, total(one.earned for one in posted)) for run, posted in sorted(found.items())]


def _percent(share: Decimal) -> str:
    return f"{CONTEXT.multiply(share, Decimal(100)).normalize():f} %"
