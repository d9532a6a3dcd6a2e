"""Scorecards over a small workspace: measured from records, run, closed, shown, and read by commission."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from salescli.core.table import Prose, Ratio, Table, Trace
from salescli.errors import Problem, ProblemsFound, Refused, UsageError
from salescli.messages import sentence
from salescli.render import FORMATS, RenderOptions, render
from salescli.services.commission.closing import close_period, verify_run
from salescli.services.commission.explaining import Asked
from salescli.services.commission.explaining import explain_period as explain_commission
from salescli.services.commission.running import compute_period, run_commission
from salescli.services.commission.showing import stale_note
from salescli.services.context import Context
from salescli.services.scorecard.closed import closed_scorecards
from salescli.services.scorecard.running import ScorecardRun, close_scorecard, run_scorecard
from salescli.services.scorecard.showing import Explain, close_shown, explain_period, read_aloud, run_shown, show_period
from salescli.services.scorecard.verifying import verify_scorecards
from salescli.store.runs import fetch_results, fetch_runs
from tests.unit.scorecard.sample import CONDUCT, RECEIPTS, text
from tests.unit.services.workspaces import workspace_context
from tests.unit.store_support import load

CARD = text(
    kpis=RECEIPTS.replace("60%", "50%")
    + CONDUCT.replace("40%", "20%")
    + """  growth:
    weight: 10%
    metric: receipts
    of: own
    read_as: growth
    against: year-before
    curve:
      type: deduction
      start_with: 80
      at: 0%
      for_each: 1%
      count: whole-units
      below: -1
      above: 1
      at_most: 100
    if_missing: neutral
    neutral: 80
  won:
    weight: 10%
    metric: win-rate
    of: own
    read_as: actual
    min_sample: 2
    curve: {type: linear, zero_at: 0%, full_at: 100%}
    if_missing: exclude
  team:
    weight: 10%
    metric: receipts
    of: team
    read_as: actual
    curve: {type: linear, zero_at: 0, full_at: 1000}
    if_missing: nothing
"""
)
PLAN = """format: 1
plan: pay
title: Pay
for: {role: rep}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  receipts:
    type: rate
    pays_on: receipts
    credit: own
    rate: 10%
    refunds: recompute
    times:
      - grade_from: card
        over: quarter
        which: same-quarter
        until_known: 1.0
        once_known: true-up
        without_grade: 1.0
        table: {S: 1.5, A: 1.2, B: 1.0, D: 0}
payout: {below_zero: carry, round_to: 0.01}
"""
TARGETS = [
    {"metric": "receipts", "person": person, "month": f"2026-0{month}", "amount": 100}
    for person in ("1", "2")
    for month in (1, 2, 3)
]
RECEIVED = [
    {"number": "A1", "date": "2026-01-10", "owner": "1", "amount": 90},
    {"number": "A2", "date": "2026-02-10", "owner": "1", "amount": 90},
    {"number": "A3", "date": "2026-03-10", "owner": "1", "amount": 90},
    {"number": "A4", "date": "2026-01-15", "owner": "2", "amount": 330},
    {"number": "A0", "date": "2025-02-10", "owner": "1", "amount": 250},
]
RATED = {"scorecard": "card", "person": "1", "period": "2026-Q1"}


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """王芳 (1) reached 270 of 300 and 赵磊 (2) 330 of 300, both in 一部; today is the quarter's last day."""
    with workspace_context(tmp_path, is_filled=False) as made:
        write(made, CARD)
        (made.workspace.config / "plans" / "pay.yaml").write_text(PLAN, encoding="utf-8")
        load(made.store, "team", [{"name": "销售中心"}, {"name": "一部", "parent": "销售中心"}])
        load(
            made.store,
            "person",
            [{"number": "1", "name": "王芳"}, {"number": "2", "name": "赵磊"}, {"number": "3", "name": "马超"}],
        )
        seats = [{"person": person, "from": "2025-01-01", "team": "一部", "role": "rep"} for person in ("1", "2")]
        load(
            made.store,
            "assignment",
            [*seats, {"person": "3", "from": "2025-01-01", "team": "销售中心", "role": "boss"}],
        )
        load(made.store, "receipt", RECEIVED)
        load(made.store, "target", TARGETS)
        load(made.store, "rating", [{**RATED, "kpi": "conduct", "score": "80", "evidence": "walk-through of 03-20"}])
        deals = [
            {
                "number": "D1",
                "owner": "1",
                "amount": 1,
                "stage": "赢单",
                "created": "2026-01-05",
                "closed": "2026-02-03",
            },
            {
                "number": "D2",
                "owner": "1",
                "amount": 1,
                "stage": "输单",
                "created": "2026-01-05",
                "closed": "2026-02-04",
            },
            {
                "number": "D3",
                "owner": "2",
                "amount": 1,
                "stage": "赢单",
                "created": "2026-01-05",
                "closed": "2026-02-04",
            },
        ]
        load(made.store, "deal", deals)
        yield made


