"""Both languages are whole: an English session over English data has no Chinese, and every sentence has two."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from salescli.errors import problem
from salescli.importers.figures import read_figures
from salescli.messages import catalogue, sentence
from salescli.render.problems import render_problems
from salescli.services.commission.sheet_people import NAME, NUMBER
from tests.shell import Shell, example

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
DAY = ("--today", "2026-10-05")
SAID = (
    "status",
    "log",
    "log 1",
    "log 1 --rows",
    "record types",
    "record list deal --limit 3",
    "record list person",
    "record show person E001",
    "metric list",
    "metric show bookings-acv --by team --period FY2026-Q1",
    "metric show win-rate --by person --period FY2026-Q2 --explain",
    "metric show bookings-acv --period 2026-06 --rows",
    "quota show FY2026",
    "quota attainment FY2026-Q1 --by person",
    "commission run 2026-04",
    "commission show 2026-04",
    "commission check 2026-04",
    "commission read ae-fy2026",
    "commission test",
    "check",
    "store status",
    "store verify",
    "report list",
    "report team 2026-06",
    "report trend bookings-acv",
    "report leaderboard 2026-06",
    "funnel show FY2026-Q1",
    "deal list --limit 3",
    "undo --dry-run",
    "import inbox/* --dry-run",
)


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    shell = example("acme", tmp_path_factory.mktemp("acme") / "w")
    shell("import", "inbox/*", *DAY)
    return shell


@pytest.mark.parametrize("command", SAID)
def test_an_english_session_over_english_data_has_no_chinese(acme: Shell, command: str) -> None:
    said = acme(*command.split(), *DAY, "--lang", "en", code=None)
    assert said.code in (0, 1), said
    text = (said.out + said.err).replace("王芳", "")  # the person that examples of commands name
    assert not CHINESE.search(text), CHINESE.findall(text)[:10]


@pytest.mark.parametrize("command", SAID)
def test_every_format_of_both_languages_is_written(acme: Shell, command: str, tmp_path: Path) -> None:
    for language in ("zh", "en"):
        assert acme(*command.split(), *DAY, "--lang", language, "-O", "json", code=None).code in (0, 1)


def test_every_sentence_has_two_languages_and_the_same_values() -> None:
    for name, message in catalogue().items():
        assert message.en and message.zh, name
        assert bool(message.hint_en) == bool(message.hint_zh), name
        if "{of_en}" not in message.en:
            assert _fields(message.en) == _fields(message.zh), name


AS_DATA: dict[str, str] = {}  # problem name -> why its English sentence or hint has to show Chinese


def test_no_english_sentence_or_hint_shows_chinese() -> None:
    found = {name for name, one in catalogue().items() if CHINESE.search(one.en + one.hint_en)}
    assert found == set(AS_DATA)


def test_a_chinese_screen_has_chinese_labels() -> None:
    shown = [problem("unknown-plan", severity=each, text="x", advice="y") for each in ("error", "warning", "note")]
    assert "hint" not in render_problems(shown, "zh") and "提示:y" in render_problems(shown, "zh")
    assert "提示" not in render_problems(shown, "en")


def test_columns_are_named_in_the_language_of_the_session(tmp_path: Path) -> None:
    (tmp_path / "paid.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (found,) = read_figures(tmp_path / "paid.csv", [NUMBER, NAME], [("number", "name")]).problems
    assert found.name == "columns-not-found" and not CHINESE.search(sentence(found, "en"))
    assert "工号/姓名" in sentence(found, "zh")


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}
