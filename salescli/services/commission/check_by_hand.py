"""Points of the list before closing that people write: adjustments that nobody approved, questions not answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salescli.core.title import Title
from salescli.errors import Problem
from salescli.messages import sentence
from salescli.reports.commission.adjusted import STATES, dated
from salescli.reports.commission.checklist import Detail, State
from salescli.services.commission.adjusting import fetch_adjustments
from salescli.services.commission.check_state import Check, sums_by_currency
from salescli.services.commission.disputing import waiting_disputes


def look_at_adjustments(check: Check) -> None:
    """Manual adjustments that are posted now and that nobody has approved; no point where none is posted."""
    posted = [(one, line) for one in check.done.computed for line in one.result.adjustments]
    refused = [each for each in check.done.problems if each.name.startswith("adjustment-")]
    if not posted and not refused:
        return
    title = Title("手工调整", "Manual adjustments")
    waiting = [(one, line) for one, line in posted if not line.approved_by and line.change != "removed"]
    for one, line in waiting:
        source = next((each.source for each in one.inputs.adjustments if each.key == line.key), "")
        said = Title(f"{one.payee.name} 未审批:{line.reason}", f"{one.payee.name}, not approved: {line.reason}")
        check.details.append(Detail("adjustments", line.key, said, line.amount, source, one.result.currency))
    check.details += _unpaid(check, refused)
    amounts = sums_by_currency((one.result.currency, line.amount) for one, line in posted)
    zh, en = [f"共 {len(posted)} 笔"], [f"{len(posted)} in all"]
    if waiting:
        zh, en = [*zh, f"{len(waiting)} 笔未审批"], [*en, f"{len(waiting)} not approved"]
    if refused:
        zh, en = [*zh, f"{len(refused)} 笔无法计入"], [*en, f"{len(refused)} that nobody is paid"]
    state: State = "look" if waiting or refused else "ok"
    check.add("adjustments", title, state, Title(",".join(zh), ", ".join(en)), len(waiting), amounts)


def _unpaid(check: Check, refused: Sequence[Problem]) -> Iterator[Detail]:
    """Yield the adjustments that no plan takes, each with why."""
    written = {one.adjustment.key: one for one in fetch_adjustments(check.context)} if refused else {}
    for each in refused:
        key = str(each.values.get("number", ""))
        said = Title(sentence(each, "zh"), sentence(each, "en"))
        one = written.get(key)
        amount, source = (None, "") if one is None else (one.adjustment.amount, one.adjustment.source)
        yield Detail("adjustments", key, said, amount, source, "" if one is None else one.currency)


def look_at_disputes(check: Check) -> None:
    """Questions that wait for an answer, of this month and of those before; no point where nobody asks."""
    waiting = [one for one in waiting_disputes(check.context) if one.month <= check.period.label]
    if not waiting:
        return
    for one in waiting:
        asked = dated(one.question, one.raised_on, one.raised_by)
        state = Title("", "") if one.state == "open" else STATES[one.state]
        zh, en = (f",{state.zh}但没有答复", f"; {state.en} without an answer") if state.en else ("", "")
        said = Title(f"{one.person} {one.month}:{asked}{zh}", f"{one.person}, {one.month}: {asked}{en}")
        check.details.append(Detail("disputes", one.key, said, None, one.source))
    words = Title("有疑问待答复", "questions wait for an answer")
    check.add("disputes", Title("提成疑问", "Disputes"), "look", words, len(waiting))
