"""Stored runs, read back: which run a period has, and its results as values again."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from salescli.core.commission.result import (
    Balance,
    ComponentResult,
    Difference,
    KeptChange,
    Note,
    PayeeResult,
    StatementLine,
)
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.errors import Refused, problem
from salescli.policy.plans import PlanFile, load_kept_plan
from salescli.reports.commission.columns import RunHead
from salescli.services.commission.kept_settings import settings_of
from salescli.services.commission.posted import KIND, SUBJECT, newest_opening, read_adjustments, read_transfers
from salescli.services.commission.vintages import kept_definitions
from salescli.services.context import Context
from salescli.services.knowledge import known_batch, known_line
from salescli.store.entities import labels
from salescli.store.runs import Run, fetch_document, fetch_results, fetch_runs

AMOUNT_PARTS = frozenset({"amount", "so_far", "kept", "position", "earned", "pot", "taken", "was", "now"})
DAY_PARTS = frozenset({"due", "date"})
"""The parts of notes that are amounts, and days; all others are texts, whatever they look like."""


@dataclass(frozen=True, slots=True)
class StoredPayee:
    """One result of a stored run: whose it is (the record), and the result."""

    entity: int
    name: str
    result: PayeeResult

    @property
    def item(self) -> str:
        """The name under which the run keeps it."""
        return f"{self.result.plan}|#{self.entity}"


def choose_run(context: Context, period: Period) -> Run:
    """Return the closed run of a period, else its newest draft.

    Raises:
        Refused: it was never run.
    """
    run = find_run(context, period)
    if run is None:
        raise Refused(problem("no-run", period=period.label))
    return run


def find_run(context: Context, period: Period) -> Run | None:
    """Return the closed run of a period, else its newest draft, else None."""
    runs = fetch_runs(context.store, KIND, period.label)
    return next((run for run in runs if run.state == "closed"), runs[0] if runs else None)


def never_run(context: Context, period: Period) -> Run:
    """Return what stands for the run of a month that was never run: upon no closed month, from today's opening."""
    opening = newest_opening(context.store)
    manifest: dict[str, Any] = {"closed": [], "opening": opening.id if opening else None}
    return Run(0, KIND, SUBJECT, period.label, "", "", known_batch(context), manifest, "", "draft")


def load_payees(context: Context, run: Run) -> list[StoredPayee]:
    """Return a run's results, by plan and by the person's number."""
    found = []
    for item, text in fetch_results(context.store, run.id).items():
        entity = int(item.rpartition("#")[2])
        found.append((entity, read_result(text)))
    names = labels(context.store, context.store.registry["person"], [entity for entity, _ in found])
    payees = [StoredPayee(entity, names.get(entity, result.person), result) for entity, result in found]
    return sorted(payees, key=lambda one: (one.result.plan, one.result.person))


def load_plans(context: Context, run: Run) -> dict[str, PlanFile]:
    """Return the plans of a run from the texts that it kept, with the places they had then."""
    return {
        one["plan"]: load_kept_plan(fetch_document(context.store, one["sha256"])[1], one["file"])
        for one in run.manifest["plans"]
    }


def head_of(context: Context, run: Run) -> RunHead:
    """Return what reports say of a run; the store is read as the run knew it."""
    line = known_line(context, [context.store.registry["receipt"]])
    return RunHead(run.period, run.id, run.state, run.known, line, context.currency)


@contextlib.contextmanager
def knowing(context: Context, run: Run) -> Iterator[None]:
    """Know what a run knew, for a while: the store at its batch, metrics and settings as their files were then."""
    before, catalogue, stages = context.store.known, context.catalogue, context.stages
    kept, meanings = kept_definitions(context, run)
    context.store.at(run.known)
    context.catalogue, context.stages = kept or catalogue, meanings if meanings is not None else stages
    try:
        with settings_of(context, run):
            yield
    finally:
        context.store.at(before)
        context.catalogue, context.stages = catalogue, stages


def read_result(text: str) -> PayeeResult:
    """Return a result from its canonical JSON. The steps stay behind: an explanation is computed anew."""
    said = json.loads(text)
    return PayeeResult(
        person=said["person"],
        plan=said["plan"],
        run=_day(said["run"]),
        currency=said["currency"],
        components=tuple(_component(one) for one in said["components"]),
        kept=tuple(
            KeptChange(
                one["rule"],
                one["component"],
                one["contract"],
                Decimal(one["amount"]),
                Decimal(one["kept_to_date"]),
                _day_or_none(one["until"]),
                tuple(one["path"]),
            )
            for one in said["kept"]
        ),
        **_amounts(said, "earned", "kept_change", "carried_in", "payable", "carried_out"),
        steps=(),
        notes=_notes(said["notes"]),
        listed=Decimal(said.get("listed", "0")),
        balance=Balance(**_amounts(said["balance"], *said["balance"])) if said.get("balance") else None,
        adjustments=read_adjustments(said),
        transfers=read_transfers(said),
    )


def _component(said: Mapping[str, Any]) -> ComponentResult:
    amounts = _amounts(
        said, "position_before", "position_after", "credit", "pay_credit", "formula", "own", "earned",
        "earned_to_date", "held", "kept",
    )  # fmt: skip
    return ComponentResult(
        component=said["component"],
        title=Title(said["title"]["zh"], said["title"]["en"]),
        window_start=_day(said["window_start"]),
        window_end=_day(said["window_end"]),
        differences=tuple(
            Difference(
                _day(one["period"]),
                Decimal(one["amount"]),
                one["cause"],
                _amount_or_none(one["credit_change"]),
                _amount_or_none(one["pay_credit"]),
            )
            for one in said["differences"]
        ),
        to_next_tier=_amount_or_none(said["to_next_tier"]),
        steps=(),
        notes=_notes(said["notes"]),
        lines=tuple(
            StatementLine(one["key"], one["contract"], _day_or_none(one["date"]), Decimal(one["amount"]))
            for one in said["lines"]
        ),
        **amounts,
    )


def _notes(said: list[Mapping[str, Any]]) -> tuple[Note, ...]:
    return tuple(
        Note(one["name"], tuple((name, _part(name, value)) for name, value in one["parts"]), tuple(one["path"]))
        for one in said
    )


def _part(name: str, value: Any) -> Any:
    """A part of a note is kept as text; its name says what it was. A key such as 007 is no number."""
    if not isinstance(value, str):
        return value
    if name in AMOUNT_PARTS:
        return Fraction(value) if "/" in value else Decimal(value)
    return date.fromisoformat(value) if name in DAY_PARTS else value


def _amounts(said: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: Decimal(said[name]) for name in names}


def _amount_or_none(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
