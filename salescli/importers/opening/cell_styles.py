"""The cell styles of an .xlsx: which show figures as percentages, and which beside a currency or a unit."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from salescli.importers.opening.number_formats import Shown
from salescli.importers.opening.sheet_scan import note_format

_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_STYLES = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(r"<(?:\w+:)?xf\s([^>]*)>")
_PERCENTS = (9, 10)  # of the formats that every program knows


class Styles(NamedTuple):
    """The cell styles, by their numbers, that show percentages, and those that show a currency or a unit."""

    percents: frozenset[bytes]
    formats: Mapping[bytes, Shown]


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag."""
    return {name: html.unescape(first or second) for name, first, second in _ATTRIBUTE.findall(tag)}


def parse_styles(text: str) -> Styles:
    """Return the cell styles of `styles.xml` whose number format says something."""
    formats: dict[int, Shown | None] = dict.fromkeys(_PERCENTS)
    for tag in map(attributes, _FORMAT.findall(text)):
        note_format(formats, _number(tag), tag.get("formatCode", ""))
    block = _STYLES.search(text)
    numbers = [_number(attributes(tag)) for tag in _STYLE.findall(block[0])] if block else []
    known = {str(index).encode(): formats[number] for index, number in enumerate(numbers) if number in formats}
    shown = {style: each for style, each in known.items() if each is not None}
    return Styles(frozenset(known.keys() - shown.keys()), shown)


def _number(tag: Mapping[str, str]) -> int:
    number = tag.get("numFmtId", "")
    return int(number) if number.isdecimal() else -1


def figures_in(styles: Iterable[bytes]) -> re.Pattern[bytes]:
    """Return what finds the figures that have one of these styles: column, row, style."""
    return re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)" s="(' + b"|".join(sorted(styles)) + rb')"(?: t="n")?>')
