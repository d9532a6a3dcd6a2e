"""Broken policies, each with the name and the exact place of what is wrong with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from salescli.errors import Problem, ProblemsFound
from salescli.messages import hint, sentence
from salescli.policy.reader import read_document
from salescli.policy.tree import parse_tree
from tests.unit.policy.sample import SOUND, Flat, Plan, Tiered


def problems_of(text: str) -> tuple[Problem, ...]:
    return read_document(text, Plan, "p.yaml").problems


def shown(text: str) -> list[str]:
    return [f"{one.where} {one.name}" for one in problems_of(text)]


def test_sound_document_has_types_and_places() -> None:
    document = read_document(SOUND, Plan, "p.yaml")
    assert document.problems == ()
    plan = document.require()
    assert plan.people == ("0071",), "an identifier keeps its zeros"
    tiered, flat = plan.components["receipts"], plan.components["override"]
    assert isinstance(tiered, Tiered)
    assert isinstance(flat, Flat)
    assert [step.threshold for step in tiered.tiers.on(date(2026, 5, 1))] == [0, 500_000]
    assert [step.text for step in tiered.tiers.on(date(2026, 5, 1))] == ["3%", "5%"]
    assert flat.rate.on(date(2026, 6, 30)) == Decimal("0.03")
    assert flat.rate.on(date(2026, 7, 1)) == Decimal("0.04")
    assert str(document.where("components", "receipts", "tiers", 1)) == "p.yaml:14:9"
    assert str(document.where("components", "receipts", "tiers", 1, "from 500,000")) == "p.yaml:14:9"
    assert str(document.where_value("components", "receipts", "tiers", 1, "from 500,000")) == "p.yaml:14:23"
    assert str(document.where("components", "override")) == "p.yaml:17:3"
    assert str(document.where("components", "override", "factor")) == "p.yaml:17:3", "not written: where it would stand"
    assert str(document.where_value("components", "override", "rate", "2026-07-01")) == "p.yaml:20:40"


# What is replaced in the sound document, by what, and all that is then said.
BROKEN = [
    ("through", "end", ["p.yaml:4:1 unknown-key"]),
    ("through", "validity", ["p.yaml:4:1 unknown-key"]),
    ("apply: s", "aply: s", ["p.yaml:11:5 unknown-key"]),
    ("    apply: slice-by-slice\n", "", ["p.yaml:7:3 missing-key"]),
    ("from: 2026-01-01\n", "", ["p.yaml:2:1 missing-key"]),
    ("type: tiered", "type: tierd", ["p.yaml:9:11 unknown-choice"]),
    ("    type: tiered\n", "", ["p.yaml:7:3 missing-key"]),
    ("type: tiered", "type: [tiered]", ["p.yaml:9:11 not-a-value"]),
    ("slice-by-slice", "slices", ["p.yaml:11:12 unknown-choice"]),
    ("slice-by-slice", "{a: b}", ["p.yaml:11:12 not-a-value"]),
    ("tier_by: amount", "tier_by: [amount]", ["p.yaml:10:14 wrong-kind"]),
    ("tier_by: amount", "tier_by: units", ["p.yaml:10:14 unknown-choice"]),
    ("tier_by: amount", "tier_by: {attainment_of: x, qota: to-date}", ["p.yaml:10:33 unknown-key"]),
    ("- metric: win-rate", "- {}", ["p.yaml:16:9 one-of-keys-missing"]),
    ("- metric: win-rate", "- {metric: a, grade_from: b}", ["p.yaml:16:21 keys-exclude-each-other"]),
    ("from 0: 3%", "0: 3%", ["p.yaml:13:9 bad-step"]),
    ("from 0: 3%", "from x: 3%", ["p.yaml:13:9 bad-amount"]),
    ("from 0: 3%", "from 5,00: 3%", ["p.yaml:13:9 bad-amount"]),
    ("- from 0: 3%", "- 3%", ["p.yaml:13:9 not-a-step"]),
    ("from 0: 3%", "from 0: [3%]", ["p.yaml:13:17 not-a-value"]),
    ("rate: {2026-01-01: 3%", "rate: {2026-01-01: 3", ["p.yaml:20:24 rate-without-percent"]),
    ("rate: {2026-01-01: 3%", "rate: {2026-1-1: 3%", ["p.yaml:20:12 bad-day"]),
    ("rate: {2026-01-01: 3%", "rate: {2026-01-01: high", ["p.yaml:20:24 bad-rate"]),
    ("2026-07-01: 4%", "2025-07-01: 4%", ["p.yaml:20:28 days-not-in-order"]),
    ("2026-12-31", "2025-12-31", ["p.yaml:4:10 days-not-in-order"]),
    ("2026-12-31", "2026-02-30", ["p.yaml:4:10 no-such-day"]),
    ("2026-12-31", "2026年12月31日", ["p.yaml:4:10 bad-day"]),
    ("plan: am", "plan: am\ncap: 3%", ["p.yaml:3:6 amount-with-percent"]),
    ("plan: am", "plan: am\ncap: 1.00001", ["p.yaml:3:6 finer-than-0.0001"]),
    ("plan: am", "plan: am\ncap: 1000000万亿", ["p.yaml:3:6 bad-amount"]),
    ("plan: am", "plan: am\ncap: 10000000亿", ["p.yaml:3:6 amount-too-large"]),
    ("plan: am", "plan: am\nmonths: 13", ["p.yaml:3:9 number-too-large"]),
    ("plan: am", "plan: am\nmonths: 0", ["p.yaml:3:9 number-too-small"]),
    ("plan: am", "plan: am\nmonths: 1.5", ["p.yaml:3:9 bad-count"]),
    ("plan: am", "plan: am\nfirst: 2026-13", ["p.yaml:3:8 bad-month"]),
    ("plan: am", "plan: am\nstrict: maybe", ["p.yaml:3:9 bad-yes-no"]),
    ("plan: am", "plan: am\npair: [a]", ["p.yaml:3:7 too-few-items"]),
    ("plan: am", "plan: am\npair: [a, b, c]", ["p.yaml:3:7 too-many-items"]),
    ("plan: am", "plan: am\npair: a", ["p.yaml:3:7 not-a-list"]),
    ("plan: am", "plan: ''", ["p.yaml:2:7 empty-text"]),
    ("plan: am", "plan: |\n  a\n  b", ["p.yaml:2:7 name-with-line-break"]),
    ("people: [0071]", "people: []", ["p.yaml:5:9 empty-list"]),
    ("people: [0071]", "people: {}", ["p.yaml:5:9 not-a-value"]),
    ("title: x", "title: x\n    factor: 1.2x", ["p.yaml:19:13 bad-factor"]),
    ("{zh: 阶梯, en: Tiers}", "{cn: 阶梯, en: [a]}", ["p.yaml:8:13 unknown-title-key", "p.yaml:8:25 not-a-value"]),
    ("{zh: 阶梯, en: Tiers}", "{}", ["p.yaml:8:12 empty-text"]),
    # YAML itself
    ("plan: am", "plan: am\nplan: b", ["p.yaml:3:1 duplicate-key"]),
    ("plan: am", "plan:", ["p.yaml:2:1 empty-value"]),
    ("plan: am", "plan:am", ["p.yaml:2:5 no-space-after-colon"]),
    ("plan: am", "plan: &a am", ["p.yaml:2:7 anchor-not-allowed"]),
    ("plan: am", "plan: *am", ["p.yaml:2:7 anchor-not-allowed"]),
    ("plan: am", "plan: !!str am", ["p.yaml:2:7 tag-not-allowed"]),
    ("plan: am", "? [plan]\n: am", ["p.yaml:2:1 missing-key", "p.yaml:2:3 key-not-text"]),
    ("plan: am", "plan: a: b", ["p.yaml:2:8 second-colon"]),
    ("plan: am", "plan: @b", ["p.yaml:2:7 sign-needs-quotes"]),
    ("plan: am", "plan: %b", ["p.yaml:2:7 sign-needs-quotes"]),
    ("plan: am", "plan: >= 5", ["p.yaml:2:7 sign-needs-quotes"]),
    ("plan: am", "plan: & b", ["p.yaml:2:7 sign-needs-quotes"]),
    ("plan: am", 'plan: "b', ["p.yaml:2:7 unclosed-quote"]),
    ("plan: am", "plan: [a", ["p.yaml:2:7 unclosed-bracket"]),
    ("plan: am", "plan: [a, , b]", ["p.yaml:2:11 yaml-value-missing"]),
    ("plan: am", "plan am", ["p.yaml:2:1 missing-colon"]),
    ("plan: am", " plan: am", ["p.yaml:3:1 bad-indent"]),
    ("    type: rate", "\ttype: rate", ["p.yaml:19:1 tab-in-indent"]),
    ("plan: am", "plan: \tam\n\n  \tx: b", ["p.yaml:4:3 tab-in-indent"]),
    ("components:", "---\ncomponents:", ["p.yaml:2:1 missing-key", "p.yaml:6:1 several-documents"]),
    ("plan: am", "plan: " + "[" * 50 + "]" * 50, ["p.yaml:2:46 nested-too-deep"]),
    # the comma that splits a number
    ("- from 0: 3%", "- {from: 500,000}", ["p.yaml:13:10 bad-step", "p.yaml:13:16 comma-in-flow"]),
    ("- from 0: 3%", "- {from 100,000: 3%}", ["p.yaml:13:10 comma-in-flow"]),
    ("people: [0071]", "people: [1,200]", ["p.yaml:5:10 comma-in-flow"]),
    ("people: [0071]", "people: [a, 1,200,000, b]", ["p.yaml:5:13 comma-in-flow"] * 1),
    (
        "\n      - from 0: 3%\n      - from 500,000: 5%",
        " [from 0: 3%, from 500,000: 5%]",
        ["p.yaml:12:25 comma-in-flow"],
    ),
    # the wrong keyboard
    ("plan: am", "plan：am", ["p.yaml:2:5 full-width-punctuation"]),
    ("plan: am", "plan： am", ["p.yaml:2:5 full-width-punctuation"]),
    ("from 0: 3%", "from 0： 3%", ["p.yaml:13:15 full-width-punctuation"]),
    ("from 0: 3%", "from ０: 3%", ["p.yaml:13:14 full-width-punctuation"]),
    ("from: 2026-01-01", "from: ２026-01-01", ["p.yaml:3:7 full-width-punctuation"]),
    ("{2026-01-01: 3%", "{2026-01-01: 3％", ["p.yaml:20:25 full-width-punctuation"]),
    ("{zh: 阶梯, en", "{zh： 阶梯, en", ["p.yaml:8:15 full-width-punctuation"]),
    ("{zh: 阶梯, en", "{zh: 阶梯，en", ["p.yaml:8:19 full-width-punctuation"]),
    ("people: [0071]", "people: [0071，0072]", ["p.yaml:5:14 full-width-punctuation"]),
    ("people: [0071]", "people: [0071、0072]", ["p.yaml:5:14 full-width-punctuation"]),
    ("people: [0071]", "people: ［0071］", []),
    ("plan: am", "　plan: am", ["p.yaml:2:1 full-width-punctuation"]),
    ("tier_by: amount", "tier_by:\n      attainment_of：x", ["p.yaml:11:20 full-width-punctuation"]),
    (
        "title: x\n    type: rate\n    rate: {2026-01-01: 3%, 2026-07-01: 4%}",
        "title：x\n    type：rate",
        ["p.yaml:18:10 full-width-punctuation", "p.yaml:19:9 full-width-punctuation"],
    ),
    ("plan: am", "plan: am\n  note：b", ["p.yaml:3:7 full-width-punctuation"]),
    ("tier_by: amount", "tier_by:\n      attainment_of:x", ["p.yaml:11:20 no-space-after-colon"]),
]


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN, ids=[repr(new)[:40] for _, new, _ in BROKEN])
def test_broken_policy(old: str, new: str, expected: list[str]) -> None:
    assert old in SOUND
    broken = SOUND.replace(old, new, 1)
    assert shown(broken) == expected
    for one in problems_of(broken):
        for language in ("zh", "en"):
            assert "<" not in sentence(one, language) + hint(one, language), "a sentence lacks a value"


def test_all_problems_are_told_at_once_and_in_order() -> None:
    broken = (
        SOUND.replace("plan: am", "plna: am").replace("3%", "3").replace("amount", "amuont").replace("[0071]", "[]")
    )
    assert shown(broken) == [
        "p.yaml:2:1 unknown-key",
        "p.yaml:5:9 empty-list",
        "p.yaml:10:14 unknown-choice",
        "p.yaml:20:24 rate-without-percent",
    ]


def test_every_line_typed_full_width_is_named() -> None:
    text = "plan：am\nfrom：2026-01-01\n"
    assert shown(text) == ["p.yaml:1:5 full-width-punctuation", "p.yaml:2:5 full-width-punctuation"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "p.yaml:1:1 empty-policy"),
        ("# only a comment\n", "p.yaml:1:1 empty-policy"),
        ("---\n", "p.yaml:1:1 empty-policy"),
        ("just words", "p.yaml:1:1 not-a-map"),
        ("- a\n- b\n", "p.yaml:1:1 not-a-map"),
        ("plan:am", "p.yaml:1:5 no-space-after-colon"),
        ("plan: a\x07m\n", "p.yaml:1:8 control-character"),
        ("plan: a\x00m\n", "p.yaml not-a-text-file"),
        ("%YAML x\n---\na: b", "p.yaml:1:1 sign-needs-quotes"),
        ("[" * 5000, "p.yaml:1:41 nested-too-deep"),
        ('a: "\\UFFFFFFFF"', "p.yaml:1:1 yaml-syntax"),
    ],
)
def test_text_that_is_no_policy(text: str, expected: str) -> None:
    assert shown(text) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("through", "end", "did you mean `through`?"),
        ("apply: s", "aply: s", "did you mean `apply`?"),
        ("type: tiered", "type: tierd", "did you mean `tiered`?"),
        ("2026-12-31", "2026/12/31", "write 2026-12-31"),
        ("{2026-01-01: 3%", "{2026-01-01: 0.03", "write 3% if that is meant"),
        ("- from 0: 3%", "- {from 100,000: 3%}", "write from 100_000, or put it in quotes"),
        ("from 0: 3%", "from ０: 3%", "write `0`"),
        ("plan: am", "plan: am\nzzz: 1", "did you mean `cap`, `months`, `first`, `strict`, `note`, `pair`?"),
    ],
)
def test_hint(old: str, new: str, expected: str) -> None:
    (found,) = problems_of(SOUND.replace(old, new, 1))
    assert hint(found).startswith(expected)


def test_sentence_names_the_map_in_both_languages() -> None:
    (found,) = problems_of(SOUND.replace("apply: s", "aply: s"))
    assert sentence(found) == "`aply` is not a key of a tiered component"
    assert sentence(found, "zh") == "`aply` 不是阶梯组件的键"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings(codec: str, line_end: str, tmp_path: Path) -> None:
    path = tmp_path / "方案.yaml"
    path.write_bytes(SOUND.replace("\n", line_end).replace("plan: am", "plna: 客户").encode(codec))
    document = read_document(path, Plan, "方案.yaml")
    assert [f"{one.where}" for one in document.errors] == ["方案.yaml:2:1"]
    assert [one.name for one in document.problems if one.severity == "note"] == ["read-as-encoding"] * (
        codec != "utf-8"
    )


def test_notes_do_not_take_the_value_away() -> None:
    document = read_document(SOUND.encode("gb18030"), Plan, "p.yaml")
    assert document.require().plan == "am"
    assert [one.severity for one in document.problems] == ["note"]


def test_hash_is_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(SOUND.encode())
    assert read_document(path, Plan).sha256 == read_document(SOUND, Plan).sha256
    assert read_document(SOUND.encode("utf-16"), Plan).sha256 != read_document(SOUND, Plan).sha256


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "plan-2026.yaml").write_text(SOUND, encoding="utf-8")
    (found,) = read_document(tmp_path / "plan-206.yaml", Plan).problems
    assert found.name == "file-not-found"
    assert str(found.values["nearest"]).endswith("/plan-2026.yaml")
    (found,) = read_document(tmp_path, Plan).problems
    assert found.name == "cannot-read"


def test_huge_and_binary_files() -> None:
    assert [one.name for one in read_document(b"a" * 5_000_000, Plan).problems] == ["policy-too-large"]
    assert [one.name for one in read_document(bytes(range(256)), Plan).problems] == ["not-a-text-file"]


def test_require_carries_all_problems() -> None:
    with pytest.raises(ProblemsFound) as caught:
        read_document("plan: [a", Plan, "p.yaml").require()
    assert [one.name for one in caught.value.problems] == ["unclosed-bracket"]


def test_an_error_of_pydantic_itself_still_has_name_and_place() -> None:
    (found,) = read_document("a: 1\nb: x\n", dict[str, int], "p.yaml").problems
    assert (str(found.where), found.name) == ("p.yaml:2:4", "unfit-value")
    assert sentence(found).startswith("`x` cannot stand here: ")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a: {from: 1,000,000}", {"a": {"from": "1,000,000"}}),
        ("a: [{from: 1,000,000}, 2]", {"a": [{"from": "1,000,000"}, "2"]}),
        ("a: {from 1,000,000: 5%}", {"a": {"from 1,000,000": "5%"}}),
        ("a: {from 1,000,000: 5%, to: 2}", {"a": {"from 1,000,000": "5%", "to": "2"}}),
    ],
)
def test_a_number_of_three_groups_in_a_flow_is_joined_and_said(text, plain):
    tree = parse_tree(text, "p.yaml")
    assert tree.root == plain
    assert {found.name for found in tree.problems} == {"comma-in-flow"}
