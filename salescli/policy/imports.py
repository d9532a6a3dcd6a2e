"""`config/imports/NAME.yaml`: import profiles, read into the frozen values that the importers take.

```yaml
format: 1
profile: maven
files:
  - match: "sales_pipeline*.csv"
    type: deal
    columns: {opportunity_id: number}
aliases:
  product: {GTXPro: GTX Pro}
```
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field as ShapeField

from salescli.core.records.profile import FileProfile, Profile
from salescli.core.records.registry import Registry
from salescli.core.shapes import Count, Name, Shape, Text, Title, YesNo
from salescli.errors import Problem, problem
from salescli.policy.layers import WORKSPACE, PolicyFile
from salescli.policy.reader import Document, read_document

UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
Unit = Literal["元", "千元", "万元", "百万元", "亿元"]


class FileShape(Shape):
    """What holds for the files whose name matches a pattern."""

    called = Title("文件", "an entry of an import profile")
    wrong_keys: ClassVar[Mapping[str, str]] = {
        "name": "match",
        "file": "match",
        "as": "type",
        "null": "null_tokens",
        "keys": "key",
        "header": "header_row",
    }

    match: Name
    sheet: Name = ""
    type: Name = ""
    skip: YesNo = False
    header_row: Count = 0
    encoding: Name = ""
    columns: dict[str, Name] = ShapeField(default_factory=dict)
    ignore: tuple[Name, ...] = ()
    values: dict[str, dict[str, Text]] = ShapeField(default_factory=dict)
    constants: dict[str, Text] = ShapeField(default_factory=dict)
    date_order: Literal["", "ymd", "dmy", "mdy"] = ""
    percent: Literal["", "percent", "fraction"] = ""
    dates: dict[str, dict[str, Literal["ymd", "dmy", "mdy"]]] = ShapeField(default_factory=dict)
    percents: dict[str, Literal["percent", "fraction"]] = ShapeField(default_factory=dict)
    complete: Literal["", "month"] = ""
    blank: Literal["", "clear"] = ""
    changes_from: Name = ""
    unit: Unit = "元"
    round: Literal["", "4"] = ""
    null_tokens: tuple[Text, ...] | None = None
    key: tuple[Name, ...] = ()
    currency: Name = ""


class ProfileShape(Shape):
    """An import profile: one entry per kind of file, and accepted other names of records."""

    called = Title("导入配置", "an import profile")
    format: Count
    profile: Name
    files: Annotated[tuple[FileShape, ...], ShapeField(min_length=1)]
    aliases: dict[str, dict[str, Name]] = ShapeField(default_factory=dict)


def read_profile(
    source: Path | str | bytes, registry: Registry, file_name: str = ""
) -> tuple[Profile | None, list[Problem]]:
    """Read one profile and hold its types and fields against the registry; all problems at once."""
    document: Document[ProfileShape] = read_document(source, ProfileShape, file_name)
    found = list(document.problems)
    if document.value is None:
        return None, found
    found += _check_names(document, document.value, registry)
    if any(each.severity == "error" for each in found):
        return None, found
    return build_profile(document.value, document.file), found


def build_profile(shape: ProfileShape, path: str = "") -> Profile:
    """Return the frozen value of a profile that was read."""
    return Profile(shape.profile, tuple(map(_file_profile, shape.files)), shape.aliases, path)


def _file_profile(shape: FileShape) -> FileProfile:
    return FileProfile(
        match=shape.match,
        sheet=shape.sheet,
        type=shape.type,
        skip=shape.skip,
        header_row=shape.header_row,
        columns=shape.columns,
        ignore=shape.ignore,
        values=shape.values,
        constants=shape.constants,
        date_order=shape.date_order,
        percent=shape.percent,
        dates=dict(shape.dates),
        percents=dict(shape.percents),
        complete=shape.complete,
        blank=shape.blank,
        changes_from=shape.changes_from,
        unit=UNITS[shape.unit],
        round_finer=shape.round == "4",
        null_tokens=shape.null_tokens,
        key=shape.key,
        currency=shape.currency,
        encoding=shape.encoding,
    )


def read_profiles(files: Sequence[PolicyFile], registry: Registry) -> tuple[dict[str, Profile], list[Problem]]:
    """Read all profiles, by name."""
    profiles: dict[str, Profile] = {}
    problems: list[Problem] = []
    for each in files:
        profile, found = read_profile(each.path, registry)
        problems += found
        if profile is not None:
            profiles[profile.name] = profile
    return profiles, problems


def find_profile(
    files: Sequence[PolicyFile], registry: Registry, file_name: str
) -> tuple[Profile | None, list[Problem]]:
    """Return the workspace's profile whose pattern fits a file; shipped ones are used only where they are named."""
    own = [each for each in files if each.layer == WORKSPACE]
    profiles, problems = read_profiles(own, registry)
    fitting = [each for each in profiles.values() if each.entry_of_file(file_name) is not None]
    return (fitting[0] if fitting else None), problems


