"""Held money of an opening sheet, by contract or until a day."""

import pytest

from salescli.errors import ProblemsFound
from salescli.services.commission.opening import open_month
from tests.unit.services.crediting import computed, crediting
from tests.unit.store_support import load

KEPT = """  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}
"""
HOLDBACK = """payout:
  holdback: [{keep: 50%, of: sales, until: contract.warranty_end, without_date: keep-and-list}]
  below_zero: carry
  round_to: 0.01
"""
HEAD = "姓名,累计业绩,已计提,留存,合同,留存至\n"


def open_with(context, folder, *rows):
    sheet = folder / "期初.csv"
    sheet.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return open_month(context, context.parse_period("2026-02"), sheet)


def held(tmp_path):
    return crediting(tmp_path, KEPT, payout=HOLDBACK)


def kept(context, month):
    (one,) = [each.result for each in computed(context, month).computed if each.payee.name == "王芳"]
    return {change.contract: f"{change.kept_to_date:.2f}" for change in one.kept}


def test_held_money_is_released_with_its_contract_or_on_its_day(tmp_path):
    with held(tmp_path) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳", "warranty_end": "2026-04-15"}])
        opened = open_with(context, tmp_path, "王芳,5000,500,40,,", "王芳,,,300,C1,", "王芳,,,200,,2026-03-10")
        assert not opened.problems
        (row,) = [one for one in opened.report.blocks[0].rows if "王芳" in one]
        assert 540 in row, "all that is held"
        load(context.store, "receipt", [{"number": "R1", "date": "2026-02-10", "contract": "C1", "amount": "1000"}])
        assert kept(context, "2026-02") == {"(opening)": "240.00", "C1": "350.00"}
        assert kept(context, "2026-03") == {"(opening)": "40.00", "C1": "350.00"}
        assert kept(context, "2026-04") == {"(opening)": "40.00", "C1": "0.00"}


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("王芳,5,,300,C1,", "held-stands-alone"),
        ("王芳,,,300,C9,", "unknown-record"),
        ("王芳,,,300,,soon", "held-until-no-day"),
    ],
)
def test_a_line_of_held_money_says_nothing_else(tmp_path, row, name):
    with held(tmp_path) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        with pytest.raises(ProblemsFound) as found:
            open_with(context, tmp_path, row)
        assert [one.name for one in found.value.problems] == [name]
        assert found.value.problems[0].where.cell


def test_what_the_history_implies_is_the_same_however_often_a_month_is_opened(tmp_path):
    with held(tmp_path) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "1000"}])
        for _ in range(2):
            opened = open_with(context, tmp_path, "王芳,1000,100,,,", "王芳,,,50,C1,")
            shown = opened.report.blocks[1]
            assert shown.name == "held" and not any(row[-1] for row in shown.rows)
            assert [str(cell) for cell in shown.rows[0][5:7]] == ["50.00", "50.00"]


GATED = """  sales:
    type: rate
    pays_on: receipts-gross
    credit: own
    rate: 10%
    refunds: recompute
    needs: [{metric: receipts-gross-attainment, of: own, over: year, quota: full-window, at_least: 90%,
             looked_at: window-end, meanwhile: hold, if_missed: MISSED, if_undefined: fail}]
"""


@pytest.mark.parametrize(
    ("components", "row", "name"),
    [
        (KEPT, "王芳,5000,500,,300,,", "nothing-holds"),
        (GATED.replace("MISSED", "lost"), "王芳,5000,,,300,2026-01,", "waiting-stands-alone"),
        (GATED.replace("MISSED", "lost"), "王芳,,,,300,soon,", "not-a-month"),
        (KEPT, "王芳,5000,500,,,,80", "nothing-deducts"),
    ],
)
def test_a_sheet_brings_only_what_the_plan_lets_go_on(tmp_path, components, row, name):
    with crediting(tmp_path, components) as context:
        sheet = tmp_path / "期初.csv"
        sheet.write_text(f"姓名,累计业绩,已计提,留存,门槛暂存,暂存月份,待扣款\n{row}\n", encoding="utf-8")
        with pytest.raises(ProblemsFound) as found:
            open_month(context, context.parse_period("2026-02"), sheet)
        assert [one.name for one in found.value.problems] == [name]


def test_a_line_of_an_opening_sheet_names_its_person_as_a_pay_sheet_does(tmp_path):
    with held(tmp_path) as context:
        sheet = tmp_path / "期初.csv"
        sheet.write_text("员工号,业务员,累计业绩\n1,赵磊,5000\n,,3\n9,谁,5\n", encoding="utf-8")
        with pytest.raises(ProblemsFound) as found:
            open_month(context, context.parse_period("2026-02"), sheet)
        assert [one.name for one in found.value.problems] == ["paid-other-name", "unknown-record"]
