"""One person's statement as a file: a workbook with how it came about behind it, or a page to print and sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from salescli import __version__
from salescli.core.book import Book, Page
from salescli.core.periods import Period
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem, ProblemsFound, problem
from salescli.render.options import RenderOptions
from salescli.reports.commission.columns import CreditChange, PaidPerson, RunHead
from salescli.reports.commission.explanation import build_explanation
from salescli.reports.commission.handed_out import without_folders
from salescli.reports.commission.statement import build_statement
from salescli.reports.commission.statement_page import build_statement_page
from salescli.reports.export.notes import NotesFacts, RunNote, build_notes
from salescli.services.commission.beyond import is_idle
from salescli.services.commission.causes import find_changes, moved_quietly
from salescli.services.commission.explaining import explained_payee, figures_of
from salescli.services.commission.paid import with_paid
from salescli.services.commission.payees import resolve_all
from salescli.services.commission.private import for_the_person
from salescli.services.commission.running import CommissionRun, Computed, check_month, compute_period
from salescli.services.commission.showing import paid_people, payees_called
from salescli.services.commission.statements import statement_rows, with_terms, with_the_rest
from salescli.services.commission.stored import (
    StoredPayee,
    choose_run,
    head_of,
    knowing,
    load_payees,
    load_plans,
    read_result,
)
from salescli.services.context import Context
from salescli.store.runs import Run, fetch_results

FORMS = ("xlsx", "html")
Changes = Mapping[str, Mapping[tuple[str, date], tuple[CreditChange, ...]]]


@dataclass
class Handed:
    """A run with everything that statements are made of, nobody's figures told to anybody else."""

    context: Context
    period: Period
    run: Run
    head: RunHead
    entries: dict[int, list[tuple[PaidPerson, Computed]]]  # by person, once per plan
    changes: Changes
    problems: list[Problem]
    done: CommissionRun  # with what it tells of others: for whoever leads them

    def report(self, person: int) -> Report:
        """Build the statement of one person."""
        entries = [(with_terms(shown, one), statement_rows(one)) for shown, one in self.entries[person]]
        report = build_statement(self.head, entries, self.context.language)
        mine = [one for _, one in self.entries[person]]
        report = with_the_rest(self.context, self.run, self.period, mine, report)
        return with_paid(self.context, self.run, [person], report)

    def page(self, person: int, *, sources: bool) -> Report:
        """Build the statement of one person as it is handed out."""
        people = [shown for shown, _ in self.entries[person]]
        report, language = self.report(person), self.context.language
        page = build_statement_page(report, self.head, people, self.period, language, sources=sources)
        return without_folders(page)


def open_run(context: Context, period: Period, person: str = "") -> Handed:
    """Compute the closed run of a month, else its newest draft, again: of everybody, or of one person.

    Raises:
        Refused: the month was never run.
        UsageError: nobody, or several, are called so; or the run does not pay them.
        ProblemsFound: computed again, the run does not pay the one person.
    """
    check_month(period)
    run = choose_run(context, period)
    plans, stored = load_plans(context, run), load_payees(context, run)
    if person:
        stored = payees_called(context, run, stored, person)
    who = frozenset(resolve_all(context.store, "person", [person])) if person else frozenset()
    with knowing(context, run):
        done = compute_period(context, period, people=who, with_lines=True, plans=list(plans.values()), upon=run)
        head = head_of(context, run)
    computed = {one.item: for_the_person(one) for one in done.computed}
    payees = [StoredPayee(one.entity, one.name, computed[one.item].result) for one in stored if one.item in computed]
    entries: dict[int, list[tuple[PaidPerson, Computed]]] = {}
    people = paid_people(context, run, payees, plans, moved_quietly(done.computed))
    for shown, one in zip(people, payees, strict=True):
        entries.setdefault(one.entity, []).append((shown, computed[one.item]))
    differing = _differing(context, run, stored, [one for one in done.computed if not who or one.payee.entity in who])
    if person and not entries:
        raise ProblemsFound(*(replace(each, severity="error") for each in differing))
    problems = [*done.problems, *differing]
    return Handed(context, period, run, head, entries, find_changes(context, run, payees), problems, done)


def build_statement_file(handed: Handed, person: int, form: str = "xlsx") -> bytes:
    """Return one person's statement as the bytes of a file."""
    context = handed.context
    options = RenderOptions(context.language, unit="yuan", to_file=True, currency=context.currency)
    if form == "html":
        from salescli.render.formats.html import render_report

        return render_report(handed.page(person, sources=False), options).encode()
    from salescli.render.workbook.book import render_book

    shown, head = handed.entries[person][0][0], handed.head
    number = f"{shown.number} " if shown.number else ""
    title = Title(f"{number}{shown.name} · 提成明细 {head.period}", f"{number}{shown.name} · statement {head.period}")
    company = handed.context.workspace.settings.name
    book = Book("statement", title, company, _pages(handed, person), footer=head.footer)
    return render_book(book, options)


def _pages(handed: Handed, person: int) -> tuple[Page, ...]:
    context, entries = handed.context, handed.entries[person]
    payees = [explained_payee(context, one, handed.changes.get(one.item, {})) for _, one in entries]
    names = {metric.name: metric.title for metric in context.catalogue}
    explanation = build_explanation(handed.head, payees, "", names, (), context.language)
    mine = Page("statement", Title("提成明细", "Statement"), handed.page(person, sources=True), sums=True)
    return (
        mine,
        Page("explanation", Title("计算过程", "How it came about"), without_folders(explanation)),
        Page("notes", Title("说明", "Notes"), _notes(handed, [one for _, one in entries])),
    )


def _notes(handed: Handed, computed: Sequence[Computed]) -> Report:
    """The plans of this person alone."""
    context, run, head = handed.context, handed.run, handed.head
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
        only=Title(f"只含 {computed[0].payee.name}", f"{computed[0].payee.name} alone"),
    )
    return build_notes(facts, context.language)


def _differing(
    context: Context, run: Run, stored: Sequence[StoredPayee], computed: Sequence[Computed]
) -> list[Problem]:
    """Compare with what the run kept: a statement of other figures would be none, nor is one that is left out."""
    kept = fetch_results(context.store, run.id)
    again = {one.item: one for one in computed}
    names = [
        one.name
        for one in stored
        if one.item not in again or figures_of(read_result(kept[one.item])) != figures_of(again[one.item].result)
    ]
    names += [one.payee.name for one in computed if one.item not in kept and not is_idle(one.result)]
    return [problem("explained-differs", severity="warning", run=run.id, people=names)] if names else []
