"""Targets as a sheet that people edit and import again: a line per holder and version, a column per month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from salescli.core.periods import Period, months_in
from salescli.core.quotas.result import Holder
from salescli.core.quotas.versions import version_in_force
from salescli.core.title import Title
from salescli.errors import Refused, UsageError, problem
from salescli.importers.writing.wide_book import WideRow, WideSheet, build_wide_book, build_wide_text
from salescli.reports.quota import HOLDERS, LEVELS
from salescli.services.context import Context
from salescli.services.quota.figures import measure_of
from salescli.services.quota.inputs import Directory, open_directory
from salescli.services.quota.scope import find_holders
from salescli.services.quota.targets import TargetVersion, fetch_versions
from salescli.store.batches import latest_batch

Form = Literal["xlsx", "csv"]
HEADERS = (
    Title("指标", "Metric"),
    Title("档位", "Level"),
    Title("团队", "Team"),
    Title("工号", "Employee number"),
    Title("目标持有者", "Holder"),
    Title("席位", "Vacant seat"),
    Title("版本生效月", "Effective from"),
    Title("币种", "Currency"),
)
MEANING = Title(
    "空白 = 未说明,保持不变;0 = 目标为零;- 或 删除 = 目标终止;灰色 = 由另一行的版本生效",
    "blank = not stated, left as it is; 0 = a target of zero; - or remove = the target ends; "
    "grey = another line's version holds",
)
_ORDER = {holder: at for at, holder in enumerate(HOLDERS)}
_LAST = "9999-12"  # a sheet shows every version, also one that is not effective yet


@dataclass(frozen=True, slots=True)
class _Line:
    metric: str
    level: str
    team: str
    holder: Holder
    key: str
    since: str
    currency: str


def build_quota_sheet(
    context: Context, period: Period, metric: str = "", team: str = "", person: str = "", form: Form = "xlsx"
) -> bytes:
    """Return the targets of a period as a file; an unchanged one changes nothing when it is imported.

    Raises:
        Refused: there is no target in the period.
        UsageError: there are targets, but none of this metric; there is no such team or person.
    """
    directory = open_directory(context)
    team, person = find_holders(context, directory, team, person)
    months = tuple(month.label for month in months_in(period))
    versions = fetch_versions(context, directory, set(months))
    metrics = sorted({line[0] for line in versions})
    if metric and metric not in metrics and metrics:
        raise UsageError(problem("no-targets-of-metric", metric=metric, metrics=tuple(metrics)))
    chosen = [
        each
        for line in versions.values()
        if (each := version_in_force(((one.since, one) for one in line), line[0].leaf.month, _LAST)) is not None
        and not each.withdrawn
        and metric in ("", each.leaf.metric)
        and team in ("", each.leaf.team)
        and person in ("", each.leaf.holder_key)
    ]
    if not chosen:
        raise Refused(problem("no-targets", period=str(period)))
    sheet = _sheet(context, directory, period, months, chosen)
    if form == "csv":
        return build_wide_text(sheet).encode("utf-8-sig")
    return build_wide_book(sheet, context.language)


def _sheet(
    context: Context, directory: Directory, period: Period, months: tuple[str, ...], chosen: list[TargetVersion]
) -> WideSheet:
    lines: dict[_Line, dict[str, Decimal]] = {}
    for each in chosen:
        leaf = each.leaf
        line = _Line(leaf.metric, leaf.level, leaf.team, leaf.holder, leaf.holder_key, each.since, each.currency)
        lines.setdefault(line, {})[leaf.month] = leaf.amount
    spoken: dict[tuple[str, ...], set[str]] = {}
    for line, amounts in lines.items():
        spoken.setdefault(_holder(line), set()).update(amounts)
    rows = []
    for line in sorted(lines, key=_place):
        others = spoken[_holder(line)] - lines[line].keys()
        adds_up = measure_of(context, line.metric).adds_up
        rows.append(WideRow(_cells(context, directory, line), lines[line], frozenset(others), adds_up))
    title = Title("目标", "Targets")
    return WideSheet(
        title.text(context.language),
        above(context, Title(f"目标 {period}", f"Targets {period}")),
        tuple(each.text(context.language) for each in HEADERS),
        months,
        tuple(rows),
        quarters=len(months) % 3 == 0 and period.start.month % 3 == context.calendar.start_month % 3,
    )


def above(context: Context, title: Title) -> tuple[str, ...]:
    """Return the lines above a sheet's table: what it is, as of which batch, and what a cell means."""
    batch = latest_batch(context.store)
    as_of = Title(f"{title.zh} · 截至批次 {batch}", f"{title.en} · as of batch {batch}")
    return (as_of.text(context.language), MEANING.text(context.language))


def _holder(line: _Line) -> tuple[str, ...]:
    return (line.metric, line.level, line.team, line.holder, line.key)


def _place(line: _Line) -> tuple[object, ...]:
    levels = [*LEVELS]
    rank = levels.index(line.level) if line.level in levels else len(levels)
    return (line.metric, rank, line.team, _ORDER.get(line.holder, len(_ORDER)), line.key, line.since)


def _cells(context: Context, directory: Directory, line: _Line) -> tuple[str, ...]:
    language = context.language
    is_person = line.holder == "person"
    name = directory.member_names().get(line.key, line.key) if is_person else HOLDERS[line.holder].text(language)
    level = LEVELS[line.level].text(language) if line.level in LEVELS else line.level
    number = line.key if is_person and name != line.key else ""
    seat = line.key if line.holder == "seat" else ""
    team = team_word(directory.team_names(), line.team)
    is_money = line.metric not in context.catalogue or context.catalogue.unit(line.metric) == "money"
    return (line.metric, level, team, number, name, seat, line.since, line.currency if is_money else "")


def team_word(names: dict[str, str], key: str) -> str:
    """Return how a team is written: by its name, or by its number where two have that name."""
    name = names.get(key, key)
    return name if list(names.values()).count(name) == 1 else key
