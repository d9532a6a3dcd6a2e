"""Who holds a target: a person, a team, the company, or a seat without anybody; and the words that say the latter."""

from __future__ import annotations

from collections.abc import Mapping

from salescli.core.records.fields import ref
from salescli.core.records.model import Field

COMPANY_WORDS = ("公司", "全公司", "公司整体", "company", "whole company")
TEAM_WORDS = ("团队", "团队目标", "部门目标", "team", "空缺席位", "vacant seat")
GAP_WORDS = ("爬坡缺口", "ramp gap", "open ramp gap", "ramp-gap")
NOBODY_WORDS = ("无人在岗", "nobody in seat", "nobody")
DIRECT_WORDS = ("直属", "直属人员", "直属人员合计", "own people", "direct", "direct people")

HOLDER: Field = ref(
    "person",
    "person",
    "人员",
    "Person",
    "姓名",
    "员工",
    "工号",
    "销售",
    "name",
    "salesperson",
    "目标持有者",
    "持有者",
    "holder",
    "employee number",
)


def holder_words(seats: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, str]]:
    """Return the words that stand in place of a person or a team: what they say of the seat, or nothing more."""
    plain = dict.fromkeys((*COMPANY_WORDS, *TEAM_WORDS), ("", ""))
    return plain | {word: ("seat", seat) for seat, words in seats.items() for word in words}
