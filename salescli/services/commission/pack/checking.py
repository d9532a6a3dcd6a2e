"""A filled pack held against what was shown: whose it is, of which run, and every figure in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from salescli.core.money import CONTEXT, from_float, total
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.errors import Problem, Where, problem
from salescli.reports.commission.pack import ANSWERS, FIGURES, PackRow
from salescli.services.commission.pack.building import Pack
from salescli.services.commission.pack.pots import Pot
from salescli.services.commission.pack.reading import FilledPack, FilledRow, FilledSheet, PackCell
from salescli.services.commission.pack.teams import Depth
from salescli.store.runs import Run

WORDS = {
    "yes": ("是", "yes", "y", "ok", "确认", "已确认", "√", "✓", "true"),
    "no": ("否", "no", "n", "不确认", "未确认", "×", "false"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a manager said of one person under one plan: yes, no or nothing; a question; a remark."""

    row: PackRow
    number: int
    said: str
    question: str
    remark: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a manager gives one member of a pot."""

    pot: Pot
    number: int
    key: str
    amount: Decimal


@dataclass
class PackAnswers:
    """A pack that fits, and what it says."""

    filled: FilledPack
    pack: Pack
    run: int
    answers: list[Answer] = field(default_factory=list)
    given: dict[str, list[Given]] = field(default_factory=dict)  # by the name of the sheet
    problems: list[Problem] = field(default_factory=list)


PacksOf = Callable[[Depth], Sequence[Pack]]


def check_pack(period: Period, run: Run, filled: FilledPack, packs_of: PacksOf) -> PackAnswers | list[Problem]:
    """Hold a pack against the newest run of its month; what is wrong with it as a whole keeps it from being read."""
    mark, where = filled.mark, Where(filled.file)
    if mark["period"] != period.label:
        return [problem("pack-other-period", where, period=mark["period"], asked=period.label)]
    if mark["run"] != str(run.id):
        return [problem("pack-old-run", where, run=mark["run"], newest=run.id, period=period.label)]
    depth: Depth = "everyone-below" if mark["depth"] == "everyone-below" else "direct-reports"
    pack = next((one for one in packs_of(depth) if one.manager.key == mark["manager"]), None)
    if pack is None or pack.mark["shown"] != mark["shown"]:
        return [problem("pack-not-of-run", where, manager=mark["manager"], run=run.id, period=period.label)]
    found = PackAnswers(filled, pack, run.id)
    if filled.summary is not None:
        found.problems += _read_answers(found, filled.summary)
    elif pack.rows:
        found.problems.append(problem("pack-sheet-missing", where, sheet=Title("确认", "To confirm")))
    for sheet in filled.pots:
        found.problems += _read_pot(found, sheet)
    return found


def _read_answers(found: PackAnswers, sheet: FilledSheet) -> Iterator[Problem]:
    rows: dict[tuple[str, str], list[PackRow]] = {}  # two plans of somebody may be called the same
    for each in found.pack.rows:
        for title in set(each.plan_title):
            rows.setdefault((each.key, title), []).append(each)
    seen: set[tuple[str, str]] = set()
    for filled in sheet.rows:
        called = rows.get((filled.text("key"), filled.text("plan")), [])
        row = _meant(filled, [one for one in called if (one.key, one.plan) not in seen] or called)
        if row is None or row.name != filled.text("person"):
            name = filled.text("person") or filled.text("key")
            yield problem("pack-stranger", filled["person"].where, person=name, manager=found.pack.manager.name)
            continue
        if (row.key, row.plan) in seen:
            yield problem("pack-twice", filled["person"].where, person=row.name)
            continue
        seen.add((row.key, row.plan))
        yield from _changed(filled, row)
        said = _said(filled["said"])
        if said is None:
            words = Title(*("/".join(word.text(language) for word in ANSWERS.values()) for language in ("zh", "en")))
            yield problem("pack-answer", filled["said"].where, text=filled.text("said"), choices=words)
            continue
        found.answers.append(Answer(row, filled.number, said, filled.text("question"), filled.text("remark")))


def _meant(filled: FilledRow, rows: Sequence[PackRow]) -> PackRow | None:
    """Return the row that a filled one answers: of several called the same the one whose figures it shows."""
    alike = (row for row in rows if all(_number(filled[name]) == getattr(row, name) for name in FIGURES))
    return next(alike, rows[0] if rows else None)


def _changed(filled: FilledRow, row: PackRow) -> Iterator[Problem]:
    """Name every figure that is not the one that was shown."""
    for name in FIGURES:
        cell, shown = filled[name], getattr(row, name)
        if _number(cell) != shown:
            yield problem("pack-figure", cell.where, person=row.name, text=cell.text or "—", shown=f"{shown:,}")
    if filled.text("currency") != row.currency:
        cell = filled["currency"]
        yield problem("pack-figure", cell.where, person=row.name, text=cell.text or "—", shown=row.currency)


def _number(cell: PackCell) -> Decimal | None:
    """Return the number of a cell; a text is none, whatever it looks like."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Decimal(value) if isinstance(value, int) else from_float(value)


