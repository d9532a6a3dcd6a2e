"""Import profiles: read, refused with places, written and read again; the shipped ones hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from salescli.core.records.profile import FileProfile, Profile
from salescli.core.records.registry import built_in
from salescli.policy.imports import narrowest, read_profile, read_profiles
from salescli.policy.layers import SHIPPED, WORKSPACE, PolicyFile, policy_files
from salescli.policy.profile_text import build_profile_text, extend_profile_text

REGISTRY = built_in()
TEXT = """\
format: 1
profile: maven
files:
  - match: "sales_pipeline*.csv"
    type: deal
    columns: {opportunity_id: number, close_value: amount}
    ignore: [junk]
    values: {stage: {赢: Won}}
    constants: {channel: 直销}
    date_order: dmy
    unit: 万元
    round: 4
    null_tokens: ["?", ""]
    key: [日期, 金额]
    currency: USD
  - match: data_dictionary.csv
    skip: yes
aliases:
  product: {GTXPro: GTX Pro}
"""


def test_profile_is_read() -> None:
    profile, problems = read_profile(TEXT, REGISTRY)
    assert problems == []
    assert profile is not None
    entry = profile.files[0]
    assert (entry.unit, entry.round_finer, entry.date_order, entry.key) == (10_000, True, "dmy", ("日期", "金额"))
    assert entry.columns == {"opportunity_id": "number", "close_value": "amount"}
    assert entry.null_tokens == ("?", "")
    assert profile.files[1].skip
    assert profile.aliases == {"product": {"GTXPro": "GTX Pro"}}
    assert profile.entry("Sales_Pipeline 3.CSV") is entry
    assert profile.entry("accounts.csv") is None


def test_what_is_written_reads_back() -> None:
    profile, _ = read_profile(TEXT, REGISTRY)
    assert profile is not None
    again, problems = read_profile(build_profile_text(profile), REGISTRY)
    assert (again, problems) == (profile, [])
    odd = Profile("a: b", (FileProfile('say "x"*.csv', header_row=3, columns={"a: #b": "number"}, type="deal"),))
    again, problems = read_profile(build_profile_text(odd), REGISTRY)
    assert again is not None
    assert (replace(again, path=""), problems) == (odd, [])


@pytest.mark.parametrize(
    ("line", "wrong", "name", "place"),
    [
        ("type: deal", "type: deel", "unknown-type", "5:11"),
        ("close_value: amount", "close_value: amont", "unknown-field", "6:52"),
        ("ignore: [junk]", "ignored: [junk]", "unknown-key", "7:5"),
        ("unit: 万元", "unit: 万", "unknown-choice", "11:11"),
        ("values: {stage:", "values: {stages:", "unknown-field", "8:14"),
        ("product: {GTX", "products: {GTX", "unknown-type", "19:3"),
    ],
)
def test_slips_have_a_place(line: str, wrong: str, name: str, place: str) -> None:
    profile, problems = read_profile(TEXT.replace(line, wrong), REGISTRY, "p.yaml")
    assert profile is None
    assert [(each.name, str(each.where)) for each in problems] == [(name, f"p.yaml:{place}")]


@pytest.mark.parametrize("file", policy_files(None, "imports"), ids=lambda each: each.name)
def test_shipped_profiles_hold(file: PolicyFile) -> None:
    profile, problems = read_profile(file.path, REGISTRY)
    assert problems == []
    assert profile is not None
    assert profile.name == file.name


FULL = FileProfile(
    "回款{date}.xlsx",
    sheet="回款",
    type="receipt",
    header_row=3,
    key=("日期", "付款单位"),
    columns={"到账": "amount", "yes": "date"},
    dates={"到账日期": {"00/00/0000": "dmy", "00-00-00": "mdy"}},
    percents={"赢率": "percent"},
    complete="month",
    blank="clear",
    changes_from="2026-04-01",
    encoding="gbk",
    null_tokens=(),
)


def test_every_key_is_written_and_read_back() -> None:
    profile = Profile("回款", (FULL,), {"person": {"王方": "王芳"}}, "", "zoho", "旧回款")
    text = build_profile_text(profile, "Written by salescli.\nYours.")
    assert text.startswith("# Written by salescli.\n# Yours.\nformat: 1\n")
    assert read_profile(text, REGISTRY) == (profile, [])


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("type: team\n    complete: month", "complete-without-date"),
        ("complete: week", "unknown-choice"),
        ("changes_from: soon", "bad-day"),
        ("dates: {日期: {DD/MM/YYYY: dmy}}", "not-a-layout"),
        ("dates: {日期: {00/00/0000: day}}", "unknown-choice"),
        ("percentages: {赢率: percent}", "unknown-key"),
        ("blank: empty", "unknown-choice"),
    ],
)
def test_new_keys_are_checked(lines: str, name: str) -> None:
    text = f"format: 1\nprofile: x\nfiles:\n  - match: a\n    {lines}\n"
    profile, problems = read_profile(text, REGISTRY, "p.yaml")
    assert profile is None
    assert [each.name for each in problems] == [name]
    assert problems[0].where.line > 4


BY_HAND = """\
# Finance's file, agreed with Li on 2026-02-01.
format: 1
profile: 财务   # never rename: rows are told apart by it
files:
  # every month
  - match: '回款*.xlsx'   # from the bank
    columns: {到账额: amount}   # tax included
    # the day of value, not of booking
    key: [日期, 金额]
  - match: skip.csv
    skip: yes
