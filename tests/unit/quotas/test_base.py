"""What a target grows from: windows, periods, amounts, other metrics; incomplete data is said."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from salescli.core.periods import FiscalCalendar
from salescli.core.quotas.base import parse_base, parse_base_window
from salescli.core.quotas.split import compute_split
from salescli.core.scalars import TextRefused
from salescli.errors import ProblemsFound
from salescli.messages import sentence
from salescli.policy.targets import read_targets
from salescli.services.context import open_context
from salescli.services.quota.splitting import split_quota
from salescli.services.workspace import create_workspace
from tests.unit.quotas.build import inputs, member, team, text
from tests.unit.store_support import load


def growing(base, growth="15%", more=""):
    source = text(more=f"base: {base}\ngrowth: {growth}\n{more}").replace("amount: 1,200,000\n", "")
    return read_targets(source, "t.yaml")


def test_growth_of_100_000_by_15_percent_is_115_000():
    result = compute_split(growing("100,000").require(), inputs(team("A", member("a")), base=Decimal(100_000)))
    steps = [(step.name, step.change, step.after) for step in result.bridge if not step.team][:3]
    assert steps == [
        ("base", Decimal("100000.00"), Decimal("100000.00")),
        ("growth", Decimal("15000.00"), Decimal("115000.00")),
        ("company-target", Decimal("0.00"), Decimal("115000.00")),
    ]
    assert result.bridge[1].title.en == "Growth 15%"


def test_a_higher_level_is_a_step_of_its_own():
    shape = growing("100,000", more="levels: {base: 100%, stretch: 110%}\n").require()
    result = compute_split(shape, inputs(team("A", member("a")), base=Decimal(100_000)))
    found = [step for step in result.bridge if step.level == "stretch" and not step.team][:3]
    assert [step.after for step in found] == [100_000, 115_000, 126_500]


@pytest.mark.parametrize(
    ("written", "start", "last"),
    [
        ("2024-11-01 through 2025-10-31", date(2024, 11, 1), date(2025, 10, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2024-11-01..2025-10-31", date(2024, 11, 1), date(2025, 10, 31)),
    ],
)
def test_windows_and_periods(written, start, last):
    period = parse_base(written).resolve(FiscalCalendar())
    assert (period.start, period.last_day) == (start, last)
    assert parse_base_window(written) == parse_base(written)


def test_a_fiscal_year_is_one_of_the_workspace():
    assert parse_base("FY2025").resolve(FiscalCalendar(4)).start == date(2025, 4, 1)


@pytest.mark.parametrize(
    ("written", "name"),
    [("last year", "bad-window"), ("0", "number-too-small"), ("-5", "number-too-small"), ("2025-13-01", "bad-window")],
)
def test_what_is_no_base(written, name):
    with pytest.raises(TextRefused) as caught:
        parse_base(written)
    assert caught.value.name == name


def test_an_amount_is_no_window():
    assert parse_base("100,000").resolve(FiscalCalendar()) is None
    with pytest.raises(TextRefused):
        parse_base_window("100,000")


POLICY = """format: 1
targets: plan
for_year: 2026
metric: receipts
growth: 15%
base: BASE
teams: {split_by: equal}
people: {split_by: equal}
months: {split_by: equal}
"""


@pytest.fixture
def workspace(tmp_path):
    place = create_workspace(tmp_path / "w", "W", "CNY", "zh")
    with open_context(place, today=date(2026, 1, 5), create=True) as context:
        load(context.store, "team", [{"name": "A"}])
        load(context.store, "person", [{"number": "1", "name": "王芳"}])
        load(context.store, "assignment", [{"person": "1", "team": "A", "from": "2024-01-01", "role": "rep"}])
        load(
            context.store,
            "receipt",
            [
                {"number": "R1", "date": "2025-02-10", "owner": "1", "amount": 60_000},
                {"number": "R2", "date": "2025-12-31", "owner": "1", "amount": 40_000},
            ],
        )
        load(
            context.store,
            "contract",
            [{"number": "C1", "owner": "1", "signed": "2025-01-01", "amount": 200_000}],
        )
    return place


def split(workspace, base, on=date(2026, 1, 5)):
    path = workspace.config / "targets" / "plan.yaml"
    path.write_text(POLICY.replace("BASE", base), encoding="utf-8")
    with open_context(workspace, today=on) as context:
        outcome = split_quota(context)
        row = context.store.db.execute("SELECT manifest FROM run WHERE id = ?", (outcome.run.id,)).fetchone()
        return outcome, json.loads(row[0])


def company(outcome):
    return next(row[-1] for row in outcome.report.blocks[0].rows if row[2] == "公司")


def test_a_period_of_which_data_begins_late_is_a_warning_and_kept_with_the_run(workspace):
    outcome, manifest = split(workspace, "2025")
    assert company(outcome) == Decimal("115000.00")
    (note,) = outcome.problems
    assert note.severity == "warning"
    assert sentence(note) == "`receipts`: the base 2025 has data only from 2025-02-10 through 2025-12-31"
    assert manifest["base"] == {
        "amount": "100000.00",
        "metric": "receipts",
        "window": ["2025-01-01", "2025-12-31"],
        "data": ["2025-02-10", "2025-12-31"],
    }
    said = " ".join(line.en for line in outcome.report.footer)
    assert "company target = base 100,000.00 (receipts 2025) × (1 + 15%)" in said
    assert "the base is incomplete: it has data from 2025-02-10 through 2025-12-31" in said


def test_data_that_ends_before_the_window_is_said(workspace):
    outcome, _ = split(workspace, "2025-02-10 through 2026-01-31")
    assert [str(one.values["last"]) for one in outcome.problems] == ["2025-12-31"]


def test_a_covered_window_says_nothing(workspace):
    outcome, manifest = split(workspace, "2025-02-10 through 2025-12-31")
    assert not outcome.problems
    assert manifest["base"]["amount"] == "100000.00"


def test_days_off_at_the_edge_are_no_gap(workspace):
    outcome, _ = split(workspace, "2025-02-08 through 2025-12-31")  # a Saturday
    assert not outcome.problems


def test_an_amount_needs_no_data(workspace):
    outcome, manifest = split(workspace, "100,000")
    assert (company(outcome), outcome.problems) == (Decimal("115000.00"), ())
    assert manifest["base"]["window"] == []


def test_a_base_of_another_metric(workspace):
    outcome, manifest = split(workspace, "{window: 2025, metric: bookings}")
    assert company(outcome) == Decimal("230000.00")
    assert manifest["base"]["metric"] == "bookings"


@pytest.mark.parametrize(("metric", "name"), [("bookngs", "unknown-metric"), ("win-rate", "ratio-has-no-sum")])
def test_a_base_of_no_such_metric_has_its_place(workspace, metric, name):
    with pytest.raises(ProblemsFound) as caught:
        split(workspace, f"{{window: 2025, metric: {metric}}}")
    (found,) = caught.value.problems
    assert (found.name, found.where.line) == (name, 6)
