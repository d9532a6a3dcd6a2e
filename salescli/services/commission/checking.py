"""`commission check`: everything that a person should have looked at before a month is closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from salescli.core.periods import ONE_DAY, Period, month_of
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem
from salescli.reports.commission.checklist import Detail, build_checklist
from salescli.services.commission.check_approval import look_at_approval
from salescli.services.commission.check_by_hand import look_at_adjustments, look_at_disputes
from salescli.services.commission.check_claims import look_at_claims
from salescli.services.commission.check_credits import look_at_credits
from salescli.services.commission.check_managers import look_at_confirmations, look_at_pots
from salescli.services.commission.check_payments import look_at_payments
from salescli.services.commission.check_people import look_at_held, look_at_missing, look_at_people
from salescli.services.commission.check_quotas import look_at_quotas
from salescli.services.commission.check_remaining import look_at_remaining
from salescli.services.commission.check_special import look_at_special_terms
from salescli.services.commission.check_state import Check, sums_by_currency
from salescli.services.commission.posted import KIND, fetch_opening
from salescli.services.commission.running import check_month, compute_period
from salescli.services.commission.stored import find_run, load_payees
from salescli.services.commission.unpaid import credits_by_currency, fetch_unclaimed
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.store.lineage import fetch_data_through
from salescli.store.runs import closed_runs


@dataclass
class Checked:
    """The list; `may_close` tells whether nothing on it stops the closing."""

    report: Report
    may_close: bool
    problems: list[Problem] = field(default_factory=list)


def check_period(context: Context, period: Period) -> Checked:
    """Check a month before it is closed."""
    check_month(period)
    done = compute_period(context, period, with_lines=True)
    check = Check(context, period, done)
    look_at_all(check)
    known = known_line(context, [context.store.registry["receipt"]])
    report = build_checklist(period.label, check.items, check.details, context.currency, known, context.language)
    return Checked(report, not any(one.state == "stop" for one in check.items), done.problems)


def look_at_all(check: Check) -> None:
    """Put every point on the list; those at which this workspace stops are stops where they need a look."""
    for look in LOOKS:
        look(check)
    stops = check.context.workspace.settings.stop_at
    check.items[:] = [
        replace(one, state="stop") if one.state == "look" and one.name in stops else one for one in check.items
    ]


def _files(check: Check) -> None:
    """Receipts of the month are in, and reach its end."""
    context = check.context
    title = Title("回款数据", "Receipts")
    found = fetch_data_through(context.store, context.store.registry["receipt"])
    found_by = credits_by_currency(context, "receipts", check.period)
    amounts = sums_by_currency((code, amount) for (_, code), amount in found_by.items())
    if not found or found[1][:10] < check.period.start.isoformat():
        check.add("files", title, "look", Title("本月没有回款数据", "no receipts of this month"))
        return
    reached = date.fromisoformat(found[1][:10])
    short = (check.period.last_day - reached).days
    said = Title(f"数据到 {found[1][:10]}", f"data through {found[1][:10]}")
    check.add("files", title, "look" if short > 3 else "ok", said, None, amounts or {context.currency: Decimal(0)})


def _previous(check: Check) -> None:
    """The month before is closed."""
    title = Title("上月关账", "The month before")
    closed = closed_runs(check.context.store, KIND)
    before = month_of(check.period.start - ONE_DAY).label
    if check.period.label in closed:
        run = closed[check.period.label]
        check.add(
            "previous",
            title,
            "stop",
            Title(f"本月已关账(运行 #{run.id})", f"this month is closed already (run #{run.id})"),
        )
    elif before in closed:
        payees = load_payees(check.context, closed[before])
        paid = sums_by_currency((one.result.currency, one.result.payable) for one in payees)
        check.add(
            "previous",
            title,
            "ok",
            Title(f"{before} 已关账,应发合计见金额", f"{before} is closed; what it paid stands beside"),
            None,
            paid,
        )
    elif _is_later(check, list(closed)):
        check.add("previous", title, "stop", Title(f"{before} 还没有关账", f"{before} is not closed"))
    else:
        opening = fetch_opening(check.context.store)
        said = Title("首个关账月,没有期初表", "the first month closed, without an opening sheet")
        check.add(
            "previous",
            title,
            "ok" if opening else "look",
            Title("首个发放月,有期初", "the first month, with its opening") if opening else said,
        )


def _is_later(check: Check, closed: list[str]) -> bool:
    """Tell whether a month before this one is paid by salescli too."""
    opening = fetch_opening(check.context.store)
    return min(closed) < check.period.label if closed else opening is not None and opening.first < check.period.start


def _unclaimed(check: Check) -> None:
    """Receipts that reach no person."""
    title = Title("回款没有归属人", "Receipts that reach nobody")
    found = fetch_unclaimed(check.context, check.period).receipts
    for one in found:
        what = one.key if "|" not in one.key else f"{one.date}"
        said = Title(
            " ".join(filter(None, (one.customer, one.contract))), " ".join(filter(None, (one.customer, one.contract)))
        )
        check.details.append(Detail("unclaimed", what, said, one.amount, one.source, one.currency))
    amounts = sums_by_currency((one.currency, one.amount) for one in found)
    nobody = Title("不计入任何人", "in nobody's credit") if found else Title("没有", "none")
    check.add("unclaimed", title, "look" if found else "ok", nobody, len(found), amounts)


def _draft(check: Check) -> None:
    """The newest draft still says what is computed now; closing runs again anyway."""
    run = find_run(check.context, check.period)
    title = Title("最新草稿", "The newest draft")
    payable = sums_by_currency((one.result.currency, one.result.payable) for one in check.done.computed)
    if run is None:
        check.add("draft", title, "look", Title("还没有计算过", "never run"), None, payable)
        return
    kept = sums_by_currency((one.result.currency, one.result.payable) for one in load_payees(check.context, run))
    same = kept == payable
    said = Title(f"运行 #{run.id} 与现有数据一致", f"run #{run.id} agrees with what is known now")
    then, now = _said(kept, check.context.currency), _said(payable, check.context.currency)
    moved = Title(f"运行 #{run.id} 应发 {then},现为 {now}", f"run #{run.id} pays {then}, now it is {now}")
    check.add("draft", title, "ok" if same or run.state == "closed" else "look", said if same else moved, None, payable)


def _said(amounts: Mapping[str, Decimal], base: str) -> str:
    """Amounts in a sentence; the base currency alone needs no code."""
    if amounts.keys() <= {base}:
        return f"{amounts.get(base, Decimal(0)):,}"
    return " + ".join(f"{amount:,} {currency}" for currency, amount in sorted(amounts.items()))


LOOKS: tuple[Callable[[Check], None], ...] = (
    _previous,
    _files,
    _unclaimed,
    look_at_claims,
    look_at_credits,
    look_at_people,
    look_at_missing,
    look_at_special_terms,
    look_at_quotas,
    look_at_held,
    look_at_remaining,
    look_at_adjustments,
    look_at_disputes,
    look_at_confirmations,
    look_at_pots,
    look_at_payments,
    _draft,
    look_at_approval,
)
