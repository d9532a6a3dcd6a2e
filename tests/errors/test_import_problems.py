"""Every problem of reading files is reproduced: named, at its place, with a sentence in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.importers.opening import book
from salescli.messages import catalogue, hint, imports, proving, sentence, wide
from tests.errors.import_files import REPRODUCERS, receipts
from tests.unit.importers.files import names, read

BY_OTHER_MEANS = {"too-large-to-read"}


@pytest.mark.parametrize("name", REPRODUCERS)
def test_problem_is_reported(name: str, tmp_path: Path) -> None:
    made = REPRODUCERS[name]
    found = read(tmp_path / made.file, made.build(), **made.options)
    reported = getattr(found, made.level)
    assert name in names(reported), names([*found.blocking, *found.decisions, *found.problems, *found.notes])
    problem = next(each for each in reported if each.name == name)
    assert problem.where.file.endswith(made.file)
    if made.cell is not None:
        assert problem.where.cell == made.cell
    for language in ("zh", "en"):
        text = sentence(problem, language) + hint(problem, language)
        assert "<" not in text.replace("<html", ""), f"a value lacks: {text}"
    assert all(each.report.is_accounted for each in found.sheets)


def test_every_sentence_has_a_reproducer() -> None:
    assert set(imports.MESSAGES | proving.MESSAGES | wide.READING) - set(REPRODUCERS) == BY_OTHER_MEANS
    assert set(REPRODUCERS) <= set(catalogue())


def test_text_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MOST_TEXT", 10)
    assert names(read(tmp_path / "a.csv", "日期,客户,金额\n").blocking) == ["too-large-to-read"]


def test_nothing_is_staged_where_something_blocks(tmp_path: Path) -> None:
    for name, made in REPRODUCERS.items():
        found = read(tmp_path / made.file, made.build(), **made.options)
        if made.level in ("blocking", "decisions"):
            assert not found.staged, name


def test_missing_file_and_folder(tmp_path: Path) -> None:
    from salescli.importers.reading import read_files
    from salescli.importers.result import ReadOptions
    from tests.unit.importers.files import registry

    found = read_files([tmp_path / "nichts.xlsx", tmp_path], ReadOptions(), registry())
    assert names(found.blocking) == ["not-a-spreadsheet", "file-not-found"]


def test_all_problems_are_shown_at_once(tmp_path: Path) -> None:
    """A decision about the sheet does not hide what is wrong with its rows."""
    rows = receipts(["2026-03-02", "甲", "1O", "王芳", None], [None, "乙", 5, "王芳", None])
    found = read(tmp_path / "a.xlsx", rows())
    assert names(found.decisions) == ["key-needed"]
    assert names(found.problems) == ["bad-amount", "cell-blank"]
