"""A team's number is the sum of its people's, movers are counted where they were, in any currency asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.metrics.model import Aggregate, BaseMetric, Catalogue
from salescli.core.metrics.query import Query, compute_figures
from salescli.core.money import round_half_away
from salescli.core.periods import FiscalCalendar
from salescli.core.title import Title
from salescli.reports.metrics import CreditRow
from salescli.services.metric.converting import Converting, converted_rows
from salescli.store.batches import begin_batch
from salescli.store.dated import put_dated
from salescli.store.entities import resolve
from salescli.store.metric_lines import fetch_lines
from salescli.store.metric_sql import fetch_measured
from tests.unit.store_support import REGISTRY, load, new_store

CALENDAR, ON = FiscalCalendar(), date(2026, 6, 30)
TITLE = Title("", "")
RECEIPTS = BaseMetric("receipts", TITLE, "receipt", Aggregate("sum", "amount"), "date", (), "split", "money")
COUNT = BaseMetric("count", TITLE, "receipt", Aggregate("count"), "date", (), "split", "count")
CATALOGUE = Catalogue({"receipts": RECEIPTS, "count": COUNT})
PEOPLE, TEAMS = ("P1", "P2", "P3"), ("T1", "T2", "T3")
MOVED, NESTED = "2026-04-16", "2026-05-11"  # P1 goes from T1 to T2; T2, of T1 until then, goes below T3
RATES = {"USD": Decimal("7.0813"), "EUR": Decimal("7.7")}  # in CNY, from March on; from May on a tenth more

days = st.dates(date(2026, 3, 1), ON)
receipt = st.fixed_dictionaries(
    {
        "date": days.map(date.isoformat),
        "amount": st.decimals(-10_000, 10_000, places=4).map(str),
        "owner": st.sampled_from([*PEOPLE, None]),
        "currency": st.sampled_from(["CNY", "USD", "EUR"]),
    }
)
receipts_of = st.lists(receipt, max_size=14)


def filled(receipts: list[dict[str, Any]]) -> Any:
    store = new_store()
    load(
        store, "team", [{"number": "T1", "name": "T1"}, {"number": "T2", "name": "T2"}, {"number": "T3", "name": "T3"}]
    )
    load(store, "team", [{"number": "T2", "name": "T2", "parent": "T1"}], feed="more")
    load(store, "person", [{"number": one, "name": one} for one in PEOPLE])
    seats = [{"person": one, "from": "2026-03-01", "team": team} for one, team in zip(PEOPLE, TEAMS, strict=True)]
    load(store, "assignment", [*seats, {"person": "P1", "from": MOVED, "team": "T2"}])
    team = resolve(store, REGISTRY["team"], list(TEAMS))
    with store.transaction():
        put_dated(store, begin_batch(store, "edit", "team"), _of(team, "T2"), "parent", NESTED, _of(team, "T3"))
    rates = [
        {"base": code, "quote": "CNY", "date": day, "rate": str(rate * factor)}
        for code, rate in RATES.items()
        for day, factor in (("2026-03-01", Decimal(1)), ("2026-05-01", Decimal("1.1")))
    ]
    load(store, "fx-rate", rates)
    load(store, "receipt", [{"number": str(n), **row} for n, row in enumerate(receipts)])
    return store


def _of(directory: Any, name: str) -> int:
    found = directory.get(name)
    assert isinstance(found, int)
    return found


def names_of(store: Any) -> dict[int | None, str | None]:
    found: dict[int | None, str | None] = {None: None}
    for kind, texts in (("team", TEAMS), ("person", PEOPLE)):
        directory = resolve(store, REGISTRY[kind], list(texts))
        found |= {_of(directory, text): text for text in texts}
    return found


def team_of(row: dict[str, Any]) -> str | None:
    """Where the owner sat on the day."""
    if row["owner"] == "P1":
        return "T2" if row["date"] >= MOVED else "T1"
    return None if row["owner"] is None else TEAMS[PEOPLE.index(row["owner"])]


def branch_of(team: str | None, day: str) -> set[str | None]:
    """The team and those above it on the day."""
    return {team} if team != "T2" else {"T2", "T3" if day >= NESTED else "T1"}


def worth(row: dict[str, Any], into: str) -> Fraction:
    """What an amount is in another currency, through CNY."""
    factor = Fraction(11, 10) if row["date"] >= "2026-05-01" else Fraction(1)
    in_home = {"CNY": Fraction(1), **{code: Fraction(rate) * factor for code, rate in RATES.items()}}
    return Fraction(Decimal(row["amount"])) * in_home[row["currency"]] / in_home[into]


def measured(store: Any, metric: BaseMetric, by: tuple[str, ...], *, below: bool = False) -> dict[Any, int]:
    rows = fetch_measured(store, metric, Query(metric.name, by), CALENDAR, ON.isoformat(), below=below)
    return {(row.group, row.currency): row.value for row in rows if row.value}


def converting(store: Any, into: str) -> Converting:
    context: Any = SimpleNamespace(store=store, on=ON, calendar=CALENDAR, currency="CNY")
    return Converting(context, into)


@given(receipts_of, st.sampled_from([RECEIPTS, COUNT]))
def test_a_team_is_the_sum_of_its_people_and_movers_count_where_they_were(
    receipts: list[dict[str, Any]], metric: BaseMetric
) -> None:
    store = filled(receipts)
    names = names_of(store)
    teams, people = measured(store, metric, ("team",)), measured(store, metric, ("team", "person"))
    added: dict[Any, int] = {}
    for ((team, _), currency), value in people.items():
        added[(team,), currency] = added.get(((team,), currency), 0) + value
    assert {key: value for key, value in added.items() if value} == teams
    expected: dict[Any, int] = {}
    for row in receipts:
        key = ((team_of(row),), "" if metric is COUNT else row["currency"])
        amount = 10_000 if metric is COUNT else int(Decimal(row["amount"]) * 10_000)
        expected[key] = expected.get(key, 0) + amount
    assert {((names[team],), code): value for ((team,), code), value in teams.items()} == {
        key: value for key, value in expected.items() if value
    }


@given(receipts_of)
def test_with_below_follows_the_hierarchy_of_each_record_s_day(receipts: list[dict[str, Any]]) -> None:
    store = filled(receipts)
    names = names_of(store)
    expected: dict[Any, int] = {}
    for row in receipts:
        for team in branch_of(team_of(row), row["date"]):
            key = ((team,), row["currency"])
            expected[key] = expected.get(key, 0) + int(Decimal(row["amount"]) * 10_000)
    found = measured(store, RECEIPTS, ("team",), below=True)
    assert {((names[team],), code): value for ((team,), code), value in found.items()} == {
        key: value for key, value in expected.items() if value
    }


@given(receipts_of, st.sampled_from(["CNY", "USD", "EUR"]), st.sampled_from(
    [("team",), ("person",), ("team", "month"), ("day",), ("person", "quarter"), ("month",)]
))  # fmt: skip
def test_converted_lines_add_up_to_the_exact_total_rounded_once(
    receipts: list[dict[str, Any]], into: str, by: tuple[str, ...]
) -> None:
    store = filled(receipts)
    one = converting(store, into)
    whole = sum((worth(row, into) for row in receipts), Fraction(0))
    total = compute_figures(CATALOGUE, Query("receipts"), one.fetch)
    lines = compute_figures(CATALOGUE, Query("receipts", by), one.fetch)
    assert not one.missing
    if not receipts:
        return
    assert [figure.value for figure in total] == [round_half_away(whole)]
    assert sum(figure.value for figure in lines if isinstance(figure.value, Decimal)) == total[0].value
    plain = fetch_measured(store, RECEIPTS, Query("receipts", by), CALENDAR, ON.isoformat())
    assert {figure.group for figure in lines} == {row.group for row in plain}
    for figure in lines:
        assert figure.currency == into
        assert isinstance(figure.value, Decimal)
        assert figure.value == round_half_away(figure.value)


@given(receipts_of, st.sampled_from(["CNY", "USD"]))
def test_converted_rows_add_up_and_a_team_alone_has_one_figure(receipts: list[dict[str, Any]], into: str) -> None:
    store = filled(receipts)
    one = converting(store, into)
    rows = [
        CreditRow("", "", line.day or "", "", Decimal(line.value).scaleb(-4), None, Decimal(line.credit).scaleb(-4),
                  line.currency, "")
        for line in fetch_lines(store, RECEIPTS, Query("receipts"), ON.isoformat())
    ]  # fmt: skip
    shown = converted_rows(one, RECEIPTS, rows)
    total = [row.value for row in one.fetch(RECEIPTS, Query("receipts"))]
    assert sum((Fraction(row.credit) for row in shown), Fraction(0)) == Fraction(sum(total), 10_000)
    own = {row.group: row.value for row in one.fetch(RECEIPTS, Query("receipts", ("team",)))}
    below = {row.group: row.value for row in one.fetch(RECEIPTS, Query("receipts", ("team",)), below=True)}
    names = names_of(store)
    alone = [group for group in own if group in {(entity,) for entity, name in names.items() if name == "T2"}]
    assert [below[group] for group in alone] == [own[group] for group in alone]
