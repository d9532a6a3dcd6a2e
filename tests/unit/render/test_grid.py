"""How a table gives way to a narrow screen: what is told apart stays so, amounts stay whole, sentences go on below."""

from __future__ import annotations

from decimal import Decimal

import pytest

from salescli.core.table import Column, Report, Table
from salescli.core.title import Title
from salescli.render import RenderOptions, render
from salescli.render.cells import cell_width, cut

CAUSE = Column("cause", Title("原因", "Cause"), wraps=True)
SOURCE = Column("source", Title("来源", "Source"))
PLANS = ("Americas account executives H1", "Americas account executives H2", "Manager plan")
LONG = "a late receipt R6004 of Ember Industries, credited otherwise (owner or team changed)"


def name(key: str) -> Column:
    return Column(key, Title(key, key))


def amount(key: str) -> Column:
    return Column(key, Title(key, key), "money")


def shown(columns, rows, width, language="en") -> list[str]:
    report = Report("one", Title("一", "One"), (Table("one", tuple(columns), tuple(rows)),))
    lines = render(report, "text", RenderOptions(language, width=width)).splitlines()
    assert all(cell_width(line) <= width for line in lines)
    return lines[1:]


@pytest.mark.parametrize("width", [60, 70, 80])
def test_two_plans_never_look_the_same(width):
    rows = [("Alice Moor", plan, Decimal("123456789012.34"), Decimal("1.00")) for plan in PLANS]
    rows.append(("Bob Quinn", PLANS[0], Decimal("1.00"), Decimal("1.00")))
    lines = shown((name("person"), name("plan"), amount("earned"), amount("payable")), rows, width)
    plans = {line[12:] for line in lines if line.startswith("Alice")}
    assert len(plans) == 3
    assert sum("123,456,789,012.34" in line for line in lines) == 3


def test_a_cause_goes_on_below_and_is_whole():
    rows = [("121", LONG, None), ("122", "its credits changed", None)]
    lines = shown((name("number"), CAUSE, SOURCE), rows, 60)
    assert "Source" not in lines[0], "an empty column gives up its width"
    assert " ".join(" ".join(lines[1:-1]).split()) == f"121 {LONG}"
    assert not any("…" in line for line in lines)


def test_an_empty_column_stays_where_there_is_room():
    assert "Source" in shown((name("number"), CAUSE, SOURCE), [("121", "short", None)], 60)[0]


@pytest.mark.parametrize("width", range(4, 40))
def test_an_amount_is_never_cut(width):
    text = "still open: carried below zero -1,565.17 EUR, kept 7,777.77"
    left = cut(text, width).rstrip("…").rstrip()
    assert text.startswith(left)
    assert left == text or text[len(left)] not in "0123456789.," or not left[-1:].isdigit()


def test_half_of_a_long_name_keeps_its_end():
    assert cut("欧洲客户主管方案下半年", 12, keep="both") == "欧洲客…半年"
