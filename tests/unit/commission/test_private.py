"""What of a result may leave for the person it pays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from salescli.core.commission.explain_sources import others_words
from salescli.core.commission.explain_steps import step_words
from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.private import _line, _own_steps
from salescli.core.commission.result import Step

DAY = date(2026, 3, 1)
POT = Step("pot", Decimal(9600), (("manager", "周建明"), ("start", DAY), ("end", DAY)))
MEMBERS = [Step("pot-member", Decimal(each), (("name", name),)) for name, each in (("王芳", 5000), ("赵磊", 4600))]
LINE = CreditLine("receipts", DAY, "R1", Decimal(100), Decimal(100))


def test_of_a_pot_a_member_sees_the_own_part_and_its_manager_the_pot() -> None:
    assert [*_own_steps([POT, *MEMBERS], "王芳")] == MEMBERS[:1]
    assert [*_own_steps([POT, *MEMBERS], "周建明")] == [POT]


def test_of_a_namesakes_part_nothing_is_told() -> None:
    twice = [MEMBERS[0], replace(MEMBERS[0], value=Decimal(4600))]
    assert [*_own_steps(twice, "王芳")] == []


def test_of_a_ranking_the_own_place_is_told() -> None:
    places = [Step("rank-place", Decimal(800), (("name", name), ("rank", rank))) for rank, name in enumerate("甲乙", 1)]
    assert [*_own_steps(places, "乙")] == places[1:]


def test_of_a_budget_what_everybody_earned_is_not_told() -> None:
    parts = (("budget", Decimal(25000)), ("earned", Decimal("31234.56")), ("how", "first-come"))
    (step,) = _own_steps([Step("budget", Decimal("24999.99"), parts)], "王芳")
    (words,) = step_words(step)
    assert "25,000" in words.en and "31,234.56" not in words.en and "24,999.99" not in words.zh


def test_who_shares_is_told_by_number() -> None:
    words = others_words(_line(replace(LINE, with_others="孙浩、赵磊", taken_from="高峰")))
    assert [one.en for one in words] == ["shared with 2 others", "taken over from somebody who left"]
    assert [one.zh for one in words] == ["与其他 2 人共享", "承接自离开方案的人员"]
    assert others_words(_line(LINE)) == []
