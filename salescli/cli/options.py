"""The options that every command has: taken off the command line before any command sees it.

They may stand anywhere; `--` ends them. This module only finds them and keeps their text; `session` gives them
their types. Nothing heavy is imported: the root needs them before it knows what to run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salescli.core.title import Title


class GlobalOption(NamedTuple):
    """One option: its key, its spellings, the name of its value ("" for a flag), and what it does."""

    key: str
    names: tuple[str, ...]
    value: str
    summary: Title
    hidden: bool = False


OPTIONS: tuple[GlobalOption, ...] = (
    GlobalOption(
        "format",
        ("-O", "--format"),
        "NAME",
        Title(
            "输出格式:text、plain、csv、json、markdown、html 或 xlsx",
            "output format: text, plain, csv, json, markdown, html or xlsx",
        ),
    ),
    GlobalOption(
        "output",
        ("-o", "--output"),
        "FILE",
        Title("写入文件,格式由后缀决定", "write to a file; its suffix chooses the format"),
    ),
    GlobalOption("lang", ("--lang",), "zh|en", Title("语言", "language")),
    GlobalOption("width", ("--width",), "N", Title("屏幕宽度(列数)", "columns of the screen")),
    GlobalOption("ascii", ("--ascii",), "", Title("只用 ASCII 符号", "ASCII signs only")),
    GlobalOption(
        "unit",
        ("--unit",),
        "UNIT",
        Title("金额单位:元、千 或 万", "unit of amounts: yuan, thousand or ten-thousand (元 千 万)"),
    ),
    GlobalOption(
        "workspace",
        ("-C", "--workspace"),
        "DIR",
        Title("工作区文件夹(默认:当前文件夹或其上级)", "the workspace's folder (else this folder or one above it)"),
    ),
    GlobalOption("on", ("--on",), "DATE", Title("以哪一天的事实为准", "the day whose truth is asked")),
    GlobalOption(
        "known",
        ("--known",),
        "BATCH|TIME",
        Title("以当时已知的数据为准", "an earlier state of knowledge: a batch or a moment"),
    ),
    GlobalOption("no_input", ("--no-input",), "", Title("从不提问", "never ask")),
    GlobalOption("yes", ("--yes",), "", Title("所有提问都答“是”", "answer yes to every question")),
    GlobalOption("debug", ("--debug",), "", Title("程序出错时显示调用栈", "show the traceback of a bug"), hidden=True),
    GlobalOption("today", ("--today",), "DATE", Title("把这一天当作今天", "take this day for today"), hidden=True),
)

BY_NAME = {name: option for option in OPTIONS for name in option.names}


class Taken(NamedTuple):
    """The options found, the words that are left, and the options that lack their value."""

    values: dict[str, str]
    rest: list[str]
    lacking: list[str]


def take_options(arguments: Sequence[str]) -> Taken:
    """Separate the global options from the rest; the last one of a kind wins.

    >>> take_options(["metric", "show", "-Ojson", "--width=80", "--", "--ascii"])
    Taken(values={'format': 'json', 'width': '80'}, rest=['metric', 'show', '--', '--ascii'], lacking=[])
    """
    values: dict[str, str] = {}
    rest: list[str] = []
    lacking: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
            break
        option, text = _match(word)
        if option is None:
            rest.append(word)
        elif not option.value:
            values[option.key] = "yes"
        else:
            value = next(words, None) if text is None else text
            if value is None or value == "":
                lacking.append(word.removesuffix("="))
            else:
                values[option.key] = value
    return Taken(values, rest, lacking)


def _match(word: str) -> tuple[GlobalOption | None, str | None]:
    """Return the option a word names, and the value glued to it (`-Ojson`, `--width=80`)."""
    if word in BY_NAME:
        return BY_NAME[word], None
    if word.startswith("--"):
        name, sign, text = word.partition("=")
        option = BY_NAME.get(name)
        return (option, text) if sign and option and option.value else (None, None)
    option = BY_NAME.get(word[:2]) if word.startswith("-") else None
    return (option, word[2:]) if option and option.value else (None, None)
