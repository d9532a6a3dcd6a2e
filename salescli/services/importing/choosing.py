"""Which profile holds for which file: the one that was named, and the workspace's own ones by the files' names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from salescli.core.records.profile import Profile
from salescli.core.records.registry import Registry
from salescli.errors import Problem, ProblemsFound, UsageError, problem
from salescli.importers.opening.book import STDIN


def choose_profiles(
    config: Path | None, registry: Registry, paths: Sequence[str], named: str = ""
) -> tuple[Profile | None, dict[str, Profile]]:
    """Return the profile that was named, for all files, and by path those that fit a file by themselves.

    A workspace's own profile that is said upon the named one holds for its files; shipped ones only where named.

    Raises:
        UsageError: no profile is called so; several fit a file equally.
        ProblemsFound: a profile is wrong.
    """
    if not named and not (config and (any(config.glob("imports/*.y*ml")) or any(config.glob("imports.y*ml")))):
        return None, {}
    from salescli.policy.imports import narrowest, read_profiles, tie
    from salescli.policy.layers import WORKSPACE, policy_files

    files = policy_files(config, "imports")
    own, problems = read_profiles([each for each in files if each.layer == WORKSPACE], registry)
    _stop(problems)
    every = own
    if named or any(each.uses for each in own.values()):
        shipped, problems = read_profiles([each for each in files if each.layer != WORKSPACE], registry)
        _stop(problems)
        every = {**shipped, **own}
    chosen = _named(every, named)
    ties: list[Problem] = []
    found: dict[str, Profile] = {}
    for path in paths:
        name = Path(path).name
        fitting = [] if path == STDIN else narrowest(_candidates(own, named), name)
        if len(fitting) > 1:
            ties.append(tie(fitting, path))
        elif fitting:
            found[path] = _upon(fitting[0], every, name)
    if ties:
        raise UsageError(*ties)
    return chosen, found


def _candidates(own: Mapping[str, Profile], named: str) -> list[Profile]:
    return [each for each in own.values() if not named or named in (each.uses, each.name)]


def _named(every: Mapping[str, Profile], name: str) -> Profile | None:
    if not name:
        return None
    if name not in every:
        import difflib

        near = difflib.get_close_matches(name, every, 1)
        raise UsageError(problem("unknown-profile", text=name, nearest=near[0] if near else "", known=sorted(every)))
    return every.get(every[name].uses, every[name])


def _upon(profile: Profile, every: Mapping[str, Profile], file_name: str) -> Profile:
    """Return a profile as it holds: upon the one it uses, where it uses one."""
    if not profile.uses:
        return profile
    from salescli.policy.imports import check_uses

    _stop(check_uses(profile, every))
    return profile.over(every[profile.uses], file_name)


def _stop(problems: Sequence[Problem]) -> None:
    if errors := [each for each in problems if each.severity == "error"]:
        raise ProblemsFound(*errors)
