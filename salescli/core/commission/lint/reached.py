"""What history never reached: components, tiers, limits; what it would have kept for ever, and never have got back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.components.base import ComponentShape
from salescli.core.commission.components.tiered import TieredComponent
from salescli.core.commission.curve_facts import is_moved
from salescli.core.commission.lint.history import History
from salescli.core.commission.lint.subject import Finding, cents, percent_or_number
from salescli.core.commission.note_words import note_words
from salescli.core.commission.result import ComponentResult, Note, Path
from salescli.core.commission.terms import term_on
from salescli.core.commission.values import in_force
from salescli.core.commission.wording import money, reading
from salescli.core.money import CONTEXT, total

LACKING = ("no-quota", "no-term", "no-base-rate")
Seen = tuple[Fraction, Fraction, str]  # to date, the cap, whose


def find_not_reached(history: History) -> Iterator[Finding]:
    """Find components in which nobody had anything, else the lowest tier that nobody reached."""
    for name, shape in history.plan.components.items():
        if not is_moved(shape):
            continue
        is_paid = any(any(past.own.get(name, {}).values()) for past in history.people)
        if not is_paid and not any(one.credit or one.position_after for _, _, one in history.components(name)):
            values = {"component": name, "window": history.window}
            yield Finding("lint-component-not-reached", ("components", name), values)
        elif isinstance(shape, TieredComponent) and shape.window != "each-transaction" and shape.tiers.is_constant:
            yield from _tier_not_reached(history, name, shape)


def _tier_not_reached(history: History, name: str, shape: TieredComponent) -> Iterator[Finding]:
    by_quota = shape.attainment is not None
    read = [(_reading(one, by_quota), past.person) for past, _, one in history.components(name)]
    known = [(value, person) for value, person in read if value is not None]
    if not known:
        return
    highest, person = max(known)
    for tier in in_force(shape.tiers, history.plan.start):
        bound = Fraction(tier.threshold)
        if highest < bound or (highest == bound and not tier.inclusive):
            reached = reading(highest, bound) if by_quota else money(highest)
            if shape.tier_by == "units":
                reached = percent_or_number(Decimal(int(highest)), False)
            values = {"key": tier.key, "window": history.window, "person": person, "reached": reached}
            yield Finding("lint-tier-not-reached", ("components", name, "tiers", tier.index, tier.key), values, "note")
            return


def _reading(one: ComponentResult, by_quota: bool) -> Fraction | None:
    """Return what the tiers of a component read: the attainment, or the position."""
    if not by_quota:
        return Fraction(one.position_after)
    step = next((step for step in one.steps if step.name == "quota"), None)
    found = step.part("attainment") if step is not None else None
    return found if isinstance(found, Fraction) else None


def find_idle_limits(history: History) -> Iterator[Finding]:
    """Find limits that never took anything."""
    for index, limit in enumerate(history.plan.limits):
        seen = [
            (_exact(step.part("to_date")), _exact(step.part("cap")), past.person)
            for past in history.people
            for result in past.results
            for step in result.steps
            if step.name == "limit" and step.path[:2] == ("limits", index)
        ]
        if limit.over != "each-transaction":
            yield from _idle(history, ("limits", index, "at_most"), seen)
    for name, shape in history.plan.components.items():
        yield from _idle_bound(history, name, shape)


def _exact(value: object) -> Fraction:
    assert isinstance(value, Decimal | Fraction | int)
    return Fraction(value)


def _idle_bound(history: History, name: str, shape: ComponentShape) -> Iterator[Finding]:
    if shape.at_most is None:
        return
    seen: list[Seen] = []
    for past, result, one in history.components(name):
        if any(step.name == "bound" and step.part("bound") == "at_most" for step in one.steps):
            return
        own = past.inputs.terms
        terms = {one.name: one.value for one in own if term_on(own, one.name, result.run) is one}
        cap = in_force(shape.at_most, result.run).resolve(terms)
        if cap is not None:
            seen.append((Fraction(one.earned_to_date), cap, past.person))
    yield from _idle(history, ("components", name, "at_most"), seen)


def _idle(history: History, path: Path, seen: list[Seen]) -> Iterator[Finding]:
    nearest = max(seen, key=lambda one: one[0] / one[1] if one[1] else one[0], default=None)
    if nearest is None or nearest[0] > nearest[1] or not any(dated for dated, _, _ in seen):
        return
    dated, cap, person = nearest
    values = {"window": history.window, "amount": cents(dated), "cap": cents(cap), "person": person}
    yield Finding("lint-limit-not-reached", path, values, "note")


def find_kept_for_ever(history: History) -> Iterator[Finding]:
    """Find money kept for contracts that have no date on which it is released."""
    for index, holdback in enumerate(history.plan.payout.holdback):
        kept: dict[tuple[str, str], Decimal] = {}
        for past in history.people:
            for one in past.results[-1].kept if past.results else ():
                if one.rule == index and one.until is None and one.kept_to_date > 0:
                    kept[past.person, one.contract] = one.kept_to_date
        if kept:
            values = {
                "count": len({contract for _, contract in kept}),
                "field": holdback.until.text,
                "amount": cents(total(kept.values())),
                "window": history.window,
            }
            yield Finding("lint-kept-without-date", ("payout", "holdback", index, "until"), values)


def find_draws_left(history: History) -> Iterator[Finding]:
    """Find what people would still have owed of the draw at the end, or been forgiven."""
    last = [(past.person, past.results[-1].balance) for past in history.people if past.results]
    left = {
        person: CONTEXT.add(balance.owed, balance.forgiven)
        for person, balance in last
        if balance is not None and (balance.owed or balance.forgiven)
    }
    if left:
        most = max(left, key=lambda person: left[person])
        values = {
            "window": history.window,
            "people": len(left),
            "amount": cents(total(left.values())),
            "person": most,
            "most": cents(left[most]),
        }
        yield Finding("lint-draw-left", ("payout", "draw"), values)


def find_lacking(history: History) -> Iterator[Finding]:
    """Find components that pay people nothing because a quota or one of their own terms is missing."""
    lacking: dict[tuple[str, Note], set[str]] = {}
    for past in history.people:
        for one in past.results[-1].components if past.results else ():
            for note in one.notes:
                if note.name in LACKING:
                    lacking.setdefault((one.component, note), set()).add(past.person)
    for (name, note), people in lacking.items():
        values = {
            "component": name,
            "count": len(people),
            "people": sum(1 for past in history.people if past.results),
            "said": note_words(note),
            "window": history.window,
        }
        yield Finding("lint-people-lack", note.path or ("components", name), values)
