"""The point of the list before closing that somebody has approved the figures: where the workspace wants it."""

from __future__ import annotations

from salescli.core.title import Title
from salescli.services.commission.approving import approvals, lost_approval
from salescli.services.commission.check_state import Check
from salescli.services.commission.stored import find_run

APPROVAL = "approval"


def look_at_approval(check: Check) -> None:
    """The newest draft is approved; nothing is shown where nobody asks for it and nobody did."""
    run = check.done.run or find_run(check.context, check.period)
    by = approvals(check.context, run) if run is not None else []
    lost = lost_approval(check.context, run) if run is not None else None
    is_wanted = check.context.workspace.settings.close_needs == APPROVAL
    if not (is_wanted or by or lost):
        return
    title = Title("批准", "Approval")
    if by and run is not None:
        names = ", ".join(dict.fromkeys(event.by for event in by))
        check.add("approval", title, "ok", Title(f"运行 #{run.id}:{names}", f"run #{run.id}: {names}"))
        return
    said = Title("没有人批准过", "nobody has approved a draft")
    if lost is not None:
        who, number = lost.values["by"], lost.values["approved"]
        said = Title(
            f"{who} 批准的是运行 #{number},之后有变化", f"{who} approved run #{number}, which has changed since"
        )
    check.add("approval", title, "stop" if is_wanted else "look", said)
