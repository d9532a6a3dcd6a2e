"""A template filled in and read gives the values that were filled in, whatever the type, the form and the language."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from salescli.core.records import kinds
from salescli.core.records.model import Field, RecordType
from salescli.core.title import Language
from salescli.importers.reading import read_files
from salescli.importers.result import ReadOptions
from salescli.importers.writing.template import build_template, build_text_template, template_fields
from salescli.importers.writing.template_notes import choices_of
from tests.unit.importers.files import names, registry

TYPES = [each for each in registry().types if not each.internal]
TODAY = date(2026, 3, 31)
LETTERS = "甲乙丙丁戊港通物流abcdXYZ0123456789"

days = st.dates(date(2015, 1, 1), TODAY)
words = st.text(LETTERS, min_size=2, max_size=8).filter(lambda text: not text.isdigit())
figures = st.integers(-(10**11), 10**11)  # ten-thousandths
CURRENCIES = ("currency", "base", "quote")


def cells(each: Field, of: str) -> st.SearchStrategy[tuple[Any, Any]]:
    """Return pairs: what a person types into a cell of the field of a type, and what is stored for it."""
    kind = each.kind
    if each.name in CURRENCIES and not each.ref:
        return st.sampled_from([("CNY", "CNY"), ("USD", "USD"), ("美元", "USD"), ("eur", "EUR")])
    if each.choices:
        pairs = [
            (word, key)
            for language in ("zh", "en")
            for word, key in zip(choices_of(each, language), each.choices, strict=True)
        ]
        return st.sampled_from(pairs)
    if kind in (kinds.MONEY, kinds.QUANTITY):
        least = 0 if of == "refund" else -(10**11)  # a refund below zero is read as money given back
        return figures.map(lambda e4: max(e4, least)).map(lambda e4: (Decimal(e4) / 10_000, e4))
    if kind is kinds.WHOLE:
        return st.integers(0, 10**6).map(lambda one: (one, one))
    if kind is kinds.RATE:
        return st.integers(0, 100).map(lambda one: (f"{one}%", _plain(Decimal(one) / 100)))
    if kind is kinds.SHARE:
        return st.integers(0, 100).map(lambda one: (f"{one}%", one * 10_000))
    if kind is kinds.DECIMAL:
        return st.integers(0, 100).map(lambda one: (Decimal(one) / 10, _plain(Decimal(one) / 10)))
    if kind is kinds.DATE:
        return days.map(lambda day: (day, day.isoformat()))
    if kind is kinds.MOMENT:
        moments = st.builds(datetime.combine, days, st.times().map(lambda time: time.replace(microsecond=0)))
        return moments.map(lambda one: (one, one.isoformat(" ")))
    if kind is kinds.MONTH:
        return days.map(lambda day: (f"{day:%Y-%m}", f"{day:%Y-%m}"))
    if kind is kinds.PERIOD:
        shapes = st.sampled_from(["{:%Y-%m}", "{:%Y}", "{0:%Y}-Q{1}"])
        return st.builds(lambda day, shape: shape.format(day, (day.month + 2) // 3), days, shapes).map(
            lambda one: (one, one)
        )
    if kind is kinds.FLAG:
        return st.sampled_from([("是", 1), ("否", 0), ("yes", 1), ("no", 0)])
    if kind is kinds.ID or each.ref:
        return st.one_of(words, st.from_regex(r"0[0-9]{3,17}", fullmatch=True)).map(lambda text: (text, text))
    return words.map(lambda text: (text, text))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@st.composite
def records(draw: st.DrawFn, record_type: RecordType) -> tuple[list[Field], list[dict[str, tuple[Any, Any]]]]:
    """Draw a few records with different keys; what is not required may be blank."""
    fields = template_fields(record_type)
    rows = []
    for place in range(draw(st.integers(1, 4))):
        row = {}
        for each in fields:
            if each.required or each.name in record_type.key or draw(st.booleans()):
                row[each.name] = draw(cells(each, record_type.name))
        first = next(each for each in fields if each.name == record_type.key[0])
        if first.kind in (kinds.ID, kinds.TEXT, kinds.REFERENCE) and first.name not in CURRENCIES:
            row[first.name] = (f"{row[first.name][0]}-{place}",) * 2
        elif place:
            break
        rows.append(row)
    return fields, rows


def filled(kind: RecordType, language: Language, form: str, fields: Sequence[Field], rows: Sequence[Any]) -> bytes:
    """Fill a template in, as a person would."""
    table = [[row[each.name][0] if each.name in row else None for each in fields] for row in rows]
    if form == "csv":
        buffer = io.StringIO(build_text_template(kind, language), newline="")
        buffer.seek(0, io.SEEK_END)
        csv.writer(buffer).writerows(["" if cell is None else str(cell) for cell in line] for line in table)
        return buffer.getvalue().encode("utf-8-sig")
    book = load_workbook(io.BytesIO(build_template(kind, language)))
    page = book.worksheets[0]
    for at, line in enumerate(table, 2):
        for column, cell in enumerate(line, 1):
            if cell is not None:
                page.cell(at, column).value = cell
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("record_type", TYPES, ids=lambda each: each.name)
@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_filled_in_is_what_is_read(record_type: RecordType, form: str, data: Any, tmp_path: Path) -> None:
    fields, rows = data.draw(records(record_type))
    language: Language = data.draw(st.sampled_from(["zh", "en"]))
    path = tmp_path / f"填好.{form}"
    path.write_bytes(filled(record_type, language, form, fields, rows))
    found = read_files([path], ReadOptions(today=TODAY, base_currency="CNY"), registry())
    assert (names(found.blocking), names(found.decisions), names(found.problems)) == ([], [], [])
    (staged,) = found.staged
    assert staged.type is record_type and len(staged) == len(rows)
    for each in fields:
        expected = [row[each.name][1] if each.name in row else None for row in rows]
        assert staged.columns[each.name] == expected, each.name
