"""A small company with a hierarchy of teams, targets, receipts over fourteen months and deals, for tests of reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from salescli.core.records.registry import built_in
from salescli.services.context import Context
from salescli.services.workspace import create_workspace
from salescli.store.connection import open_store
from tests.unit.store_support import load

TODAY = date(2026, 4, 5)
LONG = "杭州启明星辰云计算与协同办公一体化示范中心有限责任公司"
TEAMS = [{"name": "销售中心"}, {"name": "一部", "parent": "销售中心"}, {"name": "二部", "parent": "销售中心"}]
PEOPLE = [
    {"number": "01", "name": "王芳"},
    {"number": "02", "name": "赵磊"},
    {"number": "03", "name": "李娜"},
    {"number": "04", "name": "李娜"},
]
SEATS = [
    {"person": "01", "from": "2025-01-01", "team": "一部", "role": "rep"},
    {"person": "02", "from": "2025-01-01", "team": "一部", "role": "rep"},
    {"person": "03", "from": "2025-01-01", "team": "二部", "role": "rep"},
    {"person": "04", "from": "2025-01-01", "team": "销售中心", "role": "manager"},
]
MONTHS = [f"2025-{month:02d}" for month in range(2, 13)] + ["2026-01", "2026-02", "2026-03"]


def receipts() -> list[dict[str, Any]]:
    """Each month something of everybody; February 2026 stands out; in March one is negative and one reaches nobody."""
    found = []
    for place, month in enumerate(MONTHS):
        factor = 20 if month == "2026-02" else 1
        for owner, amount in (("01", 100 + place), ("02", 80 - place), ("03", 50 + 10 * (place % 3))):
            found.append((month, owner, amount * factor))
    found += [("2026-03", "03", "7.0001"), ("2026-03", "02", "-3.5"), ("2026-03", None, 12)]
    return [
        {"number": f"R{place:03d}", "date": f"{month}-31" if month == "2026-03" else f"{month}-15", "amount": amount}
        | ({"owner": owner} if owner else {})
        for place, (month, owner, amount) in enumerate(found)
    ]


def targets() -> list[dict[str, Any]]:
    holders: list[dict[str, Any]] = [
        {"amount": 260},
        {"team": "一部", "amount": 200},
        {"team": "二部", "amount": 57},
        {"team": "一部", "person": "01", "amount": 100},
        {"team": "一部", "person": "02", "amount": 100},
        {"team": "二部", "person": "03", "amount": 60},
    ]
    return [{"metric": "receipts", "level": "base", "month": "2026-03", "currency": "CNY"} | one for one in holders]


def deals() -> list[dict[str, Any]]:
    found = []
    for place in range(16):
        stage = ("赢单", "输单", "谈判")[place % 3]
        owner = "01" if place < 12 else "02"
        closed = {} if stage == "谈判" else {"closed": f"2026-03-{place + 1:02d}"}
        found.append(
            {"number": f"D{place:02d}", "name": LONG, "owner": owner, "amount": 1000 + place, "stage": stage}
            | {"created": "2026-01-05"}
            | closed
        )
    return found


def fill(store: Any) -> None:
    load(store, "team", TEAMS)
    load(store, "person", PEOPLE)
    load(store, "assignment", SEATS)
    load(store, "receipt", receipts())
    load(store, "target", targets())
    load(store, "deal", deals())


@contextmanager
def company(folder: Path, *, language: Any = "en", today: date = TODAY, parts: Any = fill) -> Iterator[Context]:
    """Open a workspace with this company in it, or with what `parts` puts there."""
    workspace = create_workspace(folder, "test", "CNY", "en")
    with open_store(workspace.store_path, built_in(), create=True, base_currency="CNY") as store:
        parts(store)
        yield Context(workspace, store, today, today, language)