"""


def test_what_people_wrote_stays_when_a_decision_is_added() -> None:
    more = FileProfile("回款*.xlsx", key=("日期", "付款单位"), columns={"付款方": "payer"}, dates=FULL.dates)
    new = FileProfile("退款{date}.xlsx", encoding="gbk")
    text = extend_profile_text(BY_HAND, [(0, more), (None, new)], {"person": {"王方": "王芳"}})
    assert text is not None
    for line in BY_HAND.splitlines():
        if "#" in line:
            assert line.split("#")[1] in text
    profile, problems = read_profile(text, REGISTRY)
    assert problems == []
    assert profile is not None
    assert profile.files[0].columns == {"到账额": "amount", "付款方": "payer"}
    assert profile.files[0].key == ("日期", "付款单位")
    assert profile.files[0].dates == FULL.dates
    assert profile.files[1].skip
    assert profile.files[2] == new
    assert profile.aliases == {"person": {"王方": "王芳"}}
    assert extend_profile_text(BY_HAND.replace("\n", "\r\n"), [(0, more)], {}).count("\r\n") > 10  # type: ignore[union-attr]


def test_what_cannot_be_edited_is_left_alone() -> None:
    assert extend_profile_text("files: 3", [(None, FULL)], {}) is None
    assert extend_profile_text("files: [", [(None, FULL)], {}) is None


def test_the_narrowest_pattern_wins_and_equal_ones_are_refused(tmp_path: Path) -> None:
    def write(name: str, match: str) -> PolicyFile:
        path = tmp_path / f"{name}.yaml"
        path.write_text(f'format: 1\nprofile: {name}\nfiles: [{{match: "{match}"}}]\n', encoding="utf-8")
        return PolicyFile(name, path, WORKSPACE)

    files = [write("wide", "*回款*"), write("own", "{date}回款.xlsx"), write("east", "华东*回款*")]
    for name, expected in (
        ("四月回款.xlsx", "own"),
        ("回款.xls", "wide"),
        ("华东回款.xlsx", "east"),
        ("退款.xlsx", None),
    ):
        profiles, problems = read_profiles(files, REGISTRY)
        assert problems == []
        assert [each.name for each in narrowest(profiles.values(), name)] == ([expected] if expected else [])
    profiles, _ = read_profiles([*files, write("second", "回款{date}.xlsx")], REGISTRY)
    assert [each.name for each in narrowest(profiles.values(), "四月回款.xlsx")] == ["own", "second"]


def test_two_profiles_of_one_name_are_refused(tmp_path: Path) -> None:
    files = []
    for stem, layer in (("a", SHIPPED), ("b", WORKSPACE), ("c", WORKSPACE)):
        path = tmp_path / f"{stem}.yaml"
        path.write_text(f"format: 1\nprofile: same\nfiles: [{{match: {stem}}}]\n", encoding="utf-8")
        files.append(PolicyFile(stem, path, layer))
    assert read_profiles(files[:2], REGISTRY)[1] == []
    profiles, problems = read_profiles(files, REGISTRY)
    assert [each.name for each in problems] == ["profile-twice"]
    assert profiles["same"].files[0].match == "c"


def test_a_profile_said_upon_another() -> None:
    base = Profile("zoho", (FileProfile("deals*", columns={"Stage": "stage"}, type="deal"),
                            FileProfile("*", sheet="Notes", skip=True)), {"person": {"Jon": "John"}})  # fmt: skip
    own = Profile("mine", (FileProfile("deals{date}.csv", columns={"X": "amount"}, date_order="dmy"),), uses="zoho")
    effective = own.over(base, "deals-2026-04.csv")
    assert effective.source == "zoho"
    assert effective.aliases == {"person": {"Jon": "John"}}
    entry = effective.entry("deals-2026-04.csv")
    assert entry is not None
    assert (entry.type, entry.columns, entry.date_order) == ("deal", {"Stage": "stage", "X": "amount"}, "dmy")
    notes = effective.entry("deals-2026-04.csv", "Notes")
    assert notes is not None and notes.skip
