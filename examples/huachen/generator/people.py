"""Who works at 华辰科技: teams, people, and which role each had in which team from which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ACCOUNT_MANAGER, MANAGER, ENGINEER, DIRECTOR = "客户经理", "销售经理", "销售工程师", "销售总监"
HEAD_OFFICE = "销售中心"


@dataclass(frozen=True)
class Team:
    """A team, its region and the number of who leads it."""

    name: str
    region: str
    manager: str


@dataclass(frozen=True)
class Person:
    """A person by employee number; `strength` steers how much they sell."""

    number: str
    name: str
    joined: date
    left: date | None = None
    region: str = ""
    strength: float = 1.0


@dataclass(frozen=True)
class Assignment:
    """A role in a team from a day."""

    person: str
    start: date
    last: date | None
    role: str
    team: str
    manager: str
    note: str = ""


TEAMS = (
    Team("华东一部", "华东", "0012"),
    Team("华东二部", "华东", "0015"),
    Team("华南部", "华南", "0018"),
    Team("华北部", "华北", "0021"),
)

# number, name, joined, team, role, strength
_STAFF = (
    ("0001", "陈国栋", date(2014, 3, 3), HEAD_OFFICE, DIRECTOR, 0),
    ("0012", "周建明", date(2016, 5, 9), "华东一部", MANAGER, 0),
    ("0015", "吴敏", date(2017, 2, 13), "华东二部", MANAGER, 0),
    ("0018", "林伟", date(2017, 8, 21), "华南部", MANAGER, 0),
    ("0021", "马超", date(2018, 4, 2), "华北部", MANAGER, 0),
    ("0023", "王芳", date(2018, 7, 16), "华东一部", ACCOUNT_MANAGER, 1.7),
    ("0031", "赵磊", date(2019, 3, 11), "华东一部", ACCOUNT_MANAGER, 1.1),
    ("0071", "李娜", date(2021, 6, 7), "华东一部", ACCOUNT_MANAGER, 1.0),
    ("0085", "孙浩", date(2022, 9, 5), "华东一部", ACCOUNT_MANAGER, 0.8),
    ("0090", "郑凯", date(2023, 2, 6), "华东一部", ENGINEER, 0),
    ("0034", "刘洋", date(2019, 5, 20), "华东二部", ACCOUNT_MANAGER, 1.2),
    ("0042", "陈静", date(2020, 1, 6), "华东二部", ACCOUNT_MANAGER, 1.0),
    ("0058", "杨帆", date(2020, 10, 12), "华东二部", ACCOUNT_MANAGER, 1.1),
    ("0103", "黄志强", date(2025, 6, 11), "华东二部", ACCOUNT_MANAGER, 0.8),
    ("0092", "何苗", date(2023, 4, 10), "华东二部", ENGINEER, 0),
    ("0037", "张伟", date(2019, 9, 2), "华南部", ACCOUNT_MANAGER, 1.4),
    ("0112", "李娜", date(2025, 3, 3), "华南部", ACCOUNT_MANAGER, 0.8),
    ("0064", "梁晓燕", date(2021, 3, 15), "华南部", ACCOUNT_MANAGER, 1.0),
    ("0076", "罗军", date(2021, 11, 1), "华南部", ACCOUNT_MANAGER, 0.9),
    ("0118", "曹颖", date(2025, 9, 1), "华南部", ACCOUNT_MANAGER, 0.7),
    ("0094", "谢婷", date(2023, 8, 14), "华南部", ENGINEER, 0),
    ("0039", "高峰", date(2019, 11, 18), "华北部", ACCOUNT_MANAGER, 1.3),
    ("0047", "宋丽", date(2020, 4, 27), "华北部", ACCOUNT_MANAGER, 1.0),
    ("0069", "韩雪", date(2021, 5, 24), "华北部", ACCOUNT_MANAGER, 0.9),
    ("0081", "唐勇", date(2022, 3, 28), "华北部", ACCOUNT_MANAGER, 0.9),
    ("0096", "冯涛", date(2023, 10, 9), "华北部", ENGINEER, 0.7),
    ("0125", "彭辉", date(2026, 2, 9), "华北部", ACCOUNT_MANAGER, 0.5),
)
_LEFT = {"0076": date(2026, 2, 28)}
_MOVED = {"0058": ("华东一部", date(2026, 3, 1))}
_PROMOTED = {"0096": (ACCOUNT_MANAGER, date(2026, 1, 1))}

_LEADER = {team.name: team.manager for team in TEAMS}
_REGION = {team.name: team.region for team in TEAMS}


def _build_person(number: str, name: str, joined: date, team: str, strength: float) -> Person:
    return Person(number, name, joined, _LEFT.get(number), _REGION.get(team, ""), strength)


def _manager_of(number: str, team: str) -> str:
    if team == HEAD_OFFICE:
        return ""
    return "0001" if _LEADER[team] == number else _LEADER[team]


def _assignments_of(number: str, joined: date, team: str, role: str) -> list[Assignment]:
    manager = _manager_of(number, team)
    if number in _MOVED:
        new_team, day = _MOVED[number]
        ended = date.fromordinal(day.toordinal() - 1)
        return [
            Assignment(number, joined, ended, role, team, manager),
            Assignment(number, day, None, role, new_team, _LEADER[new_team], "调入华东一部"),
        ]
    if number in _PROMOTED:
        new_role, day = _PROMOTED[number]
        ended = date.fromordinal(day.toordinal() - 1)
        return [
            Assignment(number, joined, ended, role, team, manager),
            Assignment(number, day, None, new_role, team, manager, "晋升客户经理"),
        ]
    return [Assignment(number, joined, _LEFT.get(number), role, team, manager, "离职" if number in _LEFT else "")]


PEOPLE = tuple(_build_person(number, name, joined, team, power) for number, name, joined, team, _, power in _STAFF)
PERSON = {person.number: person for person in PEOPLE}
ASSIGNMENTS = tuple(
    each for number, _, joined, team, role, _ in _STAFF for each in _assignments_of(number, joined, team, role)
)
SHARED_NAMES = {name for name in (p.name for p in PEOPLE) if sum(p.name == name for p in PEOPLE) > 1}


def label(number: str) -> str:
    """Name a person as the company's sheets do: by name, and by number where two share the name."""
    person = PERSON[number]
    return number if person.name in SHARED_NAMES else person.name


def is_selling(number: str, day: date) -> bool:
    """Tell whether a person is an account manager on a day."""
    return any(
        each.person == number and each.role == ACCOUNT_MANAGER and each.start <= day <= (each.last or day)
        for each in ASSIGNMENTS
    )


def team_of(number: str, day: date) -> str:
    """Return the team of a person on a day, the last one known otherwise."""
    teams = [each.team for each in ASSIGNMENTS if each.person == number and each.start <= day]
    return teams[-1] if teams else next(each.team for each in ASSIGNMENTS if each.person == number)
