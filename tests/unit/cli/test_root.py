"""The root's own machinery: options, language, streams, files, failures."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.cli.boundary import run_guarded
from salescli.cli.completion import complete
from salescli.cli.failure import explain_failure
from salescli.cli.language import both, chosen, find_language
from salescli.cli.options import BY_NAME, take_options
from salescli.cli.root import main
from salescli.cli.signs import make_safe, plain
from salescli.errors import Refused
from tests.cli.sample_group import TABLE
from tests.console import captured, text_of

WORDS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=8)


@given(st.lists(WORDS | st.sampled_from(sorted(BY_NAME)), max_size=8))
def test_nothing_after_two_dashes_is_an_option(words: list[str]) -> None:
    taken = take_options(["show", "--", *words])
    assert taken.values == {} and taken.lacking == []
    assert taken.rest == ["show", "--", *words]


@given(st.lists(WORDS.filter(lambda word: not word.startswith("-")), max_size=6), st.data())
def test_an_option_may_stand_anywhere(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words)))
    taken = take_options([*words[:place], "--width", "90", *words[place:]])
    assert taken == ({"width": "90"}, words, [])


@given(st.lists(WORDS, max_size=6))
def test_no_command_line_ends_in_a_bug(words: list[str]) -> None:
    with captured() as (_, err):
        code = main(words, TABLE)
    assert code in (0, 1, 2), text_of(err)


def test_the_last_option_of_a_kind_wins_and_a_missing_value_is_told() -> None:
    assert take_options(["-Ocsv", "-O", "json"]).values == {"format": "json"}
    assert take_options(["--lang="]).lacking == ["--lang"]
    assert take_options(["--asciix", "-Z"]).rest == ["--asciix", "-Z"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("language: zh\n", "zh"),
        ("name: x\nlanguage:   'zh'  # ours\n", "zh"),
        ("\ufefflanguage: zh\r\n", "zh"),
        ("name: language\n", "en"),
        ("language: fr\n", "en"),
    ],
)
def test_language_of_the_workspace_above(tmp_path: Path, text: str, language: str) -> None:
    (tmp_path / "salescli.yaml").write_text(text, encoding="utf-8")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_language(None, str(inner)) == language
    assert find_language("en", str(inner)) == "en"


def test_environment_chooses_the_language_before_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "salescli.yaml").write_text("language: en\n", encoding="utf-8")
    monkeypatch.setenv("SALESCLI_LANG", "zh")
    assert find_language(None, str(tmp_path)) == "zh"


def test_help_text_carries_both_languages() -> None:
    assert (chosen(both("人", "person"), "zh"), chosen(both("人", "person"), "en")) == ("人", "person")
    assert chosen("plain", "zh") == "plain"


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp437", "cp1252", "utf-8"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_console_can_show_help_and_problems(encoding: str, language: str) -> None:
    for line in (
        ["--help"],
        ["sample", "show", "--help"],
        ["help", "output"],
        ["nonsense"],
        ["sample", "show", "\udc80✓"],
    ):
        with captured(encoding=encoding) as (out, err):
            assert main([*line, "--lang", language], TABLE) in (0, 2)
        assert text_of(out) or text_of(err)


def test_signs_become_plain_where_the_console_lacks_them() -> None:
    with captured(encoding="ascii") as (out, err):
        make_safe(out, err)
        out.write("a → b ≥ 3 — ok")
    assert text_of(out) == "a -> b >= 3 - ok"
    assert plain("，１") == ",1"


def test_report_on_a_console_without_signs_is_never_an_error() -> None:
    with captured(encoding="ascii") as (out, _):
        assert main(["sample", "show", "商机", "--lang", "zh", "-O", "plain"], TABLE) == 0
    assert "1234.56" in text_of(out).replace(",", "")


def test_machine_formats_are_utf8_in_a_pipe_of_any_encoding() -> None:
    with captured(encoding="gbk") as (out, _):
        assert main(["sample", "show", "商机✓", "-O", "csv"], TABLE) == 0
        raw = out.buffer
    assert "商机✓".encode() in raw.getvalue()  # type: ignore[attr-defined]


def test_csv_file_has_a_mark_and_stdout_has_none(tmp_path: Path) -> None:
    path = tmp_path / "商机 表" / "a.csv"
    with captured() as (out, err):
        assert main(["sample", "show", "A", "-o", str(path)], TABLE) == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert text_of(out) == "" and "a.csv" in text_of(err)
    assert [file.name for file in path.parent.iterdir()] == ["a.csv"]


def test_a_file_that_cannot_be_written_keeps_what_it_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_text("before")

    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", no_space)
    with captured() as (_, err):
        assert main(["sample", "show", "A", "-o", str(path)], TABLE) == 1
    assert "error[cannot-write]" in text_of(err)
    assert path.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_debug_shows_the_traceback_of_a_bug_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with captured() as (_, err):
        assert main(["sample", "fail", "bug"], TABLE) == 70
    assert "Traceback" not in text_of(err) and text_of(err).count("\n") == 1
    monkeypatch.setenv("SALESCLI_DEBUG", "1")
    with captured() as (_, err):
        assert main(["sample", "fail", "bug"], TABLE) == 70
    assert "Traceback" in text_of(err)


def test_exit_code_of_one_command_does_not_leak_into_the_next() -> None:
    with captured():
        assert main(["sample", "fail", "problems"], TABLE) == 1
        assert main(["sample", "fail", "warning"], TABLE) == 0


def test_full_disk_behind_stdout(monkeypatch: pytest.MonkeyPatch) -> None:
    def action() -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with captured() as (_, err):
        assert run_guarded(action) == 1
    assert "error[disk-full]" in text_of(err)


def test_unknown_failures_stay_bugs() -> None:
    assert explain_failure(KeyError("x")) is None
    found = explain_failure(FileNotFoundError(errno.ENOENT, "No such file or directory", "a.xlsx"))
    assert isinstance(found, Refused) and found.problems[0].name == "cannot-use-file"


def test_completion_follows_the_words() -> None:
    assert complete(["sample", "s"], TABLE) == ["show"]
    assert complete(["--lang", "zh", "sample", ""], TABLE) == ["show", "asked", "fail"]
    assert complete(["--lang", ""], TABLE) == []
    assert complete(["help", "sam"], TABLE) == ["sample"]
    assert complete(["help", "sample", "a"], TABLE) == ["asked"]
    assert complete(["completion", "p"], TABLE) == ["powershell"]
    assert complete([], TABLE) == ["bare", "sample", "help", "completion"]
    assert complete(["bare", ""], TABLE) == []


@pytest.mark.skipif(os.name == "nt", reason="a pipe closed by its reader, as POSIX shells make it")
def test_a_closed_pipe_is_no_error(root: Path) -> None:
    program = [sys.executable, "-m", "salescli", "help", "output"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(program, stdout=writer, stderr=subprocess.PIPE, cwd=root, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_device_is_named(root: Path) -> None:
    with Path("/dev/full").open("w") as full:
        program = [sys.executable, "-m", "salescli", "--help"]
        done = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, cwd=root, check=False)
    assert done.returncode == 1
    assert b"error[disk-full]" in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT as a POSIX terminal does")
def test_interrupt_is_one_line(root: Path) -> None:
    code = (
        "import sys, tests.cli.sample_group as sample\n"
        "from salescli.cli.root import main\n"
        "sys.exit(main(['sample', 'fail', 'wait'], sample.TABLE))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"waiting\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in said and said.strip().count(b"\n") == 0
