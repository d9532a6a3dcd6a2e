"""`commission adjust` and `commission dispute`: one record each, written as any edit by hand, and undone like one."""

from __future__ import annotations

from dataclasses import dataclass

from salescli.core.periods import Period
from salescli.core.records.model import RecordType
from salescli.core.scalars import TextRefused, parse_amount
from salescli.errors import Problem, ProblemsFound, SalesCliError, problem
from salescli.services.commission.adjust_asked import settle_currency
from salescli.services.commission.adjusting import fetch_adjustments
from salescli.services.commission.running import check_month, compute_period
from salescli.services.context import Context
from salescli.services.record.editing import Edited, add_record
from salescli.store.batches import user_name
from salescli.store.entities import fetch_keys_after


@dataclass(frozen=True)
class AdjustRequest:
    """A manual adjustment as it is asked for; what is blank is found or left out."""

    person: str
    amount: str
    reason: str
    key: str = ""
    plan: str = ""
    component: str = ""
    currency: str = ""
    author: str = ""
    approved_by: str = ""
    dispute: str = ""


@dataclass(frozen=True)
class DisputeRequest:
    """A question about a month's commission."""

    person: str
    question: str
    key: str = ""
    component: str = ""
    transaction: str = ""
    raised_by: str = ""


def add_adjustment(context: Context, period: Period, asked: AdjustRequest, *, is_dry: bool = False) -> Edited:
    """Write a manual adjustment of a month; of a closed one it is posted in the open month.

    Raises:
        ProblemsFound: no reason, an amount of 0, no such plan, or anything that the record refuses; nothing is written.
        DecisionNeeded: several plans could take it.
    """
    check_month(period)
    if not asked.reason.strip():
        raise ProblemsFound(problem("adjustment-without-reason"))
    if _is_nothing(asked.amount):
        raise ProblemsFound(problem("adjustment-of-nothing"))
    currency = settle_currency(context, period, asked.person, asked.plan, asked.currency, asked.amount)
    cells = {
        "number": asked.key or _next_number(context, "adjustment", f"ADJ-{period.label}"),
        "person": asked.person,
        "plan": asked.plan,
        "component": asked.component,
        "month": period.label,
        "amount": asked.amount,
        "currency": currency,
        "reason": asked.reason,
        "author": asked.author or user_name(),
        "approved_by": asked.approved_by,
        "approved_on": context.today.isoformat() if asked.approved_by else "",
        "dispute": asked.dispute,
    }
    done = add_record(context, "adjustment", _texts(cells), is_dry=is_dry)
    if done.batch is not None:
        done.problems += _not_taken(context, period, cells["number"])
    return done


def add_dispute(context: Context, period: Period, asked: DisputeRequest, *, is_dry: bool = False) -> Edited:
    """Write a question about a month's commission.

    Raises:
        ProblemsFound: no question, or anything that the record refuses; nothing is written.
    """
    check_month(period)
    if not asked.question.strip():
        raise ProblemsFound(problem("dispute-without-question"))
    cells = {
        "number": asked.key or _next_number(context, "dispute", f"DSP-{period.label}"),
        "person": asked.person,
        "month": period.label,
        "component": asked.component,
        "transaction": asked.transaction,
        "question": asked.question,
        "raised_on": context.today.isoformat(),
        "raised_by": asked.raised_by,
        "state": "open",
    }
    return add_record(context, "dispute", _texts(cells), is_dry=is_dry)


def _texts(cells: dict[str, str]) -> list[str]:
    return [f"{name}={text}" for name, text in cells.items() if text]


def _is_nothing(text: str) -> bool:
    try:
        return not parse_amount(text.strip())
    except TextRefused:
        return False  # the record says what is wrong with it


def _next_number(context: Context, type_name: str, prefix: str) -> str:
    """Return the next free number of a month; numbers of records that were removed are not given again."""
    kind: RecordType = context.store.registry[type_name]
    tails = (key[len(prefix) + 1 :] for key in fetch_keys_after(context.store, kind, f"{prefix}-"))
    return f"{prefix}-{max((int(tail) for tail in tails if tail.isdigit()), default=0) + 1:02}"


def _not_taken(context: Context, period: Period, number: str) -> list[Problem]:
    """Say at once where nobody would be paid what was just written; without plans there is nothing to say yet."""
    people = frozenset(one.person for one in fetch_adjustments(context) if one.adjustment.key == number)
    try:
        done = compute_period(context, period, people=people)
    except SalesCliError:
        return []
    return [each for each in done.problems if each.values.get("number") == number]
