"""Run console sessions that are written down, and hold their output to what is written.

A session is a list of blocks: `$ command`, what it prints, and its exit code. Two kinds of files hold sessions:

* goldens, `tests/**/*.console`: stdout as it is, stderr behind `! `, `[exit 1]` for any code but 0;
* Markdown with ```console blocks, as a reader sees them on a terminal: stdout and stderr in the order of writing.

A line `...` stands for any lines, `[...]` in a line for any text. Directives, in a golden as `# run: …`, in Markdown
as `<!-- run: … -->`, parted by `;`: `in FOLDER` (work in a copy of this folder of the repository), `NAME=value`
(environment), `table MODULE` (another table of commands), `skip REASON` (Markdown: the next block is not run).

`SALESCLI_UPDATE=1 pytest …` writes what was printed in place of what did not match. A block that leaves lines out keeps
its shape: the lines that are, or are most like, those that stood there; a `[...]` that still fits stays.
What a defect printed is not written down, unless a defect is what the block shows.
"""

from __future__ import annotations

import difflib
import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path

import pytest

from salescli.cli.boundary import BUG
from salescli.cli.groups import TABLE, Table
from salescli.cli.root import main

ROOT = Path(__file__).parent.parent
UPDATE = os.environ.get("SALESCLI_UPDATE", "") not in ("", "0")
_DIRECTIVE = re.compile(r"^(?:#|<!--) run: (.*?)(?: -->)?$")


@dataclass(frozen=True)
class Block:
    """One command with the output it should have; `first` and `last` are the lines of that output in the file."""

    command: str
    expected: list[str]
    first: int
    last: int


@dataclass(frozen=True)
class Script:
    """A file of console blocks and how to run them."""

    path: Path
    lines: list[str]
    blocks: list[Block]
    is_golden: bool
    folder: str = ""
    table: str = ""
    environment: dict[str, str] = field(default_factory=dict)


def read_script(path: Path) -> Script:
    """Read a golden or the console blocks of a Markdown file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    script = Script(path, lines, [], is_golden=path.suffix == ".console")
    inside = script.is_golden
    skipping = False
    start = -1
    for number, line in enumerate([*lines, "```"]):
        fence = not script.is_golden and line.startswith("```")
        found = None if inside and not script.is_golden else _DIRECTIVE.match(line)
        opens = inside and line.startswith("$ ")
        if start >= 0 and (fence or opens or found or number == len(lines)):
            script.blocks.append(_block(lines, start, number))
            start = -1
        if found:
            script, skipping = _direct(script, found[1], skipping)
        elif fence:
            inside, skipping = (line == "```console" and not skipping, skipping and line == "```console")
        if opens:
            start = number
    return script


def run_script(script: Script, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every block in `folder`; fail with each difference, or write them down where asked to."""
    if script.folder:
        shutil.copytree(ROOT / script.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.db*"))
    for name, value in script.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)
    table: Table = import_module(script.table).TABLE if script.table else TABLE
    wrong: list[tuple[Block, list[str]]] = []
    for block in script.blocks:
        actual = run_line(block.command, folder, table, monkeypatch, merged=not script.is_golden)
        if not is_match(block.expected, actual):
            wrong.append((block, actual))
    is_broken = any(f"[exit {BUG}]" in actual and f"[exit {BUG}]" not in block.expected for block, actual in wrong)
    if wrong and UPDATE and not is_broken:
        _write(script, wrong)
    elif wrong:
        pytest.fail("\n\n".join(_difference(script, block, actual) for block, actual in wrong), pytrace=False)


def run_line(command: str, folder: Path, table: Table, monkeypatch: pytest.MonkeyPatch, *, merged: bool) -> list[str]:
    """Run one line as a shell would (no pipes) and return what it printed, in the notation of goldens or as seen."""
    words = shlex.split(command, comments=True)
    with monkeypatch.context() as local:
        while words and re.match(r"^[A-Z_]+=", words[0]):
            name, _, value = words.pop(0).partition("=")
            local.setenv(name, value)
        if words[0] == "cd":
            monkeypatch.chdir(Path.cwd() / words[1])
            return []
        if words[0] == "cat":
            return Path(words[1]).read_text(encoding="utf-8-sig").splitlines()
        if words[:2] == ["sed", "-i"]:
            _edit(Path(words[3]), words[2])
            return []
        if words[0] != "salescli":
            raise ValueError(f"a console session cannot run `{words[0]}`")
        with captured(merged=merged) as (out, err):
            code = main(words[1:], table)
    printed = _lines(out, folder)
    if not merged:
        printed += [f"! {line}".rstrip() for line in _lines(err, folder)]
    return [*printed, f"[exit {code}]"] if code and (not merged or code == BUG) else printed


@contextmanager
def captured(*, merged: bool = False, encoding: str = "utf-8") -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    """Stand in for stdout and stderr with streams that have a buffer below, as real ones do."""
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n", write_through=True)
    err = out if merged else io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n", write_through=True)
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err
    try:
        yield out, err
    finally:
        sys.stdout, sys.stderr = before