def write(context: Context, policy: str, name: str = "card") -> None:
    folder = context.workspace.config / "scorecards"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(policy, encoding="utf-8")


def run(context: Context, period: str = "2026-Q1", name: str = "") -> ScorecardRun:
    return run_scorecard(context, context.parse_period(period), name)


def names(problems: list[Problem]) -> list[str]:
    return [one.name for one in problems]


def test_each_kpi_is_measured_as_it_says(context: Context) -> None:
    one, two = run(context).people
    values = {each.kpi: (each.value, each.score) for each in one.kpis}
    assert values == {
        "receipts": (Fraction(9, 10), 90),
        "conduct": (80, 80),
        "growth": (Fraction(8, 100), 88),  # 270 of 250
        "won": (Fraction(1, 2), 50),
        "team": (600, 60),
    }
    assert one.total == 45 + 16 + Fraction(88, 10) + 5 + 6
    assert one.grade == "B"
    missing = {each.kpi: each.reading.missing for each in two.kpis}
    assert missing == {"receipts": "", "conduct": "no-rating", "growth": "no-base", "won": "few-cases", "team": ""}
    assert two.total == (Fraction(55) + 8 + 6) / Fraction(9, 10)


def test_the_same_inputs_are_the_same_draft(context: Context) -> None:
    first, second = run(context), run(context)
    assert first.run.id == second.run.id
    load(context.store, "receipt", [{"number": "A9", "date": "2026-03-11", "owner": "1", "amount": 30}])
    assert run(context).run.id != first.run.id
    assert run(context).people[0].kpi("receipts").score == 100


def test_what_is_kept_is_what_is_shown(context: Context) -> None:
    done = run_shown(context, context.parse_period("2026-Q1"))
    shown = show_period(context, context.parse_period("2026-Q1"))
    assert done.report.blocks[0] == shown.report.blocks[0]
    table = shown.report.blocks[0]
    assert isinstance(table, Table)
    assert [(row[0], row[4], row[6]) for row in table.rows] == [("王芳", "B", 1), ("赵磊", "B", 2)]
    total = table.rows[0][3]
    assert isinstance(total, Ratio) and total.exact() == Fraction(404, 5)


def test_a_grade_known_in_march_changes_january_and_february(context: Context) -> None:
    january = close_period(context, context.parse_period("2026-01"))
    close_period(context, context.parse_period("2026-02"))
    before = paid(context)
    load(context.store, "receipt", [{"number": "A9", "date": "2026-03-11", "owner": "1", "amount": 90}])
    march = context.parse_period("2026-03")
    assert paid(context) == {**before, "1": Decimal("18.00")}
    done = close_scorecard(context, context.parse_period("2026-Q1"), known_on=date(2026, 3, 31))
    assert [one.grade for one in done.people] == ["S", "B"]
    assert paid(context) == {**before, "1": Decimal("36.00")}  # (9 + 9 + 18) × 1.5, less the 18 paid at 1.0
    shown = explain_commission(context, march, Asked("1")).report
    trace = next(block for block in shown.blocks if isinstance(block, Trace))
    sources = [line.source for line in trace.lines]
    assert any(f"card 2026-Q1 #{done.run.id} (2026-03-31)" in source for source in sources)
    assert verify_run(context, january).is_same


