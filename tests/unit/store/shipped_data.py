"""A store with some of everything that the shipped metrics count: the same records each time."""

from __future__ import annotations

from random import Random
from typing import Any

from salescli.store.connection import Store
from salescli.store.frames import save_stages
from tests.unit.store_support import load, new_store

PEOPLE = ("王芳", "赵磊", "李娜")
STAGES = {
    "入库": ("entry", "entry", 1),
    "谈判": ("open", "open", 2),
    "赢单": ("won", "won", 3),
    "输单": ("lost", "lost", 4),
}
COUNT = 40


def filled() -> Store:
    """Return the store: 40 records of each type, with blanks, splits, and two teams."""
    store, random = new_store(), Random(8)
    load(store, "team", [{"name": "中心"}, {"name": "一部", "parent": "中心"}])
    load(store, "person", [{"number": str(n), "name": name} for n, name in enumerate(PEOPLE)])
    teams = ("中心", "一部", "一部")
    seats = [{"person": name, "from": "2024-01-01", "team": team} for name, team in zip(PEOPLE, teams, strict=True)]
    load(store, "assignment", seats)
    load(
        store, "product", [{"number": f"P{n}", "name": f"P{n}", "line": f"L{n}", "list_price": 100 + n} for n in (1, 2)]
    )
    customers = [
        {
            "number": f"K{n}",
            "name": f"客户{n}",
            "owner": PEOPLE[n % 3],
            "region": f"区{n % 2}",
            "customer_since": "2026-01-01",
            "potential": 10_000 * n,
        }
        for n in range(9)
    ]
    load(store, "customer", customers)
    for name, build in _RECORDS.items():
        load(store, name, [{**build(n, random), **_common(name, n, random)} for n in range(COUNT)])
    halves = [{"contract": "contract-1", "person": name, "share": "33.3333%"} for name in PEOPLE[:2]]
    load(store, "credit-split", halves)
    save_stages(store, STAGES)
    return store


def _common(name: str, n: int, random: Random) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if name not in ("payment-plan", "order-line"):
        found["number"] = f"{name}-{n}"
    if name not in ("payment-plan", "survey"):
        found["owner"] = random.choice([*PEOPLE, None])
    if name == "survey":
        found["person"] = random.choice(PEOPLE)
    if name not in ("payment-plan", "campaign", "lead"):
        found["customer"] = f"K{random.randrange(9)}"
    return found


def _day(random: Random, first: int = 1, last: int = 6) -> str:
    return f"2026-{random.randint(first, last):02d}-{random.randint(1, 28):02d}"


def _money(random: Random, *, may_lack: bool = True) -> str | None:
    return None if may_lack and random.random() < 0.2 else f"{random.randint(1, 10**9) / 10_000:.4f}"


_RECORDS: dict[str, Any] = {
    "campaign": lambda n, r: {
        "from": _day(r), "cost": _money(r), "responses": r.randint(0, 90), "leads": r.randint(0, 9),
    },
    "lead": lambda n, r: {
        "created": _day(r), "converted": r.choice(["yes", "no", None]),
        "first_contact": r.choice([None, _day(r, 7, 9)]),
    },
    "deal": lambda n, r: {
        "stage": r.choice(list(STAGES)), "amount": _money(r), "product": r.choice(["P1", "P2", None]),
        "created": _day(r, 1, 3), "closed": r.choice([None, _day(r, 4, 6)]),
    },
    "contract": lambda n, r: {
        "signed": _day(r), "amount": _money(r), "kind": r.choice(["new", "renewal", "expansion"]),
    },
    "payment-plan": lambda n, r: {
        "contract": f"contract-{n % 9}", "instalment": str(n), "due": _day(r), "amount": _money(r, may_lack=False),
    },
    "receipt": lambda n, r: {
        "date": _day(r), "amount": _money(r, may_lack=False), "contract": r.choice([None, f"contract-{n % 9}"]),
        "tax_rate": r.choice([None, "6"]),
    },
    "refund": lambda n, r: {"date": _day(r), "amount": _money(r, may_lack=False), "receipt": f"receipt-{n}"},
    "invoice": lambda n, r: {"date": _day(r), "amount": _money(r, may_lack=False), "tax_rate": "13"},
    "order-line": lambda n, r: {
        "order": f"O{n // 3}", "line": str(n), "ordered": _day(r), "quantity": r.randint(1, 9), "amount": _money(r),
        "cost": _money(r), "profit": _money(r),
    },
    "delivery": lambda n, r: {"delivered": _day(r), "amount": _money(r)},
    "activity": lambda n, r: {
        "at": _day(r), "kind": r.choice(["visit", "call", "meeting"]), "minutes": r.choice([None, 30, 45]),
        "status": r.choice([None, "done", "cancelled", "planned"]),
    },
    "quote": lambda n, r: {
        "date": _day(r), "amount": _money(r), "list_amount": _money(r),
        "status": r.choice(["draft", "sent", "accepted"]),
    },
    "complaint": lambda n, r: {
        "opened": _day(r, 1, 3), "closed": r.choice([None, _day(r, 4, 6)]), "status": r.choice(["open", "closed"]),
        "days_to_close": r.choice([None, 9]),
    },
    "survey": lambda n, r: {
        "kind": r.choice(["csat", "nps"]), "asked": _day(r, 1, 3), "answered": r.choice([None, _day(r, 4, 6)]),
        "score": r.choice([None, *map(str, range(11))]), "scale": r.choice([None, 5, 10]),
    },
}  # fmt: skip
