"""A list of everybody of a month (花名册) held against the people there are: who joined, who left, who moved.

Nothing of it is guessed in silence: without `--accept-roster` the import stops and shows the lists. Accepted, they are
written in the import's own batch: joined days, last days, and seats that change from the first of the month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from salescli.core.records.staged import Staged
from salescli.core.title import Title
from salescli.errors import Problem, ProblemsFound, Where, problem
from salescli.importers.result import RejectedRow, SheetReading
from salescli.services.context import Context
from salescli.services.importing.seating import seated_rows
from salescli.store.batches import in_force, save_source
from salescli.store.edits import fetch_seats_on
from salescli.store.entities import fetch_keys, labels, merged_names, resolve
from salescli.store.listing import fetch_listed
from salescli.store.merge import MergeOptions, MergeResult, merge_staged
from salescli.store.state import fetch_images
from salescli.store.versions import Access, write_cells

SHOWN = 20


@dataclass(slots=True)
class Roster:
    """What a list of everybody says that is new; rows are indexes of the staged block."""

    month: str
    first: str
    last: str
    staged: Staged
    is_first: bool = False
    joining: list[int] = field(default_factory=list)
    returning: dict[int, int] = field(default_factory=dict)  # row -> person
    leaving: dict[int, str] = field(default_factory=dict)  # person -> last day
    moving: dict[int, int] = field(default_factory=dict)  # row -> person
    seats: dict[str, list[Any]] = field(default_factory=dict)  # team, role, manager as the sheet has them
    starts: dict[int, str] = field(default_factory=dict)  # row -> from when its seat holds

    @property
    def is_news(self) -> bool:
        """Tell whether somebody joined, left or moved."""
        return bool(self.joining or self.returning or self.leaving or self.moving)


def open_roster(
    context: Context, reading: SheetReading, month: str, is_told: bool, questions: list[Problem], notes: list[Problem]
) -> Roster | None:
    """Hold a list of everybody against the people there are; what it finds is asked, or told where it was accepted."""
    if not month or reading.staged is None or reading.staged.type.name != "person":
        return None
    roster = plan_roster(context, reading.staged, reading.report.rejected, month)
    if is_told or roster.is_first:
        notes += roster_problems(context, roster, is_question=False)
    elif roster.is_news:
        questions += roster_problems(context, roster, is_question=True)
    return roster


def plan_roster(context: Context, staged: Staged, rejected: Iterable[RejectedRow], month: str) -> Roster:
    """Compare a list with the people of the month; `Roster.staged` are the rows as they are to be merged.

    Raises:
        ProblemsFound: a name fits two people.
    """
    first, last = _month(month)
    staged = replace(staged, columns={name: list(column) for name, column in staged.columns.items()})
    roster = Roster(month, first, last, staged)
    listed = fetch_listed(context.store, staged.type, in_force(context.store))
    roster.is_first = not listed
    if roster.is_first:
        return roster
    entities = _people(context, staged)
    images = fetch_images(context.store, staged.type)
    seats = fetch_seats_on(context.store, last)
    columns = staged.columns
    via = [each.name for each in staged.type.fields if each.via and each.name in columns]
    roster.seats = {name: columns.pop(name) for name in via}
    merged = {text for text, former in merged_names(context.store, staged.type).items() if former is not None}
    blank = [None] * len(staged)
    keys = zip(staged.columns.get("number", blank), staged.columns.get("name", blank), strict=True)
    for index, (entity, (number, name)) in enumerate(zip(entities, keys, strict=True)):
        if (number or name) in merged:
            continue  # the row of whoever was merged into somebody else
        _place(context, roster, index, entity, listed, images, seats)
    mentioned = {str(cell).strip() for row in rejected for cell in row.cells if cell is not None}
    here = {entity for entity in entities if entity is not None}
    for entity in sorted(listed - here):
        image = images.get(entity)
        if image is None or not _is_employed(image, first, last):
            continue
        if not {str(image[name]) for name in ("number", "name") if image[name]} & mentioned:  # a bad row is no absence
            roster.leaving[entity] = _day_before(first)
    return roster


def _place(
    context: Context,
    roster: Roster,
    index: int,
    entity: int | None,
    listed: set[int],
    images: dict[int, Any],
    seats: dict[int, dict[str, Any]],
) -> None:
    """Say what is new about the person of a row."""
    staged = roster.staged
    column = staged.columns.setdefault("joined", [None] * len(staged))
    left = staged.columns.get("left", [None] * len(staged))[index]
    image = images.get(entity) if entity is not None else None
    if entity is None or image is None or entity not in listed:
        roster.joining.append(index)
        if column[index] is None and image is None:  # whoever facts mention was there before
            column[index] = roster.first
        roster.starts[index] = column[index] or roster.first
    elif image["left"] is not None and image["left"] < roster.first and (left is None or left >= roster.first):
        roster.returning[index] = entity
        day = column[index]
        column[index] = image["joined"]  # the day they came first stays
        roster.starts[index] = day if day is not None and day > image["left"] else roster.first
    elif left is not None and left != image["left"]:
        roster.leaving[entity] = left
    elif _is_moved(context, roster, index, seats.get(entity, {})):
        roster.moving[index] = entity
        roster.starts[index] = max(roster.first, str(seats.get(entity, {}).get("from") or roster.first))


def _is_moved(context: Context, roster: Roster, index: int, seat: dict[str, Any]) -> bool:
    for name, column in roster.seats.items():
        text, each = column[index], roster.staged.type[name]
        if text is None:
            continue
        meant = text
        if each.ref:
            meant = resolve(context.store, context.store.registry[each.ref], [text]).get(text)
        if meant is None or meant != seat.get(name):
            return True
    return False


def _is_employed(image: dict[str, Any], first: str, last: str) -> bool:
    has_left = image["left"] is not None and image["left"] < first
    return not has_left and (image["joined"] is None or image["joined"] <= last)


def _people(context: Context, staged: Staged) -> list[int | None]:
    """Return who each row is about: by number, else by a name that fits one only."""
    blank = [None] * len(staged)
    numbers, names = staged.columns.get("number", blank), staged.columns.get("name", blank)
    by_number = resolve(context.store, staged.type, [text for text in numbers if text], by_name=False)
    by_name = resolve(context.store, staged.type, [text for text in names if text])
    found: list[int | None] = []
    wrong: list[Problem] = []
    for row, number, name in zip(staged.rows, numbers, names, strict=True):
        if number:
            found.append(by_number.get(number) or _unnumbered(context, staged, by_name.get(name) if name else None))
            continue
        if name in by_name.ambiguous:
            where = Where(file=staged.source.file, sheet=staged.source.sheet, cell=staged.source.cell(row, "name"))
            keys = fetch_keys(context.store, staged.type, by_name.ambiguous[name])
            wrong.append(
                problem(
                    "ambiguous-reference", where, text=name, type=staged.type.titles, candidates=sorted(keys.values())
                )
            )
        found.append(by_name.get(name) if name else None)
    if wrong:
        raise ProblemsFound(*wrong)
    return found


def _unnumbered(context: Context, staged: Staged, entity: int | None) -> int | None:
    """Whoever was only mentioned by name so far is who the list numbers."""
    if entity is None:
        return None
    image = Access(context.store, staged.type).current([entity]).get(entity, {})
    return entity if image.get("number") is None else None


def roster_problems(context: Context, roster: Roster, *, is_question: bool) -> list[Problem]:
    """Return the lists of who joined, left, came back and moved: questions, or notes of what was accepted."""
    where = Where(file=roster.staged.source.file, sheet=roster.staged.source.sheet)
    if roster.is_first:
        return [] if is_question else [problem("roster-first", where, severity="note", count=len(roster.staged))]
    severity: Any = "error" if is_question else "note"
    option = "--accept-roster" if is_question else ""
    names = roster.staged.columns.get("name") or roster.staged.columns.get("number") or []
    people = labels(context.store, roster.staged.type, roster.leaving)
    numbers = fetch_keys(context.store, roster.staged.type, roster.leaving)
    shared = {name for name, count in Counter(people.values()).items() if count > 1}
    called = {one: f"{name} {numbers[one]}" if name in shared else name for one, name in people.items()}
    lists = (
        ("roster-joins", [str(names[index]) for index in roster.joining], roster.first),
        ("roster-returns", [str(names[index]) for index in roster.returning], roster.first),
        ("roster-leaves", [f"{called[one]} ({day})" for one, day in roster.leaving.items()], ""),
        ("roster-moves", [_move(context, roster, index, names) for index in roster.moving], roster.first),
    )
    found = [
        problem(name, where, severity=severity, count=len(texts), day=day, names=_shown(texts), option=option)
        for name, texts, day in lists
        if texts
    ]
    both = {str(names[index]) for index in roster.joining} & set(people.values())
    if both:
        found.append(problem("roster-renumbered", where, severity="warning", names=sorted(both)))
    return found


def _move(context: Context, roster: Roster, index: int, names: list[Any]) -> str:
    seat = fetch_seats_on(context.store, roster.last).get(roster.moving[index], {})
    parts = []
    for name, column in roster.seats.items():
        each, before = roster.staged.type[name], seat.get(name)
        if column[index] is None:
            continue
        if each.ref and before is not None:
            before = labels(context.store, context.store.registry[each.ref], [before]).get(before)
        if before != column[index]:
            parts.append(f"{before or '—'} → {column[index]}")
    return f"{names[index]} ({', '.join(parts)})"


def _shown(texts: list[str]) -> Title:
    more = len(texts) - SHOWN
    shown = texts[:SHOWN]
    zh, en = "、".join(shown), ", ".join(shown)
    return Title(f"{zh} 等 {len(texts)} 人", f"{en} and {more} more") if more > 0 else Title(zh, en)


def write_roster(context: Context, batch: int, roster: Roster, result: MergeResult) -> None:
    """Write last days, returns and seats; the records themselves have been merged."""
    if roster.is_first:
        return
    kind = roster.staged.type
    source = save_source(context.store, batch, kind.name, roster.staged.source)
    ended: dict[int, Any] = {one: {"left": day} for one, day in roster.leaving.items()}
    _end_seats(context, batch, roster, source)
    write_cells(
        context.store, batch, kind, {**ended, **{one: {"left": None} for one in roster.returning.values()}}, source
    )
    rows = [index for index in sorted(roster.starts) if index not in result.rejected]
    seats = seated_rows(context.store, roster.staged, rows, result.entities, roster.starts, roster.seats)
    if seats is not None:
        own = MergeOptions(dated="correct", prefer_file=True, own_list=True)
        more = merge_staged(context.store, batch, seats, own)
        result.notes += [each for problems in more.rejected.values() for each in problems]
    rows_changed = {cell.row for cell in result.cells}
    news = sum(1 for index in (*roster.returning, *roster.moving) if roster.staged.rows[index] not in rows_changed)
    news = min(news, result.unchanged)
    result.changed, result.unchanged = result.changed + news, result.unchanged - news
    result.beside += sum(1 for one in roster.leaving if one not in result.entities)


def _end_seats(context: Context, batch: int, roster: Roster, source: int) -> None:
    """The last seat of whoever comes back ended when they left: the time between is nobody's."""
    kind = context.store.registry["assignment"]
    people = fetch_images(context.store, roster.staged.type)
    latest: dict[int, tuple[str, int, Any]] = {}
    for entity, image in fetch_images(context.store, kind).items():
        if image["person"] in roster.returning.values() and image["from"] >= latest.get(image["person"], ("",))[0]:
            latest[image["person"]] = (image["from"], entity, image["through"])
    changes = {
        entity: {"through": people[person]["left"]}
        for person, (_, entity, through) in latest.items()
        if through is None or through > people[person]["left"]
    }
    write_cells(context.store, batch, kind, changes, source)


def _month(month: str) -> tuple[str, str]:
    """Return the first and last day of a month."""
    first = date(int(month[:4]), int(month[5:]), 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.isoformat(), _day_before(following.isoformat())


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
