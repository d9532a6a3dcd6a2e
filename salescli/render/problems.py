"""Problems as lines on stderr: place, name, sentence, hint, and how many there were.

Names are English in both languages, so that they can be searched for in the reference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from salescli.core.title import Language, Title
from salescli.errors import Problem
from salescli.messages import hint, sentence
from salescli.render.ansi import Style, paint
from salescli.render.signs import one_line

_STYLES: dict[str, Style] = {"error": "red", "warning": "yellow", "note": "cyan"}
_Group = tuple[str, str, str, str]
_ANY = "*"  # stands for the columns of a group that is of a whole sheet
HINT = Title("提示:", "hint: ")
FIRST = 3  # warnings and notes of one kind that are listed before the rest is counted


def render_problems(
    problems: Iterable[Problem],
    language: Language,
    checked_count: int | None = None,
    colour: bool = False,
    *,
    limit: int | None = None,
    option: str = "",
) -> str:
    """Return the lines for all problems, sorted by place, and a summary; "" where there are none.

    With a `limit`, the problems of a sheet stand by kind: errors of one name in one column beyond it are counted
    instead of listed, and so are warnings and notes of one name beyond the first few; `option` is what lists them all.
    """
    ordered = sorted(problems, key=lambda problem: problem.sort_key())
    if not ordered:
        return ""
    shown = ordered if limit is None else sorted(ordered, key=_by_kind)
    lines: list[str] = []
    seen: Counter[_Group] = Counter()
    sheet, advised = (shown[0].where.file, shown[0].where.sheet), ""
    for problem in shown:
        if (problem.where.file, problem.where.sheet) != sheet:
            lines += _folded(seen, limit, language, option)
            seen.clear()
            sheet = problem.where.file, problem.where.sheet
        group = _group(problem, limit)
        seen[group] += 1
        if limit is None or not problem.where.cell or seen[group] <= _most(group, limit):
            said = _problem_lines(problem, language, colour)
            is_again = limit is not None and len(said) > 1 and said[-1] == advised and seen[group] > 1
            lines += said[:-1] if is_again else said
            advised = said[-1]
    lines += _folded(seen, limit, language, option)
    return "\n".join([*lines, summary(ordered, language, checked_count)]) + "\n"


def _by_kind(problem: Problem) -> tuple[object, ...]:
    """Order within a sheet: errors by place, then warnings and notes by name."""
    rank = ("error", "warning", "note").index(problem.severity)
    where = problem.where
    return (where.file, where.sheet, rank, problem.name if rank and where.cell else "", problem.sort_key())


def _group(problem: Problem, limit: int | None) -> _Group:
    where = problem.where
    is_small = limit is not None and problem.severity != "error"
    letters = _ANY if is_small and where.cell else where.cell.rstrip("0123456789")
    return where.file, where.sheet, letters, problem.name


def _most(group: _Group, limit: int) -> int:
    return min(limit, FIRST) if group[2] == _ANY else limit


def _folded(seen: Counter[_Group], limit: int | None, language: Language, option: str) -> list[str]:
    more = ("… 另有 {} 个 [{}]" if language == "zh" else "… and {} more [{}]") + (f" ({option})" if option else "")
    return [
        f"{_place(file, sheet, letters)}: {more.format(count - _most((file, sheet, letters, name), limit), name)}"
        for (file, sheet, letters, name), count in seen.items()
        if limit is not None and letters and count > _most((file, sheet, letters, name), limit)
    ]


def _place(file: str, sheet: str, letters: str) -> str:
    return one_line("!".join(part for part in (file, sheet, letters.removeprefix(_ANY)) if part))


def _problem_lines(problem: Problem, language: Language, colour: bool) -> list[str]:
    place = f"{one_line(str(problem.where))}: " if str(problem.where) else ""
    label = paint(f"{problem.severity}[{problem.name}]", _STYLES[problem.severity], colour)
    lines = [f"{place}{label}: {one_line(sentence(problem, language))}"]
    # A question brings its evidence: what each answer would mean, a line for each.
    lines += [f"  {_indented(line.text(language))}" for line in evidence_of(problem)]
    advice = hint(problem, language)
    return [*lines, paint(f"  {HINT.text(language)}{one_line(advice)}", "dim", colour)] if advice else lines


def evidence_of(problem: Problem) -> Sequence[Title]:
    """Return the lines of evidence that a problem carries, in both languages."""
    lines = problem.values.get("evidence", ())
    return [line for line in lines if isinstance(line, Title)] if isinstance(lines, tuple) else []


def _indented(text: str) -> str:
    return " " * (len(text) - len(text.lstrip(" "))) + one_line(text.strip())


def summary(problems: Sequence[Problem], language: Language, checked_count: int | None = None) -> str:
    """Return the closing line: `2 errors in 2 files (14 checked)`."""
    counts = Counter(problem.severity for problem in problems)
    files = len({problem.where.file for problem in problems if problem.where.file})
    if language == "zh":
        names = {"error": "个错误", "warning": "个警告", "note": "条提示"}
        found = "、".join(f"{counts[key]} {name}" for key, name in names.items() if counts[key])  # type: ignore[index]
        checked = "" if checked_count is None else f"(共检查 {checked_count} 个)"
        return found + (f",涉及 {files} 个文件" if files else "") + checked
    found = ", ".join(_counted(counts[key], key) for key in ("error", "warning", "note") if counts[key])
    checked = "" if checked_count is None else f" ({checked_count} checked)"
    return found + (f" in {_counted(files, 'file')}" if files else "") + checked


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
