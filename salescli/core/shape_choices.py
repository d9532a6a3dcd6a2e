"""Choices between shapes, made before reading, so that an error speaks of the chosen shape only.

pydantic's plain unions try every member and report the failures of all. Here the choice is made by what the
file says (`type: tiered`), by which key is there, or by the kind of the value (a text, a map, a list). The
marks that pydantic then puts into error locations carry a `=`-sign prefix, see `is_mark`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar, get_args

from salescli.core import dated
from salescli.core.scalars import TextRefused, looks_like_day, parse_day
from salescli.core.shape_faults import AT_KEY, Fault, fault, faults

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

T = TypeVar("T")
Reader: TypeAlias = Callable[[Any], Any]
ReaderOf: TypeAlias = Callable[[Any], Reader]
_MARK = "\x00choice="
_DAY_KEY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def is_mark(part: object) -> bool:
    """Say whether a part of an error location is the mark of a choice, and no key of the file."""
    return isinstance(part, str) and (part.startswith(_MARK) or part == AT_KEY)


def _choice(options: Mapping[str, CoreSchema], choose: Callable[[Any], str]) -> CoreSchema:
    """A union of which `choose` names the one member to read; it raises the fault where none fits."""
    marked = {_MARK + name: schema for name, schema in options.items()}

    def discriminate(value: Any) -> str:
        return _MARK + choose(value)

    def check(value: Any) -> Any:
        choose(value)
        return value

    from pydantic_core import core_schema

    union = core_schema.tagged_union_schema(marked, discriminate)
    return core_schema.no_info_before_validator_function(check, union)


class _Readers(dict[str, Reader]):
    """The readers of options, made when they are first chosen."""

    def __init__(self, options: Mapping[str, Any], reader_of: ReaderOf) -> None:
        super().__init__()
        self._options, self._reader_of = options, reader_of

    def __missing__(self, name: str) -> Reader:
        reader = self[name] = self._reader_of(self._options[name])
        return reader


def _chosen(options: Mapping[str, Any], choose: Callable[[Any], str], reader_of: ReaderOf) -> Reader:
    """Read a value by the option that `choose` names; as `_choice` does in pydantic."""
    readers = _Readers(options, reader_of)
    return lambda value: readers[choose(value)](value)


@dataclass(frozen=True)
class OneOf:
    """Read a map by the text of one key: `Annotated[Shape, OneOf("type", {"rate": RateShape, …})]`.

    `options` may be a function, for a registry that is filled later.
    """

    key: str
    options: Mapping[str, Any] | Callable[[], Mapping[str, Any]] = field(hash=False)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        options = self.options() if callable(self.options) else self.options
        return _choice(
            {name: handler.generate_schema(shape) for name, shape in options.items()}, self._chooser(options)
        )

    def reader(self, source: Any, reader_of: ReaderOf) -> Reader:
        """Return what reads a value without pydantic."""
        options = self.options() if callable(self.options) else self.options
        return _chosen(options, self._chooser(options), reader_of)

    def _chooser(self, options: Mapping[str, Any]) -> Callable[[Any], str]:
        def choose(value: Any) -> str:
            if not isinstance(value, dict):
                raise fault("not-a-map")
            if self.key not in value:
                raise fault("missing-key", key=self.key, choices=tuple(options))
            written = value[self.key]
            if not isinstance(written, str):
                raise fault("not-a-value", self.key)
            if written not in options:
                raise fault("unknown-choice", self.key, text=written, key=self.key, choices=tuple(options))
            return written

        return choose


@dataclass(frozen=True)
class OneOfKeys:
    """Read a map by which of some keys it has: `{"metric": MetricFactor, "grade_from": GradeFactor}`."""

    options: Mapping[str, Any] = field(hash=False)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _choice({name: handler.generate_schema(shape) for name, shape in self.options.items()}, self._choose)

    def reader(self, source: Any, reader_of: ReaderOf) -> Reader:
        """Return what reads a value without pydantic."""
        return _chosen(self.options, self._choose, reader_of)

    def _choose(self, value: Any) -> str:
        if not isinstance(value, dict):
            raise fault("not-a-map")
        found = [name for name in self.options if name in value]
        if not found:
            raise fault("one-of-keys-missing", choices=tuple(self.options))
        if len(found) > 1:
            raise faults(
                [Fault("keys-exclude-each-other", (key, AT_KEY), {"key": key, "other": found[0]}) for key in found[1:]]
            )
        return found[0]


@dataclass(frozen=True)
class ByKind:
    """Read a value by its kind: `Annotated[X | Y, ByKind(text=X, map=Y)]` for `amount` or `{attainment_of: …}`."""

    text: Any = None
    map: Any = None
    list: Any = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        shapes = {name: shape for name, shape in self._shapes().items() if shape is not None}
        return _choice({name: handler.generate_schema(shape) for name, shape in shapes.items()}, self._choose)

    def reader(self, source: Any, reader_of: ReaderOf) -> Reader:
        """Return what reads a value without pydantic."""
        return _chosen(self._shapes(), self._choose, reader_of)

    def _shapes(self) -> dict[str, Any]:
        return {"text": self.text, "map": self.map, "list": self.list}

    def _choose(self, value: Any) -> str:
        kind = kind_of(value)
        if self._shapes().get(kind) is None:
            raise fault(
                "wrong-kind", expected=tuple(name for name, shape in self._shapes().items() if shape is not None)
            )
        return kind


@dataclass(frozen=True)
class _Many:
    """Read one value, or a list of them, as a tuple."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        item = handler.generate_schema(get_args(source)[0])
        one = core_schema.no_info_after_validator_function(_alone, item)
        many = core_schema.tuple_variable_schema(item, min_length=1)
        return _choice({"one": one, "list": many}, lambda value: "list" if isinstance(value, list) else "one")

    def reader(self, source: Any, reader_of: ReaderOf) -> Reader:
        """Return what reads a value without pydantic."""
        item = reader_of(get_args(source)[0])

        def read(value: Any) -> tuple[Any, ...]:
            if not isinstance(value, list):
                return (item(value),)
            if not value:
                raise fault("empty-list")
            return tuple([item(one) for one in value])

        return read


