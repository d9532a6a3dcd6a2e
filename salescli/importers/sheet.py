"""One sheet, from its cells to staged rows: header, type, columns, records, keys, totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from salescli.core.records import kinds
from salescli.core.records.file_names import has_date
from salescli.core.records.model import RecordType
from salescli.core.records.profile import FileProfile
from salescli.core.records.staged import Source, Staged
from salescli.errors import Where, problem
from salescli.importers.amounts.currencies import keep_currencies
from salescli.importers.amounts.currency_formats import check_shown_units, keep_shown_currencies
from salescli.importers.amounts.currency_names import stated_currency
from salescli.importers.body import Body, is_blank_cell, split_body
from salescli.importers.columns import plan_columns, say_units
from salescli.importers.convert import NULL_TOKENS, ColumnPlan, Converted, Place, check_required, convert
from salescli.importers.formulas import find_formulas
from salescli.importers.header import LOOKED_AT, HeaderFound, far_header
from salescli.importers.keying import give_keys
from salescli.importers.keys import reject_broken_sets, sort_duplicates
from salescli.importers.names import Vocabulary, parse_header
from salescli.importers.opening.book import Book, Sheet
from salescli.importers.parts import join_parts
from salescli.importers.proofs.dates import prove_dates
from salescli.importers.proofs.percents import prove_percents
from salescli.importers.recognise import Match, match_type, recognise
from salescli.importers.remarks import fill_merged, known_columns, say_footnotes, say_shape
from salescli.importers.result import ReadOptions, RejectedRow, SheetReading, SheetReport
from salescli.importers.sheet_header import find_sheet_header
from salescli.importers.signs import turn_refunds
from salescli.importers.standing import put_stand_ins
from salescli.importers.totals import compare_totals, control_totals, reject_total_names, totals_problems
from salescli.importers.unread import say_unread
from salescli.importers.wide.reading import read_wide


@dataclass(slots=True)
class Context:
    """What the steps of reading one sheet share."""

    book: Book
    sheet: Sheet
    options: ReadOptions
    entry: FileProfile
    vocabulary: Vocabulary
    feed: str
    reading: SheetReading
    maps: dict[str, str] = field(default_factory=dict)
    beside: dict[str, int] = field(default_factory=dict)  # reference by 工号 → the column that names the person
    unsaid: frozenset[int] = frozenset()  # rows, by index, that are not read in the one column of figures that is

    @property
    def where(self) -> Where:
        """The sheet's place."""
        return Where(self.book.file, sheet=self.sheet.name)

    def cell(self, row_index: int, column: int) -> Where:
        """Return the address of a cell by its indexes."""
        address = f"{self.sheet.letters(column)}{self.sheet.row_number(row_index)}"
        return Where(self.book.file, sheet=self.sheet.name, cell=address)


def read_sheet(
    book: Book, sheet: Sheet, options: ReadOptions, entry: FileProfile, vocabulary: Vocabulary, feed: str
) -> SheetReading:
    """Read one sheet with what the options and the profile's entry state."""
    report = SheetReport(
        book.file, sheet.name, encoding=book.encoding, delimiter=book.delimiter, first_column=sheet.first_column
    )
    reading = SheetReading(report, cells_at=sheet.cells_of, entry=entry)
    context = Context(book, sheet, options, entry, vocabulary, feed, reading)
    reading.decided.encoding = options.encoding if book.content == "text" else ""
    reading.decided.sheet = options.sheet if book.left_out and not has_date(sheet.name) else ""
    context.maps = {**_mapped_headers(entry.columns), **_mapped_headers(options.maps)}
    found = find_sheet_header(context)
    if found is None:
        return context.reading
    match = _find_type(context, found)
    if match is not None and match.is_wide:
        read_wide(context, found, match, _read_records)
    elif match is not None:
        _read_records(context, found, match)
    return context.reading


def _mapped_headers(columns: Mapping[str, str]) -> dict[str, str]:
    """Stated columns, by the header as written and as it is normalised."""
    return {key: name for header, name in columns.items() for key in (header, parse_header(header).name)}


