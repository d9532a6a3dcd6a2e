"""The workspace's settings: read, refused, and written for a new workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.core.title import Language
from salescli.errors import ProblemsFound
from salescli.policy.reader import read_document
from salescli.policy.settings import Settings, build_settings_text, read_settings


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["华辰科技", 'say "yes": #1 \\ no', "0071", "2026-01-01", "{x}"])
def test_text_of_a_new_workspace_reads_back(name: str, language: Language) -> None:
    document = read_document(build_settings_text(name, "CNY", language), Settings)
    assert document.problems == ()
    settings = document.require()
    assert (settings.name, settings.currency, settings.language) == (name, "CNY", language)
    assert settings.fiscal_calendar.is_calendar


def test_time_zone_is_written_where_given() -> None:
    text = build_settings_text("x", "USD", "en", "America/New_York")
    assert read_document(text, Settings).require().time_zone == "America/New_York"
    assert read_document(build_settings_text("x", "USD", "en"), Settings).require().time_zone == ""


def test_defaults_and_units(tmp_path: Path) -> None:
    path = tmp_path / "salescli.yaml"
    path.write_text("name: x\ncurrency: USD\n", encoding="utf-8")
    settings = read_settings(path)
    assert (settings.language, settings.time_zone, settings.unit, settings.fiscal_year_start) == ("en", "", "", 1)
    path.write_text("name: x\ncurrency: USD\nunit: 万\n", encoding="gb18030")
    assert read_settings(path).unit == "ten-thousand"


def test_fiscal_year_needs_its_naming_where_it_does_not_start_in_january() -> None:
    text = "name: x\ncurrency: CNY\nfiscal_year_start: 4\n"
    document = read_document(text, Settings, "s.yaml")
    assert [f"{one.where} {one.name}" for one in document.problems] == ["s.yaml:3:20 fiscal-name-missing"]
    calendar = read_document(text + "fiscal_year_named: end\n", Settings).require().fiscal_calendar
    assert calendar.year(2026).start.isoformat() == "2025-04-01"


def test_all_problems_at_once() -> None:
    text = "title: x\ncurrency: rmb\nfiscal_year_start: 13\nlanguage: cn\ntimezone: a/b\nunit: w\n"
    document = read_document(text, Settings, "s.yaml")
    assert [f"{one.where} {one.name}" for one in document.problems] == [
        "s.yaml:1:1 unknown-key",
        "s.yaml:2:11 bad-currency-code",
        "s.yaml:3:20 number-too-large",
        "s.yaml:4:11 unknown-choice",
        "s.yaml:5:1 unknown-key",
        "s.yaml:6:7 unknown-choice",
    ]
    document = read_document("name: x\ncurrency: CNY\ntime_zone: 8\n", Settings, "s.yaml")
    assert [f"{one.where} {one.name}" for one in document.problems] == ["s.yaml:3:12 bad-time-zone"]


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as caught:
        read_settings(tmp_path / "salescli.yaml", "salescli.yaml")
    assert [one.name for one in caught.value.problems] == ["file-not-found"]