def text_of(stream: io.TextIOWrapper) -> str:
    """Return what was written to a captured stream."""
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode(stream.encoding)


def is_match(expected: list[str], actual: list[str]) -> bool:
    """Compare lines, where `...` stands for any lines and `[...]` for any text."""
    if not expected:
        return not actual
    head, *rest = expected
    if head == "...":
        return any(is_match(rest, actual[skip:]) for skip in range(len(actual) + 1))
    return bool(actual) and _is_line_match(head, actual[0]) and is_match(rest, actual[1:])


def _is_line_match(expected: str, actual: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in expected.rstrip().split("[...]"))
    return re.fullmatch(pattern, actual.rstrip()) is not None


def refill(expected: list[str], actual: list[str]) -> list[str]:
    """Return what was printed, with the same lines left out and the same wildcards as before.

    Each expected line is held against the printed line that it is or has most in common with, in order. What stands
    between two of them is new, or left out as before.
    """
    lines, gaps = [line for line in expected if line != "..."], _gaps(expected)
    kept: list[str] = []
    place_before = at_before = -1
    for place, at in [*_aligned(lines, actual), (len(lines), len(actual))]:
        between = actual[at_before + 1 : at]
        kept += ["..."] if between and any(gaps[place_before + 1 : place + 1]) else between
        if place < len(lines):
            kept.append(lines[place] if _is_line_match(lines[place], actual[at]) else actual[at])
        place_before, at_before = place, at
    return kept


def _gaps(lines: list[str]) -> list[bool]:
    """Tell for each line, and for the end, whether lines are left out before it."""
    found = [False]
    for line in lines:
        if line == "...":
            found[-1] = True
        else:
            found.append(False)
    return found


def _aligned(lines: list[str], actual: list[str]) -> list[tuple[int, int]]:
    """Return the pairs (expected, printed), in order, that have most in common together."""
    score = [[0.0] * (len(actual) + 1) for _ in range(len(lines) + 1)]
    alike = [[_likeness(line, printed) for printed in actual] for line in lines]
    for place, at in ((0, 0), (-1, -1)) if lines and actual else ():
        alike[place][at] = max(alike[place][at], 0.1)  # where all is new, the ends are still the ends
    for place in reversed(range(len(lines))):
        for at in reversed(range(len(actual))):
            taken = alike[place][at] + score[place + 1][at + 1] if alike[place][at] else 0.0
            score[place][at] = max(taken, score[place + 1][at], score[place][at + 1])
    pairs = []
    place = at = 0
    while place < len(lines) and at < len(actual):
        if alike[place][at] and score[place][at] == alike[place][at] + score[place + 1][at + 1]:
            pairs.append((place, at))
            place, at = place + 1, at + 1
        elif score[place][at] == score[place + 1][at]:
            place += 1
        else:
            at += 1
    return pairs


def _likeness(line: str, printed: str) -> float:
    if _is_line_match(line, printed):
        return 2.0
    ratio = difflib.SequenceMatcher(None, line, printed, autojunk=False).ratio()
    return ratio if ratio > 0.6 else 0.0


def _edit(path: Path, command: str) -> None:
    """Edit a file as `sed -i s/OLD/NEW/` does, with texts instead of patterns; OLD has to be there."""
    old, new = command.split(command[1])[1:3]
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{path} has no `{old}`")
    path.write_text(text.replace(old, new), encoding="utf-8")


def _lines(stream: io.TextIOWrapper, folder: Path) -> list[str]:
    text = text_of(stream)
    for shown in {str(folder), str(folder.resolve())}:
        text = text.replace(shown, "<here>")
    return [line.rstrip() for line in text.splitlines()]


def _block(lines: list[str], start: int, end: int) -> Block:
    last = end
    while last > start + 1 and (not lines[last - 1].strip() or lines[last - 1].startswith("# ")):
        last -= 1
    return Block(lines[start].removeprefix("$ "), lines[start + 1 : last], start + 1, last)


def _direct(script: Script, text: str, skipping: bool) -> tuple[Script, bool]:
    for item in (part.strip() for part in text.split(";")):
        word, _, value = item.partition(" ")
        if word == "in":
            script = replace(script, folder=value)
        elif word == "table":
            script = replace(script, table=value)
        elif word == "skip" and value:
            skipping = True
        elif "=" in item:
            name, _, setting = item.partition("=")
            script.environment[name] = setting
        else:
            raise ValueError(f"{script.path}: unknown directive `{item}`")
    return script, skipping


def _difference(script: Script, block: Block, actual: list[str]) -> str:
    from difflib import unified_diff

    where = f"{script.path.relative_to(ROOT)}:{block.first}"
    return "\n".join(
        [f"{where}: $ {block.command}", *unified_diff(block.expected, actual, "written", "printed", lineterm="")]
    )


def _write(script: Script, wrong: list[tuple[Block, list[str]]]) -> None:
    lines = list(script.lines)
    for block, actual in sorted(wrong, key=lambda pair: -pair[0].first):
        lines[block.first : block.last] = refill(block.expected, actual)
    script.path.write_text("\n".join(lines) + "\n", encoding="utf-8")
