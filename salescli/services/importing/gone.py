"""What a source no longer has: records that came by it, are missing in its newest file, and are ended.

Absence means nothing by itself. Only where `complete: month` says that a file holds everything of the months it
touches, or `--replaces` that it stands for an earlier file, what is missing is ended, in the same batch, and listed. A
record that somebody changed since is kept and listed; so is one that a rejected row may be about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from salescli.core.money import from_e4
from salescli.core.records import kinds
from salescli.core.records.model import RecordType
from salescli.errors import Problem, Where, problem
from salescli.importers.writing.rejects import SUFFIX
from salescli.services.context import Context
from salescli.store.absence import fetch_days, fetch_of_feed
from salescli.store.batches import in_force
from salescli.store.entities import fetch_keys
from salescli.store.lineage import fetch_sources, origin_of
from salescli.store.runs import closed_runs
from salescli.store.versions import Access
from salescli.store.words import Words

if TYPE_CHECKING:
    from salescli.services.importing.outcome import ImportRequest, SheetImport

MOST = 20  # more than one in twenty of a month's rows is a question
NAMED = 5

Fate = Literal["ended", "edited", "unsure"]


@dataclass(frozen=True, slots=True)
class GoneRecord:
    """A record that is missing: its key, day and amount, where it was last read, and what becomes of it."""

    entity: int
    key: str
    day: str
    amount_e4: int | None
    currency: str
    where: Where
    fate: Fate
    batch: int = 0  # that changed it since
    is_said: bool = False  # the sheet says so in a word, it is not merely missing

    @property
    def month(self) -> str:
        """The month of its day."""
        return self.day[:7]


@dataclass(slots=True)
class _Source:
    """The sheets of one import that come from one source, of one type."""

    context: Context
    kind: RecordType
    feed: str
    sheets: list[SheetImport]

    @property
    def where(self) -> Where:
        report = self.sheets[0].reading.report
        return Where(report.file, sheet=report.sheet)

    @property
    def seen(self) -> set[int]:
        """The records that rows of these sheets are about, rejected rows included."""
        results = [sheet.result for sheet in self.sheets if sheet.result is not None]
        found = {one for result in results for one in (*result.entities, *result.held.values())}
        return {one for one in found if one is not None}


def end_gone(context: Context, batch: int, sheets: Sequence[SheetImport], request: ImportRequest) -> list[Problem]:
    """End what complete or replacing files no longer have; return what a person must decide first."""
    questions: list[Problem] = []
    is_needed = False
    for source in _sources(context, sheets):
        by_content = any(sheet.result is not None and sheet.result.has_content_keys for sheet in source.sheets)
        is_needed |= by_content
        if source.kind.date and _is_complete(source, request):
            _remember_complete(source, request)
            months = _months(source)
            missing = _missing(source, months)
            if not request.accept_gone:
                questions += _doubts(source, missing, months)
        elif by_content:
            missing = _missing(source, None)
            if missing and not request.again:
                questions.append(_another_file(source, missing))
            missing = missing if request.again == "replaces" else []
        else:
            continue
        _end(source, batch, missing)
    first = next((sheet for sheet in sheets if sheet.result is not None), None)
    if request.again and not is_needed and first is not None and first.result is not None:
        where = Where(first.reading.report.file)
        first.result.notes.append(problem("again-needless", where, severity="note", option=f"--{request.again}"))
    return questions


def _sources(context: Context, sheets: Iterable[SheetImport]) -> Iterator[_Source]:
    """Bring sheets of one source and type together; a workbook of rejected rows is never all of anything."""
    found: dict[tuple[str, str], _Source] = {}
    for sheet in sheets:
        staged = sheet.reading.staged
        if staged is None or sheet.result is None or sheet.reading.report.file.casefold().endswith(SUFFIX):
            continue
        key = (staged.source.feed, staged.type.name)
        found.setdefault(key, _Source(context, staged.type, staged.source.feed, [])).sheets.append(sheet)
    yield from found.values()


def _is_complete(source: _Source, request: ImportRequest) -> bool:
    return bool(request.complete) or any(sheet.reading.entry.complete for sheet in source.sheets)


def _remember_complete(source: _Source, request: ImportRequest) -> None:
    for sheet in source.sheets if request.complete else ():
        sheet.reading.decided.complete = request.complete


def _months(source: _Source) -> set[str]:
    """Return the months that the file touches: those of its rows."""
    name = source.kind.date
    columns = [sheet.reading.staged.columns.get(name, []) for sheet in source.sheets if sheet.reading.staged]
    return {day[:7] for column in columns for day in column if day}


def _missing(source: _Source, months: set[str] | None) -> list[GoneRecord]:
    """Return the records of a source, of some months or of all, that no row is about."""
    store, kind = source.context.store, source.kind
    candidates = fetch_of_feed(store, kind, source.feed, months) - source.seen
    if not candidates:
        return []
    access, words = Access(store, kind), Words(Access(store, kind), in_force(store))
    images = access.current(sorted(candidates))
    keys = fetch_keys(store, kind, candidates)
    unsure = _unsure_months(source)
    found = []
    for entity, image in images.items():
        speakers = words.speakers(entity)
        if source.feed not in {feed for _, feed in speakers}:
            continue
        day = str(image.get(kind.date) or "") if kind.date else ""
        fate: Fate = "ended" if speakers[0][1] == source.feed else "edited"
        if fate == "ended" and months is not None and ("" in unsure or day[:7] in unsure):
            fate = "unsure"
        found.append(_gone(source, words, entity, image, keys.get(entity, ""), day, fate, speakers[0][0]))
    return sorted(found, key=lambda one: (one.day, one.key))


def _gone(
    source: _Source, words: Words, entity: int, image: dict[str, Any], key: str, day: str, fate: Fate, batch: int
) -> GoneRecord:
    kind = source.kind
    amount = next((each.name for each in kind.stored if each.kind is kinds.MONEY and each.is_given), "")
    said = next((one for one in words.history(entity) if one.source and words.feed(one.source) == source.feed), None)
    where = Where()
    if said is not None and said.source is not None:
        where = origin_of(said.batch, said.source, said.row, "", fetch_sources(words.store, [said.source])).where
    later = batch if fate == "edited" else 0
    return GoneRecord(entity, key, day[:10], image.get(amount), image.get("currency") or "", where, fate, later)


def _unsure_months(source: _Source) -> set[str]:
    """Return the months of rejected rows of which nobody can tell what record they are about; "" is any month."""
    found: set[str] = set()
    for sheet in source.sheets:
        staged, result = sheet.reading.staged, sheet.result
        if staged is None or result is None or not result.unsure:
            continue
        for block in (staged, staged.held):
            if block is not None:
                days = block.columns.get(source.kind.date, [None] * len(block.rows))
                found |= {(day or "")[:7] for row, day in zip(block.rows, days, strict=True) if row in result.unsure}
    return found


def _doubts(source: _Source, missing: Sequence[GoneRecord], months: set[str]) -> list[Problem]:
    """Ask where a closed month would lose rows, or a month more than one in twenty of them."""
    ending = [one for one in missing if one.fate == "ended"]
    if not ending:
        return []
    closed = closed_runs(source.context.store, "commission")
    fresh = {
        result.entities[index]
        for sheet in source.sheets
        if (result := sheet.result) is not None
        for index in result.fresh
    }
    days = fetch_days(source.context.store, source.kind, [one for one in source.seen if one not in fresh])
    before = Counter(day[:7] for day in days)
    before.update(one.month for one in missing)
    found = []
    for month in sorted(months):
        lost = [one for one in ending if one.month == month]
        is_many = len(lost) * MOST > before[month]
        if lost and (month in closed or is_many):
            name = "gone-closed" if month in closed else "gone-many"
            found.append(problem(name, source.where, **_counted(source, lost), month=month, of=before[month]))
    return found


def _counted(source: _Source, lost: Sequence[GoneRecord]) -> dict[str, Any]:
    records = [one.key for one in lost[:NAMED]]
    return {
        "count": len(lost),
        "type": source.kind.titles,
        "amount": _amounts(lost, source.context.currency),
        "records": [*records, "…"] if len(lost) > NAMED else records,
    }


def _amounts(lost: Sequence[GoneRecord], base: str) -> str:
    """Return what is lost of each currency, `10.00 + 5.00 USD`; the workspace's own is not named."""
    sums: dict[str, int] = {}
    for one in lost:
        if one.amount_e4 is not None:
            sums[one.currency] = sums.get(one.currency, 0) + one.amount_e4
    return " + ".join(
        f"{from_e4(amount):,} {'' if currency == base else currency}".strip()
        for currency, amount in sorted(sums.items())
    )


