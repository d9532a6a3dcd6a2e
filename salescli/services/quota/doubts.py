"""What a split says beside its result: a role of the ramp that nobody has, two policies of one metric and year."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from salescli.errors import problem
from salescli.policy.layers import policy_files
from salescli.policy.targets import read_targets
from salescli.services.context import Context
from salescli.services.quota.figures import add_note
from salescli.services.quota.inputs import Gathered

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy
    from salescli.policy.reader import Document


def note_doubts(context: Context, document: Document[TargetsPolicy], policy: TargetsPolicy, gathered: Gathered) -> None:
    """Note what is no error, and still hardly meant."""
    _note_unknown_roles(context, document, policy, gathered)
    _note_rivals(context, document, policy)


def _note_unknown_roles(
    context: Context, document: Document[TargetsPolicy], policy: TargetsPolicy, gathered: Gathered
) -> None:
    roles = sorted({member.role for team in gathered.inputs.teams for member in team.members if member.role})
    for role in policy.people.ramp:
        if role not in roles:
            nearest = "".join(get_close_matches(role, roles, n=1, cutoff=0.5))
            where = document.where("people", "ramp", role)
            add_note(context, problem("ramp-role-unknown", where, role=role, nearest=nearest, severity="warning"))


def _note_rivals(context: Context, document: Document[TargetsPolicy], policy: TargetsPolicy) -> None:
    """Of two policies of one metric and year, the one that is accepted last ends the targets of the other."""
    for file in policy_files(context.workspace.config, "targets"):
        name = context.workspace.relative(file.path)
        other = None if name == document.file else read_targets(file.path, name).value
        if other is not None and (other.metric, other.for_year) == (policy.metric, policy.for_year):
            where = document.where_value("metric")
            values = {"metric": policy.metric, "year": policy.for_year, "file": name}
            add_note(context, problem("targets-rival", where, severity="warning", **values))
