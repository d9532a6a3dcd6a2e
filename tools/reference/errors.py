"""`errors.md`: the error gallery: each problem by name, its sentences and hints, and what makes it appear.

Where the tests hold a reproducer, it is read anew and the page shows what a person is told.
"""

from __future__ import annotations

import contextlib
import re
import string
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from salescli.core.title import Language
from salescli.errors import Problem
from salescli.messages import AREAS, Message, catalogue
from salescli.render.problems import render_problems
from tests.console import ROOT, read_script
from tests.errors.import_files import REPRODUCERS as SHEETS
from tests.errors.import_files import Reproducer
from tests.errors.policy_files import FILES, Broken
from tests.errors.policy_files import REPRODUCERS as POLICIES
from tools.reference.markdown import block, code, link, page, plain, table

_INTRODUCTION = """\
Whatever is wrong with a file, a policy or a command is said as a *problem*: its place, its name, a sentence, and mostly
a hint. Names are the same in both languages, so that they can be looked up here. `<words>` stand for what was found.
Below most stands what makes it appear in the tests, a file or a command, and what is printed then.

凡有不妥,程序都给出位置、名称、说明和提示;名称两种语言相同,可在此查找。

Exit codes · 退出码: 0 done · 1 problems found, rows rejected, or refused · 2 usage · 3 a decision is needed ·
4 an alert fired · 70 a defect in salescli · 130 interrupted, everything rolled back."""

LANGUAGES: tuple[Language, Language] = ("en", "zh")
_LABEL = re.compile(r"(?:error|warning|note)\[([a-z0-9.-]+)\]: ")
_AREA_TITLES = {
    "general": "General · 通用",
    "store": "The store · 数据库",
    "imports": "Reading spreadsheets · 读取表格",
    "proving": "What columns prove · 列的证明",
    "importing": "Import · 导入",
    "roster": "Rosters · 花名册",
    "policy": "Policy files · 政策文件",
    "metric": "Metrics · 指标",
    "targets": "Target policies · 目标方案",
    "quota": "Targets · 目标",
    "capacity": "Heads · 人员产能",
    "scorecard": "Scorecards · 绩效考核",
    "report": "Reports · 报表",
    "funnel": "Funnel · 销售漏斗",
    "commission": "Commission plans · 提成方案",
    "payroll": "Commission runs · 提成运行",
    "life": "From draft to paid · 从草稿到发放",
    "late": "What comes late · 迟到的事实",
    "adjusting": "By hand · 手工调整与疑问",
    "special": "Special terms · 特批",
    "command": "The command line · 命令行",
}


def build_pages() -> dict[str, str]:
    """Return the gallery."""
    blocks = [_INTRODUCTION, _contents()]
    shown = reproduced()
    for area in AREAS:
        blocks.append(f"## {area_title(area)}")
        blocks += [_section(name, message, shown.get(name, "")) for name, message in sorted(_messages(area).items())]
    return {"errors.md": page("Problems · 错误说明", *blocks)}


def area_title(area: str) -> str:
    """Return the heading of an area; one that has no words yet is called by its name."""
    return _AREA_TITLES.get(area, area.capitalize())


def _messages(area: str) -> dict[str, Message]:
    found: dict[str, Message] = import_module(f"salescli.messages.{area}").MESSAGES
    return found


def _contents() -> str:
    rows = [(area_title(area), " ".join(map(link, sorted(_messages(area))))) for area in AREAS]
    return table(("", f"{len(catalogue())} names"), rows)


def _section(name: str, message: Message, shown: str) -> str:
    lines = [f"- {plain(_named(message.en))}", f"- {plain(_named(message.zh))}"]
    if message.hint_en:
        lines.append(f"- *hint:* {plain(_named(message.hint_en))}")
        lines.append(f"- *提示:* {plain(_named(message.hint_zh))}")
    return "\n\n".join([f"### {name}", "\n".join(lines), *([shown] if shown else [])])


def _named(template: str) -> str:
    """Return a sentence with its values named: `{text}` is shown as `<text>`."""
    parts = string.Formatter().parse(template)
    return "".join(
        literal + (f"<{name.removesuffix('_en').removesuffix('_zh')}>" if name else "") for literal, name, _, _ in parts
    )


def reproduced() -> dict[str, str]:
    """Return what the reproducers of the tests print, by problem name; files come before commands."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        sheets = {name: _sheet(name, made) for name, made in SHEETS.items()}
    return {**_sessions(), **sheets, **{name: _policy(name, made) for name, made in POLICIES.items()}}


def _sheet(name: str, made: Reproducer) -> str:
    """Read a spreadsheet that has the problem; return the options it was read with and what is said of it."""
    from tests.unit.importers.files import read

    found = read(Path(made.file), made.build(), **made.options)
    options = ", ".join(code(f"{key}={value}") for key, value in made.options.items() if isinstance(value, str))
    return (f"Read with {options}:\n\n" if options else "") + _said(name, getattr(found, made.level))


def _policy(name: str, made: Broken) -> str:
    """Read a policy that has the problem; return the lines that make it appear and what is said of them."""
    written = made.new.strip("\n")
    is_shown = len(written) < 600 and all(line.isprintable() for line in written.splitlines())
    lines = f"In {code(FILES[made.kind])}:\n\n{block(written, 'yaml')}\n\n" if is_shown else ""
    return lines + _said(name, made.read())


def _said(name: str, problems: Sequence[Problem]) -> str:
    first = next(each for each in problems if each.name == name)
    said = [render_problems([first], language).rsplit("\n", 2)[0] for language in LANGUAGES]
    return block("\n".join(said), "text")


def _sessions() -> dict[str, str]:
    """Return, of the console goldens, the first command that met each problem, with what was said of it."""
    shown: dict[str, str] = {}
    for path in sorted((ROOT / "tests").rglob("*.console")):
        for each in read_script(path).blocks:
            told = [line.removeprefix("! ") for line in each.expected if line.startswith("! ")]
            for place, line in enumerate(told):
                found = _LABEL.search(line)
                if found:
                    hint = [text for text in told[place + 1 : place + 2] if text.startswith(("  hint: ", "  提示:"))]
                    lines = [f"$ {each.command}", line, *hint]
                    shown.setdefault(found[1], block("\n".join(lines), "text"))
    return shown
