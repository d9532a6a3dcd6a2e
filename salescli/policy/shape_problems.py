"""Errors of a shape to problems with a place: each named, at the key or value it is about, with a hint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from salescli.core.scalars import ascii_of, full_width_at
from salescli.core.shape_choices import is_mark
from salescli.core.shape_faults import AT_KEY, Fault, FaultsFound
from salescli.core.shapes import Shape
from salescli.errors import Problem, Where, problem
from salescli.policy.source import place_at
from salescli.policy.syntax import missing_space
from salescli.policy.tree import Path, Plain, Span, Tree

ShapesSeen = Mapping[int, type[Shape]]

_KIND_ERRORS = {
    "dict_type": "not-a-map",
    "model_type": "not-a-map",
    "list_type": "not-a-list",
    "tuple_type": "not-a-list",
    "string_type": "not-a-value",
    "too_short": "empty-list",
    "too_long": "too-many-items",
}
_LIMIT_ERRORS = {
    "greater_than": ("number-too-small", "gt"),
    "greater_than_equal": ("number-too-small", "ge"),
    "less_than": ("number-too-large", "lt"),
    "less_than_equal": ("number-too-large", "le"),
}
_TEXT_WHERE_MAP = {"not-a-map", "wrong-kind", "not-a-step", "not-a-list", "unknown-choice"}


def shape_problems(tree: Tree, errors: list[Any], seen: ShapesSeen) -> list[Problem]:
    """Return the problems of pydantic's errors over a tree, without those that only follow from another."""
    found = [(fault, is_key) for error in errors for fault, is_key in _faults_of(tree, error, seen)]
    kept = [(fault, is_key) for fault, is_key in found if not _is_spoiled(tree, fault.path)]
    misspelt = {
        (*fault.path[:-1], key)
        for fault, _ in kept
        if fault.name == "unknown-key"
        for key in [str(fault.values.get("nearest", ""))]
    }
    return [
        _placed(tree, fault, is_key)
        for fault, is_key in kept
        if not (fault.name == "missing-key" and (*fault.path, str(fault.values.get("key"))) in misspelt)
        and not (fault.name == "empty-list" and _value_at(tree.root, fault.path))  # its only item is the wrong one
    ]


def _faults_of(tree: Tree, error: Any, seen: ShapesSeen) -> Iterator[tuple[Fault, bool]]:
    """Yield the faults of one error with absolute paths, and whether they are about the key itself."""
    path: Path = tuple(part for part in error["loc"] if not is_mark(part))
    is_key = error["loc"][-1:] == (AT_KEY,)
    kind = error["type"]
    context = error.get("ctx", {})
    raised = context.get("error")
    if isinstance(raised, FaultsFound):
        for fault in raised.faults:
            below = tuple(part for part in fault.path if part != AT_KEY)
            whole = Fault(fault.name, (*path, *below), dict(fault.values))
            yield _completed(tree, whole, seen), is_key or below != fault.path
    elif kind == "extra_forbidden":
        yield _unknown_key(tree, path, seen), True
    elif kind == "missing" and isinstance(path[-1], int):
        yield Fault("too-few-items", path[:-1], {}), False
    elif kind == "missing":
        yield _completed(tree, Fault("missing-key", path[:-1], {"key": path[-1]}), seen), False
    else:
        yield _of_pydantic(kind, path, context, error), is_key


def _of_pydantic(kind: str, path: Path, context: Mapping[str, Any], error: Any) -> Fault:
    """Name an error that pydantic itself raised."""
    text = error["input"] if isinstance(error["input"], str) else ""
    if kind == "literal_error" and not isinstance(error["input"], str):
        return Fault("not-a-value", path, {})
    if kind in ("literal_error", "enum"):
        choices = re.findall(r"'([^']*)'", str(context["expected"]))
        return _choice(Fault("unknown-choice", path, {"text": text, "choices": tuple(choices), "key": _key_of(path)}))
    if kind in _KIND_ERRORS:
        return Fault(_KIND_ERRORS[kind], path, {"text": text})
    if kind in _LIMIT_ERRORS:
        name, limit = _LIMIT_ERRORS[kind]
        return Fault(name, path, {"text": text, "limit": context[limit]})
    return Fault("unfit-value", path, {"text": text, "reason": error["msg"]})


