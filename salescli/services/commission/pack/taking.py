"""`commission pack --from`: what managers answered, as records in one undoable batch; all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from salescli.core.money import to_e4, total
from salescli.core.periods import Period
from salescli.core.records.staged import Source, Staged
from salescli.core.table import Report
from salescli.errors import Problem, ProblemsFound, problem
from salescli.reports.commission.pack import PackTaken, build_taken
from salescli.services.batches import DryRun
from salescli.services.commission.pack.building import Pack, build_packs
from salescli.services.commission.pack.checking import Answer, Given, PackAnswers, check_pack
from salescli.services.commission.pack.pots import Pot
from salescli.services.commission.pack.reading import FilledSheet, read_pack
from salescli.services.commission.pack.teams import Depth
from salescli.services.commission.running import check_month
from salescli.services.commission.stored import choose_run
from salescli.services.context import Context
from salescli.services.importing.closed_months import note_moved
from salescli.store.batches import begin_batch, summarise_batch
from salescli.store.merge import MergeOptions, merge_staged
from salescli.store.state import fetch_images

CONFIRMATION, DISPUTE, SHARE = "confirmation", "dispute", "pool-share"


Known = Mapping[tuple[str, ...], Mapping[str, Any]]
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Row:
    """A row to be written: its values as an importer would stage them, and the key by which a record says them."""

    key: tuple[str, ...]
    values: dict[str, Any]


@dataclass
class PacksTaken:
    """What came back, as a report, and what is to be said of it."""

    report: Report
    batch: int | None
    problems: list[Problem] = field(default_factory=list)


def take_packs(context: Context, period: Period, files: Sequence[Path], *, is_dry: bool = False) -> PacksTaken:
    """Read filled packs of a month and keep what they say; the same files again change nothing.

    Raises:
        Refused: the month was never run.
        ProblemsFound: everything that is wrong with them, together; nothing was written.
    """
    check_month(period)
    run = choose_run(context, period)

    @cache
    def packs_of(depth: Depth) -> list[Pack]:
        return build_packs(context, period, depth=depth).packs

    found: list[PackAnswers] = []
    problems: list[Problem] = []
    for path in files:
        filled = read_pack(path)
        checked = filled.problems or check_pack(period, run, filled, packs_of)
        if isinstance(checked, list):
            problems += checked
            continue
        problems += checked.problems
        if any(one.pack.manager == checked.pack.manager for one in found):
            problems.append(problem("pack-again", manager=checked.pack.manager.name, file=filled.file))
        found.append(checked)
    if problems:
        raise ProblemsFound(*problems)
    batch, notes = _write(context, period, found, is_dry=is_dry)
    return PacksTaken(build_taken(period.label, [_taken(one) for one in found], batch, is_dry=is_dry), batch, notes)


def _taken(one: PackAnswers) -> PackTaken:
    return PackTaken(
        manager=one.pack.manager.name,
        people=len(one.pack.rows),
        yes=sum(answer.said == "yes" for answer in one.answers),
        no=sum(answer.said == "no" for answer in one.answers),
        questions=sum(bool(answer.question) for answer in one.answers),
        given=_given(one),
        file=one.filled.file,
    )


def _given(one: PackAnswers) -> dict[str, Decimal]:
    """Return what was shared out, by currency."""
    given = [each for mine in one.given.values() for each in mine]
    codes = {each.pot.currency for each in given}
    return {code: total(each.amount for each in given if each.pot.currency == code) for code in codes}


def _write(
    context: Context, period: Period, found: Sequence[PackAnswers], *, is_dry: bool
) -> tuple[int | None, list[Problem]]:
    """Write the rows that say something new; where there are none, there is no batch."""
    store = context.store
    staged = [block for one in found for block in _blocks(context, period, one)]
    if not staged:
        return None, []
    notes: list[Problem] = []
    batch: int | None = None
    try:
        with store.transaction(f"commission pack {period}"):
            names = ", ".join(Path(one.filled.file).name for one in found)
            number = begin_batch(store, "import", f"commission pack {period}: {names}")
            merged = [(block, merge_staged(store, number, block, MergeOptions(prefer_file=True))) for block in staged]
            if rejected := [each for _, one in merged for wrong in one.rejected.values() for each in wrong]:
                raise ProblemsFound(*rejected)
            counts: dict[str, dict[str, int]] = {}
            for block, one in merged:
                mine = counts.setdefault(block.type.name, {"new": 0, "changed": 0, "unchanged": 0})
                for name in mine:
                    mine[name] += getattr(one, name)
            if any(block.type.pays for block in staged):
                notes = note_moved(context, number)
            if is_dry:
                raise DryRun
            summarise_batch(store, number, {"types": counts, "files": [one.filled.file for one in found]})
            batch = number
    except DryRun:
        pass
    return batch, notes


def _blocks(context: Context, period: Period, one: PackAnswers) -> Iterator[Staged]:
    """Yield the rows of a pack that say something that no record says yet."""
    sheet = one.filled.summary
    if sheet is not None:
        rows = {
            each.number: _confirmation(context, period, one, each) for each in one.answers if each.said or each.remark
        }
        yield from _staged(context, one, CONFIRMATION, sheet, rows, "said")
        rows = {each.number: _dispute(context, period, one, each) for each in one.answers if each.question}
        yield from _staged(context, one, DISPUTE, sheet, rows, "question")
    for pot in one.filled.pots:
        given = one.given.get(pot.name, [])
        if given:
            known = _known(context, SHARE)
            called = _called(given[0].pot, known)
            rows = {each.number: _share(one, each, called) for each in _all_given(given, known, called)}
            yield from _staged(context, one, SHARE, pot, rows, "amount", column="given")


def _staged(
    context: Context, one: PackAnswers, name: str, sheet: FilledSheet, rows: Mapping[int, Row], field_name: str,
    column: str = "",
) -> Iterator[Staged]:  # fmt: skip
    known = _known(context, name)
    new = {number: row for number, row in rows.items() if not _is_said(name, row, known.get(row.key))}
    if new:
        columns = {key: [row.values[key] for row in new.values()] for key in next(iter(new.values())).values}
        letters = {field_name: sheet.letters[column or field_name]}
        feed = f"pack:{one.pack.manager.key}:{name}"
        source = Source(one.filled.file, one.filled.sha256, sheet.name, feed, letters)
        yield Staged(context.store.registry[name], source, [*new], columns)


def _known(context: Context, name: str) -> Known:
    """Return what is recorded, by key; people are told by their records."""
    kind = context.store.registry[name]
    images = fetch_images(context.store, kind).values()
    return {tuple(str(image[key]) for key in kind.key): image for image in images}


def _is_said(name: str, row: Row, there: Mapping[str, Any] | None) -> bool:
    """Whether a record says the same already: a question that was asked is not asked again, whatever became of it."""
    if there is None:
        return False
    compared = {CONFIRMATION: ("said", "note"), DISPUTE: (), SHARE: ("amount",)}[name]
    return all(row.values[key] in (None, there[key]) for key in compared)


def _confirmation(context: Context, period: Period, one: PackAnswers, answer: Answer) -> Row:
    person = answer.row.key
    values = {
        "month": period.label,
        "run": str(one.run),
        "plan": answer.row.plan,
        "person": person,
        "said": answer.said or None,
        "by": one.pack.manager.key,
        "on": context.today.isoformat(),
        "note": answer.remark or None,
    }
    return Row((period.label, str(one.run), answer.row.plan, str(one.pack.entities[person])), values)


def _dispute(context: Context, period: Period, one: PackAnswers, answer: Answer) -> Row:
    """A question has a number made of what it asks, so that it is asked once."""
    digest = sha256(f"{answer.row.plan}\n{answer.question}".encode()).hexdigest()[:6]
    number = f"DSP-{period.label}-{answer.row.key}-{digest}"
    values = {
        "number": number,
        "person": answer.row.key,
        "month": period.label,
        "question": answer.question,
        "raised_on": context.today.isoformat(),
        "raised_by": one.pack.manager.name,
    }
    return Row((number,), values)


def _called(pot: Pot, known: Known) -> str:
    """Return by which word of the pool an earlier sheet shared this pot, else its name in the plan."""
    mine = {key[0] for key in known if key[1:3] == (pot.window.label, str(pot.manager))}
    return next((word for word in (pot.pool, *pot.title) if word in mine), pot.pool)


def _all_given(given: Sequence[Given], known: Known, called: str) -> list[Given]:
    """Return what is given, and nothing to those to whom an earlier sheet gave something."""
    pot, named = given[0].pot, {each.key for each in given}
    last = max(each.number for each in given)
    less = [
        Given(pot, last + number, key, ZERO)
        for number, (entity, key, _) in enumerate(pot.members, 1)
        if key not in named and (called, pot.window.label, str(pot.manager), str(entity)) in known
    ]
    return [*given, *less]


def _share(one: PackAnswers, each: Given, called: str) -> Row:
    pot = each.pot
    entity = next(entity for entity, key, _ in pot.members if key == each.key)
    values = {
        "pool": called,
        "period": pot.window.label,
        "manager": one.pack.manager.key,
        "person": each.key,
        "amount": to_e4(each.amount),
    }
    return Row((called, pot.window.label, str(pot.manager), str(entity)), values)
