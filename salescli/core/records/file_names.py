"""Names of files as people give them from month to month: what stays of them, and patterns that fit the next one.

`三月回款.xlsx` and `回款-2026-04 (2).xlsx` are one source, `回款计划-三月.xlsx` is another one. A `{date}` in a pattern
stands for what a date is written with, and `*` and `?` are what they are in a shell.
"""

from __future__ import annotations

import re
import unicodedata
from fnmatch import fnmatchcase

DATE = "{date}"
_DATES = re.compile(
    r"\d+|年|月份?|季度?|[一二三四五六七八九十]{1,2}(?=月)|上半年|下半年"
    r"|(?<![a-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])|(?<![a-z])(?:q|w)(?=\d)"
)
_BETWEEN = r"[\s_.()~,、-]*"
_RUN = re.compile(rf"(?:{_BETWEEN}{DATE})+{_BETWEEN}".replace(DATE, re.escape(DATE)))
_GLOBS = re.compile(r"\[[^\]]*\]|[*?]")
_REJECTS = ".rejects"


def feed_of_stem(stem: str) -> str:
    """Return a file's name without digits, months and dates.

    >>> feed_of_stem("2026年三月回款-v2"), feed_of_stem("Receipts_Mar-2026.rejects")
    ('回款-v', 'receipts')
    """
    body = unicodedata.normalize("NFKC", stem).casefold().removesuffix(_REJECTS)
    cut = re.sub(r"[\s_.-]+", "-", _DATES.sub("", body)).strip("-()~,")
    return cut or body


def has_date(text: str) -> bool:
    """Tell whether a name holds digits or a month, so that next month's will be another one."""
    return _DATES.search(unicodedata.normalize("NFKC", text).casefold()) is not None


def pattern_of(file_name: str) -> str:
    """Return the pattern that fits the file of this name, and next month's, and no other source's.

    >>> pattern_of("三月回款.xlsx"), pattern_of("Receipts_Mar-2026.csv"), pattern_of("202603.csv")
    ('{date}回款.xlsx', 'Receipts{date}.csv', '202603.csv')
    """
    stem, suffix = _split(file_name)
    text = unicodedata.normalize("NFKC", stem)
    body = text.casefold()
    if body.endswith(_REJECTS):
        text, body = text[: -len(_REJECTS)], body.removesuffix(_REJECTS)
    if not re.sub(_BETWEEN, "", _DATES.sub("", body)):
        return _escaped(file_name)
    pattern = _RUN.sub(DATE, _dated(text if len(text) == len(body) else body, body))
    return (pattern if DATE in pattern else pattern + DATE) + _escaped(suffix)


def _dated(text: str, body: str) -> str:
    """Put the sign for a date in place of each date of a name; `body` is the name as dates are found in it."""
    parts, end = [], 0
    for match in _DATES.finditer(body):
        parts += [_escaped(text[end : match.start()]), DATE]
        end = match.end()
    return "".join([*parts, _escaped(text[end:])])


def fits_name(pattern: str, file_name: str) -> bool:
    """Tell whether a file's name fits a pattern; case does not count.

    The rejected rows of a file, `NAME.rejects.xlsx`, fit where it does.

    >>> [fits_name("{date}回款.xlsx", name) for name in ("四月回款.xlsx", "未回款.xlsx", "回款计划.xlsx")]
    [True, False, False]
    """
    name, wanted = file_name.casefold(), pattern.casefold()
    stem = name.removesuffix(f"{_REJECTS}.xlsx")
    suffix = wanted[wanted.rfind(".") :] if "." in wanted else ""
    names = {name} if stem == name else {name, stem + suffix}
    return any(_fits(wanted, one) for one in names)


def specificity(pattern: str) -> tuple[int, int]:
    """Return how narrow a pattern is: the longer what it says literally, and the fewer its `*`, the narrower."""
    literal = _GLOBS.sub("", pattern.replace(DATE, ""))
    return len(literal), -len(_GLOBS.findall(pattern))


def _fits(pattern: str, name: str) -> bool:
    if DATE not in pattern:
        return fnmatchcase(name, pattern)
    (stem, suffix), (wanted, wanted_suffix) = _split(name), _split(pattern)
    feed = feed_of_stem(wanted.replace(DATE, "0"))
    return fnmatchcase(suffix, wanted_suffix) and fnmatchcase(feed_of_stem(stem), feed)


def _split(name: str) -> tuple[str, str]:
    stem, dot, suffix = name.rpartition(".")
    return (stem, dot + suffix) if dot else (name, "")


def _escaped(text: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", text)
