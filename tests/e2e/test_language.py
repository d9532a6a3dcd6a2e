"""Both languages are whole: an English session over English data has no Chinese, and every sentence has two."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from salescli.messages import catalogue
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
        assert not CHINESE.search(message.en.replace("王方=王芳", "").replace("\uff1a", "")) or "`" in message.en, name
        if "{of_en}" not in message.en:
            assert _fields(message.en) == _fields(message.zh), name


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}
