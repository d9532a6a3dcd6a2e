"""What the command line says of an import, as one request."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from salescli.core.records.profile import Profile
from salescli.errors import Problem, ProblemsFound, UsageError, problem
from salescli.importers.book import STDIN
from salescli.importers.result import ReadOptions
from salescli.services.context import Context
from salescli.services.importing.files import ImportRequest
from salescli.store.merge import MergeOptions


def build_request(
    context: Context,
    files: Sequence[str],
    *,
    as_type: str = "",
    profile: str = "",
    sheet: str = "",
    dry_run: bool = False,
    all_or_nothing: bool = False,
    date_order: Any = "",
    percent: Any = "",
    key: str = "",
    maps: Sequence[str] = (),
    aliases: Sequence[str] = (),
    encoding: str = "",
    dated: str = "",
    prefer_file: bool = False,
    auto_key: bool = False,
    accept_dates: bool = False,
    accept_claims: bool = False,
    again: Literal["", "replaces", "adds"] = "",
    source: str = "",
    roster_month: str = "",
    remember: bool = True,
) -> ImportRequest:
    """Check and collect what was asked.

    Raises:
        UsageError: an option is ill-formed; a pattern that matches no file; all of them together.
    """
    wrong: list[Problem] = []
    paths = _expanded(files, wrong)
    mapped = _pairs("--map", maps, wrong)
    accepted = _aliases(aliases, wrong)
    if dated not in ("", "correct") and not _is_day(dated):
        wrong.append(problem("option-date", option="--changes-from", text=dated))
    if wrong:
        raise UsageError(*wrong)
    chosen = _profile(context, profile) if profile else _fitting(context, paths)
    read = ReadOptions(
        as_type=as_type,
        profile=chosen,
        sheet=sheet,
        encoding=encoding,
        date_order=date_order,
        percent=percent,
        keys=tuple(part.strip() for part in key.replace(",", ",").split(",") if part.strip()),
        maps=mapped,
        aliases=_with_profile(accepted, chosen),
        auto_key=auto_key,
        accept_dates=accept_dates,
        constants={"source": source} if source else {},
        today=context.today,
        base_currency=context.currency,
    )
    return ImportRequest(
        paths,
        read,
        MergeOptions(dated, prefer_file),
        dry_run,
        all_or_nothing,
        again=again,
        accept_claims=accept_claims,
        roster_month=roster_month,
        remember=remember,
    )


def expand_files(files: Sequence[str]) -> tuple[str, ...]:
    """Return the files that paths and patterns mean.

    Raises:
        UsageError: one of them means none.
    """
    wrong: list[Problem] = []
    found = _expanded(files, wrong)
    if wrong:
        raise UsageError(*wrong)
    return found


def _expanded(files: Sequence[str], wrong: list[Problem]) -> tuple[str, ...]:
    """Expand patterns ourselves: on Windows no shell does. Order is by name, each file once."""
    found: dict[str, None] = {}
    for text in files:
        if text == STDIN or Path(text).exists():
            found[text] = None
            continue
        found_here = glob.glob(text, recursive=True)  # noqa: PTH207 -- a pattern may be absolute
        matches = sorted(one for one in found_here if not Path(one).name.startswith(("~$", ".")))
        if not matches:
            wrong.append(problem("file-not-found", path=text, nearest=_nearest_file(text)))
        found.update(dict.fromkeys(matches))
    return tuple(found)


def _nearest_file(text: str) -> str:
    import difflib

    folder = Path(text).parent
    names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    near = difflib.get_close_matches(Path(text).name, names, 1, 0.6)
    return str(folder / near[0]) if near else ""


def _pairs(option: str, texts: Iterable[str], wrong: list[Problem]) -> dict[str, str]:
    found = {}
    for text in texts:
        left, equals, right = text.partition("=")
        if not (left.strip() and equals and right.strip()):
            wrong.append(problem("not-a-pair", option=option, text=text))
        found[left.strip()] = right.strip()
    return found


def _aliases(texts: Iterable[str], wrong: list[Problem]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for text in texts:
        type_name, colon, pair = text.partition(":")
        written, equals, meant = pair.partition("=")
        if not (type_name.strip() and colon and written.strip() and equals and meant.strip()):
            wrong.append(problem("not-an-alias", text=text))
        found.setdefault(type_name.strip(), {})[written.strip()] = meant.strip()
    return found


def _with_profile(accepted: Mapping[str, Mapping[str, str]], profile: Profile | None) -> dict[str, dict[str, str]]:
    merged = {name: dict(pairs) for name, pairs in (profile.aliases if profile else {}).items()}
    for name, pairs in accepted.items():
        merged.setdefault(name, {}).update(pairs)
    return merged


def _profile(context: Context, name: str) -> Profile:
    from salescli.policy.imports import read_profiles
    from salescli.policy.layers import policy_files

    profiles, problems = read_profiles(policy_files(context.workspace.config, "imports"), context.store.registry)
    if name not in profiles:
        if problems:
            raise ProblemsFound(*problems)
        import difflib

        near = difflib.get_close_matches(name, profiles, 1)
        raise UsageError(problem("unknown-profile", text=name, nearest=near[0] if near else "", known=sorted(profiles)))
    return profiles[name]


def _fitting(context: Context, paths: Sequence[str]) -> Profile | None:
    """Return the workspace's own profile for these files: what was decided once holds for the next month."""
    if not any(context.workspace.config.glob("imports/*.y*ml")):
        return None
    from salescli.policy.imports import find_profile
    from salescli.policy.layers import policy_files

    files = policy_files(context.workspace.config, "imports")
    for path in paths:
        profile, problems = find_profile(files, context.store.registry, Path(path).name)
        if errors := [each for each in problems if each.severity == "error"]:
            raise ProblemsFound(*errors)
        if profile is not None:
            return profile
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