def paid(context: Context) -> dict[str, Decimal]:
    """Return what March posts, by person."""
    done = compute_period(context, context.parse_period("2026-03"))
    return {one.payee.key: one.result.payable for one in done.computed}


def test_a_commission_run_keeps_the_scorecards_that_it_read(context: Context) -> None:
    draft = run_commission(context, context.parse_period("2026-03"))
    assert draft.run is not None and draft.run.manifest["scorecards"] == []
    closed = close_scorecard(context, context.parse_period("2026-Q1"))
    assert verify_run(context, draft.run).is_same  # what was closed since does not reach back
    again = run_commission(context, context.parse_period("2026-03"))
    assert again.run is not None and again.run.manifest["scorecards"] == [closed.run.id]
    assert verify_run(context, again.run).is_same


def test_a_given_grade_counts_until_a_closed_run_has_the_word(context: Context) -> None:
    load(context.store, "rating", [{**RATED, "grade": "S", "known_on": "2026-03-20"}], feed="grades")
    march = context.parse_period("2026-03")
    assert [one.value for one in inputs(context, "1")] == ["S"]
    close_scorecard(context, context.parse_period("2026-Q1"), known_on=date(2026, 3, 31))
    assert [(one.value, one.known_in.month) for one in inputs(context, "1")] == [("S", 3), ("B", 3)]
    assert compute_period(context, march).computed[0].result.payable == Decimal("9.00")  # 90 × 10 %, B × 1.0: not S
    load(context.store, "rating", [{**RATED, "person": "2", "grade": "S", "known_on": "2026-03-31"}], feed="late")
    assert [one.value for one in inputs(context, "2")] == ["B"]  # a later rating is not heard


def inputs(context: Context, key: str) -> Any:
    done = compute_period(context, context.parse_period("2026-03"))
    return next(one.inputs.grades for one in done.computed if one.payee.key == key)


def test_a_closed_grade_is_corrected_by_another_closing_and_never_edited(context: Context) -> None:
    quarter = context.parse_period("2026-Q1")
    first = close_scorecard(context, quarter)
    with pytest.raises(Refused) as refused:
        close_scorecard(context, quarter)
    assert names(list(refused.value.problems)) == ["scorecard-closed"]
    load(context.store, "receipt", [{"number": "A9", "date": "2026-03-11", "owner": "1", "amount": 300}])
    context.today = date(2026, 4, 20)
    second = close_scorecard(context, quarter, reason="late receipt")
    assert [one.id for one in closed_scorecards(context, "card")] == [first.run.id, second.run.id]
    assert (first.people[0].grade, second.people[0].grade) == ("B", "S")
    assert [(one.value, one.known_in.month) for one in inputs(context, "1")] == [("B", 3)]
    april = compute_period(context, context.parse_period("2026-04"))
    grades = next(one.inputs.grades for one in april.computed if one.payee.key == "1")
    assert [(one.value, one.known_in.month) for one in grades] == [("B", 3), ("S", 4)]
    with pytest.raises(UsageError) as wrong:
        close_scorecard(context, quarter, known_on=date(2026, 4, 19), reason="again")
    assert names(list(wrong.value.problems)) == ["known-before-corrected"]


def test_an_earlier_state_of_knowledge_knows_no_later_grade(context: Context) -> None:
    known = fetch_known(context)
    load(context.store, "receipt", [{"number": "A9", "date": "2026-03-11", "owner": "1", "amount": 30}])
    close_scorecard(context, context.parse_period("2026-Q1"))
    context.store.at(known)
    assert closed_scorecards(context) == []


def fetch_known(context: Context) -> int:
    from salescli.store.batches import latest_batch

    return latest_batch(context.store)


