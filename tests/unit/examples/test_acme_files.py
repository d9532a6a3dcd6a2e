"""The English example's files: made again they are the same, all that they name exists, and its plans are sound."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from salescli.core.records.registry import built_in
from salescli.policy.cases import load_cases
from salescli.policy.imports import read_profiles
from salescli.policy.layers import WORKSPACE, policy_files
from salescli.policy.metrics import read_catalogue
from salescli.policy.plans import load_plan
from salescli.policy.records import read_registry
from salescli.policy.settings import read_settings
from salescli.services.case.running import run_case

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "acme"
CATALOGUE, PROBLEMS = read_catalogue(policy_files(FOLDER / "config", "metrics"))
PLANS = {path.stem: load_plan(path, path.name, CATALOGUE.names) for path in (FOLDER / "config" / "plans").iterdir()}
CASES = load_cases(FOLDER / "config" / "cases" / "ae-fy2026.yaml")


@cache
def rows(name: str) -> list[dict[str, str]]:
    text = (FOLDER / "inbox" / f"{name}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def column(name: str, header: str) -> list[str]:
    """The cells of a column that are not blank."""
    return [row[header] for row in rows(name) if row[header]]


def us(text: str) -> date:
    month, day, year = text.split("/")
    return date(int(year), int(month), int(day))


def money(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def made(folder: Path, hash_seed: str) -> dict[str, bytes]:
    """Run the generator in a process of its own, with another order of hashes each time."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, str(FOLDER / "make.py"), str(folder)], check=True, env=environment)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_files_are_made_again_with_the_same_bytes(tmp_path: Path) -> None:
    kept = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in (FOLDER / "inbox").iterdir()}
    assert made(tmp_path / "one", "1") == kept
    assert made(tmp_path / "two", "2") == kept


def test_keys_are_unique() -> None:
    for name, key in (
        ("Users", "Employee Number"), ("Users", "Full Name"), ("Accounts", "Account ID"), ("Accounts", "Account Name"),
        ("Opportunities", "Opportunity ID"), ("Bookings", "Contract Number"), ("Payments", "Payment ID"),
    ):  # fmt: skip
        assert len(set(column(name, key))) == len(rows(name)), (name, key)


def test_what_is_named_exists() -> None:
    people, accounts = set(column("Users", "Full Name")), set(column("Accounts", "Account Name"))
    numbers, contracts = set(column("Users", "Employee Number")), set(column("Bookings", "Contract Number"))
    deals, products = set(column("Opportunities", "Opportunity ID")), set(column("Products", "Product Name"))
    for name, header, known in (
        ("Users", "Manager", people), ("Teams", "Manager", people), ("Accounts", "Account Owner", people),
        ("Opportunities", "Opportunity Owner", people), ("Bookings", "Owner", people),
        ("Stage History", "Changed By", people), ("Splits", "Employee ID", numbers),
        ("Targets", "Employee ID", numbers), ("Compensation Terms", "Employee ID", numbers),
        ("Opportunities", "Account Name", accounts), ("Bookings", "Account Name", accounts),
        ("Payments", "Paid By", accounts), ("Bookings", "Product Name", products),
        ("Bookings", "Opportunity ID", deals), ("Splits", "Contract Number", contracts),
        ("Invoices", "Contract Number", contracts), ("Payments", "Contract Number", contracts),
        ("Users", "Team", set(column("Teams", "Team"))), ("Targets", "Metric", set(CATALOGUE.names)),
    ):  # fmt: skip
        assert set(column(name, header)) <= known, (name, header)
    assert set(column("Stage History", "Opportunity ID")) == deals


def test_a_booking_is_its_year_times_its_term_and_is_paid_no_more_than_once() -> None:
    acv = {row["Contract Number"]: money(row["ACV"]) for row in rows("Bookings")}
    for row in rows("Bookings"):
        assert money(row["Total"]) * 12 == money(row["ACV"]) * int(row["Term (Months)"])
    invoiced: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows("Invoices"):
        assert money(row["Due Amount"]) == acv[row["Contract Number"]]
        invoiced[row["Contract Number"]] += money(row["Due Amount"])
    for row in rows("Payments"):
        invoiced[row["Contract Number"]] -= money(row["Received"])
    assert min(invoiced.values()) >= 0


