"""No percentage is ever silently wrong by a hundred, and no unit is multiplied twice: columns with known truth."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from hypothesis import event, given
from hypothesis import strategies as st

from salescli.importers.result import SheetReading
from tests.unit.importers.files import csv_text, read, xlsx

Writing = Literal["sign", "percent", "fraction"]
WRITINGS = st.sampled_from(["sign", "percent", "fraction"])


def written(share: Decimal, writing: Writing) -> str:
    """A share as it is typed: 50%, 50, or 0.5."""
    percents = f"{share * 100:f}"
    percents = percents.rstrip("0").rstrip(".") if "." in percents else percents
    fraction = f"{share:f}"
    fraction = fraction.rstrip("0").rstrip(".") if "." in fraction else fraction
    return {"sign": percents + "%", "percent": percents, "fraction": fraction}[writing]


def read_rows(header: Sequence[str], rows: Sequence[Sequence[Any]], type_name: str, **options: Any) -> SheetReading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "表.csv"
        (sheet,) = read(path, csv_text([header, *rows]), as_type=type_name, **options).sheets
    return sheet


@st.composite
def wholes(draw: st.DrawFn) -> list[list[Decimal]]:
    """Shares of several contracts, in hundredths or finer; each set sums to one, now and then one does not."""
    step = draw(st.sampled_from([Decimal("0.01"), Decimal("0.005"), Decimal("0.1")]))
    parts = int(1 / step)
    sets = []
    for _ in range(draw(st.integers(1, 4))):
        count = draw(st.integers(1, 3))
        cuts = sorted(draw(st.lists(st.integers(1, parts), min_size=count - 1, max_size=count - 1)))
        edges = [0, *cuts, parts]
        sets.append([step * (last - first) for first, last in pairwise(edges)])
    return sets


@given(wholes(), st.lists(WRITINGS, min_size=1, max_size=2, unique=True), st.randoms(use_true_random=False))
def test_shares_of_wholes_are_never_wrong(sets: list[list[Decimal]], writings: list[Writing], random: Any) -> None:
    """All sets sum to 100 %, whatever way each cell is written: staged shares are the truth, or it is asked."""
    truth = [(f"HT-{at}", f"P{number}", share) for at, shares in enumerate(sets) for number, share in enumerate(shares)]
    used = [random.choice(writings) for _ in truth]
    rows = [[contract, who, written(share, how)] for (contract, who, share), how in zip(truth, used, strict=True)]
    sheet = read_rows(["合同编号", "人员", "比例"], rows, "credit-split")
    event(f"staged {sheet.staged is not None}, {'+'.join(sorted(set(used)))}")
    if sheet.staged is not None:
        assert sheet.staged.columns["share"] == [int(share * 1_000_000) for _, _, share in truth]
    else:
        assert [each.name for each in sheet.decisions] == ["percent-unproved"]
    bare = {how for how, (_, _, share) in zip(used, truth, strict=True) if how != "sign" and share}
    if len(bare) < 2:  # one way of writing bare figures: the sums prove it
        assert sheet.staged is not None


@given(st.lists(st.integers(0, 200), min_size=1, max_size=8), st.booleans(), WRITINGS, WRITINGS, st.data())
def test_rates_are_never_wrong(halves: list[int], is_tax: bool, one: Writing, other: Writing, data: Any) -> None:
    """A column of rates in one way of bare figures, with signs between them: the truth, or it is asked."""
    if {one, other} == {"percent", "fraction"}:
        other = "sign"
    truth = [Decimal(each) / (800 if is_tax else 200) for each in halves]
    used = [data.draw(st.sampled_from([one, other])) for _ in truth]
    name, rate = ("税率", "tax_rate") if is_tax else ("赢率", "probability")
    key = "合同编号" if is_tax else "商机编号"
    rows = [[f"N-{at}", "甲", 5, written(each, how)] for at, (each, how) in enumerate(zip(truth, used, strict=True))]
    sheet = read_rows([key, "客户", "金额", name], rows, "contract" if is_tax else "deal")
    event(f"staged {sheet.staged is not None}, {one} {other}")
    if sheet.staged is not None:
        assert list(map(Decimal, sheet.staged.columns[rate])) == truth
    bare = [each for each, how in zip(truth, used, strict=True) if how == "percent" and each]
    if "fraction" not in used and all(each * 100 > 1 for each in bare):
        assert sheet.staged is not None


@given(st.lists(st.integers(1, 100), min_size=1, max_size=6), st.lists(st.sampled_from(["%", "General"]), min_size=6))
def test_percent_formats_of_a_workbook_are_never_wrong(percents: list[int], formats: list[str]) -> None:
    """Cells that Excel shows as 50 % hold 0.5, cells beside them may hold a bare 50."""
    header = ["商机编号", "客户", "金额", "赢率"]
    rows = [[f"N-{at}", "甲", 5, each / 100 if formats[at] == "%" else each] for at, each in enumerate(percents)]

    def style(book: Any) -> None:
        page = book["商机"]
        for at, shown in enumerate(formats[: len(percents)]):
            page.cell(at + 2, 4).number_format = "0%" if shown == "%" else "General"
        page.cell(len(percents) + 4, 4).number_format = "0%"  # an empty cell below proves nothing
        page.cell(len(percents) + 5, 4).number_format = "0%"

    with tempfile.TemporaryDirectory() as folder:
        content = xlsx({"商机": [header, *rows]}, style)
        (sheet,) = read(Path(folder) / "a.xlsx", content, as_type="deal").sheets
    event(f"staged {sheet.staged is not None}, {sorted(set(formats[: len(percents)]))}")
    if sheet.staged is not None:
        assert list(map(Decimal, sheet.staged.columns["probability"])) == [Decimal(each) / 100 for each in percents]


UNITS = {"": None, "元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000}


@given(
    st.lists(st.integers(-(10**7), 10**9), min_size=1, max_size=5),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(sorted(UNITS)),
    st.booleans(),
    st.data(),
)
def test_amounts_are_exact_in_every_unit(
    cents: list[int], above: str, beside: str, in_brackets: bool, data: Any
) -> None:
    """The header's unit holds for its column, the sheet's for the others, a cell's own unit for the cell."""
    unit = UNITS[beside] or UNITS[above] or 1
    cells = []
    for each in cents:
        amount = Decimal(each) / 100
        own = data.draw(st.sampled_from(["", "", "万", "元"]))
        in_unit = amount / {"": unit, "万": 10_000, "元": 1}[own]
        text = f"{in_unit:f}"
        cells.append((text.rstrip("0").rstrip(".") if "." in text else text) + own)
    header = "金额" if not beside else f"金额({beside})" if in_brackets else f"金额/{beside}"
    rows = [[f"N-{at}", "甲", cell] for at, cell in enumerate(cells)]
    table = [*([[f"单位:{above}", "", ""]] if above else []), ["商机编号", "客户", header], *rows]
    with tempfile.TemporaryDirectory() as folder:
        (sheet,) = read(Path(folder) / "a.csv", csv_text(table), as_type="deal").sheets
    assert sheet.staged is not None, (sheet.problems, sheet.decisions, sheet.blocking)
    assert sheet.staged.columns["amount"] == [each * 100 for each in cents]
    said = {each.name for each in sheet.notes}
    assert ("unit-applied" in said) is (unit != 1)
    assert ("units-differ" in said) is bool(above and beside and UNITS[above] != UNITS[beside])
