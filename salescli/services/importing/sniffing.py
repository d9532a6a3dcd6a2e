"""What would be recognised in files, with the reasons: read as an import reads them, and nothing is written.

No workspace is needed. What an import would stop at is shown with the option that answers it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from salescli.core.records.model import RecordType
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem
from salescli.importers.held import Held, compare_types
from salescli.importers.names import Vocabulary, parse_header, text_of_cell
from salescli.importers.opening.book import STDIN
from salescli.importers.reading import read_files
from salescli.importers.result import FilesRead, ReadOptions, SheetReading
from salescli.messages import sentence
from salescli.reports.sniffing import ColumnSniffed, SheetSniffed, TypeHeld, build_sniff_report
from salescli.services.importing.counting import add_sums, count_rows
from salescli.services.importing.request import Ground, ToRead, as_typed

_LOOKED_AT = 30  # rows for an example of a column
_OPTIONS = {
    "key-needed": "--key {option}",
    "type-unclear": "--as {first}",
    "date-order-proposed": "--accept-dates",
    "date-order-unknown": "--date-order …",
    "percent-unproved": "--percent …",
    "column-missing": "--map {option}",
}


def sniff_files(ground: Ground, to_read: ToRead, said: Sequence[str] = ()) -> tuple[Report, FilesRead]:
    """Return what is recognised in files, and the reading with its problems and decisions.

    Args:
        ground: the types, and the profiles of a workspace.
        to_read: the files, and what was said of them.
        said: the options that were typed, for the command to type next.
    """
    read = read_files(to_read.paths, to_read.options, ground.registry)
    vocabulary = Vocabulary(ground.registry)
    sheets = tuple(_sheet(each, to_read.options, vocabulary, ground.config) for each in read.sheets)
    return build_sniff_report(sheets, _next(read, to_read, said)), read


def _sheet(reading: SheetReading, asked: ReadOptions, vocabulary: Vocabulary, config: Path | None) -> SheetSniffed:
    report, options = reading.report, asked.of_file(reading.report.file)
    maps = {**_names(reading.entry.columns), **_names(options.maps)}
    stem = "" if report.file == STDIN else Path(report.file).stem
    held = compare_types(report.header, vocabulary, report.sheet, stem, maps) if report.header else []
    kind = vocabulary.registry[report.type] if report.type else None
    chosen = next((each for each in held if kind is not None and each.match.type is kind), None)
    others = [each for each in held if each is not chosen and (each.score > 0 or chosen is None)][:3]
    profile = options.profile
    return SheetSniffed(
        file=report.file,
        name=Path(report.file).name,
        sheet=report.sheet,
        type=kind.titles if kind else None,
        type_name=report.type,
        chosen=_held(chosen) if chosen else None,
        others=tuple(_held(each) for each in others),
        stated=_stated(reading, options),
        columns=_columns(reading, options, vocabulary),
        counts=count_rows(report),
        header_row=report.header_row,
        encoding=report.encoding,
        delimiter=report.delimiter,
        unit=report.unit,
        profile=profile.name if profile else "",
        profile_path=_shown_path(profile.path, config) if profile else "",
        key=report.key or _own_key(kind, report.mapped),
        is_key_made=bool(report.key),
        needs_key=bool(kind and kind.pays),
        sums=add_sums(report),
    )


def _own_key(kind: RecordType | None, mapped: Mapping[str, str]) -> tuple[str, ...]:
    """Return the headers of the fields that make the key, where all of them are there."""
    return tuple(mapped[name] for name in kind.key) if kind and set(kind.key) <= mapped.keys() else ()


def _shown_path(path: str, config: Path | None) -> str:
    """Name a profile's file from the workspace's folder; one that is shipped has no name to people."""
    if config is None or not Path(path).is_relative_to(config):
        return ""
    return Path(path).relative_to(config.parent).as_posix()


def _names(columns: Mapping[str, str]) -> dict[str, str]:
    return {key: name for header, name in columns.items() for key in (header, parse_header(header).name)}


def _stated(reading: SheetReading, options: ReadOptions) -> str:
    """Say where the type was stated, where it was."""
    if options.as_type:
        return "--as"
    return "profile" if reading.entry.type else ""


def _held(one: Held) -> TypeHeld:
    missing = tuple(each.title for each in one.match.missing)
    return TypeHeld(
        one.match.type.name,
        one.match.type.titles,
        one.score,
        one.evidence,
        len(one.match.columns),
        missing,
        one.why_not,
    )


def _columns(reading: SheetReading, options: ReadOptions, vocabulary: Vocabulary) -> tuple[ColumnSniffed, ...]:
    """Say of each column which field it is and why, with an example, and how it is read."""
    report = reading.report
    fields = {header: name for name, header in report.mapped.items()}
    proposed = {
        str(each.values["header"]): (str(each.values["option"]), named)
        for each in reading.notes
        if each.name == "column-proposed" and isinstance(named := each.values["field"], Title)
    }
    kind = vocabulary.registry[report.type] if report.type else None
    found = []
    for index, header in enumerate(report.header):
        if not header:
            continue
        letters = _letters(report.first_column + index)
        name = fields.pop(header, "")
        title = vocabulary.registry[report.type][name].title if name else None
        if kind is not None and report.spread.get(header):
            name = kind.wide[1]
            title = kind[name].title
        how, option = (
            ("month" if report.spread.get(header) else _how(reading, options, vocabulary, header, name), "")
            if name
            else ("", "")
        )
        if not name and header in report.spread:
            how = "sum"
        elif not name and header in proposed:
            option, title = proposed[header]
            how = "proposed"
        found.append(
            ColumnSniffed(
                letters, header, name, title, how, option, _example(reading, index), _readings(reading, letters, header)
            )
        )
    return tuple(found)


def _how(reading: SheetReading, options: ReadOptions, vocabulary: Vocabulary, header: str, name: str) -> str:
    """Say by what a column is a field: an option, the profile, one of its titles, its name or an alias."""
    plain = parse_header(header).name
    for how, columns in (("--map", options.maps), ("profile", reading.entry.columns)):
        if _names(columns).get(header, _names(columns).get(plain)) == name:
            return how
    each = vocabulary.registry[reading.report.type][name]
    if plain in {parse_header(text).name for text in each.title}:
        return "title"
    return "name" if plain == parse_header(name).name else "alias"


def _letters(number: int) -> str:
    from salescli.importers.opening.sheet_scan import column_letters

    return column_letters(number)


def _example(reading: SheetReading, index: int) -> str:
    """Return the first filled cell of a column, as it is."""
    report = reading.report
    last = report.header_row + min(report.rows_below_header, _LOOKED_AT)
    for row in range(report.header_row + 1, last + 1):
        cells: tuple[Any, ...] = reading.cells_at(row) if reading.cells_at else ()
        if index < len(cells) and cells[index] is not None:
            return text_of_cell(cells[index])
    return ""


_READINGS = frozenset({"dates-proved", "dates-accepted", "unit-applied", "percents-proved"})
_WAITS = Title("待定,见下方的问题", "waits for a decision, see below")


def _readings(reading: SheetReading, letters: str, header: str) -> tuple[Title, ...]:
    """Say how the cells of a column are read: the layout of its dates with what proves it, its unit."""
    here = [each for each in reading.notes if each.where.cell.rstrip("0123456789") == letters]
    said = [Title(sentence(each, "zh"), sentence(each, "en")) for each in here if each.name in _READINGS]
    waits = any(each.where.cell == letters or header in _headers(each) for each in reading.decisions)
    return (*said, *([_WAITS] if waits else []))


def _headers(found: Problem) -> Sequence[str]:
    headers = found.values.get("headers", ())
    return headers if isinstance(headers, (list, tuple)) else ()


def _next(read: FilesRead, to_read: ToRead, said: Sequence[str]) -> tuple[str, ...]:
    """Return the import to type: what was typed here, and what it would ask for."""
    options = list(said)
    for each in (*read.decisions, *read.blocking):
        template = _OPTIONS.get(each.name, "")
        option = template.format(**each.values) if template and _has_values(template, each) else ""
        if option and option not in options and option.split()[0] not in options:
            options.append(option)
    files = " ".join(map(as_typed, to_read.paths))
    return (" ".join(["salescli import", files, *options]),)


def _has_values(template: str, found: Problem) -> bool:
    return all(found.values.get(name) for name in ("option", "first") if f"{{{name}}}" in template)