def _find_type(context: Context, found: HeaderFound) -> Match | None:
    report = context.reading.report
    report.header_row = context.sheet.row_number(found.at)
    report.header, report.title_rows, report.sheet_unit = found.texts, found.title_rows, found.unit or 1
    stated = context.options.as_type or context.entry.type
    if stated:
        record_type = context.vocabulary.registry.find(stated)
        if record_type is None:
            context.reading.blocking.append(
                problem("unknown-type", context.where, text=stated, nearest=_nearest_type(context, stated))
            )
            return None
        _note_stated_type(context, found, record_type)
        given = _given(context)
        headers = [parse_header(text) for text in found.texts]
        return match_type(record_type, headers, context.vocabulary, context.maps, given)
    recognised = recognise(
        found.texts, context.vocabulary, context.sheet.name, context.book.stem, context.maps, _given(context)
    )
    if recognised.unclear:
        types = list(recognised.unclear)
        context.reading.decisions.append(problem("type-unclear", context.where, types=types, first=types[0]))
    elif recognised.match is None:
        headers_shown = [text for text in found.texts if text][:12]
        far = far_header(context.sheet.rows, context.vocabulary) if found.at < LOOKED_AT else None
        note = problem("sheet-not-recognised", context.where, severity="note", headers=headers_shown)
        if far is not None:
            note = problem("header-too-far", context.where, severity="note", row=context.sheet.row_number(far))
        context.reading.notes.append(note)
    return recognised.match


def _given(context: Context) -> tuple[str, ...]:
    """The fields that need no column, being the same in every row."""
    constants = (*context.entry.constants, *context.options.constants)
    return (*constants, *(["currency"] if context.entry.currency else []))


def _note_stated_type(context: Context, found: HeaderFound, record_type: RecordType) -> None:
    """A type that was said is a decision where recognition would not have found it."""
    if context.options.as_type:
        own = recognise(found.texts, context.vocabulary, context.sheet.name, context.book.stem, context.maps).match
        if own is None or own.type.name != record_type.name:
            context.reading.decided.type = record_type.name


def _nearest_type(context: Context, word: str) -> str:
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, context.vocabulary.registry.names, scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else ""


def _read_records(context: Context, found: HeaderFound, match: Match) -> None:
    reading, report, sheet = context.reading, context.reading.report, context.sheet
    report.type = match.type.name
    context.beside = match.beside
    plans = plan_columns(context, found, match)
    mapped = [plan.index for plan in plans if plan.index is not None]
    fill_merged(context, found, plans)
    body = split_body(sheet.rows, found.at + 1, found.texts, mapped, known_columns(context, match.type, found, plans))
    report.rows_below_header, report.blank_rows = body.below, body.blank
    report.repeated_rows, report.totals_rows = body.headers, len(body.totals)
    report.footnote_rows = len(body.footnotes)
    report.hidden_rows = sum(row > report.header_row for row in sheet.hidden)
    say_footnotes(context, body)
    plans = turn_refunds(context, match.type, [_shown_percent(plan, sheet, body) for plan in plans], body)
    plans = put_stand_ins(context, match.type, plans, body)
    place = Place(context.book.file, sheet.name, [sheet.first_row + index for index in body.rows])
    tokens = NULL_TOKENS if context.entry.null_tokens is None else context.entry.null_tokens
    converted = convert(match.type, plans, body.columns, place, tokens)
    prove_dates(context, match.type, plans, body, converted, place)
    prove_percents(context, match.type, plans, body, converted, place)
    plans = join_parts(match.type, plans, converted)
    beside = [cell for row in found.rows[: found.at + 1] for cell in row]
    stated = stated_currency([*beside, sheet.name])
    keep_currencies(match.type, plans, body.columns, place, converted, context.options.base_currency, stated)
    if sheet.formats:
        check_shown_units(context, plans, converted, place)
        keep_shown_currencies(context, match.type, plans, body, converted, place, stated)
    find_formulas(sheet, plans, body, converted, place)
    reading.decisions += converted.decisions
    reading.notes += converted.notes
    say_shape(context, found, plans, body, converted, place)
    say_unread(context, found, match, plans, body, converted)
    _compare_totals(context, plans, converted, body)
    reject_total_names(match.type, plans, converted, place)
    lacking = give_keys(context, match, plans, body, converted)
    check_required(match.type, plans, converted, place)
    say_units(context, found, plans, converted)
    staged = _sort_rows(context, match.type, plans, body, converted, place)
    if not lacking and not reading.decisions and not reading.blocking:
        reading.staged = staged


