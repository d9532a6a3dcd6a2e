"""What closed runs have posted, read back from their stored results, and the opening they continue from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from salescli.core.commission.adjusting import AdjustmentLine
from salescli.core.commission.inputs import HeldFor, Opening, Posted, PostedKept, PostedRun, WaitingFor
from salescli.core.commission.result import Balance
from salescli.core.commission.taking_over import Transfer
from salescli.store.connection import Store
from salescli.store.runs import Run, closed_runs, fetch_items, fetch_result, fetch_results, fetch_run

KIND, SUBJECT, OPENING = "commission", "all", "commission-opening"


@dataclass(slots=True)
class Ledger:
    """What was posted to one payee under one plan, over all closed runs."""

    posted: list[Posted] = field(default_factory=list)
    kept: list[PostedKept] = field(default_factory=list)
    runs: list[PostedRun] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OpeningSheet:
    """The first month that salescli pays, and what each payee brings into it, by `plan|#person`."""

    first: date
    rows: dict[str, tuple[Opening, ...]] = field(default_factory=dict)
    owed: dict[str, Decimal] = field(default_factory=dict)
    carried: dict[str, Decimal] = field(default_factory=dict)
    undeducted: dict[str, Decimal] = field(default_factory=dict)


def item_of(plan: str, person: int) -> str:
    """Return the name under which a run keeps a payee's result; the entity outlives names and numbers."""
    return f"{plan}|#{person}"


class Ledgers(Mapping[str, Ledger]):
    """What closed runs have posted, by item; the results of a payee are read when they are asked for."""

    def __init__(self, store: Store, runs: Iterable[Run]) -> None:
        self._store = store
        self._read: dict[str, Ledger] = {}
        self._runs: dict[str, list[int]] = {}
        for run in runs:
            for item in fetch_items(store, run.id):
                self._runs.setdefault(item, []).append(run.id)

    def __getitem__(self, item: str) -> Ledger:
        if item not in self._read:
            ledger = Ledger()
            for run in self._runs[item]:
                _add(ledger, json.loads(fetch_result(self._store, run, item)))
            self._read[item] = ledger
        return self._read[item]

    def __iter__(self) -> Iterator[str]:
        return iter(self._runs)

    def __len__(self) -> int:
        return len(self._runs)


def fetch_ledgers(store: Store, runs: Iterable[Run]) -> Ledgers:
    """Return what closed runs have posted, by item."""
    return Ledgers(store, runs)


def _add(ledger: Ledger, result: dict[str, Any]) -> None:
    run = date.fromisoformat(result["run"])
    for one in result["components"]:
        ledger.posted.append(Posted(run, run, one["component"], Decimal(one["own"]), Decimal(one["pay_credit"])))
        for each in one["differences"]:
            credit = None if each["pay_credit"] is None else Decimal(each["pay_credit"])
            period = date.fromisoformat(each["period"])
            ledger.posted.append(Posted(run, period, one["component"], Decimal(each["amount"]), credit))
    for one in result["kept"]:
        if Decimal(one["amount"]):
            ledger.kept.append(PostedKept(run, one["rule"], one["contract"], Decimal(one["amount"])))
    ledger.runs.append(
        PostedRun(
            run,
            Decimal(result["payable"]),
            _adjusted(result),
            Decimal(result.get("listed", "0")),
            read_adjustments(result),
            read_transfers(result),
        )
    )


def read_transfers(result: Mapping[str, Any]) -> tuple[Transfer, ...]:
    """Return what a stored result moved between plans."""
    return tuple(
        Transfer(one["plan"], one["is_taken"], Decimal(one["carried"]), Decimal(one["owed"]), Decimal(one["waiting"]))
        for one in result.get("transfers", ())
    )


def read_adjustments(result: Mapping[str, Any]) -> tuple[AdjustmentLine, ...]:
    """Return the manual adjustments of a stored result; it has none where it does not speak of them."""
    return tuple(
        AdjustmentLine(
            one["key"],
            date.fromisoformat(one["period"]),
            Decimal(one["amount"]),
            one["component"],
            one["reason"],
            one["author"],
            one["approved_by"],
            date.fromisoformat(one["approved_on"]) if one["approved_on"] else None,
            one["dispute"],
            stands=Decimal(one["stands"]),
            change=one["change"],
        )
        for one in result.get("adjustments", ())
    )


def _adjusted(result: dict[str, Any]) -> Decimal:
    """What draw and deductions added to (or took from) a stored result."""
    said = result.get("balance")
    return Balance(**{name: Decimal(text) for name, text in said.items()}).adjusted if said else Decimal(0)


def closed_before(store: Store, period: str) -> list[Run]:
    """Return the closed runs of earlier periods, in order."""
    return [run for name, run in closed_runs(store, KIND).items() if name < period]


def closed_of(store: Store, run: Run) -> list[Run]:
    """Return the closed runs that a run was computed upon."""
    return [fetch_run(store, number) for number in run.manifest["closed"]]


def opening_of(store: Store, run: Run) -> OpeningSheet | None:
    """Return the opening that a run was computed upon, or None."""
    number = run.manifest.get("opening")
    return read_opening(store, fetch_run(store, number)) if number else None


def fetch_opening(store: Store) -> OpeningSheet | None:
    """Return the opening that was last accepted, or None."""
    newest = newest_opening(store)
    return None if newest is None else read_opening(store, newest)


def newest_opening(store: Store) -> Run | None:
    """Return the stored opening that was last accepted, or None."""
    return max(closed_runs(store, OPENING).values(), key=lambda run: run.id, default=None)


def read_opening(store: Store, newest: Run) -> OpeningSheet:
    """Return what a stored opening says."""
    rows: dict[str, tuple[Opening, ...]] = {}
    owed: dict[str, Decimal] = {}
    carried: dict[str, Decimal] = {}
    undeducted: dict[str, Decimal] = {}
    for item, text in fetch_results(store, newest.id).items():
        said = json.loads(text)
        rows[item] = tuple(_opening(row) for row in said["rows"])
        owed[item], carried[item] = Decimal(said["owed"]), Decimal(said["carried"])
        undeducted[item] = Decimal(said.get("undeducted", "0"))
    return OpeningSheet(date.fromisoformat(f"{newest.period}-01"), rows, owed, carried, undeducted)


def _opening(row: dict[str, Any]) -> Opening:
    return Opening(
        component=row["component"],
        position=Decimal(row["position"]),
        units=Decimal(row["units"]),
        earned=None if row["earned"] is None else Decimal(row["earned"]),
        held=Decimal(row["held"]),
        month=date.fromisoformat(row["month"]) if row["month"] else None,
        source=row["source"],
        held_for=tuple(
            HeldFor(Decimal(one["amount"]), one["contract"], date.fromisoformat(one["until"]) if one["until"] else None)
            for one in row.get("held_for", ())
        ),
        waiting=tuple(
            WaitingFor(Decimal(one["amount"]), date.fromisoformat(one["month"]) if one["month"] else None)
            for one in row.get("waiting", ())
        ),
    )