def _check_names(document: Document[ProfileShape], shape: ProfileShape, registry: Registry) -> list[Problem]:
    """Types and fields that a profile names must be there."""
    found: list[Problem] = []
    for index, entry in enumerate(shape.files):
        if not entry.type:
            continue
        record_type = registry.find(entry.type)
        if record_type is None:
            where = document.where_value("files", index, "type")
            found.append(problem("unknown-type", where, text=entry.type, nearest=_nearest(entry.type, registry.names)))
            continue
        names = [each.name for each in record_type.given]
        for header, name in entry.columns.items():
            if name not in names:
                where = document.where_value("files", index, "columns", header)
                found.append(_unknown_field(where, name, record_type.name, names))
        for part, fields in (("values", list(entry.values)), ("constants", list(entry.constants))):
            for name in fields:
                if name not in names:
                    where = document.where("files", index, part, name)
                    found.append(_unknown_field(where, name, record_type.name, names))
    for name in shape.aliases:
        if name not in registry:
            where = document.where("aliases", name)
            found.append(problem("unknown-type", where, text=name, nearest=_nearest(name, registry.names)))
    return found


def _unknown_field(where: object, name: str, type_name: str, names: Sequence[str]) -> Problem:
    return Problem("unknown-field", where, {"text": name, "type": type_name, "nearest": _nearest(name, names)})  # type: ignore[arg-type]


def _nearest(word: str, names: Sequence[str]) -> str:
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, list(names), scorer=fuzz.ratio, score_cutoff=60)
    return best[0] if best else ""


def build_profile_text(profile: Profile) -> str:
    """Write a profile as the YAML that reads back to it: what was decided for one file, kept for the next month."""
    lines = ["format: 1", f"profile: {_quoted(profile.name)}", "files:"]
    for each in profile.files:
        lines.append(f"  - match: {_quoted(each.match)}")
        lines += [f"    {line}" for line in _entry_lines(each)]
    if profile.aliases:
        lines.append("aliases:")
        for name, aliases in profile.aliases.items():
            lines += [f"  {name}:", *(f"    {_quoted(key)}: {_quoted(value)}" for key, value in aliases.items())]
    return "\n".join(lines) + "\n"


def _entry_lines(entry: FileProfile) -> list[str]:
    unit = next((name for name, worth in UNITS.items() if worth == entry.unit), "元")
    texts = {
        "sheet": entry.sheet,
        "type": entry.type,
        "encoding": entry.encoding,
        "date_order": entry.date_order,
        "percent": entry.percent,
        "unit": "" if unit == "元" else unit,
        "currency": entry.currency,
    }
    lines = [f"{key}: {_quoted(value)}" for key, value in texts.items() if value]
    lines += ["skip: yes"] if entry.skip else []
    lines += [f"header_row: {entry.header_row}"] if entry.header_row else []
    lines += ["round: 4"] if entry.round_finer else []
    lists = {"ignore": entry.ignore, "key": entry.key}
    lines += [f"{key}: [{', '.join(map(_quoted, values))}]" for key, values in lists.items() if values]
    if entry.null_tokens is not None:
        lines.append(f"null_tokens: [{', '.join(map(_quoted, entry.null_tokens))}]")
    for key, pairs in (("columns", entry.columns), ("constants", entry.constants)):
        lines += [f"{key}:", *(f"  {_quoted(a)}: {_quoted(b)}" for a, b in pairs.items())] if pairs else []
    if entry.values:
        lines.append("values:")
        for name, meanings in entry.values.items():
            lines += [f"  {name}:", *(f"    {_quoted(a)}: {_quoted(b)}" for a, b in meanings.items())]
    return lines


def _quoted(text: str) -> str:
    """A JSON string is a YAML string, whatever it holds."""
    import json

    return json.dumps(text, ensure_ascii=False)
