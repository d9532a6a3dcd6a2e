"""What a policy shape says beside its types, as light values: defaults, keys, readers, checks, words for editors.

They are named as pydantic names them and mean the same. `core.shape_reading` reads sound documents by them without
pydantic, and they tell pydantic what they are where it is asked (`core.shape_models`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

Check = TypeVar("Check", bound=Callable[..., Any])
REQUIRED: Any = object()
"""The default of a key that has none."""
_IS_CHECK = "_checks_a_shape"
_LIMITS: dict[str, Callable[[Any, Any], bool]] = {
    "min_length": lambda value, limit: len(value) >= limit,
    "ge": lambda value, limit: value >= limit,
    "le": lambda value, limit: value <= limit,
}
_PYDANTIC_LIMITS = {"min_length": "MinLen", "ge": "Ge", "le": "Le"}


@dataclass(frozen=True)
class FieldMark:
    """What `Field` says: of a key, its name in the file and its default; inside `Annotated`, its limits."""

    default: Any
    default_factory: Callable[[], Any] | None
    alias: str | None
    limits: tuple[tuple[str, Any], ...]

    __is_annotated_types_grouped_metadata__ = True

    def __iter__(self) -> Iterator[Any]:
        """Yield the limits as pydantic knows them."""
        import annotated_types

        for name, limit in self.limits:
            yield getattr(annotated_types, _PYDANTIC_LIMITS[name])(limit)

    def check(self, value: Any) -> Any:
        """Return a value within the limits.

        Raises:
            ValueError: it is not.
        """
        for name, limit in self.limits:
            if not _LIMITS[name](value, limit):
                raise ValueError(name)
        return value


def Field(  # noqa: N802
    default: Any = REQUIRED,
    *,
    default_factory: Callable[[], Any] | None = None,
    alias: str | None = None,
    **limits: Any,
) -> Any:
    """Say a key's default or written name (`= Field(alias="from")`), or limits (`Annotated[…, Field(ge=1)]`)."""
    unknown = set(limits) - set(_LIMITS)
    if unknown:
        raise TypeError(f"no such limit: {', '.join(sorted(unknown))}")
    return FieldMark(default, default_factory, alias, tuple(limits.items()))


@dataclass(frozen=True)
class PlainValidator:
    """Read a value by a function, whatever the type says."""

    func: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            self.func, json_schema_input_schema=core_schema.any_schema()
        )


@dataclass(frozen=True)
class AfterValidator:
    """Pass what has been read through a function."""

    func: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.func, handler(source))


@dataclass(frozen=True)
class WithJsonSchema:
    """What an editor is told of a value."""

    json_schema: dict[str, Any]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return self.json_schema.copy()

    def __hash__(self) -> int:
        return id(self)


def model_validator(*, mode: str) -> Callable[[Check], Check]:
    """Mark a method that looks at the whole of a shape once its keys are read: it raises faults, or returns it."""
    if mode != "after":
        raise TypeError("a shape is checked after its keys are read")

    def mark(check: Check) -> Check:
        setattr(check, _IS_CHECK, True)
        return check

    return mark


def is_check(value: object) -> bool:
    """Tell whether a class attribute is such a method."""
    return getattr(value, _IS_CHECK, False) is True