def _said(cell: PackCell) -> str | None:
    """Return yes, no or nothing; None where it is neither."""
    text = "yes" if cell.value is True else "no" if cell.value is False else cell.text.casefold()
    return "" if not text else next((said for said, words in WORDS.items() if text in words), None)


def _read_pot(found: PackAnswers, sheet: FilledSheet) -> Iterator[Problem]:
    """Read what a sheet gives; one without any amount says nothing yet."""
    pots = _pots(found.pack, sheet)
    amounts: list[Given] = []
    wrong: list[Problem] = []
    if len(pots) != 1:
        yield problem("pack-sheet-unknown", Where(found.filled.file, sheet=sheet.name), manager=found.pack.manager.name)
        return
    pot = pots[0]
    members = {key: name for _, key, name in pot.members}
    for filled in sheet.rows:
        key = filled.text("key")
        if members.get(key) != filled.text("person"):
            name = filled.text("person") or key
            wrong.append(problem("pack-stranger", filled["person"].where, person=name, manager=found.pack.manager.name))
        elif any(one.key == key for one in amounts):
            wrong.append(problem("pack-twice", filled["person"].where, person=filled.text("person")))
        elif filled["given"].value is not None:
            wrong += _give(pot, filled, key, amounts)
    if not wrong and amounts:
        wrong += _unspent(found, sheet, pot, amounts)
    if not wrong and amounts:
        found.given[sheet.name] = amounts
    yield from wrong


def _pots(pack: Pack, sheet: FilledSheet) -> list[Pot]:
    """Return the pot that a sheet shares: by the pool and the period that its rows name."""
    named = {(row.text("pool"), row.text("period")) for row in sheet.rows if row.text("pool")}
    return [pot for pot in pack.pots if any((title, pot.window.label) in named for title in (*pot.title, pot.pool))]


def _give(pot: Pot, filled: FilledRow, key: str, into: list[Given]) -> Iterator[Problem]:
    cell = filled["given"]
    amount = _number(cell)
    if amount is None:
        yield problem("pack-amount-text", cell.where, text=cell.text)
    elif CONTEXT.remainder(amount, pot.unit):
        yield problem("pack-amount-fine", cell.where, text=f"{amount:,f}", unit=f"{pot.unit:f}")
    elif amount and (amount < 0) != (pot.amount < 0):
        yield problem("pack-amount-negative", cell.where, text=f"{amount:,f}", amount=f"{pot.amount:,}")
    else:
        into.append(Given(pot, filled.number, key, amount))


def _unspent(found: PackAnswers, sheet: FilledSheet, pot: Pot, amounts: list[Given]) -> Iterator[Problem]:
    spent = total(one.amount for one in amounts)
    if spent != pot.amount:
        last = max(one.number for one in amounts)
        where = Where(found.filled.file, sheet=sheet.name, cell=f"{sheet.letters['given']}{last}")
        spent_words, amount, left = f"{spent:,}", f"{pot.amount:,}", f"{CONTEXT.subtract(pot.amount, spent):+,}"
        yield problem("pack-pot-unspent", where, pool=pot.title, left=left, spent=spent_words, amount=amount)
