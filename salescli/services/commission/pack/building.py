"""Packs of a month as values and as workbooks: a summary to fill in, a sheet per person, a sheet per pot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from salescli.core.book import Book, Page
from salescli.core.money import CONTEXT, total
from salescli.core.periods import Period
from salescli.core.table import Report
from salescli.core.title import Language, Title
from salescli.errors import UsageError, problem
from salescli.reports.commission.columns import PaidPerson, differences_of
from salescli.reports.commission.pack import (
    ANSWERS,
    FIGURES,
    GIVEN,
    QUESTION,
    REMARK,
    SAID,
    PackRow,
    PotShown,
    build_mark,
    build_pot,
    build_summary,
)
from salescli.services.commission.pack.pots import Pot, find_pots
from salescli.services.commission.pack.teams import Depth, Leader, find_teams, leaders_of
from salescli.services.commission.payees import resolve_all
from salescli.services.commission.stored import knowing
from salescli.services.context import Context
from salescli.services.export.statement_file import Handed, open_run
from salescli.store.runs import canonical

FORMAT = "1"
MARK = "_salescli"
SUMMARY = Title("确认", "To confirm")
SHARING = Title("二次分配", "Share the pot")


@dataclass(frozen=True)
class Pack:
    """What one manager is shown of one run."""

    manager: Leader
    people: tuple[int, ...]
    entities: Mapping[str, int]  # the record of each person by the number that rows carry
    rows: tuple[PackRow, ...]
    pots: tuple[Pot, ...]
    mark: dict[str, str]


@dataclass
class Packs:
    """All packs of a run, and who is in none."""

    handed: Handed
    packs: list[Pack]
    left: list[str]


def build_packs(context: Context, period: Period, manager: str = "", depth: Depth = "direct-reports") -> Packs:
    """Return the packs of the closed run of a month, else of its newest draft; of one manager, or of all.

    Raises:
        Refused: the month was never run.
        UsageError: nobody, or several, are called so; or the manager has nobody in this run.
    """
    handed = open_run(context, period)
    with knowing(context, handed.run):
        teams = find_teams(context, period, handed.entries, depth)
        pots = find_pots(context, period, handed.done)
        leaders = leaders_of(context, {**teams, **pots})
        only = resolve_all(context.store, "person", [manager]) if manager else []
    if only and only[0] not in leaders:
        raise UsageError(problem("pack-of-nobody", person=manager, period=period.label))
    packs = [
        _pack(handed, leader, teams.get(entity, []), pots.get(entity, []), depth)
        for entity, leader in leaders.items()
        if not only or entity in only
    ]
    led = {person for people in teams.values() for person in people}
    left = [entries[0][0].name for person, entries in handed.entries.items() if person not in led | set(leaders)]
    return Packs(handed, packs, left)


def _pack(handed: Handed, manager: Leader, people: Sequence[int], pots: Sequence[Pot], depth: Depth) -> Pack:
    mine = [person for person in handed.entries if person in people]
    rows = tuple(_row(shown) for person in mine for shown, _ in handed.entries[person])
    mark = {
        "format": FORMAT,
        "period": handed.period.label,
        "run": str(handed.run.id),
        "manager": manager.key,
        "depth": depth,
        "shown": _digest(rows, pots),
    }
    entities = {shown.result.person: person for person in mine for shown, _ in handed.entries[person]}
    return Pack(manager, tuple(mine), entities, rows, tuple(pots), mark)


def _row(shown: PaidPerson) -> PackRow:
    one = shown.result
    differences = total(differences_of(each) for each in one.components)
    return PackRow(
        key=one.person,
        name=shown.name,
        plan=one.plan,
        plan_title=shown.plan_title,
        currency=one.currency,
        own=CONTEXT.subtract(one.earned, differences),
        differences=differences,
        earned=one.earned,
        other=CONTEXT.subtract(one.payable, one.earned),
        payable=one.payable,
    )


def _digest(rows: Sequence[PackRow], pots: Sequence[Pot]) -> str:
    """Return the digest of what is shown: of the same figures the same, in either language."""
    figures = [[row.key, row.plan, row.currency, *(f"{getattr(row, name):f}" for name in FIGURES)] for row in rows]
    shares = [[pot.pool, str(pot.window), f"{pot.amount:f}", [key for _, key, _ in pot.members]] for pot in pots]
    return sha256(canonical({"rows": figures, "pots": shares}).encode()).hexdigest()


def render_pack(handed: Handed, pack: Pack) -> bytes:
    """Return a pack as the bytes of a workbook."""
    from salescli.render.options import RenderOptions
    from salescli.render.workbook.book import render_book

    context = handed.context
    title = _title(handed, pack)
    pages = tuple(_pages(handed, pack, title, context.language))
    book = Book("pack", title, context.workspace.settings.name, pages, footer=handed.head.footer)
    return render_book(book, RenderOptions(context.language, unit="yuan", to_file=True, currency=context.currency))


def _title(handed: Handed, pack: Pack) -> Title:
    name, head = pack.manager.name, handed.head.title
    return Title(f"{name} · 团队提成确认 {head.zh}", f"{name} · commission to confirm {head.en}")


def _pages(handed: Handed, pack: Pack, title: Title, language: Language) -> Iterator[Page]:
    footer = handed.head.footer
    if pack.rows:
        answers = tuple(word.text(language) for word in ANSWERS.values())
        fields = ((SAID.key, answers), (QUESTION.key, ()), (REMARK.key, ()))
        report = build_summary(title, footer, pack.rows, language)
        yield Page("pack", SUMMARY, report, sums=True, open_columns=fields)
    for pot in pack.pots:
        shown = pot_shown(pot)
        report = build_pot(title, footer, shown, language)
        yield Page("pot", SHARING, report, sums=True, open_columns=((GIVEN.key, ()),), wide=False)
    for person in pack.people:
        entries = handed.entries[person]
        if not all(shown.is_blank for shown, _ in entries):
            tab = " ".join(part for part in (entries[0][0].number, entries[0][0].name) if part)
            yield Page("statement", Title(tab, tab), _unsigned(handed.page(person, sources=True)), sums=True)
    yield Page("mark", Title(MARK, MARK), build_mark(pack.mark), hidden=True)


def _unsigned(report: Report) -> Report:
    return replace(report, signed_by=())


def pot_shown(pot: Pot) -> PotShown:
    """Return a pot as its sheet shows it."""
    members = tuple((key, name) for _, key, name in pot.members)
    return PotShown(pot.pool, pot.title, pot.window.label, pot.currency, pot.amount, members)
