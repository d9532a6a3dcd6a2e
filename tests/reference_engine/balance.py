"""From earned to payable: draw, deductions, and what is left below zero. One state, one turn for each run."""

from dataclasses import dataclass
from fractions import Fraction

from tests.reference_engine.words import amount, day, half_away

ZERO = Fraction(0)


@dataclass
class State:
    """What the runs so far have left behind."""

    paid: Fraction = ZERO
    listed: Fraction = ZERO
    owed: Fraction = ZERO
    carried: Fraction = ZERO
    waiting: Fraction = ZERO


def settle_runs(world, nets):
    """Take the paid runs one after the other; `nets` is what each earned less what it kept."""
    opening = world.given.get("opening") or {}
    state = State(owed=amount(opening.get("owed") or 0), carried=amount(opening.get("carried") or 0))
    for number, net in enumerate(nets):
        _turn(world, state, world.first_paid + number, net)
    return state


def _turn(world, state, run, net):
    first, after = world.runs[run]
    payout = world.plan["payout"]
    draw = payout.get("draw")
    left = net + state.carried
    if draw:
        left = _draw(world, state, draw, run, net)
    for one in world.known("deductions"):
        if first <= day(one["date"]) < after:
            state.waiting += half_away(amount(one["amount"]), world.unit)
    if "deductions" in payout and left > 0:
        part = half_away(left * amount(payout["deductions"]["at_most"].split(" of ")[0]), world.unit)
        taken = min(state.waiting, part)
        state.waiting -= taken
        left -= taken
    state.paid += max(ZERO, left)
    below = min(ZERO, left)
    if payout["below_zero"] == "list":
        state.listed, state.carried = state.listed + below, ZERO
    else:
        state.carried = below


def _draw(world, state, draw, run, net):
    first, after = world.runs[run]
    begin = max(first, world.start)
    month = (begin.year - world.start.year) * 12 + begin.month - world.start.month + 1
    last = after.fromordinal(after.toordinal() - 1)
    is_time = first < world.end and ("for_months" not in draw or month <= int(draw["for_months"]))
    key = "tops_up_to" if "tops_up_to" in draw else "advance"
    top = half_away(world.money(draw[key], min(last, world.end)) * world.part("draw", world.runs[run]), world.unit)
    left = net + state.carried
    if key == "advance":
        return left - top if is_time else left
    recover = draw["recover"]
    if is_time and net < top:
        raised = top - max(ZERO, net)  # a clawback, of now or carried, is never topped up
        state.owed += raised if recover != "nothing" else ZERO
        left += raised
    elif recover != "nothing" and month >= int(draw["recover_from_month"]) and left > top:
        back = min(state.owed, half_away((left - top) * amount(recover.split(" of ")[0]), world.unit))
        state.owed -= back
        left -= back
    if first < world.end <= after and draw.get("at_plan_end") == "forgiven":
        state.owed = ZERO
    return left
