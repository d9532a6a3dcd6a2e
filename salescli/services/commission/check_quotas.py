"""A point of the list before closing: targets of the month whose children and parent do not add up."""

from __future__ import annotations

from salescli.core.title import Title
from salescli.errors import Refused
from salescli.messages import sentence
from salescli.reports.commission.checklist import Detail
from salescli.services.commission.check_state import Check
from salescli.services.quota.reconciling import reconcile_quota


def look_at_quotas(check: Check) -> None:
    """Attainment pays by targets: where they do not add up, somebody's may be wrong. Said only where they do not."""
    try:
        done = reconcile_quota(check.context, check.period)
    except Refused:  # no targets at all
        return
    for wrong in done.problems:
        said = Title(sentence(wrong, "zh"), sentence(wrong, "en"))
        check.details.append(Detail("quotas", str(wrong.values["metric"]), said, None, str(wrong.where)))
    if done.problems:
        said = Title("见 salescli quota reconcile", "see salescli quota reconcile")
        check.add("quotas", Title("目标不相符", "Targets that do not add up"), "look", said, len(done.problems))