def test_shares_of_a_booking_are_100_percent_in_one_currency() -> None:
    currency = {row["Employee ID"]: row["Currency"] for row in rows("Compensation Terms")}
    booked = {row["Contract Number"]: row["Currency"] for row in rows("Bookings")}
    shares: dict[str, int] = defaultdict(int)
    for row in rows("Splits"):
        shares[row["Contract Number"]] += int(row["Percent"].removesuffix("%"))
        assert currency[row["Employee ID"]] == booked[row["Contract Number"]]
    assert len(shares) == 7
    assert set(shares.values()) == {100}


def test_dates_follow_each_other_and_nobody_sells_before_joining() -> None:
    joined = {row["Full Name"]: us(row["Start Date"]) for row in rows("Users")}
    for row in rows("Opportunities"):
        assert bool(row["Close Date"]) == row["Stage"].startswith("Closed")
        assert us(row["Created Date"]) >= joined[row["Opportunity Owner"]]
        assert not row["Close Date"] or us(row["Close Date"]) >= us(row["Created Date"])
    for row in rows("Bookings"):
        assert joined[row["Owner"]] <= us(row["Signed Date"]) <= date(2026, 9, 30)
    entered: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for row in rows("Stage History"):
        day, time = row["Changed At"].split()
        entered[row["Opportunity ID"]].append((us(day), time))
    assert all(each == sorted(each) for each in entered.values())


def test_a_team_carries_what_its_people_carry() -> None:
    team_of = {row["Employee Number"]: row["Team"] for row in rows("Users")}
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows("Targets"):
        name, sign = (row["Team"], -1) if row["Team"] else (team_of[row["Employee ID"]], 1)
        sums[name, row["Month"]] += sign * int(row["Quota"])
    assert set(sums.values()) == {0}
    ramp = [row["Quota"] for row in rows("Targets") if row["Name"] == "Ben Carter"]
    assert ramp == ["0", "0", "50000", "75000", *["100000"] * 5]


def test_settings_profile_and_records_are_sound() -> None:
    settings = read_settings(FOLDER / "salescli.yaml")
    assert (settings.currency, settings.fiscal_year_start, settings.fiscal_year_named) == ("USD", 4, "start")
    registry, problems = read_registry(FOLDER / "config" / "records.yaml", built_in())
    assert problems == []
    own = [one for one in policy_files(FOLDER / "config", "imports") if one.layer == WORKSPACE]
    profiles, problems = read_profiles(own, registry)
    assert problems == []
    files = [path.name for path in (FOLDER / "inbox").iterdir()]
    assert [name for name in files if profiles["acme"].entry(name) is None] == []


def test_plans_name_what_is_in_the_catalogue() -> None:
    assert PROBLEMS == []
    assert sorted(PLANS) == ["ae-emea-fy2026", "ae-fy2026", "manager-emea-fy2026", "manager-fy2026"]
    assert [one.problems for one in PLANS.values()] == [()] * 4
    assert {one.require().currency for one in PLANS.values()} == {"USD", "EUR"}


def test_the_plans_in_dollars_and_in_euros_say_the_same() -> None:
    dollars, euros = (PLANS[name].require().components["new-acv"] for name in ("ae-fy2026", "ae-emea-fy2026"))
    assert dollars == euros.model_copy(update={"only": dollars.only})


@pytest.mark.parametrize("placed", CASES.cases, ids=lambda placed: placed.case.case)
def test_cases_hold(placed) -> None:
    assert run_case(placed, {name: one.require() for name, one in PLANS.items()}.get).holds


def test_the_cases_are_read() -> None:
    assert CASES.problems == ()
    assert len(CASES.cases) >= 3
