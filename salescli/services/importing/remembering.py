"""What a person decided about a file, kept as a profile, so that next month's file of its name asks nothing.

Only what was decided goes in, never what recognition finds by itself. A profile that is there is extended: its entry
where one fits, a new entry where none does; what people wrote, and their comments, stay. It is written after the import
has been committed, and where it cannot be written, that is a note and no failure. Undoing the import leaves it: it says
how files are read, and nothing of what is in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salescli.core.records.file_names import feed_of_stem, pattern_of, specificity
from salescli.core.records.profile import FileProfile, Profile
from salescli.core.title import Title
from salescli.errors import Problem, Refused, Where, problem
from salescli.importers.opening.book import STDIN
from salescli.importers.result import FilesRead, SheetReading
from salescli.services.context import Context
from salescli.services.importing.decisions import decision_titles

if TYPE_CHECKING:
    from salescli.services.importing.files import ImportRequest

Aliases = Mapping[str, Mapping[str, str]]
Change = tuple[int | None, FileProfile]  # an entry by its place, or a new one, and what it says from now on

_NOT_SAFE = Title("无法在保留其余内容的前提下修改该文件", "the file cannot be edited without losing something of it")


@dataclass(frozen=True, slots=True)
class Remembered:
    """A profile that was written or extended: its name, its path as shown, and what it says from now on."""

    profile: str
    path: str
    decisions: tuple[Title, ...]


@dataclass(slots=True)
class _Own:
    """The profiles of the workspace and those that are shipped, by name, as they are on disk now."""

    context: Context
    own: dict[str, Profile] = field(default_factory=dict)
    shipped: dict[str, Profile] = field(default_factory=dict)

    def load(self) -> None:
        from salescli.policy.imports import read_profiles
        from salescli.policy.layers import WORKSPACE, policy_files

        files = policy_files(self.context.workspace.config, "imports")
        registry = self.context.store.registry
        self.own, _ = read_profiles([each for each in files if each.layer == WORKSPACE], registry)
        if not self.shipped:
            self.shipped, _ = read_profiles(policy_files(None, "imports"), registry)


def remember_decisions(
    context: Context, request: ImportRequest, read: FilesRead
) -> tuple[list[Remembered], list[Problem]]:
    """Write what was decided in an import that went in; return what was written, and what could not be."""
    by_file: dict[str, list[SheetReading]] = {}
    for each in read.sheets:
        if each.staged is not None and each.report.file != STDIN:
            by_file.setdefault(each.report.file, []).append(each)
    profiles = _Own(context)
    done: list[Remembered] = []
    notes: list[Problem] = []
    for path in request.paths:
        readings = by_file.get(path, [])
        used = request.read.of_file(path).profile
        aliases = _aliases_used(readings, request.read.aliases)
        is_lent = used is not None and not used.uses and request.is_profile_named
        if path == STDIN or not (aliases or is_lent or any(_additions(each) for each in readings)):
            continue
        profiles.load()
        found = _remember(profiles, path, readings, used, aliases)
        if isinstance(found, Problem):
            notes.append(found)
        elif found is not None:
            done.append(found)
    return _joined(done), notes


def _remember(
    profiles: _Own, path: str, readings: Sequence[SheetReading], used: Profile | None, aliases: Aliases
) -> Remembered | Problem | None:
    """Keep what was decided about one file; None where the profile says it already."""
    name, target = Path(path).name, _target(profiles, path, used)
    if target is None:
        return None
    changes = _changes(target, name, readings, is_bare=bool(target.uses))
    fresh = {kind: _news(pairs, target.aliases.get(kind, {})) for kind, pairs in aliases.items()}
    aliases = {kind: pairs for kind, pairs in fresh.items() if pairs}
    if not changes and aliases and target.entry_of_file(name) is None:
        changes = [(None, FileProfile(pattern_of(name)))]
    if not changes and not aliases:
        return None
    decisions = decision_titles([said for each in readings if (said := _additions(each))], aliases, target.uses)
    reason = _write(profiles, target, path, changes, aliases)
    if reason is not None:
        return _not_written(profiles, target, changes, aliases, reason)
    return Remembered(target.name, profiles.context.workspace.relative(Path(target.path)), decisions)


def _target(profiles: _Own, path: str, used: Profile | None) -> Profile | None:
    """Return the profile that shall say it: the one that was used, else the one of this source, else a new one."""
    if used is not None and used.name in profiles.own:
        return profiles.own[used.name]
    if used is not None:
        fitting = [each for each in profiles.own.values() if each.entry_of_file(Path(path).name)]
        if any(each.uses != used.name for each in fitting):
            return None  # another profile of theirs is meant for this file: theirs stays the only one
        name = f"{used.name}-own"
        return profiles.own.get(name) or _new(profiles, name, uses=used.name)
    feed = feed_of_stem(Path(path).stem)
    for each in profiles.own.values():
        if each.source == feed and not each.uses:
            return each
    return _new(profiles, feed)


def _new(profiles: _Own, name: str, uses: str = "") -> Profile:
    """Return an empty profile under a name and path that nothing has yet."""
    folder = profiles.context.workspace.config / "imports"
    slug = re.sub(r"[\\/:*?\"<>|\s]+", "-", name).strip("-.~ ") or "profile"
    taken = {*profiles.own, *profiles.shipped}
    count, chosen = 1, slug
    while (folder / f"{chosen}.yaml").exists() or chosen in profiles.shipped:
        count += 1
        chosen = f"{slug}-{count}"
    called = name if name not in taken else chosen
    return Profile(called, path=str(folder / f"{chosen}.yaml"), uses=uses, feed="" if called == name or uses else name)


def _additions(reading: SheetReading) -> FileProfile | None:
    """Return what was decided about a sheet and its entry does not say yet."""
    decided, entry = reading.decided, reading.entry
    said = FileProfile(
        "",
        sheet=decided.sheet if decided.sheet != entry.sheet else "",
        type=decided.type if decided.type != entry.type else "",
        encoding=decided.encoding if decided.encoding != entry.encoding else "",
        key=decided.key if decided.key != entry.key else (),
        complete=decided.complete if decided.complete != entry.complete else "",
        columns=_news(decided.columns, entry.columns),
        percents=_news(decided.percents, entry.percents),
        dates={
            header: fresh
            for header, orders in decided.dates.items()
            if (fresh := _news(orders, entry.dates.get(header, {})))
        },
    )
    return None if said == FileProfile("") else said


def _news(decided: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in decided.items() if said.get(key) != value}


def _changes(target: Profile, name: str, readings: Sequence[SheetReading], *, is_bare: bool) -> list[Change]:
    """Bring the decisions of all sheets of a file together: one entry, or one per sheet where they contradict."""
    groups: dict[int | None, list[tuple[str, FileProfile]]] = {}
    for each in readings:
        said = _additions(each)
        if said is not None:
            entry = target.entry(name, each.report.sheet)
            at = None if entry is None else next(i for i, one in enumerate(target.files) if one is entry)
            groups.setdefault(at, []).append((each.report.sheet, said))
    changes: list[Change] = []
    for at, members in groups.items():
        match = pattern_of(name) if at is None else target.files[at].match
        joined = members[0][1]
        for _, said in members[1:]:
            joined = said.over(joined)
        if all(said.over(joined) == joined for _, said in members):
            is_shared = at is not None and _is_broad(target.files[at])
            shared = replace(joined.over(target.files[at or 0]), match=pattern_of(name)) if is_shared else joined
            changes.append((None, shared) if is_shared else (at, replace(joined, match=match)))
            continue
        base = FileProfile(match) if at is None else target.files[at]
        changes += [(None, replace(said.over(base), match=match, sheet=sheet)) for sheet, said in members]
        if at is None:
            changes.append((None, base))  # beside it the other sheets are read as before
    if is_bare and not groups and target.entry_of_file(name) is None:
        changes.append((None, FileProfile(pattern_of(name))))
    return changes


def _is_broad(entry: FileProfile) -> bool:
    """Tell whether an entry is for files of any name: what is said of one gets an entry of its own upon it."""
    stem, dot, _ = entry.match.rpartition(".")
    return specificity(stem if dot else entry.match)[0] < 2 and "{date}" not in entry.match


def _write(profiles: _Own, target: Profile, path: str, changes: Sequence[Change], aliases: Aliases) -> Title | None:
    """Write the profile; return why that could not be."""
    from salescli.policy.imports import read_profile
    from salescli.services.atomic import write_file

    expected = _changed(target, changes, aliases)
    text = _text(profiles, target, expected, path, changes, aliases)
    if text is None:
        return _NOT_SAFE
    again, _ = read_profile(text, profiles.context.store.registry, target.path)
    if again is None or replace(again, path="") != replace(expected, path=""):
        return _NOT_SAFE
    try:
        write_file(Path(target.path), text.encode())
    except Refused as refused:
        reason = str(refused.problems[0].values["reason"])
        return Title(reason, reason)
    return None


def _changed(target: Profile, changes: Sequence[Change], aliases: Aliases) -> Profile:
    files = list(target.files)
    for at, entry in changes:
        if at is None:
            files.append(entry)
        else:
            files[at] = entry.over(files[at])
    joined = {kind: {**target.aliases.get(kind, {}), **aliases.get(kind, {})} for kind in {**target.aliases, **aliases}}
    return replace(target, files=tuple(files), aliases=joined)


def _text(
    profiles: _Own, target: Profile, expected: Profile, path: str, changes: Sequence[Change], aliases: Aliases
) -> str | None:
    """Return the file's new text: a new profile as a whole, an older one as it was with the changes in it."""
    from salescli.policy.profile_text import build_profile_text, extend_profile_text
    from salescli.policy.source import read_source

    if target.name not in profiles.own:
        said = Title(
            f"导入 {Path(path).name} 时的决定,由 salescli 写入;可自行修改。",
            f"What was decided when {Path(path).name} was imported; written by salescli, yours to change.",
        )
        return build_profile_text(expected, said.text(profiles.context.language))
    source = read_source(Path(target.path), target.path)
    return None if source.problems else extend_profile_text(source.text, changes, aliases)