@pytest.mark.parametrize(
    ("day", "known_on", "error", "name"),
    [
        (date(2026, 3, 30), None, Refused, "scorecard-not-over"),
        (date(2026, 4, 2), date(2026, 3, 30), UsageError, "known-before-end"),
        (date(2026, 4, 2), date(2026, 4, 3), UsageError, "known-in-future"),
    ],
)
def test_the_day_of_closing(context: Context, day: date, known_on: date | None, error: Any, name: str) -> None:
    context.today = day
    with pytest.raises(error) as raised:
        close_scorecard(context, context.parse_period("2026-Q1"), known_on=known_on)
    assert names(list(raised.value.problems)) == [name]


def test_an_empty_period_says_why(context: Context) -> None:
    with pytest.raises(Refused) as refused:
        run(context, "2025-Q3")
    (one,) = refused.value.problems
    assert one.name == "scorecard-no-data"
    assert "2025-Q3" in sentence(one)
    assert not fetch_runs(context.store, "scorecard")
    with pytest.raises(Refused) as refused:
        run(context, "2026-Q2")
    assert names(list(refused.value.problems)) == ["scorecard-not-begun"]


def test_no_data_at_all_says_why(tmp_path: Path) -> None:
    with workspace_context(tmp_path, is_filled=False) as empty:
        with pytest.raises(Refused) as refused:
            run(empty)
        assert names(list(refused.value.problems)) == ["no-scorecards"]
        write(empty, CARD)
        with pytest.raises(Refused) as refused:
            run(empty)
        assert names(list(refused.value.problems)) == ["scorecard-for-nobody"]


def test_one_person_has_a_place_and_no_peers(context: Context) -> None:
    write(context, CARD.replace("role: rep", "people: [王芳]"))
    done = run(context)
    assert len(done.people) == 1
    shown = show_period(context, context.parse_period("2026-Q1"), person="王芳")
    assert "fewer than 5" in shown.report.footer[0].en
    assert not any(isinstance(block, Prose) for block in shown.report.blocks)


def test_a_broken_scorecard_stops_with_all_its_problems(context: Context) -> None:
    write(context, CARD.replace("weight: 50%", "weight: 40%").replace("metric: win-rate", "metric: winrate"))
    with pytest.raises(ProblemsFound) as raised:
        run(context)
    assert names(list(raised.value.problems)) == ["weights-not-100"]
    write(context, CARD.replace("metric: win-rate", "metric: winrate"))
    with pytest.raises(ProblemsFound) as raised:
        run(context)
    assert [(one.name, one.where.line) for one in raised.value.problems] == [("unknown-metric", 38)]


@pytest.mark.parametrize(
    ("period", "name", "expected"),
    [
        ("2026-03", "", "scorecard-other-period"),
        ("2026-Q1", "cards", "unknown-scorecard"),
        ("2026-Q1", "", "which-scorecard"),
    ],
)
def test_which_scorecard(context: Context, period: str, name: str, expected: str) -> None:
    if expected == "which-scorecard":
        write(context, CARD.replace("scorecard: card", "scorecard: other"), "other")
    with pytest.raises(UsageError) as raised:
        run(context, period, name)
    assert names(list(raised.value.problems)) == [expected]


def test_a_shipped_scorecard_is_tried_out_without_becoming_the_one_that_counts(context: Context) -> None:
    own = run(context)
    other = context.workspace.config / "scorecards" / "kpi.yaml"
    other.write_text(CARD.replace("scorecard: card", "scorecard: kpi"), encoding="utf-8")
    run(context, name="kpi")
    other.unlink()
    assert show_period(context, context.parse_period("2026-Q1")).report.title.en.startswith("Card · 2026-Q1")
    assert f"run #{own.run.id}" in show_period(context, context.parse_period("2026-Q1")).report.title.en


def test_rows_add_up_to_the_figures(context: Context) -> None:
    run(context)
    shown = explain_period(context, context.parse_period("2026-Q1"), Explain("1", "team", True)).report
    table = next(block for block in shown.blocks if isinstance(block, Table))
    assert table.total is not None
    assert Decimal(600) in table.total


