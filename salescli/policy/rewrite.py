"""Change single keys of a policy's text and leave every other character as it is: comments, order, layout.

    rewrite(text, [(("people", "street_above"), "5%"), (("amount",), None)])   # sets one key, takes one out

A value is YAML on one line, as it is to stand in the file. A key that is not there yet comes after those that `order`
puts before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from salescli.policy.tree import Path, Tree, parse_tree

Change = tuple[Path, str | None]


def rewrite(text: str, changes: Sequence[Change], order: Sequence[str] = ()) -> str:
    """Return a policy's text with keys set (a value) or taken out (None), one after another.

    The text must be one that reads without a problem; a key to take out that is not there changes nothing.
    """
    for path, value in changes:
        tree = parse_tree(text, "")
        if value is None:
            text = _without(tree, path)
        elif path in tree.values:
            text = _replaced(tree, path, value)
        else:
            text = _added(tree, path, value, order)
    return text


def _replaced(tree: Tree, path: Path, value: str) -> str:
    start = tree.values[path].start
    if tree.text[tree.keys[path].end : start].strip(" ") not in (":", ":\t"):  # the value began on another line
        start = tree.text.index(":", tree.keys[path].end) + 1
        value = f" {value}"
    return tree.text[:start] + value + tree.text[_end(tree, path) :]


def _without(tree: Tree, path: Path) -> str:
    if path not in tree.values:
        return tree.text
    start, end, text = tree.keys[path].start, _end(tree, path), tree.text
    if _is_flow(tree, path[:-1]):
        after = text[end:].lstrip()
        if after.startswith(","):
            return text[:start] + after[1:].lstrip()
        return text[:start].rstrip().removesuffix(",") + text[end:]
    line = text.rfind("\n", 0, start) + 1
    following = text.find("\n", end)
    return text[:line] + ("" if following < 0 else text[following + 1 :])


def _added(tree: Tree, path: Path, value: str, order: Sequence[str]) -> str:
    above, key = path[:-1], str(path[-1])
    if above and above not in tree.values:
        return _added(tree, above, f"{{{key}: {value}}}", order)
    text = tree.text
    if _is_flow(tree, above):
        close = _end(tree, above) - 1
        head = text[:close].rstrip()
        return head + ("" if head.endswith("{") else ", ") + f"{key}: {value}" + text[close:]
    siblings = [name for name in tree.keys if len(name) == len(path) and name[:-1] == above]
    place = order.index(key) if key in order else len(order)
    before = [name for name in siblings if name[-1] in order and order.index(str(name[-1])) < place]
    last = max(before or siblings, key=lambda name: tree.keys[name].start)
    indent = " " * (tree.keys[siblings[0]].column - 1)
    following = text.find("\n", _end(tree, last))
    if following < 0:
        return f"{text}\n{indent}{key}: {value}\n"
    return f"{text[: following + 1]}{indent}{key}: {value}\n{text[following + 1 :]}"


def _is_flow(tree: Tree, path: Path) -> bool:
    span = tree.values.get(path)
    return span is not None and tree.text[span.start : span.start + 1] in ("{", "[")


def _end(tree: Tree, path: Path) -> int:
    """Where a value ends; a block of lines ends with the last value in it, not with the comments below."""
    below = [name for name in tree.values if len(name) == len(path) + 1 and name[:-1] == path]
    if not below or _is_flow(tree, path):
        return tree.values[path].end
    return max(_end(tree, name) for name in below)
