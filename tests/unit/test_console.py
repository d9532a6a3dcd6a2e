"""The runner of console sessions: what it accepts as a match, and that it does fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.console import is_match, read_script, refill, run_script


@pytest.mark.parametrize(
    ("expected", "actual", "result"),
    [
        (["a"], ["a"], True),
        (["a"], ["b"], False),
        (["a"], [], False),
        ([], ["a"], False),
        (["...", "z"], ["a", "b", "z"], True),
        (["a", "...", "z"], ["a", "z"], True),
        (["..."], [], True),
        (["a", "..."], ["b"], False),
        (["took [...] s"], ["took 3.2 s"], True),
        (["took [...] s"], ["took 3.2 min"], False),
        (["a"], ["a", "b"], False),
    ],
)
def test_match(expected: list[str], actual: list[str], result: bool) -> None:
    assert is_match(expected, actual) is result


def test_blocks_of_markdown(tmp_path: Path) -> None:
    path = tmp_path / "guide.md"
    path.write_text(
        "<!-- run: in examples/x; SALESCLI_LANG=zh -->\n# T\n```console\n$ salescli a\n1\n\n2\n\n$ salescli b\n```\n"
        "```yaml\n$ salescli no\n```\n<!-- run: skip needs a network -->\n```console\n$ salescli no\n```\n"
        "```console\n$ salescli c\nout\n```\n",
        encoding="utf-8",
    )
    script = read_script(path)
    assert [(block.command, block.expected) for block in script.blocks] == [
        ("salescli a", ["1", "", "2"]),
        ("salescli b", []),
        ("salescli c", ["out"]),
    ]
    assert (script.folder, script.environment) == ("examples/x", {"SALESCLI_LANG": "zh"})


def test_a_wrong_golden_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.console.UPDATE", False)
    monkeypatch.setattr("tests.console.ROOT", tmp_path)
    path = tmp_path / "wrong.console"
    path.write_text("$ salescli --version\nsalescli 9.9\n", encoding="utf-8")
    with pytest.raises(pytest.fail.Exception, match=r"wrong.console:1: \$ salescli --version"):
        run_script(read_script(path), tmp_path, monkeypatch)


def test_update_writes_what_was_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.console.UPDATE", True)
    path = tmp_path / "new.console"
    path.write_text("# a golden\n$ salescli --version\n\n$ salescli zzz\nold\n\n", encoding="utf-8")
    run_script(read_script(path), tmp_path, monkeypatch)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["# a golden", "$ salescli --version"]
    assert "! error[unknown-command]: `zzz` is not a command" in lines and "old" not in lines
    assert lines[-2:] == ["[exit 2]", ""]


@pytest.mark.parametrize(
    ("expected", "actual", "kept"),
    [
        (["old"], ["1", "2"], ["1", "2"]),
        (["x", "...", "y"], ["1", "2", "3", "4"], ["1", "...", "4"]),
        (["x", "..."], ["1", "2"], ["1", "..."]),
        (["x", "...", "b[...]", "...", "y"], ["1", "a", "b 7", "c", "2"], ["1", "...", "b[...]", "...", "2"]),
        (["h", "...", "sum 10 of 12", "..."], ["h", "a", "sum 11 of 13", "b"], ["h", "...", "sum 11 of 13", "..."]),
        (["x", "...", "gone", "...", "y"], ["1", "a", "2"], ["1", "...", "2"]),
        (["x", "...", "y"], ["1", "2"], ["1", "2"]),
    ],
)
def test_update_leaves_out_the_same_lines(expected: list[str], actual: list[str], kept: list[str]) -> None:
    assert refill(expected, actual) == kept
    assert is_match(kept, actual)


def test_update_does_not_write_down_a_defect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.console.UPDATE", True)
    monkeypatch.setattr("tests.console.ROOT", tmp_path)
    monkeypatch.setattr("tests.console.run_line", lambda *_, **__: ["! internal error", "[exit 70]"])
    path = tmp_path / "new.console"
    path.write_text("$ salescli --version\nsalescli 9.9\n", encoding="utf-8")
    with pytest.raises(pytest.fail.Exception, match="internal error"):
        run_script(read_script(path), tmp_path, monkeypatch)
    assert "9.9" in path.read_text(encoding="utf-8")
