"""YAML text to a plain tree of dict, list and str, with the place of every key and value.

No scalar is given a type: `500,000`, `0071` and `2026-01-01` stay the text that was typed. YAML's own traps
are problems here, before any shape is asked: duplicate keys, empty values, a comma that splits a number inside
`{}` or `[]`, a full-width comma between items, anchors, tags, several documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from salescli.errors import Problem, Where
from salescli.policy.syntax import full_width_keys, syntax_problems

Plain: TypeAlias = Any
"""dict[str, Plain], list[Plain], str, or None for an empty value (which is always reported)."""
Path: TypeAlias = tuple[str | int, ...]
DEEPEST = 40

_GROUP = re.compile(r"[0-9]{3}(?![0-9])")
_LIST_COMMAS = "，、"


class Span(NamedTuple):
    """Where a key or value stands: line and column from 1, and its slice of the text."""

    line: int
    column: int
    start: int
    end: int


@dataclass
class Tree:
    """A plain tree, the spans of its keys and values by path, and what is wrong with it as YAML.

    `spoiled` are the paths whose value is reported already: a shape need not complain again.
    """

    file: str
    text: str
    root: Plain = None
    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    spoiled: set[Path] = field(default_factory=set)

    def complain(self, name: str, span: Span, /, **values: object) -> None:
        """Note a problem at a span."""
        self.problems.append(Problem(name, Where(self.file, span.line, span.column), values))


class Node:
    """One value while the tree is built. `children` of a map alternate keys and values."""

    __slots__ = ("children", "flow", "kind", "plain", "span", "text")

    def __init__(self, kind: str, span: Span, text: str = "", *, plain: bool = False, flow: bool = False) -> None:
        self.kind = kind
        self.span = span
        self.text = text
        self.plain = plain
        self.flow = flow
        self.children: list[Node] = []

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was written here."""
        return self.plain and not self.text


def parse_tree(text: str, file: str) -> Tree:
    """Compose YAML. Any text gives a tree, if an empty one, and problems; nothing is raised."""
    tree = Tree(file, text)
    try:
        root = _compose(tree, _events(text))
    except Exception as error:  # whatever ruamel raises over a broken file is a syntax problem of that file
        tree.problems.extend(syntax_problems(text, file, error))
        return tree
    if root is None or root.is_empty:
        if not tree.problems:
            tree.complain("empty-policy", Span(1, 1, 0, 0))
    elif root.kind == "text" and (found := full_width_keys(text, file)):
        tree.problems.extend(found)
    else:
        tree.root = _plain(tree, root, ())
    return tree


def _events(text: str) -> Iterator[Any]:
    from ruamel.yaml import YAML

    # Events, not composed nodes: the resolver that would guess types is never run. Pure Python on purpose:
    # the C parser words its errors differently and is not installed everywhere.
    parsed: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
    return parsed


def _compose(tree: Tree, events: Iterator[Any]) -> Node | None:
    """Build nodes from parser events, without recursion."""
    root: Node | None = None
    open_nodes: list[Node] = []
    for event in events:
        kind = type(event).__name__
        if kind in ("MappingEndEvent", "SequenceEndEvent"):
            closed = open_nodes.pop()
            closed.span = closed.span._replace(end=event.end_mark.index)
            if closed.flow:
                _join_split_numbers(tree, closed)
            continue
        if kind == "DocumentStartEvent" and root is not None:
            tree.complain("several-documents", _span(event))
            return root
        node = _node_of(tree, event, kind)
        if node is None:
            continue
        if open_nodes:
            open_nodes[-1].children.append(node)
        else:
            root = node
        if node.kind != "text":
            if len(open_nodes) >= DEEPEST:
                tree.complain("nested-too-deep", node.span, limit=DEEPEST)
                return None
            open_nodes.append(node)
    return root


def _node_of(tree: Tree, event: Any, kind: str) -> Node | None:
    """Return the node that an event begins; None for events that carry no value."""
    if kind == "AliasEvent":
        span = _span(event)
        tree.complain("anchor-not-allowed", span, text=f"*{event.anchor}")
        return Node("text", span, event.anchor)
    if kind not in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent"):
        return None
    span = _span(event)
    if event.anchor:
        tree.complain("anchor-not-allowed", span, text=f"&{event.anchor}")
    if event.tag is not None:
        tree.complain("tag-not-allowed", span, text=tree.text[span.start : span.end].split(" ")[0].split("\n")[0])
    if kind == "ScalarEvent":
        return Node("text", span, event.value, plain=not event.style)
    return Node("map" if kind == "MappingStartEvent" else "list", span, flow=bool(event.flow_style))


