"""Types for policy shapes: what a key of a YAML file may hold, read from its text.

The scalars of a shape all arrive as text (the reader never lets YAML guess a type). The scalar types are here;
the base of shapes is in `core.shape`, choices between shapes are in `core.shape_choices`, and both are offered from
here too. An error is raised by the name of its problem (`fault`), for the reader to give it a sentence and a place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from salescli.core import scalars
from salescli.core.scalars import TextRefused
from salescli.core.shape import Shape
from salescli.core.shape_choices import ByKind, Dated, DatedChoice, OneOf, OneOfKeys, OneOrMany
from salescli.core.shape_faults import AT_KEY, Fault, fault, faults
from salescli.core.shape_marks import PlainValidator, WithJsonSchema
from salescli.core.title import Title

__all__ = [
    "AT_KEY",
    "Amount",
    "ByKind",
    "Count",
    "Dated",
    "DatedChoice",
    "Day",
    "Factor",
    "Fault",
    "Month",
    "Name",
    "OneOf",
    "OneOfKeys",
    "OneOrMany",
    "Rate",
    "Shape",
    "Step",
    "StepText",
    "Text",
    "Title",
    "TitleShape",
    "YesNo",
    "fault",
    "faults",
    "of_text",
    "parse_step",
]


def of_text(parse: Callable[[str], Any]) -> PlainValidator:
    """Turn a parser of `core.scalars` into a validator of one scalar."""

    def read(value: object) -> Any:
        if not isinstance(value, str):
            raise fault("not-a-value")
        try:
            return parse(value)
        except TextRefused as refused:
            raise fault(refused.name, **refused.values) from None

    return PlainValidator(read)


def _same(text: str) -> str:
    return text


def _scalar(pattern: str, description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "number"], "pattern": pattern, "description": description})


_AMOUNT_PATTERN = r"^[+-]?[0-9][0-9,_]*(\.[0-9]+)?\s*[千万亿]?$"
Amount: TypeAlias = Annotated[
    Decimal, of_text(scalars.parse_amount), _scalar(_AMOUNT_PATTERN, "an amount: 500,000, 500_000 or 50万")
]
Rate: TypeAlias = Annotated[
    Decimal,
    of_text(scalars.parse_rate),
    WithJsonSchema({"type": "string", "pattern": r"^[+-]?[0-9]+(\.[0-9]+)?\s*%$", "description": "a rate: 3%"}),
]
Factor: TypeAlias = Annotated[
    Decimal, of_text(scalars.parse_factor), _scalar(r"^[+-]?[0-9]+(\.[0-9]+)?$", "a plain number: 1.2")
]
Count: TypeAlias = Annotated[int, of_text(scalars.parse_count), _scalar(r"^[0-9]+$", "a whole number")]
Day: TypeAlias = Annotated[
    date,
    of_text(scalars.parse_day),
    WithJsonSchema({"type": "string", "format": "date", "description": "a date: 2026-01-31"}),
]
Month: TypeAlias = Annotated[
    date,
    of_text(scalars.parse_month),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])$", "description": "a month: 2026-03"}),
]
Name: TypeAlias = Annotated[
    str, of_text(scalars.parse_name), WithJsonSchema({"type": ["string", "number"], "description": "an identifier"})
]
Currency: TypeAlias = Annotated[
    str, of_text(scalars.parse_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})
]
Text: TypeAlias = Annotated[str, of_text(_same), WithJsonSchema({"type": ["string", "number"]})]
YesNo: TypeAlias = Annotated[
    bool,
    of_text(scalars.parse_yes_no),
    WithJsonSchema({"enum": ["yes", "no", "true", "false", "是", "否", True, False]}),
]


def _read_title(value: object) -> Title:
    if isinstance(value, Title):
        return value
    if isinstance(value, str):
        if not value.strip():
            raise fault("empty-text")
        return Title(value, value)
    if isinstance(value, dict):
        return _title_of_map(value)
    raise fault("not-a-value")


def _title_of_map(value: dict[str, object]) -> Title:
    wrong = [Fault("unknown-title-key", (key, AT_KEY), {"key": key}) for key in value if key not in ("zh", "en")]
    wrong += [Fault("not-a-value", (key,), {}) for key, text in value.items() if not isinstance(text, str | None)]
    texts = {key: text.strip() for key, text in value.items() if isinstance(text, str)}
    if not wrong and not any(texts.values()):
        wrong.append(Fault("empty-text", (), {}))
    if wrong:
        raise faults(wrong)
    zh, en = texts.get("zh", ""), texts.get("en", "")
    return Title(zh or en, en or zh)


TitleShape: TypeAlias = Annotated[
    Title,
    PlainValidator(_read_title),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
                    "minProperties": 1,
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
"""A name for people: `{zh: …, en: …}`, one of both, or a plain text for both."""

StepWord = Literal["from", "above", "at"]


@dataclass(frozen=True, slots=True)
class StepText:
    """One line of a table, `from 500,000: 5%`: its threshold typed, its value still the text that was written.

    `key` is the text of the key, the last part of the line's path in the document.
    """

    word: StepWord
    threshold: Decimal
    is_rate: bool
    text: str
    key: str


def parse_step(value: object, words: Sequence[str] = ("from", "above", "at")) -> StepText:
    """Read a one-key map such as `{"from 500,000": "5%"}`.

    Raises:
        FaultsFound: a fault at the key (`bad-step`, or what is wrong with the threshold) or at the value.
    """
    if not isinstance(value, dict) or len(value) != 1:
        raise fault("not-a-step", words=tuple(words))
    ((key, text),) = value.items()
    word, _, rest = key.partition(" ")
    threshold = rest.strip()
    if word not in words or not threshold:
        index = scalars.full_width_at(key)
        if index >= 0:
            raise fault(
                "full-width-punctuation", key, AT_KEY, sign=key[index], ascii=scalars.ascii_of(key[index]), text=key
            )
        raise fault("bad-step", key, AT_KEY, key=key, words=tuple(words))
    if not isinstance(text, str):
        raise fault("not-a-value", key)
    is_rate = threshold.endswith(("%", "％"))
    try:
        number = scalars.parse_rate(threshold) if is_rate else scalars.parse_amount(threshold)
    except TextRefused as refused:
        raise fault(refused.name, key, AT_KEY, **refused.values) from None
    return StepText(word, number, is_rate, text, key)


Step: TypeAlias = Annotated[
    StepText,
    PlainValidator(parse_step),
    WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "patternProperties": {r"^(from|above|at) \S.*$": {"type": ["string", "number"]}},
            "additionalProperties": False,
        }
    ),
]
"""One line of a table of tiers, as a `StepText`."""
