"""Versions of the targets in force: what a year has by its own months, and the words for revised ones in a footer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from salescli.core.quotas.result import Leaf, SplitResult
from salescli.core.quotas.versions import version_in_force
from salescli.core.title import Title
from salescli.errors import problem
from salescli.services.context import Context
from salescli.services.quota.figures import add_note
from salescli.services.quota.inputs import Directory
from salescli.services.quota.targets import TargetVersion, fetch_versions
from salescli.store.runs import closed_runs
from salescli.store.state import fetch_images


def newest_versions(
    context: Context, directory: Directory, months: Collection[str] | None, metric: str, where: str = ""
) -> list[TargetVersion]:
    """Return the newest version of each target of some months, whatever day it is; withdrawn ones are left out."""
    newest = (
        version_in_force(((one.since, one) for one in line), line[0].leaf.month, line[0].leaf.month)
        for _, line in sorted(fetch_versions(context, directory, months, metric, where).items())
    )
    return [one for one in newest if one is not None and not one.withdrawn]


def leaves_of(versions: Iterable[TargetVersion], currency: str) -> list[Leaf]:
    """Return the leaves of versions in a currency; all where there is none."""
    return [one.leaf for one in versions if currency in ("", one.currency)]


def revisions_from(
    context: Context, directory: Directory, metric: str, months: Sequence[str], month: str
) -> tuple[str, ...]:
    """Return the revisions of some months that begin with a month or later, by their first month."""
    lines = fetch_versions(context, directory, set(months), metric, "effective_from IS NOT NULL").values()
    return tuple(sorted({one.since for line in lines for one in line if one.since >= month}))


def version_words(context: Context, directory: Directory, metric: str, months: Sequence[str]) -> list[Title]:
    """Name the versions that the targets of some months are in, or will be in: since when, and why."""
    seen = f"{context.on:%Y-%m}"
    reasons: dict[str, set[str]] = {}
    for line in fetch_versions(context, directory, set(months), metric, "effective_from IS NOT NULL").values():
        for one in line:
            if one.since and one.since <= one.leaf.month:
                reasons.setdefault(one.since, set()).update({one.note} - {""})
    return [_words(since, sorted(why), since > seen) for since, why in sorted(reasons.items())]


def _words(since: str, reasons: Sequence[str], is_later: bool) -> Title:
    zh, en = (f":{'、'.join(reasons)}", f": {', '.join(reasons)}") if reasons else ("", "")
    if is_later:
        return Title(
            f"{since} 起另有修订版,到时生效{zh}", f"a revision takes effect from {since} on, not counted yet{en}"
        )
    return Title(f"目标自 {since} 起为修订版{zh}", f"revised from {since} on{en}")


def note_restatement(context: Context, result: SplitResult) -> None:
    """Say that an acceptance took the place of other targets: closed months that it reaches, revisions that stay."""
    add_note(context, problem("targets-restated", severity="warning"))
    closed = [label for label in closed_runs(context.store, "commission") if label in result.months]
    if closed:
        add_note(context, problem("restates-closed-months", closed=tuple(closed), severity="warning"))
    kind = context.store.registry["target"]
    revised = fetch_images(context.store, kind, "metric = ? AND effective_from IS NOT NULL", (result.metric,)).values()
    months = {str(image["effective_from"]) for image in revised if image["month"] in result.months}
    if months:
        add_note(context, problem("revisions-stay", months=tuple(sorted(months)), severity="warning"))
