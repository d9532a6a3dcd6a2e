"""Points of the list before closing: credits that nobody is paid for, credits that several components pay, overlays."""

from __future__ import annotations

from salescli.core.title import Title
from salescli.reports.commission.checklist import Detail, State
from salescli.services.commission.check_state import Check, sums_by_currency
from salescli.services.commission.credit_totals import total_credits
from salescli.store.entities import labels


def look_at_credits(check: Check) -> None:
    """The totals, always: none of them is nothing to say."""
    plans = {one.plan.name: one.plan for one in check.done.computed}
    totals = total_credits(check.context, plans.values(), check.period)
    people = {person for one in totals for person in one.outside}
    names = labels(check.context.store, check.context.store.registry["person"], people)
    none = Title("没有", "none")
    nobody = [one for one in totals if one.unpaid]
    several = [one for one in totals if one.several]
    besides = [one for one in totals if one.overlay]
    for one in totals:
        metric = check.context.catalogue.get(one.metric).title
        for person, amount in sorted(one.outside.items(), key=lambda pair: names.get(pair[0], "")):
            said = Title(f"{metric.zh} 不在任何组件之内", f"{metric.en} outside every component")
            check.details.append(Detail("unpaid", names.get(person, ""), said, amount, "", one.currency))
        if one.house:
            said = Title("公司份额,或没有归属人", "the house's share, or nobody's")
            check.details.append(
                Detail("unpaid", metric.text(check.context.language), said, one.house, "", one.currency)
            )
    points = (
        ("unpaid", Title("无人计提的业绩", "Credits paid to nobody"), nobody, "unpaid",
         Title("公司、无方案或无组件", "the house's, without a plan, or outside every component")),
        ("several-paid", Title("多个组件计提的业绩", "Credits paid by several"), several, "several",
         Title("同一业绩有多个组件计提", "more than one component pays on them")),
        ("overlay", Title("另计的协同业绩", "Overlay credits"), besides, "overlay",
         Title("另行登记,不在合计之内", "declared besides, in no total")),
    )  # fmt: skip
    for name, title, found, figure, said in points:
        amounts = sums_by_currency((one.currency, getattr(one, figure)) for one in found)
        state: State = "look" if found and name != "overlay" else "ok"
        check.add(name, title, state, said if found else none, len(found), amounts)