@dataclass(frozen=True)
class DatedChoice:
    """Read one value for ever, or a map from the day each value begins on."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        value = handler.generate_schema(get_args(source)[0])
        always = core_schema.no_info_after_validator_function(dated.always, value)
        days = core_schema.dict_schema(core_schema.no_info_plain_validator_function(_read_day), value, min_length=1)
        changing = core_schema.no_info_after_validator_function(_in_order, days)
        return _choice({"always": always, "days": changing}, _choose_dated)

    def reader(self, source: Any, reader_of: ReaderOf) -> Reader:
        """Return what reads a value without pydantic."""
        item = reader_of(get_args(source)[0])

        def read(value: Any) -> dated.Dated[Any]:
            if _choose_dated(value) == "always":
                return dated.always(item(value))
            return _in_order({_read_day(day): item(one) for day, one in value.items()})

        return read

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        one = handler(schema["schema"]["choices"][_MARK + "always"])
        days = {
            "type": "object",
            "patternProperties": {_DAY_KEY: one},
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [one, days]}


def kind_of(value: object) -> str:
    """Return `map`, `list` or `text`."""
    return "map" if isinstance(value, dict) else "list" if isinstance(value, list) else "text"


def _choose_dated(value: object) -> str:
    return "days" if isinstance(value, dict) and any(looks_like_day(str(key)) for key in value) else "always"


def _read_day(text: object) -> date:
    try:
        return parse_day(str(text))
    except TextRefused as refused:
        raise fault(refused.name, **refused.values) from None


def _in_order(values: dict[date, T]) -> dated.Dated[T]:
    days = list(values)
    for first, second in pairwise(days):
        if second <= first:
            raise fault("days-not-in-order", second.isoformat(), AT_KEY, day=second, before=first)
    return dated.Dated(tuple(values.items()))


def _alone(value: T) -> tuple[T]:
    return (value,)


if TYPE_CHECKING:
    Dated: TypeAlias = dated.Dated[T]
    OneOrMany: TypeAlias = tuple[T, ...]
else:
    Dated = Annotated[dated.Dated[T], DatedChoice()]
    OneOrMany = Annotated[tuple[T, ...], _Many()]
