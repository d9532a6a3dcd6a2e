"""Import profiles: read, refused with places, written and read again; the shipped ones hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from salescli.core.records.profile import FileProfile, Profile
from salescli.core.records.registry import built_in
from salescli.policy.imports import build_profile_text, find_profile, read_profile
from salescli.policy.layers import SHIPPED, WORKSPACE, PolicyFile, policy_files

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


def test_only_own_profiles_are_found_by_a_file_name(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(TEXT, encoding="utf-8")
    for layer, expected in ((WORKSPACE, "maven"), (SHIPPED, None)):
        found, problems = find_profile(
            [PolicyFile("own", tmp_path / "own.yaml", layer)], REGISTRY, "sales_pipeline.csv"
        )
        assert (found.name if found else None, problems) == (expected, [])
