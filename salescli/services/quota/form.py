"""The form of targets or submissions: a line for the company, each team and each person in seat, a column per month."""

from __future__ import annotations

from typing import Literal

from salescli.core.periods import Period, months_in
from salescli.core.records.model import RecordType
from salescli.core.title import Title
from salescli.importers.writing.wide_book import WideRow, WideSheet, build_wide_book, build_wide_text
from salescli.reports.quota import HOLDERS, LEVELS
from salescli.services.context import Context
from salescli.services.quota.inputs import Directory, open_directory
from salescli.services.quota.sheet import HEADERS, above, team_word
from salescli.store.seats import fetch_seats
from salescli.store.state import fetch_images

_SUBMITTED = Title("上报日期", "Submitted on")
_SPARE = 20  # lines for whoever is not in the store


def build_quota_form(context: Context, kind: RecordType, form: Literal["xlsx", "csv"] = "xlsx") -> bytes:
    """Return the empty form of the year that is to be planned: the first without targets, this one or later."""
    directory = open_directory(context)
    year = _year(context)
    is_target = kind.name == "target"
    headers = HEADERS if is_target else (*HEADERS[:5], _SUBMITTED)
    rows = tuple(WideRow(cells[: len(headers)], {}) for cells in _lines(context, directory, year, is_target))
    title = Title(f"{kind.titles.zh} {year}", f"{kind.titles.en} {year}")
    sheet = WideSheet(
        kind.titles.text(context.language),
        above(context, title),
        tuple(each.text(context.language) for each in headers),
        tuple(month.label for month in months_in(year)),
        rows,
        offers={0: _metrics(context), 1: [each.text(context.language) for each in LEVELS.values()]},
        spare=_SPARE,
    )
    if form == "csv":
        return build_wide_text(sheet).encode("utf-8-sig")
    return build_wide_book(sheet, context.language)


def _year(context: Context) -> Period:
    """This fiscal year while it has no targets, else the one after the last that has."""
    months = [image["month"] for image in fetch_images(context.store, context.store.registry["target"]).values()]
    year = context.calendar.window("year", context.today)
    while any(f"{year.start:%Y-%m}" <= month < f"{year.end:%Y-%m}" for month in months):
        year = context.calendar.window("year", year.end)
    return year


def _metrics(context: Context) -> list[str]:
    """The metrics that have targets; a new workspace has none yet."""
    images = fetch_images(context.store, context.store.registry["target"]).values()
    return sorted({image["metric"] for image in images})


def _lines(context: Context, directory: Directory, year: Period, with_company: bool) -> list[tuple[str, ...]]:
    """Return what stands before the months: the company, then each team followed by its people."""
    metrics = _metrics(context)
    metric = metrics[0] if len(metrics) == 1 else ""
    level, names = LEVELS["base"].text(context.language), directory.team_names()
    members: dict[int, dict[str, str]] = {}
    for seat in fetch_seats(context.store, max(context.today, year.start), year.end):
        if seat.team is not None and seat.team in directory.teams and seat.person in directory.people:
            key = directory.person_key(seat.person)
            members.setdefault(seat.team, {})[key] = str(directory.people[seat.person]["name"])

    def line(team: str, number: str, holder: str) -> tuple[str, ...]:
        # Of a submission the sixth column is the day; none of the columns that are left blank is required.
        return (metric, level, team, number, holder, "", "", "")

    lines = [line("", "", HOLDERS["company"].text(context.language))] if with_company else []
    for team in sorted(members, key=lambda one: directory.team_key(one)):
        word = team_word(names, directory.team_key(team))
        lines.append(line(word, "", HOLDERS["team"].text(context.language)))
        lines += [line(word, key if key != name else "", name) for key, name in sorted(members[team].items())]
    return lines
