from __future__ import annotations

import pytest

from salescli import messages
from salescli.errors import Where, problem
from salescli.messages import Message
from salescli.render.problems import render_problems

CATALOGUE = {
    "unknown-key": Message(
        "`{key}` is not a key", "`{key}` 不是有效的键", "did you mean `{nearest}`?", "是否为 `{nearest}`?"
    ),
    "bad-amount": Message("`{text}` is not an amount", "`{text}` 不是金额"),
}


@pytest.fixture(autouse=True)
def _catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "catalogue", lambda: CATALOGUE)


KEY = problem("unknown-key", Where("config/plans/ae.yaml", 12, 9), key="tresh", nearest="threshold")
AMOUNT = problem("bad-amount", Where("deals.xlsx", sheet="商机", cell="F118"), text="12,5O0")
EARLIER = problem("bad-amount", Where("deals.xlsx", sheet="商机", cell="G9"), text="x", severity="warning")


def test_sorted_by_place_with_hints_and_summary() -> None:
    assert render_problems([AMOUNT, EARLIER, KEY], "en", 14) == (
        "config/plans/ae.yaml:12:9: error[unknown-key]: `tresh` is not a key\n"
        "  hint: did you mean `threshold`?\n"
        "deals.xlsx!商机!G9: warning[bad-amount]: `x` is not an amount\n"
        "deals.xlsx!商机!F118: error[bad-amount]: `12,5O0` is not an amount\n"
        "2 errors, 1 warning in 2 files (14 checked)\n"
    )


def test_in_chinese() -> None:
    assert render_problems([KEY], "zh", 14) == (
        "config/plans/ae.yaml:12:9: error[unknown-key]: `tresh` 不是有效的键\n"
        "  提示:是否为 `threshold`?\n"
        "1 个错误,涉及 1 个文件(共检查 14 个)\n"
    )


def test_without_a_place_or_without_problems() -> None:
    assert (
        render_problems([problem("bad-amount", text="x")], "en") == "error[bad-amount]: `x` is not an amount\n1 error\n"
    )
    assert render_problems([], "en") == ""


def test_many_of_one_column_are_folded_only_on_request() -> None:
    many = [problem("bad-amount", Where("a.xlsx", sheet="S", cell=f"F{row}"), text=str(row)) for row in range(1, 661)]
    others = [
        problem("bad-amount", Where("a.xlsx", sheet="S", cell="G5"), text="g"),
        problem("unknown-key", Where("b.yaml", 1, 1), key="k"),
    ]
    assert len(render_problems([*many, *others], "en").splitlines()) == 663
    lines = render_problems([*many, *others], "en", limit=20).splitlines()
    assert len(lines) == 20 + 1 + 1 + 1 + 1
    assert lines[-3:] == [
        "a.xlsx!S!F: … and 640 more [bad-amount]",
        "b.yaml:1:1: error[unknown-key]: `k` is not a key",
        "662 errors in 2 files",
    ]


def test_values_cannot_steer_the_terminal() -> None:
    output = render_problems([problem("bad-amount", text="\x1b[2J\n")], "en")
    assert "\x1b" not in output and len(output.splitlines()) == 2


def test_colour_only_when_asked() -> None:
    assert "\x1b[31merror[unknown-key]\x1b[0m" in render_problems([KEY], "en", colour=True)
