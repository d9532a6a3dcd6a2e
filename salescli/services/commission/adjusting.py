"""Manual adjustments over the store: read from their records, each given to the one plan that takes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.commission.adjusting import Adjustment
from salescli.core.money import from_e4
from salescli.core.periods import ONE_DAY, month_of
from salescli.core.title import Title
from salescli.errors import Problem, problem
from salescli.services.commission.adjusting_moves import Takers
from salescli.services.commission.beyond import plans_going_on, plans_of
from salescli.services.commission.deducting import Stint, stints_of, taker
from salescli.services.commission.payees import Seat, payees_of
from salescli.services.commission.places import Places
from salescli.services.commission.posted import Ledger
from salescli.services.context import Context
from salescli.store.entities import labels
from salescli.store.runs import Run
from salescli.store.state import fetch_images

if TYPE_CHECKING:
    from salescli.services.commission.groups.sheet import PlanSheet
    from salescli.services.commission.running import CommissionRun


TYPED = Title("批次 {batch}", "batch {batch}")
NOT_PAID = Title("未计入", "nobody is paid it")
TAKEN_BACK = Title("已计入的予以冲回", "what closed months posted of it is taken back")


@dataclass(frozen=True, slots=True)
class Written:
    """An adjustment as its record says it: whose it is, and the plan and currency that it names."""

    person: int
    plan: str
    currency: str
    adjustment: Adjustment


def fetch_adjustments(context: Context) -> list[Written]:
    """Return every adjustment that is known, by month and key."""
    kind = context.store.registry["adjustment"]
    images = fetch_images(context.store, kind)
    if not images:
        return []
    places = Places(context)
    sources = places.of_all(kind, TYPED)
    found = []
    for entity, image in images.items():
        said = Adjustment(
            key=image["number"],
            period=date.fromisoformat(f"{image['month']}-01"),
            amount=from_e4(image["amount"]),
            component=image["component"] or "",
            reason=image["reason"] or "",
            author=image["author"] or "",
            approved_by=image["approved_by"] or "",
            approved_on=date.fromisoformat(image["approved_on"]) if image["approved_on"] else None,
            dispute=places.key(image["dispute"]) if image["dispute"] else "",
            source=sources[entity],
        )
        found.append(Written(image["person"], image["plan"] or "", image["currency"] or "", said))
    return sorted(found, key=lambda one: (one.adjustment.period, one.adjustment.key))


def share_adjustments(
    context: Context, done: CommissionRun, sheets: Sequence[PlanSheet], seats: list[Seat],
    people: frozenset[int], upon: Run | None, closed: Sequence[Run], ledgers: Mapping[str, Ledger],
) -> None:  # fmt: skip
    """Give every adjustment through the run's period to the plan that takes it; say which ones nobody takes.

    Which plan took which is kept with the run: a stored run (`upon`) is computed again as it was, and later ones leave
    an adjustment where the newest of the `closed` has it, for as long as the person is on that plan for a day. Where
    its record names another plan since, it goes there if the one that posted it can take it back (`adjusting_moves`).
    All else that a run knows of its payees has to be in the `sheets`.
    """
    written = [one for one in fetch_adjustments(context) if one.adjustment.period < done.period.end]
    written = [one for one in written if not people or one.person in people]
    if not written:
        return
    kept: dict[str, str] | None = None if upon is None else upon.manifest.get("adjustments", {})
    paid = plans_of(ledgers)
    stints = _stints(context, done, seats, {one.person for one in written}, paid) if kept is None else {}
    newest = max(closed, key=lambda run: run.period).manifest.get("adjustments", {}) if closed else {}
    currencies = {file.name: file.require().currency for file in done.plans}
    takers, elsewhere = Takers(sheets, ledgers), []
    for one in written:
        key = one.adjustment.key
        if kept is None:
            name, said = _plan_of(context, one, stints.get(one.person, set()), currencies, newest.get(key, ""))
        else:
            name, said = kept.get(key, ""), None
        held = takers.holder(key, one.person, {plan for _, _, plan in stints.get(one.person, ())} if name else ())
        if held not in ("", name) and one.currency in ("", currencies[held]):
            elsewhere.append((one, name))
            name = held
        if name:
            takers.give(name, one.person, one.adjustment)
            done.adjusted[key] = name
        elif said is not None:
            done.problems.append(said)
    for one, name in elsewhere:
        _move(context, one, name, takers, done)
    takers.hand_out()


def _move(context: Context, one: Written, wanted: str, takers: Takers, done: CommissionRun) -> None:
    """Move an adjustment from the plan that posted it to the one that it names, or say that it stays."""
    key = one.adjustment.key
    if takers.moves(one.adjustment, one.person, done.adjusted[key], wanted):
        done.adjusted[key] = wanted
        return
    person = labels(context.store, context.store.registry["person"], [one.person]).get(one.person, "")
    said: dict[str, Any] = {"number": key, "person": person, "month": f"{one.adjustment.period:%Y-%m}"}
    done.problems.append(problem("adjustment-stays", severity="warning", **said, plan=wanted, kept=done.adjusted[key]))


def _stints(
    context: Context, done: CommissionRun, seats: list[Seat], people: set[int], paid: frozenset[str]
) -> dict[int, set[Stint]]:
    """Return from when to when each of some people is on which plan, of those that pay now or will again.

    A plan that has ended is among them where it has paid: what it took stays its own, in the months too in which it
    does not pay.
    """
    found: dict[int, set[Stint]] = {}
    for file in plans_going_on(done.plans, context, done.period, paid):
        plan = file.require()
        for payee in payees_of(context.store, plan, seats):
            if payee.entity in people:
                found.setdefault(payee.entity, set()).update(stints_of(payee, plan))
    return found


def _plan_of(
    context: Context, one: Written, stints: Iterable[Stint], currencies: Mapping[str, str], before: str
) -> tuple[str, Problem | None]:
    """Return the plan that is to take an adjustment: the one it names, else the one that took it `before`.

    Else it is the one that the person is on as its month ends.
    """
    names = sorted({name for _, _, name in stints})
    last = month_of(one.adjustment.period).end - ONE_DAY
    wanted = one.plan or before
    found = wanted if wanted in names else "" if one.plan else taker(stints, last)
    key, fate = one.adjustment.key, TAKEN_BACK if before else NOT_PAID
    if found and one.currency in ("", currencies[found]):
        return found, None
    if found:
        values: dict[str, Any] = {"number": key, "currency": one.currency, "wanted": currencies[found], "fate": fate}
        return "", problem("adjustment-other-currency", severity="warning", **values)
    person = labels(context.store, context.store.registry["person"], [one.person]).get(one.person, "")
    said: dict[str, Any] = {"number": key, "person": person, "month": f"{one.adjustment.period:%Y-%m}", "fate": fate}
    if one.plan:
        return "", problem("adjustment-other-plan", severity="warning", **said, plan=one.plan, choices=tuple(names))
    return "", problem("adjustment-without-plan", severity="warning", **said)