def test_an_explanation_says_figures_curve_weight_and_place(context: Context) -> None:
    run(context)
    report = explain_period(context, context.parse_period("2026-Q1"), Explain("王芳")).report
    said = render(report, "text", RenderOptions(language="en", width=None))
    assert isinstance(said, str)
    for part in (
        "own receipts 270 ÷ target 300 = 90 %",
        "(90 % − 0 %) ÷ (100 % − 0 %) × 100 = 90.00 points",
        "own receipts 270 ÷ 2025-Q1 250 − 1 = 8 %",
        "80 + 8 × 1 = 88.00 points",
        "evidence: walk-through of 03-20",
        "80.80 ≥ 70: B",
        "4.20 short of A (85)",
        "config/scorecards/card.yaml:12",
    ):
        assert part in said, part


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_report_in_every_format(context: Context, name: str, language: Any) -> None:
    quarter = context.parse_period("2026-Q1")
    reports = [run_shown(context, quarter).report, show_period(context, quarter, person="1").report]
    reports += [explain_period(context, quarter, Explain("1", "", True)).report, read_aloud(context, "card", language)]
    for report in reports:
        assert render(report, name, RenderOptions(language=language, width=80))


def test_every_format_carries_the_same_total(context: Context) -> None:
    report = run_shown(context, context.parse_period("2026-Q1")).report
    said = json.loads(str(render(report, "json", RenderOptions())))
    row = said["blocks"][0]["rows"][0]
    total = row["total"] if isinstance(row, dict) else row[3]
    assert (total["numerator"], total["denominator"], total["value"]) == (404, 5, "80.8")
    assert "80.8" in str(render(report, "csv", RenderOptions()))
    assert "80.80" in str(render(report, "markdown", RenderOptions()))


def test_the_sentences_say_every_kpi_and_grade(context: Context) -> None:
    said = read_aloud(context, "card", "en")
    (prose,) = said.blocks
    assert isinstance(prose, Prose)
    lines = "\n".join(line for line, _ in prose.lines)
    for part in (
        "(receipts) weighs 50%",
        "“conduct” in the rating records",
        "fewer than 2 cases",
        "from 95: S, bonus factor 1.5",
    ):
        assert part in lines
    assert all(source.startswith("config/scorecards/card.yaml:") for _, source in prose.lines)


def test_closing_says_from_when_commission_reads_it(context: Context) -> None:
    shown = close_shown(context, context.parse_period("2026-Q1"))
    assert shown.said is not None and "from 2026-03 on" in shown.said.en


def test_closed_runs_reproduce_whatever_comes_later(context: Context) -> None:
    first = close_scorecard(context, context.parse_period("2026-Q1"))
    load(context.store, "receipt", [{"number": "A9", "date": "2026-03-11", "owner": "1", "amount": 300}])
    write(context, CARD.replace("from 95: S", "from 99: S"))
    context.on = context.today = date(2026, 4, 20)
    close_scorecard(context, context.parse_period("2026-Q1"), reason="late receipt")
    assert verify_scorecards(context) == (2, [])
    item = f"#{first.people[0].person}"
    kept = json.dumps({**json.loads(fetch_results(context.store, first.run.id)[item]), "grade": "S"})
    context.store.db.execute("UPDATE run_result SET result = ? WHERE run = ? AND item = ?", (kept, first.run.id, item))
    count, found = verify_scorecards(context)
    assert (count, names(found)) == (2, ["scorecard-differs"])
    assert "王芳" in sentence(found[0])


def test_a_draft_says_that_a_scorecard_was_closed_since(context: Context) -> None:
    draft = run_commission(context, context.parse_period("2026-03")).run
    assert draft is not None and stale_note(context, draft) is None
    close_scorecard(context, context.parse_period("2026-Q1"))
    note = stale_note(context, draft)
    assert note is not None and "scorecard was closed" in note.en
    again = run_commission(context, context.parse_period("2026-03")).run
    assert again is not None and stale_note(context, again) is None
