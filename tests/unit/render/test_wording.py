"""Words of ours in cells: every format shows them in the language asked."""

from __future__ import annotations

import pytest

from salescli.core.table import Column, Facts, Report, Table
from salescli.core.title import Title
from salescli.render import RenderOptions, render
from salescli.render.registry import FORMATS

REPORT = Report(
    "r",
    Title("报告", "Report"),
    (
        Facts("facts", ((Column("kind", Title("类", "Kind")), Title("回款", "Receipt")),)),
        Table(
            "t",
            (Column("kind", Title("类", "Kind")), Column("n", Title("数", "N"), "count")),
            ((Title("商机", "Deal"), 3), ("x", 4)),
        ),
    ),
)


@pytest.mark.parametrize("name", [name for name, entry in FORMATS.items() if not entry.is_binary])
@pytest.mark.parametrize(
    ("language", "said", "unsaid"), [("zh", ("回款", "商机"), "Deal"), ("en", ("Receipt", "Deal"), "商机")]
)
def test_a_title_in_a_cell_is_said_in_one_language(name, language, said, unsaid):
    text = render(REPORT, name, RenderOptions(language=language))
    assert all(word in text for word in said) and unsaid not in text
