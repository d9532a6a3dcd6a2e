"""JSON Schema of a policy shape, for editors that complete and check YAML while it is typed."""

from __future__ import annotations

from typing import Any

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(shape: Any, title: str = "") -> dict[str, Any]:
    """Return the JSON Schema of any shape: a `Shape` class, or anything pydantic has a schema for.

    The titles that pydantic makes of field names are left out: they repeat the key.
    """
    from pydantic import TypeAdapter

    schema = TypeAdapter(shape).json_schema(by_alias=True)
    cleaned = {key: _without_titles(value) for key, value in schema.items() if key != "title"}
    return {"$schema": DRAFT, **({"title": title} if title else {}), **cleaned}


def _without_titles(node: Any, *, is_map_of_names: bool = False) -> Any:
    """Drop generated titles; under `properties` and `$defs` the keys are names, and `title` is one of them."""
    if isinstance(node, list):
        return [_without_titles(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _without_titles(value, is_map_of_names=not is_map_of_names and key in ("properties", "$defs"))
        for key, value in node.items()
        if is_map_of_names or key != "title" or not isinstance(value, str)
    }
