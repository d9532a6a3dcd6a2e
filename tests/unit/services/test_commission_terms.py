"""People's own terms, from which day to which."""

from datetime import date

from salescli.core.commission.terms import term_on
from salescli.services.commission.facts import fetch_terms
from tests.unit.services.crediting import crediting
from tests.unit.store_support import load

SALES = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"


def _value(terms, name, day):
    found = term_on(terms, name, date.fromisoformat(day))
    return None if found is None else int(found.value)


def test_special_terms_that_end_give_way_to_those_before(tmp_path):
    with crediting(tmp_path, SALES) as context:
        rows = [
            {"person": "王芳", "from": "2026-01-01", "draw": "1000", "target_incentive": "90000"},
            {"person": "王芳", "from": "2026-04-01", "through": "2026-06-30", "draw": "3000", "approved_by": "总经理"},
        ]
        load(context.store, "person-terms", rows)
        (terms,) = fetch_terms(context).values()
        days = ("2025-12-31", "2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01")
        assert [_value(terms, "draw", day) for day in days] == [None, 1000, 3000, 3000, 1000]
        assert _value(terms, "target-incentive", "2026-05-01") == 90000  # left blank later: not said there
        special = term_on(terms, "draw", date(2026, 5, 1))
        assert (special.approved_by, special.through) == ("总经理", date(2026, 6, 30))


def test_a_term_that_has_ended_without_one_before_it_is_none(tmp_path):
    with crediting(tmp_path, SALES) as context:
        row = {"person": "王芳", "from": "2026-01-01", "through": "2026-03-31", "draw": "1000"}
        load(context.store, "person-terms", [row])
        (terms,) = fetch_terms(context).values()
        assert [_value(terms, "draw", day) for day in ("2026-03-31", "2026-04-01")] == [1000, None]
