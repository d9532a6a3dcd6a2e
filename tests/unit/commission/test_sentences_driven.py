"""Every sentence of a plan read aloud is true of the engine: a table leads from what it says to an example.

`sentence_examples.yaml` names for each value that a sentence says a case that holds with it and not with another: the
engine does what the sentence says, and would do otherwise. What decides before the engine (whose credits, which
records, which rate of exchange) is in `ELSEWHERE`, with the test that decides it over records.
"""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from salescli.policy.plans import load_plan
from salescli.policy.sentences.plan import plan_sentences
from tests.unit.commission.driving import documents, leaves, name_of, run, with_value
from tests.unit.commission.plans import FULL
from tests.unit.commission.test_sentences import literal_fields

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TABLE = YAML(typ="safe").load((HERE / "sentence_examples.yaml").read_text(encoding="utf-8"))
WORDS = {"format", "plan", "title", "components.title", "components.needs.title", "limits.title"}
WORDS |= {"components.credit_factors.title", "leavers.owed_to_company"}
"""Names for people, and the one word that has no other."""

MINE = "tests/unit/services/test_commission_sentences.py::"
QUOTA = f"{MINE}test_which_quota_a_gate_and_a_factor_read"
RANKED = f"{MINE}test_who_is_ranked"
LEVELS = "tests/e2e/test_groups.py::test_levels_are_paid_on_what_the_levels_below_leave"
POOL = "tests/e2e/test_groups.py::test_the_managers_plan_pays_what_was_worked_by_hand"
BEST = "tests/e2e/test_groups.py::test_the_best_teams_of_the_year"
EXCHANGE = "tests/cases/exchange.yaml::"
PARTS = "tests/cases/parts-at-signing-and-receipt.yaml::parts are paid at the rate of the signing"
ELSEWHERE = {
    "beside": "tests/unit/services/test_commission_doubles.py::test_either_plan_may_say_that_they_stand",
    "payout.takes_over": "tests/unit/services/test_commission_taking_over.py::test_what_is_left_goes_on",
    "components.among.people": RANKED,
    "components.among.role": RANKED,
    "components.among.team": RANKED,
    "components.employed_on": RANKED,
    "components.min_days_in_role": RANKED,
    "components.rank_by.level": BEST,
    "components.rank_by.of": BEST,
    "components.rank_by.quota": BEST,
    "components.members.roles": POOL,
    "components.shares": "tests/conformance/p3-sales-manager.yaml::P3 pool",
    "components.members_grade.grade_from": "tests/cases/pools.yaml::salary times grade",
    "components.pays_to": BEST,
    "components.columns.quota": QUOTA,
    "components.rows.level": QUOTA,
    "components.rows.quota": QUOTA,
    "components.needs.level": QUOTA,
    "components.needs.quota": "tests/conformance/e17-gated-accelerator.yaml::E17 the quota to date",
    "components.times.level": QUOTA,
    "components.times.quota": QUOTA,
    "components.continues": "tests/unit/services/test_commission_continuing.py::test_the_position_goes_on",
    "components.credit": "tests/unit/services/test_commission_overlay.py::test_an_own_split_and_an_overlay_stand_side",
    "components.only": "tests/unit/services/test_credit_totals.py::test_conditions_that_meet_are_counted_once",
    "components.owner_on": "tests/unit/services/test_commission_signing.py::test_who_held_it_when_it_was_signed_or",
    "components.pays_in.at": PARTS,
    "components.pays_in.share": PARTS,
    "components.pays_on": "tests/unit/services/test_commission_refunds.py::test_refunds_that_a_plan_does_not_see",
    "components.rate.by": "tests/unit/services/test_commission_products.py::test_the_most_specific_line_wins",
    "components.team.base": LEVELS,
    "components.team.depth": f"{MINE}test_whose_deals_a_team_s_are",
    "components.team.own_deals": f"{MINE}test_whose_deals_a_team_s_are",
    "components.tier_by": "tests/conformance/trg-two-measures.yaml::tier_by: units",
    "components.type": "tests/unit/commission/test_sentences.py::test_every_type_has_its_sentences",
    "currency": "tests/unit/services/test_commission_words.py::test_credits_in_another_currency_are_not_called_none",
    "exchange.if_missing": f"{EXCHANGE}the last one known, six days old",
    "exchange.on": f"{EXCHANGE}the day on which the contract was signed",
    "exchange.rates": f"{EXCHANGE}the mean of the month's days",
    "for.people": f"{MINE}test_whose_plan_it_is",
    "for.role": f"{MINE}test_whose_plan_it_is",
    "for.team": f"{MINE}test_whose_plan_it_is",
    "leavers.receipts_after_last_day.rest_to": "tests/unit/services/test_commission_leavers.py::test_the_rest_goes",
    "components.apply=as-stated": "tests/cases/apply-forms.yaml::as stated, at 59,999",
    "components.apply=straight-line": "tests/conformance/x1-bonus-line.yaml::apply: straight-line",
    "components.members_by=salary-times-grade": "tests/cases/pools.yaml::salary times grade",
}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['says']} {row.get('is', '')}".strip())
def test_a_case_decides_what_the_sentence_says(row):
    """It holds with the value that the sentence says, and not with another."""
    before = documents()[row["case"]]
    path = tuple(row["at"])
    assert name_of(path) == row["says"]
    if "is" in row:
        assert dict(leaves(before["plan"]))[path] == row["is"]
    assert run(before).holds
    after = run(with_value(row["case"], path, row["other"]))
    assert not isinstance(after, str), after
    assert not after.holds


def test_every_sentence_is_in_the_table():
    said = {name_of(path) for one in plan_sentences(load_plan(FULL).require()) for path in one.says}
    driven = {row["says"] for row in TABLE} | {name.split("=")[0] for name in ELSEWHERE} | WORDS
    assert said - driven == set()


def test_every_choice_is_in_the_table():
    choices = set(literal_fields())
    driven = {(row["says"].rpartition(".")[2], row["is"]) for row in TABLE if "is" in row}
    elsewhere = {name.rpartition(".")[2] for name in ELSEWHERE if "=" not in name} | {"owed_to_company"}
    chosen = {tuple(name.rpartition(".")[2].split("=")) for name in ELSEWHERE if "=" in name}
    assert {(key, option) for key, option in choices - driven - chosen if key not in elsewhere} == set()


@pytest.mark.parametrize("place", sorted(set(ELSEWHERE.values())))
def test_what_is_decided_elsewhere_is_there(place):
    file, _, what = place.partition("::")
    assert what in (ROOT / file).read_text(encoding="utf-8")
