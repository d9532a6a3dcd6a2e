"""The list before closing: what managers do not confirm, and pots that nobody has shared."""

from salescli.core.table import Table
from salescli.services.commission.checking import check_period
from tests.unit.services.crediting import crediting, seat
from tests.unit.services.test_commission_pools import POT, SALES
from tests.unit.store_support import load

SAID = {"month": "2026-01", "plan": "trial", "person": "王芳", "by": "李娜"}


def told(context, label="2026-01"):
    """Return the points of the list, and the rows behind each."""
    tables = [one for one in check_period(context, context.parse_period(label)).report.blocks if isinstance(one, Table)]
    points = {row[1]: (row[0], row[2]) for row in tables[0].rows}
    return points, {one.name: one.rows for one in tables[1:]}


def paid(context):
    moves = [seat("王芳", "2025-06-01", manager="李娜"), seat("李娜", "2025-06-01", role="经理")]
    load(context.store, "assignment", moves, feed="moves")
    load(context.store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": "10000", "owner": "王芳"}])


def test_a_managers_no_is_a_point_until_a_later_yes(tmp_path):
    with crediting(tmp_path, SALES) as context:
        paid(context)
        assert "经理未确认" not in told(context)[0]
        load(context.store, "confirmation", [{**SAID, "run": "9", "said": "no", "note": "少一笔"}])
        points, rows = told(context)
        assert points["经理未确认"] == ("! 请看", 1)
        ((person, words, *_),) = rows["confirmations"]
        assert (person, words) == ("王芳", "李娜未确认(运行 #9,trial):少一笔")
        assert "经理未确认" not in told(context, "2026-02")[0], "of another month"
        load(context.store, "confirmation", [{**SAID, "run": "10", "said": "yes"}])
        points, rows = told(context)
        assert points["经理未确认"] == ("✓", 0) and "confirmations" not in rows


def test_a_pot_without_a_sheet_is_a_point(tmp_path):
    with crediting(tmp_path, SALES, others=(("经理", POT),)) as context:
        paid(context)
        points, rows = told(context)
        assert points["待分配的奖金包"] == ("! 请看", 1)
        assert rows["pots"][0][0] == "李娜" and "160.00" in rows["pots"][0][1]
        row = {"pool": "pot", "period": "2026-01", "manager": "李娜", "person": "王芳"}
        load(context.store, "pool-share", [{**row, "amount": "150"}])
        assert told(context)[0]["待分配的奖金包"] == ("! 请看", 1)
        load(context.store, "pool-share", [{**row, "amount": "160"}])
        assert "待分配的奖金包" not in told(context)[0]
