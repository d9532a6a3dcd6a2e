"""Read sound documents as shapes, without pydantic: what is wrong anywhere is left to pydantic, which finds it all.

A reader takes a value of the document's tree (dict, list, str, None) and returns what its type makes of it, or raises
`ValueError`. It takes nothing that pydantic's model of the shape would not take, and makes the same of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from salescli.core.shape import Shape
from salescli.core.shape_marks import AfterValidator, FieldMark, PlainValidator, WithJsonSchema

Reader = Callable[[Any], Any]
S = TypeVar("S", bound=Shape)


class NotKnown(ValueError):
    """A type that only pydantic knows how to read."""


def read_shape(shape: type[S], value: Mapping[str, Any]) -> S:
    """Read a map as a shape.

    Raises:
        ValueError: it is not one (pydantic's `ValidationError`, which lists all that is wrong).
    """
    try:
        read: S = reader_of(shape)(value)
    except ValueError:
        from pydantic import TypeAdapter

        return TypeAdapter(shape).validate_python(value)
    return read


def reader_of(hint: Any) -> Reader:
    """Return the reader of a type.

    Raises:
        NotKnown: the type is one that only pydantic reads.
    """
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(parts[0], parts[1:])
    if origin in (Union, UnionType):
        kinds = [one for one in parts if one is not NoneType]
        if len(kinds) != 1:
            raise NotKnown(hint)
        return _or_none(reader_of(kinds[0]))
    if origin is Literal:
        return _literal(parts)
    if origin is tuple:
        return _tuple(parts)
    if origin is dict:
        return _dict(reader_of(parts[0]), reader_of(parts[1]))
    if hint is str:
        return _text
    if hint is Any:
        return _same
    if isinstance(hint, type) and issubclass(hint, Shape):
        return _shape_reader(hint)
    raise NotKnown(hint)


def _annotated(source: Any, marks: tuple[Any, ...]) -> Reader:
    """Apply marks from the first to the last, each to what the ones before it read."""
    reader: Reader | None = None
    for mark in marks:
        if isinstance(mark, WithJsonSchema):
            continue
        if isinstance(mark, PlainValidator):
            reader = mark.func
        elif isinstance(mark, AfterValidator):
            reader = _then(reader or reader_of(source), mark.func)
        elif isinstance(mark, FieldMark):
            reader = _then(reader or reader_of(source), mark.check)
        elif hasattr(mark, "reader"):
            reader = mark.reader(source, reader_of)
        else:
            raise NotKnown(mark)
    return reader or reader_of(source)


def _then(first: Reader, second: Reader) -> Reader:
    return lambda value: second(first(value))


def _or_none(reader: Reader) -> Reader:
    return lambda value: None if value is None else reader(value)


def _literal(choices: tuple[Any, ...]) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in choices:
            raise ValueError("unknown-choice")
        return value

    return read


def _tuple(parts: tuple[Any, ...]) -> Reader:
    if len(parts) == 2 and parts[1] is Ellipsis:
        item = reader_of(parts[0])
        return lambda value: tuple([item(one) for one in _list(value)])
    items = [reader_of(part) for part in parts]
    return lambda value: tuple([item(one) for item, one in zip(items, _list(value), strict=True)])


def _dict(key: Reader, item: Reader) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError("not-a-map")
        return {key(name): item(one) for name, one in value.items()}

    return read


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("not-a-list")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not-a-value")
    return value


def _same(value: Any) -> Any:
    return value


_shape_readers: dict[type[Shape], Reader] = {}


def _shape_reader(shape: type[Shape]) -> Reader:
    if shape not in _shape_readers:
        _shape_readers[shape] = _make_shape_reader(shape)
    return _shape_readers[shape]


def _make_shape_reader(shape: type[Shape]) -> Reader:
    """Return the reader of a shape; each key's own is made when the key is first met."""
    names = {field.alias or name: name for name, field in shape.model_fields.items()}
    required = {name for name, field in shape.model_fields.items() if field.is_required}
    readers: dict[str, Reader] = {}

    def read(value: Any) -> Shape:
        if isinstance(value, shape):
            return value
        if not isinstance(value, dict):
            raise ValueError("not-a-map")
        values: dict[str, Any] = {}
        for key, item in value.items():
            name = names.get(key)
            if name is None:
                raise ValueError("unknown-key")
            reader = readers.get(name)
            if reader is None:
                reader = readers[name] = reader_of(shape.model_fields[name].hint)
            values[name] = reader(item)
        if not required <= values.keys():
            raise ValueError("missing-key")
        return shape.build(values)

    return read