def _completed(tree: Tree, fault: Fault, seen: ShapesSeen) -> Fault:
    """Give a fault the values that only the tree knows: the text that was written, the map it is in."""
    values = {"text": "", **fault.values}
    value = _value_at(tree.root, fault.path)
    if isinstance(value, str) and not values["text"]:
        values["text"] = value
    if fault.name in ("missing-key", "unknown-key"):
        values = {**_of_shape(seen.get(id(value))), **values}
    completed = Fault(fault.name, fault.path, values)
    return _choice(completed) if fault.name == "unknown-choice" else completed


def _choice(fault: Fault) -> Fault:
    choices = cast("tuple[str, ...]", fault.values.get("choices", ()))
    near = nearest(str(fault.values.get("text", "")), choices)
    return Fault(fault.name, fault.path, {"nearest": near or "", **fault.values})


def _unknown_key(tree: Tree, path: Path, seen: ShapesSeen) -> Fault:
    key = str(path[-1])
    parent = _value_at(tree.root, path[:-1])
    shape = seen.get(id(parent))
    near = ""
    if shape is not None:
        unused = [name for name in shape.shape_keys() if name not in parent]
        # Far from all of them, the keys not written yet are the hint.
        near = shape.meant_key(key) or nearest(key, shape.shape_keys()) or "`, `".join(unused[:8])
    return Fault("unknown-key", path, {"key": key, "nearest": near, **_of_shape(shape)})


def _of_shape(shape: type[Shape] | None) -> dict[str, object]:
    called = shape.called if shape is not None else Shape.called
    return {"of_en": called.en, "of_zh": called.zh}


def nearest(written: str, known: tuple[str, ...] | list[str]) -> str:
    """Return the known word closest to a misspelt one, or ""."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(written, known, scorer=fuzz.ratio, processor=_comparable, score_cutoff=60)
    return str(best[0]) if best else ""


def _comparable(text: str) -> str:
    return text.lower().replace("_", "-")


def _placed(tree: Tree, fault: Fault, is_key: bool) -> Problem:
    """Find the place of a fault, and see whether a full-width sign or a missing space is what is behind it."""
    span = _span_of(tree, fault, is_key)
    hidden = _full_width(tree, fault, span, is_key) or _unspaced(tree, fault, span)
    if hidden is not None:
        return hidden
    values = {name: value for name, value in fault.values.items() if name != "offset"}
    return Problem(fault.name, Where(tree.file, span.line, span.column), values)


def _span_of(tree: Tree, fault: Fault, at_key: bool) -> Span:
    path = fault.path
    if at_key or fault.name == "missing-key" or _value_at(tree.root, path) is None:
        for length in range(len(path), 0, -1):
            if path[:length] in tree.keys and (length == len(path) or path[:length] not in tree.values):
                return tree.keys[path[:length]]
            if path[:length] in tree.values:
                return tree.values[path[:length]]
    for length in range(len(path), -1, -1):
        if path[:length] in tree.values:
            return tree.values[path[:length]]
    return Span(1, 1, 0, 0)


def _full_width(tree: Tree, fault: Fault, span: Span, at_key: bool) -> Problem | None:
    """A key or text that is refused and has a full-width sign in it was typed with the wrong keyboard."""
    value = _value_at(tree.root, fault.path)
    if fault.name == "missing-key" or not (at_key or isinstance(value, str)):
        return None
    written = tree.text[span.start : span.end]
    offset = full_width_at(written)
    if offset < 0:
        return None
    sign = written[offset]
    line, column = place_at(tree.text, span.start + offset)
    return problem("full-width-punctuation", Where(tree.file, line, column), sign=sign, ascii=ascii_of(sign))


def _unspaced(tree: Tree, fault: Fault, span: Span) -> Problem | None:
    if fault.name not in _TEXT_WHERE_MAP or not isinstance(_value_at(tree.root, fault.path), str):
        return None
    return missing_space(tree.text, tree.file, span.line)


def _is_spoiled(tree: Tree, path: Path) -> bool:
    return any(path[:length] in tree.spoiled for length in range(len(path) + 1))


def _value_at(root: Plain, path: Path) -> Plain:
    """Return what stands at a path, or None."""
    here = root
    for part in path:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return None
    return here


def _key_of(path: Path) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")
