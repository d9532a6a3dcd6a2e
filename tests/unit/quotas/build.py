"""Small target policies and inputs for tests."""

from datetime import date
from decimal import Decimal

from salescli.core.periods import FiscalCalendar, months_in
from salescli.core.quotas.inputs import MemberInput, MonthInput, SplitInputs, TeamInput
from salescli.policy.targets import read_targets

YEAR = FiscalCalendar().year(2026)


def months(days=21):
    return tuple(MonthInput(month.label, month.start, month.end, days) for month in months_in(YEAR))


def member(key, history=None, **values):
    figures = {} if history is None else {"2025-01": Decimal(history)}
    return MemberInput(key, values.pop("name", key), values.pop("role", "rep"), history=figures, **values)


def team(key, *members, history=None):
    return TeamInput(key, key, tuple(members), {} if history is None else {"2025-01": Decimal(history)})


def inputs(*teams, **values):
    return SplitInputs(months(), tuple(teams), **values)


def policy(amount="1,200,000", teams="split_by: equal", people="split_by: equal", more="", months="split_by: equal"):
    return read_targets(text(amount, teams, people, more, months), "t.yaml").require()


def text(amount="1,200,000", teams="split_by: equal", people="split_by: equal", more="", months="split_by: equal"):
    head = f"format: 1\ntargets: t\nfor_year: 2026\nmetric: receipts-net\namount: {amount}\n"
    return f"{head}teams: {{{teams}}}\npeople: {{{people}}}\nmonths: {{{months}}}\n{more}"


def year_of(result, key, level="base", holder=None):
    return next(
        row.amount
        for row in result.years
        if row.level == level and row.holder_key == key and (holder is None or row.holder == holder)
    )


def by_month(result, level="base", **where):
    found = {}
    for leaf in result.leaves:
        if leaf.level == level and all(getattr(leaf, name) == value for name, value in where.items()):
            found[leaf.month] = found.get(leaf.month, Decimal(0)) + leaf.amount
    return found


MARCH_10 = date(2026, 3, 10)