def _shown_percent(plan: ColumnPlan, sheet: Sheet, body: Body) -> ColumnPlan:
    """Figures that the workbook shows as percentages are fractions: a proof where all of the column are shown so."""
    shown = sheet.percents.get(plan.letters, 0)
    if plan.index is None or not shown or plan.field.kind not in (kinds.RATE, kinds.SHARE):
        return plan
    figures = sum(1 for row in sheet.rows if row[plan.index].__class__ in (float, int))
    bare_texts = any(
        cell.__class__ is str and not cell.rstrip().endswith(("%", "％")) for cell in set(body.columns[plan.index])
    )
    return replace(plan, formatted="all" if shown >= figures and not bare_texts else "some")


def _compare_totals(context: Context, plans: Sequence[ColumnPlan], converted: Converted, body: Body) -> None:
    sheet, report = context.sheet, context.reading.report
    compared = compare_totals(plans, converted, body.totals, sheet.rows)
    report.totals = [each._replace(row=sheet.row_number(each.row)) for each in compared]
    if not context.reading.decisions:
        context.reading.problems += totals_problems(report.totals, plans, context.book.file, sheet.name)


def _sort_rows(
    context: Context,
    record_type: RecordType,
    plans: Sequence[ColumnPlan],
    body: Body,
    converted: Converted,
    place: Place,
) -> Staged:
    """Put every record row where it belongs: staged, rejected, or a repetition; the report accounts for all."""
    report, sheet = context.reading.report, context.sheet
    hollow = _hollow_rows(sheet, body, converted)
    seen = context.book.seen.setdefault(record_type.name, {}) if len(context.book.sheets) > 1 else None
    repeated = set(sort_duplicates(record_type, converted, place, seen))
    reject_broken_sets(record_type, plans, converted, place, repeated)
    report.blank_rows += len(hollow)
    report.repeated_rows += len(repeated)
    for position in sorted(converted.bad):
        row = place.rows[position]
        key = converted.columns[report.made_key][position] if report.made_key else ""
        report.rejected.append(RejectedRow(row, sheet.cells_of(row), tuple(converted.bad[position]), key))
    letters = {plan.field.name: plan.letters for plan in plans if plan.index is not None}
    source = Source(context.book.file, context.book.sha256, sheet.name, context.feed, letters)
    staged = Staged(record_type, source, list(place.rows), converted.columns, context.reading.counted)
    staged.taken = _taken(context, converted, repeated)
    staged.beside = {name: [_name(cell) for cell in body.columns[index]] for name, index in context.beside.items()}
    held = staged.only([position in converted.bad for position in range(len(place.rows))]) if converted.bad else None
    if converted.bad or repeated or hollow:
        out = converted.bad.keys() | repeated | hollow
        staged = staged.only([position not in out for position in range(len(place.rows))])
        staged.held = held
    report.staged = len(staged)
    report.control = control_totals(staged, report.mapped)
    if not report.staged and not report.rejected and not report.repeated_rows:
        context.reading.blocking.append(problem("no-rows", context.where, header_row=report.header_row))
    return staged


def _taken(context: Context, converted: Converted, repeated: set[int]) -> dict[str, int]:
    """Return how many equal rows went in before: without numbers, rows of an earlier sheet count among them."""
    taken, made_key = dict(context.reading.taken), context.reading.report.made_key
    if not made_key or not repeated:
        return taken
    for position in repeated:
        text = str(converted.columns[made_key][position]).rpartition("|")[0]
        taken[text] = taken.get(text, 0) + 1
    said = problem("equal-on-other-sheet", context.where, severity="warning", count=len(repeated))
    context.reading.notes.append(said)
    return taken


def _name(cell: object) -> str | None:
    return None if is_blank_cell(cell) else kinds.clean_text(str(cell))


def _hollow_rows(sheet: Sheet, body: Body, converted: Converted) -> set[int]:
    """Rows that only looked filled, with spaces: they are blank, not wrong."""
    hollow = {position for position in converted.bad if all(map(is_blank_cell, sheet.rows[body.rows[position]]))}
    for position in hollow:
        del converted.bad[position]
    return hollow
