"""People's own terms, from which day to which."""

from salescli.services.commission.facts import fetch_terms
from tests.unit.services.crediting import crediting
from tests.unit.store_support import load

SALES = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"


def test_special_terms_that_end_give_way_to_those_before(tmp_path):
    with crediting(tmp_path, SALES) as context:
        rows = [
            {"person": "王芳", "from": "2026-01-01", "draw": "1000", "target_incentive": "90000"},
            {"person": "王芳", "from": "2026-04-01", "through": "2026-06-30", "draw": "3000", "approved_by": "总经理"},
        ]
        load(context.store, "person-terms", rows)
        (terms,) = fetch_terms(context).values()
        found = [(one.name, f"{one.start}", int(one.value)) for one in terms]
        assert [one for one in found if one[0] == "draw"] == [
            ("draw", "2026-01-01", 1000),
            ("draw", "2026-04-01", 3000),
            ("draw", "2026-07-01", 1000),
        ]
        assert [one for one in found if one[0] != "draw"] == [("target-incentive", "2026-01-01", 90000)]
