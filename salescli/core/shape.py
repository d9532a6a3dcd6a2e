"""The base of every policy shape: a frozen value whose class says what a map of a YAML file may hold.

A shape is declared like a pydantic model, and is none: pydantic costs more than most commands do. What is declared
is used twice. Sound documents are read by `core.shape_reading`; all that is wrong with the others is found by the
pydantic model that `core.shape_models` derives, and so is the JSON Schema for editors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from inspect import get_annotations
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar, get_args, get_origin, get_type_hints

from salescli.core.shape_marks import REQUIRED, FieldMark, is_check
from salescli.core.title import Title

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

S = TypeVar("S", bound="Shape")


class ShapeField:
    """One key of a shape: what the file calls it, its default, its type."""

    def __init__(self, name: str, owner: type[Shape], default: Any) -> None:
        mark = default if isinstance(default, FieldMark) else FieldMark(default, None, None, ())
        self.name, self.owner, self.mark = name, owner, mark
        self.alias = mark.alias
        self.is_required = mark.default is REQUIRED and mark.default_factory is None

    @cached_property
    def hint(self) -> Any:
        """Its type, with all that is said beside it."""
        return hints_of(self.owner)[self.name]

    @property
    def annotation(self) -> Any:
        """Its type alone."""
        return get_args(self.hint)[0] if get_origin(self.hint) is Annotated else self.hint

    def default(self) -> Any:
        """Return its value where the file is silent."""
        return self.mark.default if self.mark.default_factory is None else self.mark.default_factory()


def hints_of(shape: type[Shape]) -> dict[str, Any]:
    """Return the types of a shape's keys, which are texts until they are asked for."""
    held: dict[str, Any] | None = shape.__dict__.get("_hints")
    if held is None:
        held = get_type_hints(shape, include_extras=True)
        shape._hints = held
    return held


class Shape:
    """The base of every policy shape: frozen, no unknown keys, errors by name.

    `called` names the map in sentences ("`tresh` is not a key of a tiered component"). `wrong_keys` maps keys
    that people are known to write to the key that is meant; a meant key that this shape lacks is not offered.
    """

    called: ClassVar[Title] = Title("此处", "this map")
    wrong_keys: ClassVar[Mapping[str, str]] = {}
    model_fields: ClassVar[dict[str, ShapeField]] = {}
    model_fields_set: frozenset[str]
    _hints: ClassVar[dict[str, Any]]
    _checks: ClassVar[tuple[Callable[[Any], Any], ...]] = ()
    _common_wrong_keys: ClassVar[Mapping[str, str]] = {
        "end": "through",
        "to": "through",
        "until": "through",
        "start": "from",
        "since": "from",
        "name": "title",
    }

    def __init_subclass__(cls) -> None:
        fields = dict(cls.model_fields)
        for name, hint in get_annotations(cls).items():
            if name.startswith("_") or "ClassVar" in str(hint):
                continue
            fields[name] = ShapeField(name, cls, cls.__dict__.get(name, REQUIRED))
            if name in cls.__dict__:
                delattr(cls, name)  # only what was read has values
        cls.model_fields = fields
        cls._checks = (*cls._checks, *(value for value in cls.__dict__.values() if is_check(value)))

    def __init__(self, **values: Any) -> None:
        """Read keys as a file would say them."""
        from salescli.core.shape_reading import read_shape

        self.__dict__.update(read_shape(type(self), values).__dict__)

    @classmethod
    def build(cls: type[S], values: Mapping[str, Any]) -> S:
        """Return the shape of values that were read; the others have their defaults.

        Raises:
            FaultsFound: the keys do not go together.
        """
        shape = object.__new__(cls)
        held = shape.__dict__
        for name, field in cls.model_fields.items():
            held[name] = values[name] if name in values else field.default()
        held["model_fields_set"] = frozenset(values)
        for check in cls._checks:
            check(shape)
        return shape

    def model_copy(self: S, *, update: Mapping[str, Any]) -> S:
        """Return the shape with some values changed, unchecked."""
        copied = object.__new__(type(self))
        held = dict(zip(type(self).model_fields, self, strict=True))  # and not what was found out about the values
        copied.__dict__.update(held, **update, model_fields_set=self.model_fields_set | update.keys())
        return copied

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        return self is other or (
            type(self) is type(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))
        )

    def __hash__(self) -> int:
        return hash((type(self), *self))

    def __iter__(self) -> Iterator[Any]:
        """Yield the values in the order the keys are declared."""
        return (self.__dict__[name] for name in type(self).model_fields)

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={self.__dict__[name]!r}" for name in type(self).model_fields)
        return f"{type(self).__name__}({values})"

    @classmethod
    def shape_keys(cls) -> tuple[str, ...]:
        """Return the keys that the file may write, in the order they are declared."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @classmethod
    def meant_key(cls, written: str) -> str:
        """Return the key that a well-known wrong key stands for here, or ""."""
        meant = {**Shape._common_wrong_keys, **cls.wrong_keys}.get(written, "")
        return meant if meant in cls.shape_keys() else ""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from salescli.core.shape_models import schema_of

        return schema_of(cls, handler)
