"""`quota set`: what people type becomes a policy; what they leave out is proposed with its reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from salescli.core.periods import Period
from salescli.core.quotas.shape_values import LimitText
from salescli.errors import ProblemsFound, Refused, UsageError
from salescli.policy.targets import read_targets
from salescli.services.context import open_context
from salescli.services.quota import options
from salescli.services.quota.defaults import Known, propose
from salescli.services.quota.request import TargetRequest
from salescli.services.quota.setting import set_quota
from salescli.services.workspace import create_workspace
from tests.unit.quotas.test_services import POLICY, fill

DAY = date(2025, 12, 20)


@pytest.fixture
def workspace(tmp_path):
    place = create_workspace(tmp_path / "w", "华辰", "CNY", "en")
    with open_context(place, today=DAY, create=True) as context:
        fill(context.store)
    return place


def written(workspace, **asked):
    with open_context(workspace, today=DAY, language="en") as context:
        done = set_quota(context, TargetRequest("2026", metric="receipts", name="n", **asked))
    return read_targets(done.path).require(), done


def test_everything_that_can_be_typed(workspace):
    policy, _ = written(
        workspace,
        amount="1.2亿",
        levels="冲刺=110%,challenge=125%",
        teams="历史=70%,平均=30%",
        street_teams="3%",
        people="equal",
        people_weights="",
        street_people="5%",
        at_least="去年的 90%",
        at_most="500,000",
        ramp=("account-manager=0%,25%,100%", "rep=50%"),
        ramp_gap="不分配",
        leavers="团队",
        fixed=("王芳 2026-Q1 900,000 本人", "P2 2026-02 5万"),
        months="seasonal",
        history="2024,2025",
        pull="50%",
        together="1+2,10+11",
        round_to="1,000",
        why="three renewals: two signed",
        why_team=("一部=new market, 2 people", "二部=x = y"),
    )
    assert policy.amount == Decimal(120_000_000)
    assert policy.levels == {"base": 1, "stretch": Decimal("1.1"), "challenge": Decimal("1.25")}
    assert policy.teams.split_by == (("history", Decimal("0.7")), ("equal", Decimal("0.3")))
    assert policy.people.at_least == LimitText(of_own_year=Decimal("0.9"))
    assert policy.people.at_most == LimitText(amount=Decimal(500_000))
    assert policy.people.ramp == {"account-manager": (0, Decimal("0.25"), 1), "rep": (Decimal("0.5"),)}
    fixed = [(one.person, one.period, one.amount, one.rest) for one in policy.people.fixed]
    assert fixed == [("P1", "2026-Q1", 900_000, "own-year"), ("P2", "2026-02", 50_000, "team")]
    assert (policy.months.history, policy.months.together) == ((2024, 2025), ((1, 2), (10, 11)))
    assert policy.rationale.en == "three renewals: two signed"
    said = {team: why.zh for team, why in policy.teams.rationale.items()}
    assert said == {"一部": "new market, 2 people", "二部": "x = y"}


def test_any_metric_whose_parts_add_up_has_a_policy(workspace):
    with open_context(workspace, today=DAY, language="en") as context:
        done = set_quota(context, TargetRequest("2026", metric="order-profit", amount="120万"))
        assert read_targets(done.path).require().metric == "order-profit"
        with pytest.raises(ProblemsFound) as ratio:
            set_quota(context, TargetRequest("2026", metric="order-margin", amount="30"))
    assert ratio.value.problems[0].name == "ratio-has-no-sum"


def test_weights_are_pairs_or_twelve_numbers(workspace):
    policy, _ = written(workspace, amount="5", people_weights="王芳=2,P2=1.5", month_weights="1,1,1,1,1,1,2,2,2,2,2,1")
    assert policy.people.split_by == (("weights", 1),)
    assert policy.people.weights == {"P1": 2, "P2": Decimal("1.5")}
    assert policy.months.weights["7"] == 2


def test_what_is_not_said_is_proposed_with_its_reason(workspace):
    policy, done = written(workspace, growth="20%")
    assert str(policy.base_text.text) == "2024-07-01 through 2025-06-30"  # the last figure is of 2025-06
    assert policy.people.without_history == "team-median"
    said = [text for text, _ in done.report.blocks[0].lines]
    assert "The base is 2024-07-01 through 2025-06-30. (default: the last 12 whole months with figures)" in said
    assert any("is no season yet" in text or "no complete year" in text for text in said)
    assert done.report.footer[0].en == "the base is 100,000.00, the company's year 120,000.00 (CNY)"
    assert done.report.next == ("salescli quota split n",)


def known(labels, people=10, roles=None, leading=()):
    window = Period(date(2025, 1, 1), date(2026, 1, 1), "")
    return Known(window, dict.fromkeys(labels, Decimal(100)), date(2026, 1, 1), people, roles or {}, frozenset(leading))


def proposed(found, amount=Decimal(12_000_000), currency="CNY"):
    return {".".join(one.path): one.value for one in propose(found, amount, currency)}


@pytest.mark.parametrize(
    ("first", "months", "history", "pull"),
    [
        (2025, "equal", "[2025]", "50%"),
        (2024, "seasonal", "[2024, 2025]", "50%"),
        (2022, "seasonal", "[2023, 2024, 2025]", "30%"),
    ],
)
def test_the_season_needs_two_complete_years(first, months, history, pull):
    labels = [f"{year}-{month:02d}" for year in range(first, 2026) for month in range(1, 13)]
    found = proposed(known(labels))
    assert (found["months.split_by"], found["months.history"], found["months.pull_to_equal"]) == (months, history, pull)


def test_a_year_that_began_without_figures_is_not_complete():
    found = known(["2024-03", "2025-01"])
    assert found.complete_years() == [2025]


@pytest.mark.parametrize(("amount", "unit"), [(12_000_000, "1,000"), (120_000, "10"), (12_000, "1"), (1_200, None)])
def test_the_rounding_unit_is_near_a_hundredth_of_a_month(amount, unit):
    assert proposed(known(["2025-01"]), Decimal(amount)).get("round_to") == unit


def test_roles_are_named_where_some_never_sell_and_no_leader_is_among_them():
    roles = {"rep": True, "engineer": False, "manager": False}
    assert proposed(known(["2025-01"], roles=roles, leading=["manager"]))["people.roles"] == "[rep]"
    assert "people.roles" not in proposed(known(["2025-01"], roles=roles, leading=["rep"]))
    assert "people.roles" not in proposed(known(["2025-01"], roles={"rep": True}))


def test_replacing_changes_what_is_named_and_keeps_comments(workspace):
    path = workspace.config / "targets" / "n.yaml"
    path.write_text(POLICY.replace("round_to: 100\n", "round_to: 100   # agreed\n"), encoding="utf-8")
    _, done = written(workspace, replace=True, amount="1.5亿", street_people="6%", people="equal")
    text = path.read_text(encoding="utf-8")
    expected = POLICY.replace("round_to: 100\n", "round_to: 100   # agreed\n").replace(
        "street_above: 5%", "street_above: 6%"
    )
    expected = expected.replace("growth: 20%\n", "").replace(
        "people:\n  split_by: history", "people:\n  split_by: equal"
    )
    assert text == expected.replace("metric: receipts\n", "metric: receipts\namount: 150,000,000\n")
    changed = [row[0] for row in done.report.blocks[0].rows]
    assert changed == ["growth", "people.split_by", "people.street_above", "amount"]
    _, again = written(workspace, replace=True, amount="1.5亿")
    assert again.report.blocks[0].rows == ()
    assert path.read_text(encoding="utf-8") == text


def test_replacing_adds_what_a_new_key_needs(workspace):
    written(workspace, amount="5", people="equal", teams="equal")
    policy, done = written(workspace, replace=True, people="history", ramp=("rep=0%",))
    assert (policy.people.without_history, policy.people.ramp_gap) == ("team-median", "open")
    assert [row[3] for row in done.report.blocks[0].rows if row[0] == "people.ramp_gap"] == ["so that the gap is seen"]


def refused(workspace, error, **asked):
    with open_context(workspace, today=DAY) as context, pytest.raises(error) as caught:
        set_quota(context, TargetRequest("2026", **asked))
    return caught.value.problems[0].name


def test_what_cannot_be_set(workspace):
    assert refused(workspace, UsageError, amount="5") == "metric-needed"
    assert refused(workspace, Refused, metric="receipts", growth="5%", currency="USD") == "no-base-figure"
    written(workspace, growth="5%")
    assert refused(workspace, Refused, metric="receipts", name="n", growth="5%") == "targets-exist"
    assert refused(workspace, UsageError, amount="5", growth="5%") == "amount-or-growth"


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (lambda text: options.levels(text), "stretch"),
        (lambda text: options.mapping("--team-weights", text, "a=1"), "A=1,A=2"),
        (lambda text: options.rates_by_role("--ramp", [text]), "0%,5%"),
        (options.month_weights, "1,2,3"),
        (options.fixed_parts, "P1 90"),
    ],
)
def test_a_text_without_a_written_form_is_refused_with_an_example(read, text):
    with pytest.raises(UsageError) as wrong:
        read(text)
    (found,) = wrong.value.problems
    assert found.name == "bad-quota-option"
    assert found.values["text"] == text
    assert found.values["example"]