def _span(event: Any) -> Span:
    start = event.start_mark
    return Span(start.line + 1, start.column + 1, start.index, event.end_mark.index)


def _plain(tree: Tree, node: Node, path: Path) -> Plain:
    """Turn a node into dict, list or str, noting spans and the problems of single nodes."""
    tree.values[path] = node.span
    if node.kind == "map":
        return _plain_map(tree, node, path)
    if node.kind == "list":
        return [_plain(tree, child, (*path, index)) for index, child in enumerate(_items(tree, node, path))]
    if node.is_empty:
        tree.complain("empty-value", node.span, key=path[-1] if path else "")
        tree.spoiled.add(path)
        return None
    _check_swallowed_lines(tree, node, path)
    return node.text


def _plain_map(tree: Tree, node: Node, path: Path) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for key, value in zip(node.children[0::2], node.children[1::2], strict=True):
        if key.kind != "text" or key.is_empty:
            tree.complain("key-not-text", key.span)
            continue
        here = (*path, key.text)
        if key.text in found:
            tree.complain("duplicate-key", key.span, key=key.text, first_line=tree.keys[here].line)
            continue
        tree.keys[here] = key.span
        if value.is_empty:
            # An empty value begins where the next thing does; its key is where people look.
            value.span = key.span
        if value.is_empty and key.plain and "：" in key.text:
            _complain_at(tree, key.span, "：", ": ")
            tree.spoiled.add(here)
            found[key.text] = None
        else:
            found[key.text] = _plain(tree, value, here)
    return found


def _items(tree: Tree, node: Node, path: Path) -> list[Node]:
    """Return the items of a list; in `[a，b]` the full-width comma has made one item of two."""
    for index, item in enumerate(node.children):
        if node.flow and item.plain:
            for sign in _LIST_COMMAS:
                if sign in item.text:
                    _complain_at(tree, item.span, sign, ", ")
                    tree.spoiled.add((*path, index))
                    break
    return node.children


def _check_swallowed_lines(tree: Tree, node: Node, path: Path) -> None:
    """Find `key：value` lines that an unquoted text over several lines has swallowed."""
    written = tree.text[node.span.start : node.span.end]
    if not node.plain or "：" not in written or "\n" not in written:
        return
    last = node.span.line + written.count("\n")
    found = [one for one in full_width_keys(tree.text, tree.file) if node.span.line <= one.where.line <= last]
    if found:
        tree.problems.extend(found)
        tree.spoiled.add(path)


def _complain_at(tree: Tree, span: Span, sign: str, ascii_sign: str) -> None:
    offset = tree.text.find(sign, span.start, span.end)
    at = span._replace(column=span.column + max(0, offset - span.start))
    tree.complain("full-width-punctuation", at, sign=sign, ascii=ascii_sign)


def _join_split_numbers(tree: Tree, node: Node) -> None:
    """Find `500,000` inside `{}` or `[]`, which YAML reads as 500 and a stray 000; join it and say so."""
    kept: list[Node] = []
    children = node.children
    for index, child in enumerate(children):
        if child.kind == "joined":
            continue
        last = _last_text(kept)
        first = child.children[0] if node.kind == "list" and child.kind == "map" and child.children else child
        if last is None or not _is_split(tree.text, last, first):
            kept.append(child)
            continue
        joined = f"{last.text},{first.text}"
        tree.complain("comma-in-flow", last.span, text=joined, safe=joined.replace(",", "_"))
        last.text = joined
        last.span = last.span._replace(end=first.span.end)
        if first is not child:
            # `[from 500,000: 5%]`: the text was the beginning of the key of the map that follows it.
            first.text, first.span = last.text, last.span
            kept[-1] = child
        elif node.kind == "map" and index % 2 == 0:
            _join_pair(kept, children[index + 1])
            children[index + 1].kind = "joined"
    node.children = kept


def _join_pair(kept: list[Node], value: Node) -> None:
    """After `{from 500,000: 5%}` was split in a key without value and `000: 5%`, give the key its value."""
    if kept and kept[-1].is_empty:
        kept[-1] = Node(value.kind, value.span, value.text, plain=value.plain, flow=value.flow)
        kept[-1].children = value.children


def _last_text(kept: list[Node]) -> Node | None:
    """Return the last thing that was written, which is the key where its value is empty."""
    for node in reversed(kept[-2:]):
        if not node.is_empty:
            return node if node.kind == "text" and node.plain else None
    return None


def _is_split(text: str, left: Node, right: Node) -> bool:
    between = text[left.span.end : right.span.start]
    return (
        between == ","
        and right.kind == "text"
        and right.plain
        and left.text[-1:].isdigit()
        and bool(_GROUP.match(right.text))
    )
