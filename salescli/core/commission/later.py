"""Keys that the engine knows and cannot compute yet: they are refused with their name and place, never ignored."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import ConfigDict, WithJsonSchema

from salescli.core.shapes import Name, Shape
from salescli.core.title import Title

Later: TypeAlias = Annotated[Any, WithJsonSchema({"description": "not supported yet"})]
"""A key whose value is taken as it is; `check.py` refuses it. Fields of this type default to None."""


class LaterComponent(Shape):
    """A component of a type that is known by name only."""

    model_config = ConfigDict(frozen=True, extra="allow", protected_namespaces=())
    called = Title("组件", "a component")
    type: Name
