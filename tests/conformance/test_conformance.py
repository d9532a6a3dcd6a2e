"""The conformance suite: published examples hold, every one of them is here, and the README says where."""

import re
from pathlib import Path

import pytest

from salescli.core.commission.case_expected import Expected
from salescli.core.commission.case_opening import OpeningFact
from salescli.core.commission.case_shapes import CreditFact, Given, QuotaFact, ReadingFact
from tests.case_files import assert_holds, case_parameters, placed_cases

HERE = Path(__file__).parent
PUBLISHED = (
    ("E", (1, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 22, 23, 25, 27)),
    ("X", (1, 3, 4)),
    ("P", (1, 2, 3)),
)
IDS = {f"{letter}{number}" for letter, numbers in PUBLISHED for number in numbers} | {"TRG", "chain"}


@pytest.mark.parametrize("placed", case_parameters(HERE))
def test_published_example_holds(placed):
    assert_holds(placed)


def test_every_published_example_is_here():
    found = {placed.case.case.split()[0] for placed in placed_cases(HERE)}
    assert found == IDS


def test_the_readme_names_every_id_file_and_key():
    text = (HERE / "README.md").read_text(encoding="utf-8")
    named = {name for row in re.findall(r"^\| ([^|]*) \|", text, re.MULTILINE) for name in row.split(", ")}
    assert IDS - {"chain"} | {"chains"} <= named
    for path in HERE.glob("*.yaml"):
        prefix = path.stem.split("-")[0]
        assert f"`{path.stem}`" in text or f"`{prefix}-…`" in text, path.name
    for shape in (CreditFact, QuotaFact, ReadingFact, OpeningFact, Given, Expected):
        for key in shape.shape_keys():
            assert key in text, key
