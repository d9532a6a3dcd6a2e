"""Why an earlier month differs: a record that was there before is never called late, and grades are named."""

from dataclasses import replace

from salescli.core.table import Table
from salescli.services.commission.closing import close_period
from salescli.services.commission.explaining import Asked, explain_period
from salescli.services.commission.running import run_commission
from salescli.services.commission.statements import show_statement
from salescli.services.record.editing import edit
from tests.unit.services.crediting import crediting
from tests.unit.store_support import load

RATE = """  sales:
    {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute, special_rates: {position: counts}}
"""
GRADED = """  sales:
    type: rate
    pays_on: receipts-gross
    credit: own
    rate: 10%
    refunds: recompute
    times:
      - {grade_from: review, over: quarter, which: same-quarter, until_known: 1.0, once_known: true-up,
         without_grade: 1.0, table: {A: 1.2, C: 0.8}}
"""
RATING = {"scorecard": "review", "person": "王芳", "period": "2026-Q1", "grade": "C", "known_on": "2026-02-05"}


def receipt(number, amount="100", owner="王芳", day="2026-01-10", **more):
    return {"number": number, "date": day, "amount": amount, "owner": owner, **more}


def months(context):
    return context.parse_period("2026-01"), context.parse_period("2026-02")


def notes(context, period, person="王芳", place=8):
    """Return the notes of a statement's lines by what they are of."""
    report = show_statement(context, period, person).report
    return {row[0]: row[place] for each in report.blocks if isinstance(each, Table) and each.name == "sales"
            for row in each.rows}  # fmt: skip


def test_a_share_and_another_owner_of_a_known_record_are_not_late(tmp_path):
    with crediting(tmp_path, RATE) as context:
        january, february = months(context)
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        rows = [
            {**receipt("R1"), "owner": None, "contract": "C1"}, receipt("R2"), receipt("R3"),
            receipt("R4", day="2026-02-03"), receipt("R5"),
        ]  # fmt: skip
        load(context.store, "receipt", rows)
        close_period(context, january)
        shares = [
            {"contract": "C1", "person": "王芳", "share": "60%"},
            {"contract": "C1", "person": "赵磊", "share": "40%"},
        ]
        load(context.store, "credit-split", shares)
        edit(context, "receipt", "R2", ["owner=李娜"], dated="correct", accept_posting=True)
        edit(context, "receipt", "R3", ["amount=130"])
        edit(context, "receipt", "R4", ["date=2026-01-05"])
        load(context.store, "receipt", [receipt("R9", owner="王芳")], feed="late")
        run_commission(context, february)
        changes = {}
        for who in ("王芳", "赵磊", "李娜"):
            report = explain_period(context, february, Asked(who)).report
            for row in next(one for one in report.blocks if one.name == "late").rows:
                changes[who, row[1]] = row[2]
        assert changes == {
            ("王芳", "R1"): "业绩分成变动",
            ("王芳", "R2"): "归属变动(负责人或团队)",
            ("王芳", "R3"): "金额更正",
            ("王芳", "R9"): "迟到的回款",
            ("王芳", "R4"): "日期更正",
            ("赵磊", "R1"): "业绩分成变动",
            ("李娜", "R2"): "归属变动(负责人或团队)",
        }


def test_a_transaction_tells_what_it_posts_for_earlier_months(tmp_path):
    with crediting(tmp_path, RATE) as context:
        january, february = months(context)
        load(context.store, "receipt", [receipt("R1"), receipt("R2", "50")])
        close_period(context, january)
        edit(context, "receipt", "R1", ["amount=130"])
        run_commission(context, february)
        report = explain_period(context, february, Asked(transaction="R1")).report
        (table,) = [one for one in report.blocks if one.name == "earlier"]
        assert [(row[1], row[3], str(row[4])) for row in table.rows] == [("王芳", "2026-01", "3.00")]
        report = explain_period(context, february, Asked(transaction="R2")).report
        assert not [one for one in report.blocks if one.name == "earlier"]


def test_a_special_rate_that_pays_nothing_otherwise_is_not_named(tmp_path):
    """What moved the money is said: not a receipt whose rate is another and whose pay is the same."""
    with crediting(tmp_path, RATE) as context:
        january, february = months(context)
        load(context.store, "customer", [{"name": "甲"}])
        load(context.store, "receipt", [receipt("R1", customer="甲"), receipt("R2", "50")])
        close_period(context, january)
        special = {"person": "王芳", "customer": "甲", "rate": "10%", "from": "2026-01-01", "approved_by": "x"}
        load(context.store, "special-rate", [special])
        edit(context, "receipt", "R2", ["amount=80"])
        run_commission(context, february)
        assert notes(context, february)["2026-01 差异"] == "金额更正 R2"


def test_a_grade_that_becomes_known_is_named_on_the_lines_that_it_puts_right(tmp_path):
    with crediting(tmp_path, GRADED) as context:
        january, february = months(context)
        load(context.store, "receipt", [receipt("R1"), receipt("R2", day="2026-02-03")])
        close_period(context, january)
        load(context.store, "rating", [RATING])
        run_commission(context, february)
        found = notes(context, february)
        assert found["R1"] == "2026-01:等级 C × 0.8(2026-Q1)"
        assert not found["R2"]
        report = show_statement(replace(context, language="en"), february, "王芳").report
        (known,) = [one for one in report.blocks if one.name == "notes"]
        assert ("grade of 2026-Q1 (review) became known: C, × 0.8", "") in known.lines
        close_period(context, february)
        edit(context, "receipt", "R1", ["amount=130"])
        march = context.parse_period("2026-03")
        run_commission(context, march)
        found = notes(context, march)
        assert found["2026-01 差异"] == "金额更正 R1"
        assert found["2026-02 差异"] == "2026 年第 1 季度 review 等级 C,× 0.8;金额更正 R1"


def test_a_refund_of_later_days_is_a_later_refund_even_where_it_was_entered_before(tmp_path):
    with crediting(tmp_path, RATE) as context:
        january, february = months(context)
        load(context.store, "receipt", [receipt("R1")])
        load(context.store, "refund", [{"number": "T1", "date": "2026-02-04", "amount": "30", "receipt": "R1"}])
        close_period(context, january)
        run_commission(context, february)
        assert notes(context, february)["2026-01 差异"] == "后来的退款 T1"


def test_a_grade_that_changes_no_factor_is_behind_nothing(tmp_path):
    with crediting(tmp_path, GRADED.replace("C: 0.8", "C: 1.0")) as context:
        january, february = months(context)
        load(context.store, "receipt", [receipt("R1"), receipt("R2", day="2026-02-03")])
        close_period(context, january)
        load(context.store, "rating", [RATING])
        run_commission(context, february)
        report = show_statement(context, february, "王芳").report
        assert not [one for one in report.blocks if one.name == "notes"]
