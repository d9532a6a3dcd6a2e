"""Read a policy document: text to a typed value, with all its problems at once and the place of everything."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from salescli.errors import Problem, ProblemsFound, Where
from salescli.policy.source import Source, read_source, source_of_bytes, source_of_text
from salescli.policy.tree import Plain, Tree, parse_tree

T = TypeVar("T")


@dataclass(frozen=True)
class Document(Generic[T]):
    """A policy file: its value (None where there is any error), its problems, its text and its places."""

    file: str
    value: T | None
    problems: tuple[Problem, ...]
    text: str
    sha256: str
    tree: Tree = field(repr=False)

    @property
    def plain(self) -> Plain:
        """The tree as it was written: dict, list and str."""
        return self.tree.root

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems without the notes."""
        return tuple(one for one in self.problems if one.severity == "error")

    def where(self, *path: str | int) -> Where:
        """Return the place of a key, or of an item of a list; of the nearest thing above it that was written."""
        for length in range(len(path), 0, -1):
            span = self.tree.keys.get(path[:length]) or self.tree.values.get(path[:length])
            if span is not None:
                return Where(self.file, span.line, span.column)
        return Where(self.file, 1, 1)

    def where_value(self, *path: str | int) -> Where:
        """Return the place of a value, which for `key: value` stands after the key."""
        span = self.tree.values.get(path)
        return Where(self.file, span.line, span.column) if span is not None else self.where(*path)

    def require(self) -> T:
        """Return the value.

        Raises:
            ProblemsFound: the document has errors.
        """
        if self.value is None:
            raise ProblemsFound(*self.problems)
        return self.value


def read_document(source: Path | str | bytes, shape: Any, file_name: str = "") -> Document[Any]:
    """Read a file (a Path), or a text or bytes already at hand, as a shape.

    Args:
        source: where the document is.
        shape: a `Shape`, or a type made of shapes.
        file_name: the name that problems show; a path as it was given where empty.
    """
    read = _source(source, file_name)
    tree = parse_tree(read.text, read.file) if _is_readable(read) else Tree(read.file, read.text)
    problems = [*read.problems, *tree.problems]
    value = None
    if tree.root is not None:
        value, shape_found = _shaped(tree, shape)
        problems += shape_found
    if any(one.severity == "error" for one in problems):
        value = None
    # Two looks at one slip, the text's and the shape's, may name it twice at the same place.
    unique = {(one.name, one.where): one for one in reversed(problems)}
    ordered = tuple(sorted(unique.values(), key=Problem.sort_key))
    return Document(read.file, value, ordered, read.text, read.sha256, tree)


def _source(source: Path | str | bytes, file_name: str) -> Source:
    if isinstance(source, Path):
        return read_source(source, file_name or source.as_posix())
    if isinstance(source, bytes):
        return source_of_bytes(source, file_name)
    return source_of_text(source, file_name)


def _is_readable(read: Source) -> bool:
    return all(one.severity != "error" for one in read.problems)


def _shaped(tree: Tree, shape: Any) -> tuple[Any, list[Problem]]:
    """Give the tree its types; where anything is wrong, pydantic finds all of it."""
    from salescli.core.shape_reading import reader_of

    with contextlib.suppress(ValueError):
        return reader_of(shape)(tree.root), []
    from pydantic import TypeAdapter, ValidationError

    from salescli.core.shape_models import SHAPES_SEEN
    from salescli.policy.shape_problems import shape_problems

    context: dict[str, Any] = {SHAPES_SEEN: {}}
    try:
        return TypeAdapter(shape).validate_python(tree.root, context=context), []
    except ValidationError as error:
        return None, shape_problems(tree, error.errors(include_url=False), context[SHAPES_SEEN])
