"""Import profiles as YAML: written anew, or extended where people have written theirs, with their comments kept."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from salescli.core.records.profile import FileProfile, Profile
from salescli.policy.imports import UNITS

_COMMENT = re.compile(r"(?:^|\s)(#.*)$", re.MULTILINE)


def build_profile_text(profile: Profile, comment: str = "") -> str:
    """Write a profile as the YAML that reads back to it: what was decided for one file, kept for the next month."""
    lines = [f"# {line}" for line in comment.splitlines()]
    lines += ["format: 1", f"profile: {_quoted(profile.name)}"]
    lines += [f"{key}: {_quoted(text)}" for key, text in (("uses", profile.uses), ("feed", profile.feed)) if text]
    lines.append("files:")
    for each in profile.files:
        lines.append(f"  - match: {_quoted(each.match)}")
        lines += [f"    {line}" for line in entry_lines(each)]
    if profile.aliases:
        lines.append("aliases:")
        lines += [f"  {line}" for line in _map_lines(profile.aliases)]
    return "\n".join(lines) + "\n"


def entry_lines(entry: FileProfile) -> list[str]:
    """Return the YAML lines of an entry, without its `match`."""
    lines: list[str] = []
    for key, value in entry_values(entry).items():
        if isinstance(value, Mapping):
            lines += [f"{key}:", *(f"  {line}" for line in _map_lines(value))]
        elif isinstance(value, str):
            lines.append(f"{key}: {value if key in _PLAIN else _quoted(value)}")
        else:
            lines.append(f"{key}: [{', '.join(map(_quoted, value))}]")
    return lines


_PLAIN = frozenset({"skip", "header_row", "round", "date_order", "percent", "complete", "blank", "changes_from"})


def entry_values(entry: FileProfile) -> dict[str, Any]:
    """Return what an entry says beyond its `match`, by the keys of the YAML: texts, lists and maps."""
    unit = next((name for name, worth in UNITS.items() if worth == entry.unit), "元")
    said: dict[str, Any] = {
        "sheet": entry.sheet,
        "type": entry.type,
        "skip": "yes" if entry.skip else "",
        "header_row": str(entry.header_row or ""),
        "encoding": entry.encoding,
        "date_order": entry.date_order,
        "percent": entry.percent,
        "unit": "" if unit == "元" else unit,
        "round": "4" if entry.round_finer else "",
        "currency": entry.currency,
        "complete": entry.complete,
        "blank": entry.blank,
        "changes_from": entry.changes_from,
        "key": entry.key,
        "ignore": entry.ignore,
        "columns": entry.columns,
        "dates": entry.dates,
        "percents": entry.percents,
        "constants": entry.constants,
        "values": entry.values,
    }
    found = {key: value for key, value in said.items() if value}
    return found if entry.null_tokens is None else {**found, "null_tokens": entry.null_tokens}


def _map_lines(values: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    for key, value in values.items():
        if isinstance(value, Mapping):
            lines += [f"{_key(key)}:", *(f"  {line}" for line in _map_lines(value))]
        else:
            lines.append(f"{_key(key)}: {_quoted(value)}")
    return lines


def _key(text: str) -> str:
    return text if re.fullmatch(r"[a-z][a-z_-]*", text) and text not in ("yes", "no", "true", "null") else _quoted(text)


def _quoted(text: str) -> str:
    """A JSON string is a YAML string, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def extend_profile_text(
    text: str,
    changes: Sequence[tuple[int | None, FileProfile]],
    aliases: Mapping[str, Mapping[str, str]],
) -> str | None:
    """Return a profile's text with entries extended or added, everything else and every comment as it was.

    Args:
        text: the file as it is.
        changes: (index of the entry, or None for a new one; what it says from now on beside what it said).
        aliases: other names to add, by type.

    Returns:
        None where the text cannot be edited without losing something.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        tree = yaml.load(text.replace("\r\n", "\n"))
        for index, entry in changes:
            if index is None:
                tree["files"].append({"match": _text(entry.match), **_values(entry_values(entry))})
            else:
                _put(tree["files"][index], _values(entry_values(entry)))
        if aliases:
            _put(tree, {"aliases": _values(aliases)})
        buffer = io.StringIO()
        yaml.dump(tree, buffer)
    except (YAMLError, KeyError, IndexError, TypeError, AttributeError, ValueError):
        return None
    written = buffer.getvalue()
    if "\r\n" in text:
        written = written.replace("\n", "\r\n")
    return written if _comments(text) == _comments(written) else None


def _comments(text: str) -> list[str]:
    return sorted(found.strip() for found in _COMMENT.findall(text))


def _put(tree: Any, values: Mapping[str, Any]) -> None:
    """Set the values in a map, into the maps that are there already."""
    for key, value in values.items():
        if isinstance(value, Mapping) and isinstance(tree.get(key), Mapping):
            _put(tree[key], value)
        else:
            tree[key] = value


def _values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        _text(key) if not re.fullmatch(r"[a-z][a-z_-]*", key) else key: _value(key, value)
        for key, value in values.items()
    }


def _value(key: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return _values(value)
    if isinstance(value, str):
        return value if key in _PLAIN and key not in ("header_row", "round") else _text(value)
    from ruamel.yaml.comments import CommentedSeq

    found = CommentedSeq(map(_text, value))
    found.fa.set_flow_style()
    return found


def _text(text: str) -> Any:
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    return DoubleQuotedScalarString(text)