def _another_file(source: _Source, missing: Sequence[GoneRecord]) -> Problem:
    rows = sum(len(sheet.reading.staged) for sheet in source.sheets if sheet.reading.staged is not None)
    fresh = sum(sheet.result.new for sheet in source.sheets if sheet.result is not None)
    values: dict[str, Any] = {"rows": rows, "fresh": fresh, "missing": len(missing)}
    return problem("source-again", source.where, type=source.kind.titles, **values)


def _end(source: _Source, batch: int, missing: Sequence[GoneRecord]) -> None:
    """End what is gone; what is kept is a warning, and all of it is listed with the first sheet."""
    if not missing:
        return
    first = source.sheets[0]
    assert first.result is not None
    access = Access(source.context.store, source.kind)
    for one in missing:
        if one.fate == "ended":
            access.put(batch, one.entity, None, None, first.result.source_id)
    source.context.store.forget()
    first.gone += missing
    edited = [one for one in missing if one.fate == "edited"]
    if edited:
        batches = sorted({one.batch for one in edited})
        values = {**_counted(source, edited), "batches": batches}
        first.result.notes.append(problem("gone-but-edited", source.where, severity="warning", **values))
    unsure = [one for one in missing if one.fate == "unsure"]
    if unsure:
        values = _counted(source, unsure)
        first.result.notes.append(problem("gone-unsure", source.where, severity="warning", **values))
