"""The session and its workspace: language, unit, day and time zone."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from salescli.cli import session as here
from salescli.cli.session import begin_session, build_session, session, shown_unit, today, workspace
from salescli.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "salescli.yaml").write_text(
        "name: T\ncurrency: CNY\nlanguage: zh\ntime_zone: Pacific/Kiritimati\nunit: ten-thousand\n", encoding="utf-8"
    )
    return tmp_path


def begin(values: dict[str, str], environment: dict[str, str] | None = None) -> None:
    begin_session(build_session(values, environment or {}, "en"))


def test_workspace_is_found_once_and_decides_what_was_not_asked(folder: Path) -> None:
    begin({"workspace": str(folder)})
    assert (session().language, shown_unit()) == ("en", "")
    assert workspace().settings.name == "T"
    assert (session().language, shown_unit()) == ("zh", "ten-thousand")
    (folder / "salescli.yaml").unlink()
    assert workspace().folder == folder.resolve()


def test_what_was_asked_stands(folder: Path) -> None:
    begin({"workspace": str(folder), "lang": "en", "unit": "元"})
    workspace()
    assert (session().language, shown_unit()) == ("en", "yuan")


def test_the_day_is_given_or_the_workspaces_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin({}, {"SALESCLI_TODAY": "2026-02-03"})
    assert today() == date(2026, 2, 3)
    begin({"today": "2026-02-04"}, {"SALESCLI_TODAY": "2026-02-03"})
    assert today() == date(2026, 2, 4)

    class Late(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 3, 31, 23, tzinfo=UTC).astimezone(tz)  # type: ignore[arg-type]

    monkeypatch.setattr(here, "datetime", Late)
    begin({"workspace": str(folder)})
    workspace()
    assert today() == date(2026, 4, 1)


def test_all_wrong_values_are_told_together() -> None:
    with pytest.raises(UsageError) as raised:
        build_session({"on": "20260331", "width": "9", "format": "pdf", "unit": "x", "lang": "fr"}, os.environ, "en")
    assert sorted(found.name for found in raised.value.problems) == [
        "bad-width", "option-choice", "option-choice", "option-choice", "option-date",
    ]  # fmt: skip
