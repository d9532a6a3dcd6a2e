"""A case as the YAML that people keep: facts in, text out. No customer is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from salescli.core.commission.components.per_unit import PerUnitComponent
from salescli.core.commission.inputs import Continued, Opening, QuotaMonth, Reading
from salescli.core.money import decimal_places, to_decimal
from salescli.core.periods import FOREVER, ONE_DAY, add_months
from salescli.services.case.flow import Pair, Raw, flow_list, flow_map, word, written
from salescli.services.case.kept_facts import KeptCredit, KeptFacts, contracts_of

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan
    from salescli.core.commission.result import ComponentResult, PayeeResult
    from salescli.core.commission.terms import SpecialRate

PLACES = 4  # of an amount in a file; a leaver's position may have more, and is not expected then


def write_case(
    name: str, plan: Plan, plan_text: str, facts: KeptFacts, result: PayeeResult, note: str, only: str = ""
) -> str:
    """Return the text of a case file.

    Args:
        name: what the case is called.
        plan: the plan of the run.
        plan_text: the plan's file, where the case carries it; "" where it names it.
        facts: what the runs knew.
        result: what the run came to, which the case expects.
        note: the first line, a comment.
        only: the one component that the case is about, where it is about one.
    """
    lines = [f"# {note}", f"case: {word(name)}"]
    if plan_text:
        lines += ["plan:", *(f"  {line}".rstrip() for line in plan_text.splitlines())]
    else:
        lines.append(f"plan: {word(plan.plan)}")
    if facts.inputs.calendar.start_month != 1:
        lines.append(f"fiscal_year_starts: {facts.inputs.calendar.start_month}")
    lines += ["given:", *_given(plan, facts, only), "expect:"]
    lines.append(f"  {result.run:%Y-%m}:")
    lines += [f"    {key}: {value}" for key, value in _expected(result, only)]
    return "\n".join(lines) + "\n"


def _given(plan: Plan, facts: KeptFacts, only: str) -> Iterator[str]:
    inputs = facts.inputs
    days: list[Pair] = [("from", inputs.start)] if inputs.start > plan.start else []
    days += [("through", inputs.end - ONE_DAY)] if inputs.end < FOREVER else []
    away = [flow_map([("from", start), ("through", end - ONE_DAY)]) for start, end in inputs.away]
    days += [("away", Raw(f"[{', '.join(away)}]"))] if away else []
    if days:
        yield f"  on_plan: {flow_map(days)}"
    yield from _opening(facts, only)
    yield from flow_list("credits", (_credit(plan, one) for one in facts.credits))
    yield from flow_list("quotas", _quotas(facts.quotas))
    yield from flow_list(
        "terms",
        (
            [("name", one.name), ("value", one.value), *_since("from", one.start), *_through(one.through)]
            for one in inputs.terms
        ),
    )
    yield from flow_list("special_rates", (_special(one, later) for one, later in facts.special_rates))
    yield from flow_list(
        "grades",
        (
            [("scorecard", one.scorecard), ("period", _month(one.period))]
            + ([("grade", one.value)] if one.value else [])
            + [("known_in", _month(one.known_in))]
            for one in inputs.grades
        ),
    )
    yield from flow_list("readings", (_reading(one, later) for one, later in facts.readings))
    yield from flow_list("contracts", _contracts(facts))
    yield from flow_list(
        "received",
        (
            [("contract", one.contract), ("date", one.date), ("amount", one.amount), *_later(later)]
            for one, later in facts.received
            if one.contract in {each.key.contract for each in facts.credits}
        ),
    )
    yield from flow_list(
        "continued",
        (
            [("component", one.component), ("window", _month(one.window)), *_continued(one)]
            for one in inputs.continued
            if only in ("", one.component)
        ),
    )
    yield from flow_list(
        "deductions",
        (
            [("date", one.date), ("amount", one.amount), ("key", one.key), *_later(later)]
            for one, later in facts.deductions
        ),
    )
    yield from flow_list(
        "adjustments",
        (
            [("key", one.key), ("month", _month(one.period)), ("amount", one.amount), *_later(later)]
            for one, later in facts.adjustments
        ),
    )


def _held(one: Opening) -> str:
    rows = (
        [("amount", each.amount)]
        + ([("contract", each.contract)] if each.contract else [])
        + ([("until", each.until)] if each.until is not None else [])
        for each in one.held_for
    )
    return "[" + ", ".join(flow_map(row) for row in rows) + "]"


def _waiting(one: Opening) -> str:
    rows = (
        [("amount", each.amount)] + ([("month", _month(each.month))] if each.month is not None else [])
        for each in one.waiting
    )
    return "[" + ", ".join(flow_map(row) for row in rows) + "]"


def _continued(one: Continued) -> list[Pair]:
    return [("position", one.position), ("pay", one.pay), ("earned", one.earned)]


def _contracts(facts: KeptFacts) -> Iterator[list[Pair]]:
    dates = contracts_of(facts)
    whole = {one.contract: one.of for one, _ in facts.received}
    mine = {one.key.contract for one in facts.credits}
    for name in sorted({*dates, *(contract for contract in whole if contract in mine)}):
        pairs: list[Pair] = [("contract", name), *dates.get(name, {}).items()]
        yield [*pairs, ("amount", whole[name])] if name in whole else pairs


def _opening(facts: KeptFacts, only: str) -> Iterator[str]:
    inputs = facts.inputs
    if inputs.opening is None:
        return
    yield "  opening:"
    yield f"    first_run: {inputs.opening:%Y-%m}"
    rows: list[list[Pair]] = []
    for one in inputs.openings:
        if not only or one.component == only:
            row: list[Pair] = [("component", one.component), ("position", one.position)]
            row += [("units", one.units)] if one.units else []
            row += [("earned", one.earned)] if one.earned is not None else []
            row += [("held", one.held)] if one.held else []
            row += [("held_for", Raw(_held(one)))] if one.held_for else []
            row += [("waiting", Raw(_waiting(one)))] if one.waiting else []
            rows.append([*row, *([("month", _month(one.month))] if one.month is not None else [])])
    yield from (f"  {line}" for line in flow_list("rows", rows))
    for key, amount in (("carried", inputs.carried), ("owed", inputs.owed), ("undeducted", inputs.undeducted)):
        if amount:
            yield f"    {key}: {written(amount)}"


def _credit(plan: Plan, one: KeptCredit) -> list[Pair]:
    key = one.key
    component = plan.components.get(key.component)
    found: list[Pair] = [("component", key.component)]
    found.append(("date", key.happened if key.undoes and key.happened is not None else key.day))
    found.append(("amount", one.pay))
    if one.quota != one.pay:
        found.append(("quota_credit", one.quota))
    if one.units or isinstance(component, PerUnitComponent):
        found.append(("units", one.units))
    named = (("key", key.key), ("customer", key.customer), ("contract", key.contract), ("undoes", key.undoes),
             ("rate_key", key.rate_key))  # fmt: skip
    found += [(name, value) for name, value in named if value and "|" not in value]
    found += [("signed", key.signed)] if key.signed is not None else []
    found += [("rate_below", Raw(f"{to_decimal(key.below * 100):f}%"))] if key.below else []
    found += [("fields", Raw(flow_map(key.fields)))] if key.fields else []
    return [*found, *_later(one.known_in)]


def _quotas(rows: Sequence[tuple[QuotaMonth, date | None]]) -> Iterator[list[Pair]]:
    """Neighbouring months of one amount are one row."""

    def sort(row: tuple[QuotaMonth, date | None]) -> tuple[object, ...]:
        one, later = row
        return (later or date.min, one.metric, one.level, one.of, one.effective_from, one.month)

    months = sorted(rows, key=sort)
    runs: list[list[tuple[QuotaMonth, date | None]]] = []
    for row in months:
        last = runs[-1][-1] if runs else None
        if last is not None and _same(last) == _same(row) and row[0].month == add_months(last[0].month, 1):
            runs[-1].append(row)
        else:
            runs.append([row])
    for run in runs:
        (one, later), (end, _) = run[0], run[-1]
        pairs: list[Pair] = [("metric", one.metric), ("from", _month(one.month)), ("through", _month(end.month))]
        pairs.append(("each_month", one.amount))
        pairs += _since("effective_from", one.effective_from)
        pairs += [("level", one.level)] if one.level != "base" else []
        pairs += [("of", one.of)] if one.of != "own" else []
        pairs += [("withdrawn", "yes")] if one.withdrawn else []
        yield [*pairs, *_later(later)]


def _same(row: tuple[QuotaMonth, date | None]) -> tuple[object, ...]:
    one, later = row
    return (one.metric, one.level, one.of, one.effective_from, one.amount, one.withdrawn, later)


def _reading(one: Reading, later: date | None) -> list[Pair]:
    row: list[Pair] = [("metric", one.metric)]
    row += [("from", _month(one.start))] if one.start is not None else []
    row += [("month", _month(one.month)), ("numerator", one.numerator), ("denominator", one.denominator)]
    row += [("of", one.of)] if one.of != "own" else []
    row += [("basis", one.basis)] if one.basis else []
    row += [("sample", one.sample)] if one.sample is not None else []
    return [*row, *_later(later)]


def _expected(result: PayeeResult, only: str) -> Iterator[tuple[str, str]]:
    components = [one for one in result.components if not only or one.component == only]
    always = ("earned", "position_after", "earned_to_date")
    for key, name in (
        ("earned", "earned"),
        ("own", "own"),
        ("to_date", "earned_to_date"),
        ("position", "position_after"),
        ("held", "held"),
        ("kept", "kept"),
    ):
        figures = [(one.component, getattr(one, name)) for one in components]
        figures = [(called, amount) for called, amount in figures if decimal_places(amount.normalize()) <= PLACES]
        if not figures:
            continue
        if name in always or any(amount for _, amount in figures):
            yield key, flow_map(figures)
    late = [one for one in components if one.differences]
    if late:
        yield "differences", flow_map((one.component, Raw(_differences(one))) for one in late)
    if only:
        return
    yield "payable", written(result.payable)
    yield "carried", written(result.carried_out)
    if result.listed:
        yield "listed", written(result.listed)
    if result.adjustments:
        yield "adjusted", written(result.by_hand)
    if result.balance is not None:
        for name in ("owed", "topped_up", "recovered", "deducted"):
            yield name, written(getattr(result.balance, name))


def _differences(one: ComponentResult) -> str:
    found = groupby(sorted(one.differences, key=lambda each: each.period), key=lambda each: each.period)
    sums = ((_month(period), sum((each.amount for each in rows), Decimal(0))) for period, rows in found)
    return flow_map(sums)


def _special(one: SpecialRate, later: date | None) -> list[Pair]:
    found: list[Pair] = [("rate", Raw(f"{to_decimal(one.rate * 100):f}%"))]
    said = (("component", one.component), ("customer", one.customer), ("contract", one.contract))
    found += [(name, value) for name, value in said if value]
    return [*found, *_since("from", one.start), *_through(one.through), *_later(later)]


def _since(name: str, day: date) -> list[Pair]:
    return [] if day == date.min else [(name, day)]


def _through(day: date | None) -> list[Pair]:
    return [] if day is None else [("through", day)]


def _later(day: date | None) -> list[Pair]:
    return [] if day is None else [("known_in", _month(day))]


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
