"""The plain help of the root and of a group, built from the table alone."""

from __future__ import annotations

from salescli.cli.groups import SECTIONS, Command, Group, Table, Verb
from salescli.cli.options import OPTIONS
from salescli.core.title import Language, Title

_ABOUT = Title(
    "salescli:本地文件上的销售团队工具。每个数字都能追溯到单元格。",
    "salescli: a sales-team toolkit over local files; every number traces to its cell.",
)
_USAGE = Title("用法", "usage")
_OUTPUT = Title(
    "以下选项适用于每个命令,可写在任何位置;`--` 之后不再识别。",
    "These options go with every command, anywhere on the line; `--` ends them.",
)
_MORE = Title(
    "单个命令的帮助:salescli help 命令 · 通用选项:salescli help output",
    "help on one command: salescli help COMMAND · options of every command: salescli help output",
)
_GROUP_MORE = Title("单个命令的帮助:salescli {name} 命令 --help", "help on one command: salescli {name} VERB --help")
_EXAMPLES = Title("示例", "examples")
OUTPUT_LINE = Title("输出与通用选项:salescli help output", "output options: salescli help output")


def render_root_help(table: Table, language: Language) -> str:
    """Return what `salescli --help` prints."""
    entries = table.entries()
    width = max((len(entry.name) for entry in entries), default=0)
    lines = [_ABOUT.text(language), "", f"{_USAGE.text(language)}: salescli COMMAND … [OPTIONS]"]
    for section, title in SECTIONS.items():
        rows = [entry for entry in entries if entry.section == section]
        if rows:
            lines += ["", title.text(language), *(_row(entry, width, language) for entry in rows)]
    return "\n".join([*lines, "", _MORE.text(language)]) + "\n"


def render_group_help(group: Group, language: Language) -> str:
    """Return what `salescli GROUP --help` prints."""
    width = max(len(verb.name) for verb in group.verbs)
    lines = [
        group.summary.text(language),
        "",
        f"{_USAGE.text(language)}: salescli {group.name} VERB … [OPTIONS]",
        "",
        *(_row(verb, width, language) for verb in group.verbs),
    ]
    return "\n".join([*lines, "", _GROUP_MORE.text(language).format(name=group.name)]) + "\n"


def render_options_help(language: Language) -> str:
    """Return the options that every command has."""
    shown = [(", ".join(o.names) + (f" {o.value}" if o.value else ""), o) for o in OPTIONS if not o.hidden]
    width = max(len(spelling) for spelling, _ in shown)
    rows = [f"  {spelling:<{width}}  {option.summary.text(language)}" for spelling, option in shown]
    return "\n".join([_OUTPUT.text(language), "", *rows]) + "\n"


def command_help(entry: Verb | Command, language: Language, more: str = "") -> str:
    """Return the head of one command's help: its sentence, what its module adds, then its examples."""
    parts = [entry.summary.text(language)]
    if more:
        parts.append(more)
    if entry.examples:
        # \b keeps the lines as they are: each example stays one line that can be copied.
        parts.append(
            "\n".join(["\b", f"{_EXAMPLES.text(language)}:", *(f"  salescli {line}" for line in entry.examples)])
        )
    return "\n\n".join(parts)


def _row(entry: Verb | Command | Group, width: int, language: Language) -> str:
    return f"  {entry.name:<{width}}  {entry.summary.text(language)}"