def _not_written(
    profiles: _Own, target: Profile, changes: Sequence[Change], aliases: Aliases, reason: Title
) -> Problem:
    from salescli.policy.profile_text import entry_lines

    lines = [line.strip() for _, entry in changes for line in entry_lines(entry)]
    lines += [f"aliases: {kind}: {a}: {b}" for kind, pairs in aliases.items() for a, b in pairs.items()]
    where = Where(profiles.context.workspace.relative(Path(target.path)))
    return problem("profile-not-written", where, severity="note", reason=reason, lines=" · ".join(lines))


def _aliases_used(readings: Sequence[SheetReading], aliases: Aliases) -> dict[str, dict[str, str]]:
    """Return the accepted names that a file has use for: where a column refers to what is meant."""
    found: dict[str, dict[str, str]] = {}
    for reading in readings:
        staged = reading.staged
        for each in staged.type.given if staged is not None else ():
            pairs = aliases.get(each.ref or "", {})
            if staged is not None and pairs and each.name in staged.columns:
                there = set(staged.columns[each.name])
                used = {written: meant for written, meant in pairs.items() if meant in there or written in there}
                if used:
                    found.setdefault(str(each.ref), {}).update(used)
    return found


def _joined(done: Sequence[Remembered]) -> list[Remembered]:
    """Say a profile once, however many files of the command it learned from."""
    found: dict[str, Remembered] = {}
    for each in done:
        before = found[each.path].decisions if each.path in found else ()
        found[each.path] = replace(each, decisions=tuple(dict.fromkeys((*before, *each.decisions))))
    return list(found.values())
