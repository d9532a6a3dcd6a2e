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

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from salescli.core.records.profile import FileProfile, Profile
from salescli.core.records.registry import Registry
from salescli.core.shape_marks import Field as ShapeField
from salescli.core.shapes import Count, Day, Name, Shape, Text, Title, YesNo
from salescli.errors import Problem, Where, problem
from salescli.policy.layers import PolicyFile
from salescli.policy.reader import Document, read_document

UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
_LAYOUT = re.compile(r"[^1-9]*0[^1-9]*[^0-9][^1-9]*0[^1-9]*|0{6}|0{8}")
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
        "map": "columns",
        "date": "dates",
        "layouts": "dates",
        "date_format": "date_order",
        "percentages": "percents",
        "full": "complete",
        "blanks": "blank",
        "since": "changes_from",
        "from": "changes_from",
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
    changes_from: Day | None = None
    unit: Unit = "元"
    round: Literal["", "4"] = ""
    null_tokens: tuple[Text, ...] | None = None
    key: tuple[Name, ...] = ()
    currency: Name = ""


class ProfileShape(Shape):
    """An import profile: one entry per kind of file, and accepted other names of records."""

    called = Title("导入配置", "an import profile")
    wrong_keys: ClassVar[Mapping[str, str]] = {
        "name": "profile",
        "base": "uses",
        "based_on": "uses",
        "extends": "uses",
        "alias": "aliases",
    }
    format: Count
    profile: Name
    uses: Name = ""
    feed: Name = ""
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
    return Profile(shape.profile, tuple(map(_file_profile, shape.files)), shape.aliases, path, shape.uses, shape.feed)


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
        changes_from=shape.changes_from.isoformat() if shape.changes_from else "",
        unit=UNITS[shape.unit],
        round_finer=shape.round == "4",
        null_tokens=shape.null_tokens,
        key=shape.key,
        currency=shape.currency,
        encoding=shape.encoding,
    )


def read_profiles(files: Sequence[PolicyFile], registry: Registry) -> tuple[dict[str, Profile], list[Problem]]:
    """Read all profiles, by name; a workspace's own one stands for the shipped one of its name."""
    profiles: dict[str, Profile] = {}
    layers: dict[str, int] = {}
    problems: list[Problem] = []
    for each in sorted(files, key=lambda one: (one.layer, one.name)):
        profile, found = read_profile(each.path, registry)
        problems += found
        if profile is None:
            continue
        if layers.get(profile.name) == each.layer:
            values = {"text": profile.name, "other": _shown(profiles[profile.name].path)}
            problems.append(Problem("profile-twice", Where(profile.path), values))
        profiles[profile.name], layers[profile.name] = profile, each.layer
    return profiles, problems


def check_uses(profile: Profile, every: Mapping[str, Profile]) -> list[Problem]:
    """What a profile is said upon must be there, and stand on its own."""
    base = every.get(profile.uses)
    if not profile.uses or (base is not None and not base.uses):
        return []
    known = sorted(name for name, each in every.items() if not each.uses)
    values = {"text": profile.uses, "nearest": _nearest(profile.uses, known), "known": known}
    return [Problem("unknown-profile", Where(profile.path), values)]


def narrowest(profiles: Iterable[Profile], file_name: str) -> list[Profile]:
    """Return the profiles that speak most narrowly of a file: none, the one, or several that cannot be told apart."""
    rated = [(narrow, each) for each in profiles if (narrow := each.narrowness(file_name)) is not None]
    best = max((narrow for narrow, _ in rated), default=None)
    return [each for narrow, each in rated if narrow == best]


def tie(fitting: Sequence[Profile], file_name: str) -> Problem:
    """Build the problem of several profiles that fit a file equally."""
    return problem(
        "profiles-tie",
        Where(file_name),
        names=[each.name for each in fitting],
        files=[_shown(each.path) for each in fitting],
        first=fitting[0].name,
    )


def _shown(path: str) -> str:
    """Name a profile's file by its place in a workspace: `config/imports/NAME.yaml`."""
    return "/".join(Path(path).parts[-3:])


def _check_names(document: Document[ProfileShape], shape: ProfileShape, registry: Registry) -> list[Problem]:
    """Types and fields that a profile names must be there."""
    found: list[Problem] = []
    for index, entry in enumerate(shape.files):
        found += _check_layouts(document, index, entry)
        if not entry.type:
            continue
        record_type = registry.find(entry.type)
        if record_type is None:
            where = document.where_value("files", index, "type")
            found.append(problem("unknown-type", where, text=entry.type, nearest=_nearest(entry.type, registry.names)))
            continue
        if entry.complete and not record_type.date:
            where = document.where_value("files", index, "complete")
            found.append(problem("complete-without-date", where, type=record_type.titles))
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


def _check_layouts(document: Document[ProfileShape], index: int, entry: FileShape) -> list[Problem]:
    """A layout is a date with zeros for its figures: `00/00/0000`."""
    return [
        problem("not-a-layout", document.where("files", index, "dates", header, layout), text=layout)
        for header, layouts in entry.dates.items()
        for layout in layouts
        if not _LAYOUT.fullmatch(layout)
    ]


def _unknown_field(where: object, name: str, type_name: str, names: Sequence[str]) -> Problem:
    return Problem("unknown-field", where, {"text": name, "type": type_name, "nearest": _nearest(name, names)})  # type: ignore[arg-type]


def _nearest(word: str, names: Sequence[str]) -> str:
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, list(names), scorer=fuzz.ratio, score_cutoff=60)
    return best[0] if best else ""
