"""What a YAML syntax error probably means: full-width signs, tabs, missing quotes, a missing space."""

from __future__ import annotations

import re
from typing import Any

from salescli.core.scalars import ascii_of
from salescli.errors import Problem, Where, problem

_FULL_WIDTH_KEY = re.compile(r"^[\s　]*(?:[-－]\s+)*[^\s:\"'#：|>][^:\"'#：]*(：)")
_TAB_INDENT = re.compile(r"^ *\t")
_NO_SPACE = re.compile(r"^\s*(?:-\s+)*[^\s:\"'#{\[]+(:)[^\s/]")
_QUOTED_OR_COMMENT = re.compile(r"\"[^\"]*\"|'[^']*'|(?:^|\s)#.*$")

# Beginnings of the parser's own words, and what they mean in ours.
_MEANINGS = (
    ("mapping values are not allowed", "second-colon"),
    ("could not find expected ':'", "missing-colon"),
    ("expected ',' or '", "unclosed-bracket"),
    ("found unexpected end of stream", "unclosed-quote"),
    ("expected <block end>", "bad-indent"),
    ("expected '<document start>'", "bad-indent"),
    ("sequence entries are not allowed", "bad-indent"),
    ("expected the node content", "yaml-value-missing"),
)
# What a text that begins with `| > & * ! %` was taken for.
_SIGN_CONTEXTS = ("a block scalar", "an anchor", "an alias", " tag", "a directive")
# What is raised without YAML's own words: Python's, of an escape whose number is too large; they differ by version.
NO_CHARACTER = "an escape such as `\\U…` that is no character"
_UNSTARTABLE = re.compile(r"found character '(.|\\t)' that cannot start any token")


def full_width_keys(text: str, file: str) -> list[Problem]:
    """Return a problem for each line that has a full-width colon where the colon of a key belongs."""
    found = []
    for number, line in enumerate(_lines(text), start=1):
        match = _FULL_WIDTH_KEY.match(line)
        if match:
            where = Where(file, number, match.start(1) + 1)
            found.append(problem("full-width-punctuation", where, sign="：", ascii=": "))
    return found


def syntax_problems(text: str, file: str, error: Exception) -> list[Problem]:
    """Explain why YAML could not be parsed; at least one problem."""
    marks: list[Any] = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    at = next((mark for mark in marks if mark is not None), None)
    line, column = (at.line + 1, at.column + 1) if at is not None else (1, 1)
    return (
        full_width_keys(text, file)
        or _tabs(text, file)
        or _full_width_on_line(text, file, line)
        or [_named(text, file, error, (line, column), marks[1])]
    )


def missing_space(text: str, file: str, line: int) -> Problem | None:
    """Find `key:value` on a line: without the space YAML sees one word."""
    match = _NO_SPACE.match(_line(text, line))
    if match is None:
        return None
    return problem("no-space-after-colon", Where(file, line, match.start(1) + 1))


def _named(text: str, file: str, error: Exception, at: tuple[int, int], context: Any) -> Problem:
    reason = str(getattr(error, "problem", None) or NO_CHARACTER).split("\n")[0]
    where = Where(file, *at)
    unstartable = _UNSTARTABLE.match(reason)
    if unstartable and unstartable[1] == "\\t":
        return problem("tab-in-indent", where)
    if unstartable:
        return problem("sign-needs-quotes", where, sign=unstartable[1])
    if reason.startswith("mapping keys are not allowed"):
        return problem("sign-needs-quotes", where, sign="?")
    if context is not None and str(getattr(error, "context", "")).endswith(_SIGN_CONTEXTS):
        where = Where(file, context.line + 1, context.column + 1)
        return problem("sign-needs-quotes", where, sign=text[context.index : context.index + 1])
    name = next((name for words, name in _MEANINGS if reason.startswith(words)), "yaml-syntax")
    if name == "second-colon":
        # `plan:am` goes on into the next line, where its colon is then the second one.
        return missing_space(text, file, at[0] - 1) or _missing_colon_above(text, file, at) or problem(name, where)
    if name in ("missing-colon", "unclosed-bracket", "unclosed-quote") and context is not None:
        where = Where(file, context.line + 1, context.column + 1)
        if name == "missing-colon":
            return missing_space(text, file, where.line) or problem(name, where, text=_line(text, where.line).strip())
    return problem(name, where, reason=reason)


def _missing_colon_above(text: str, file: str, at: tuple[int, int]) -> Problem | None:
    """Find the line without a colon that runs on into this one, of which the colon is the first."""
    above = _line(text, at[0] - 1)
    if ": " in _line(text, at[0])[: at[1] - 1] or ":" in above or not above.strip():
        return None
    column = len(above) - len(above.lstrip()) + 1
    return problem("missing-colon", Where(file, at[0] - 1, column), text=above.strip())


def _tabs(text: str, file: str) -> list[Problem]:
    lines = enumerate(_lines(text), start=1)
    matches = [(number, _TAB_INDENT.match(line)) for number, line in lines if line.strip()]
    return [problem("tab-in-indent", Where(file, number, match.end())) for number, match in matches if match]


def _full_width_on_line(text: str, file: str, line: int) -> list[Problem]:
    """Find a full-width sign outside quotes and comments on the line of the error, or on the one before it."""
    for number in (line, line - 1):
        shown = _QUOTED_OR_COMMENT.sub(lambda match: " " * len(match[0]), _line(text, number))
        for column, sign in enumerate(shown, start=1):
            if sign in "，：｛｝［］＃－　":
                where = Where(file, number, column)
                return [problem("full-width-punctuation", where, sign=sign, ascii=ascii_of(sign))]
    return []


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _line(text: str, number: int) -> str:
    lines = _lines(text)
    return lines[number - 1] if 0 < number <= len(lines) else ""
