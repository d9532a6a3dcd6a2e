"""From earned to payable: the table of the package's docs, and the laws of the state machine."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import salescli.core.commission as package
from salescli.core.commission.balance import NO_DRAW, DrawTurn, State, Turn, take_turn
from salescli.core.money import total

AMOUNT = Decimal(1000)
HALF = Decimal("0.5")
PHASES = {
    "none": NO_DRAW,
    "tops up": DrawTurn(AMOUNT, tops_up=True, rate=HALF),
    "recovers": DrawTurn(AMOUNT, recovers=True, rate=HALF),
    "guarantee": DrawTurn(AMOUNT, tops_up=True, is_owed=False),
    "advance": DrawTurn(AMOUNT, is_advance=True),
}


def table():
    text = (Path(package.__path__[0]) / "docs.md").read_text(encoding="utf-8")
    lines = text[text.index("| case | earned |") :].splitlines()
    rows = []
    for line in lines[2:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


@pytest.mark.parametrize("row", table(), ids=lambda row: row[0])
def test_the_table_of_the_docs_is_what_the_code_does(row):
    earned, owed, carried, waiting = map(Decimal, row[1:5])
    turn = Turn(earned, draw=PHASES[row[5]], deduct_at_most=Decimal("0.2"))
    found = take_turn(State(owed, carried, waiting), turn)
    state = found.state
    paid = (found.topped_up, found.recovered, found.deducted, found.payable)
    assert (*paid, state.owed, state.carried, state.waiting) == tuple(map(Decimal, row[6:]))


def test_the_table_has_every_phase():
    assert {row[5] for row in table()} == set(PHASES)


MONEY = st.integers(-500_000, 500_000).map(lambda cents: Decimal(cents).scaleb(-2))
TURNS = st.lists(
    st.builds(
        Turn,
        earned=MONEY,
        kept=MONEY,
        deductions=st.integers(0, 90_000).map(lambda cents: Decimal(cents).scaleb(-2)),
        draw=st.sampled_from(tuple(PHASES.values())),
        deduct_at_most=st.sampled_from([Decimal(0), Decimal("0.2"), Decimal(1)]),
        below_zero=st.sampled_from(["carry", "list"]),
    ),
    max_size=14,
)


@given(TURNS)
def test_nothing_is_lost_or_made(turns):
    """Paid + carried + listed = earned − kept + topped up − recovered − advanced − deducted, and every debt adds up."""
    state, found = State(), []
    for turn in turns:
        found.append(take_turn(state, turn))
        state = found[-1].state
        assert found[-1].payable >= 0 and state.owed >= 0 and state.waiting >= 0 and state.carried <= 0
        assert not (found[-1].payable and (state.carried or found[-1].listed)), "nobody is paid while a debt is carried"
    given_out = total(one.payable for one in found) + state.carried + total(one.listed for one in found)
    brought = total(turn.earned - turn.kept for turn in turns) + total(one.adjusted for one in found)
    assert given_out == brought
    topped = total(one.topped_up for one, turn in zip(found, turns, strict=True) if turn.draw.is_owed)
    assert state.owed == topped - total(one.recovered + one.forgiven for one in found)
    assert state.waiting == total(turn.deductions for turn in turns) - total(one.deducted for one in found)
