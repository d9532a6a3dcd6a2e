"""A late receipt that pays nothing in its own month and lifts the position of the next is on the statement."""

from salescli.core.table import Table
from salescli.services.commission.closing import close_period
from salescli.services.commission.running import run_commission
from salescli.services.commission.statements import show_statement
from salescli.services.export.statement_file import open_run
from tests.unit.services.crediting import crediting
from tests.unit.store_support import load

TIERS = """  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 0%, from 100: 10%]
    refunds: recompute
"""


def receipt(number, day, amount):
    return {"number": number, "date": day, "amount": amount, "owner": "王芳"}


def lines(report):
    table = next(one for one in report.blocks if isinstance(one, Table) and one.name == "sales")
    return [(row[0], str(row[6]), str(row[7]), row[8]) for row in table.rows]


def test_what_pays_nothing_in_its_month_and_moves_the_next_is_on_the_statement(tmp_path):
    with crediting(tmp_path, TIERS) as context:
        load(context.store, "receipt", [receipt("R1", "2026-01-05", "50"), receipt("R2", "2026-02-05", "30")])
        january, february = context.parse_period("2026-01"), context.parse_period("2026-02")
        close_period(context, january)
        late = receipt("R9", "2026-01-20", "40")
        load(context.store, "receipt", [late], feed="late")
        run_commission(context, february)
        shown = show_statement(context, february, "王芳").report
        assert lines(shown)[-1] == ("2026-01 补计", "40.00", "0.00", "迟到的回款 R9")
        handed = open_run(context, february)
        (person,) = [one for one, mine in handed.entries.items() if mine[0][0].name == "王芳"]
        assert lines(handed.report(person)) == lines(shown)
        close_period(context, february)
        run_commission(context, march := context.parse_period("2026-03"))
        assert not [row for row in lines_or_none(show_statement(context, march, "王芳").report) if "2026-01" in row[0]]


def lines_or_none(report):
    return lines(report) if any(one.name == "sales" for one in report.blocks) else []
