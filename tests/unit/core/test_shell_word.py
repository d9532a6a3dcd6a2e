"""What is printed to be pasted comes back from a POSIX shell as the one word that was meant."""

from __future__ import annotations

import shlex

import pytest

from salescli.core.quoting import shell_word
from salescli.core.records.date_kinds import MONTH
from salescli.core.records.kind import Bad, Reading


@pytest.mark.parametrize(
    "text",
    ["Employee ID=person", "Amount #2=net_stated", "Refund date,Refund amount", "O'Brien", "O'B = $1 `x` \\ !", ""],
)
def test_a_shell_reads_the_word_again(text: str) -> None:
    assert shlex.split(f"salescli {shell_word(text)}") == ["salescli", text]


@pytest.mark.parametrize("cell", ["2026-13", "2026-00", "Mai"])
def test_what_is_no_month_is_said_to_be_none(cell: str) -> None:
    found = MONTH.parse_cell(cell, Reading())
    assert isinstance(found, Bad) and found.name == "bad-month"
