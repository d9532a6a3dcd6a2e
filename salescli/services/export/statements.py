"""Statements as files: one workbook per person, with the statement, how it came about, and the notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from salescli import __version__
from salescli.core.book import Book, Page
from salescli.core.periods import Period
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem, problem
from salescli.render.options import RenderOptions
from salescli.reports.commission.columns import PaidPerson, RunHead
from salescli.reports.commission.explanation import build_explanation
from salescli.reports.commission.statement import build_statement
from salescli.reports.export.notes import NotesFacts, RunNote, build_notes
from salescli.services.commission.causes import find_changes
from salescli.services.commission.explaining import explained_payee, figures_of
from salescli.services.commission.running import Computed, check_month, compute_period
from salescli.services.commission.showing import head_of, paid_people, stale_note
from salescli.services.commission.statements import statement_rows
from salescli.services.commission.stored import StoredPayee, choose_run, knowing, load_payees, load_plans, read_result
from salescli.services.context import Context
from salescli.store.runs import Run, fetch_results

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')
LONGEST_NAME = 80


@dataclass(frozen=True)
class StatementFile:
    """One person's file: its name, and its bytes."""

    name: str
    content: bytes


@dataclass
class Statements:
    """The files of a run, what is to be said of it, and who has nothing in it."""

    files: list[StatementFile]
    run: Run
    note: Title | None = None
    blank: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def export_statements(context: Context, period: Period) -> Statements:
    """Build the files of everyone whom the closed run of a month pays, else its newest draft; nothing is written.

    Raises:
        Refused: the month was never run.
    """
    check_month(period)
    run = choose_run(context, period)
    plans, stored = load_plans(context, run), load_payees(context, run)
    with knowing(context, run):
        done = compute_period(context, period, with_lines=True, plans=list(plans.values()), upon=run)
        head = head_of(context, run)
    computed = {one.item: one for one in done.computed}
    payees = [StoredPayee(one.entity, one.name, computed[one.item].result) for one in stored if one.item in computed]
    people = paid_people(context, run, payees, plans)
    changes = find_changes(context, run, payees)
    by_person: dict[int, list[tuple[PaidPerson, Computed]]] = {}
    for shown, one in zip(people, payees, strict=True):
        by_person.setdefault(one.entity, []).append((shown, computed[one.item]))
    files, blank, taken = [], [], set[str]()
    for entries in by_person.values():
        if all(shown.is_blank for shown, _ in entries):
            blank.append(entries[0][0].name)
            continue
        pages = _pages(context, run, head, entries, changes)
        files.append(StatementFile(_file_name(entries[0][0], taken), _render(context, head, entries[0][0], pages)))
    problems = [*done.problems, *_differing(context, run, payees)]
    return Statements(files, run, stale_note(context, run), tuple(blank), problems)


def _pages(
    context: Context,
    run: Run,
    head: RunHead,
    entries: Sequence[tuple[PaidPerson, Computed]],
    changes: dict,  # type: ignore[type-arg]
) -> tuple[Page, ...]:
    language = context.language
    statement = build_statement(head, [(shown, statement_rows(one)) for shown, one in entries], language)
    payees = [explained_payee(context, one, changes.get(one.item, {})) for _, one in entries]
    names = {metric.name: metric.title for metric in context.catalogue}
    explanation = build_explanation(head, payees, "", names, (), language)
    return (
        Page("statement", Title("提成明细", "Statement"), statement),
        Page("explanation", Title("计算过程", "How it came about"), explanation),
        Page("notes", Title("说明", "Notes"), _notes(context, run, head, [one for _, one in entries])),
    )


def _notes(context: Context, run: Run, head: RunHead, computed: Sequence[Computed]) -> Report:
    """The plans of this person alone."""
    mine = {one.plan.name for one in computed}
    plans = tuple((one["file"], one["sha256"][:16]) for one in run.manifest["plans"] if one["plan"] in mine)
    facts = NotesFacts(
        company=context.workspace.settings.name,
        period=run.period,
        when=head.title,
        currency=context.currency,
        known=head.footer,
        batch=run.known,
        on=None,
        program=f"salescli {__version__}",
        metrics=(),
        runs=(RunNote(run.kind, run.period, run.id, run.state, run.known, plans),),
        absent=(),
        said=(),
    )
    return build_notes(facts, context.language)


def _render(context: Context, head: RunHead, person: PaidPerson, pages: tuple[Page, ...]) -> bytes:
    from salescli.render.workbook.book import render_book

    number = f"{person.number} " if person.number else ""
    title = Title(f"{number}{person.name} · 提成明细 {head.period}", f"{number}{person.name} · statement {head.period}")
    book = Book("statement", title, context.workspace.settings.name, pages, footer=head.footer)
    return render_book(book, RenderOptions(context.language, to_file=True))


def _file_name(person: PaidPerson, taken: set[str]) -> str:
    """Return `0023-王芳.xlsx`, without signs that a file system refuses; two of one name are told apart."""
    called = "-".join(part for part in (person.number, person.name) if part)
    base = _NOT_IN_NAMES.sub("_", called).strip(" .")[:LONGEST_NAME] or "_"
    name, count = base, 1
    while name.casefold() in taken:
        count += 1
        name = f"{base}-{count}"
    taken.add(name.casefold())
    return f"{name}.xlsx"


def _differing(context: Context, run: Run, payees: Sequence[StoredPayee]) -> list[Problem]:
    """Compare with what the run kept: a statement of other figures would be none."""
    kept = fetch_results(context.store, run.id)
    differing = [
        one.name
        for one in payees
        if one.item not in kept or figures_of(read_result(kept[one.item])) != figures_of(one.result)
    ]
    return [problem("explained-differs", severity="warning", run=run.id, people=differing)] if differing else []
