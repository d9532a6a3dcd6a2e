from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salescli.render.cells import cell_width, cut, pad, wrap
from salescli.render.signs import can_show_signs, one_line, to_ascii_signs

TEXTS = st.text(st.sampled_from("ab c,。华东ＡE\u0301·—…é한"), max_size=40)


def test_widths() -> None:
    assert [cell_width(text) for text in ("", "ab", "华东", "ＡＢ", "e\u0301", "█░…·", "한", "ｱ", "\u200b")] == [
        0, 2, 4, 4, 1, 4, 2, 1, 0,
    ]  # fmt: skip


@given(TEXTS, st.integers(0, 20), st.sampled_from(["start", "end"]))
def test_a_cut_text_fits_and_an_uncut_one_is_untouched(text: str, width: int, keep: str) -> None:
    result = cut(text, width, keep=keep)
    assert cell_width(result) <= width
    assert (result == text) == (cell_width(text) <= width) or result == text


@given(TEXTS, st.integers(2, 20))
def test_wrapping_fits_and_loses_only_spaces(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_punctuation_does_not_begin_a_line() -> None:
    assert wrap("本月新客户为零。口径另见", 12) == ["本月新客户为", "零。口径另见"]
    assert wrap("本月新客户为,零", 12) == ["本月新客户", "为,零"]


def test_padding() -> None:
    assert pad("华", 4) == "华  " and pad("华", 4, "right") == "  华" and pad("华东", 2) == "华东"


def test_a_cell_cannot_steer_the_terminal() -> None:
    assert one_line("a\x1b[2Jb\r\n\x07\u202ec\x9b") == "a\\x1b[2Jb  \\x07\\u202ec\\x9b"
    assert one_line("华东 　ok") == "华东 　ok"


def test_consoles_that_lack_signs() -> None:
    assert can_show_signs("utf-8") and not can_show_signs("gbk") and not can_show_signs(None)
    assert not can_show_signs("no-such-codec")
    assert to_ascii_signs("▲ … ×") == "^ ... x"
