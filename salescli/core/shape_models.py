"""The pydantic model of a shape, derived from its declaration: it finds all that is wrong, and describes the shape."""

from __future__ import annotations

from functools import partial
from types import new_class
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationInfo, ValidatorFunctionWrapHandler
from pydantic import Field as ModelField
from pydantic_core import CoreSchema, core_schema

from salescli.core.shape import Shape, ShapeField
from salescli.core.shape_faults import fault

SHAPES_SEEN = "shapes"
"""Key of the validation context: which shape read which map, by the identity of the map."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=False, protected_namespaces=(), defer_build=True)


def schema_of(shape: type[Shape], handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return pydantic's schema of a shape: its model reads the map, the shape is built from what was read."""
    return core_schema.with_info_wrap_validator_function(
        partial(_read, shape), handler.generate_schema(_model_of(shape))
    )


_models: dict[type[Shape], type[BaseModel]] = {}


def _model_of(shape: type[Shape]) -> type[BaseModel]:
    if shape not in _models:
        _models[shape] = _derive(shape)
    return _models[shape]


def _derive(shape: type[Shape]) -> type[BaseModel]:
    namespace: dict[str, Any] = {
        "__module__": shape.__module__,
        "__qualname__": shape.__qualname__,
        "__doc__": shape.__dict__.get("__doc__"),
        "__annotations__": {name: field.hint for name, field in shape.model_fields.items()},
    }
    for name, field in shape.model_fields.items():
        namespace[name] = _default(field)
    return new_class(shape.__name__, (_Model,), exec_body=lambda held: held.update(namespace))


def _default(field: ShapeField) -> Any:
    if field.is_required:
        return ModelField(alias=field.alias)
    if field.mark.default_factory is not None:
        return ModelField(alias=field.alias, default_factory=field.mark.default_factory)
    return ModelField(field.mark.default, alias=field.alias)


def _read(shape: type[Shape], value: object, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Shape:
    """Read a map, noting which shape reads it, so that an unknown key is compared with the keys of its own shape."""
    if isinstance(value, shape):
        return value
    if not isinstance(value, dict):
        raise fault("not-a-map", of_en=shape.called.en, of_zh=shape.called.zh)
    if info.context is not None:
        info.context.setdefault(SHAPES_SEEN, {})[id(value)] = shape
    model = read(value)
    return shape.build({name: getattr(model, name) for name in shape.model_fields if name in model.model_fields_set})
