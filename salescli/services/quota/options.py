"""What is typed at `quota set` into the one-line YAML of a target policy: nobody has to write YAML.

Every function takes a text as people type it, in either language, and returns the written form that the policy's
reader knows. A text that has no such form at all is refused with an example; what the values mean, the reader checks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from salescli.core.scalars import TextRefused, parse_amount
from salescli.errors import UsageError, problem

METHODS = {
    "历史": "history",
    "历史业绩": "history",
    "平均": "equal",
    "均分": "equal",
    "权重": "weights",
    "潜力": "potential",
    "商机": "pipeline",
    "产能": "capacity",
    "季节": "seasonal",
    "季节性": "seasonal",
}
LEVELS = {"目标": "base", "基本": "base", "冲刺": "stretch", "挑战": "challenge"}
CHOICES = {
    "团队": "team",
    "本人": "own-year",
    "继任者": "successor",
    "主管": "manager",
    "空缺席位": "vacant-seat",
    "不分配": "open",
    "同事": "colleagues",
    "团队中位数": "team-median",
    "无": "nothing",
}
_PLAIN = re.compile(r"\w[\w%./+-]*(?: [\w%./+-]+)*")
_OWN_YEAR = re.compile(r"(?:本人|自己)?(?:去年|上年|上一年)的?\s*([0-9.]+\s*%)|([0-9.]+\s*%)")
_FIXED = re.compile(r"(?P<who>.+?)\s+(?P<period>\S+)\s+(?P<amount>[0-9][0-9,_.]*[千万亿]?)(?:\s+(?P<rest>\S+))?")


def quoted(text: str) -> str:
    """Return a text as YAML that stands in any place.

    >>> quoted("90% of own last year"), quoted("a: b")
    ('90% of own last year', '"a: b"')
    """
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def word(text: str) -> str:
    """Return one value as typed; "" stays nothing."""
    return quoted(text.strip()) if text.strip() else ""


def amount(text: str) -> str:
    """Return an amount as it stands in braces, where a comma would end it; another text as it is.

    >>> amount("90万"), amount("5%")
    ('900_000', '5%')
    """
    return quoted(figure(text).replace(",", "_"))


def figure(text: str) -> str:
    """Return an amount in digits, in groups of three; what is no amount stays for the reader to refuse.

    >>> figure("1.2亿"), figure("12000万"), figure("12x")
    ('120,000,000', '120,000,000', '12x')
    """
    try:
        return f"{parse_amount(text.strip()):,f}"
    except TextRefused:
        return word(text)


def choice(text: str) -> str:
    """Return a choice by its name."""
    return quoted(CHOICES.get(text, text))


def blend(option: str, text: str) -> str:
    """Return `split_by`: one method, or methods with their shares."""
    if "=" not in text:
        return quoted(METHODS.get(text.strip(), text.strip()))
    return mapping(option, text, "history=70%,equal=30%", METHODS)


def levels(text: str) -> str:
    """Return the levels; the base is always 100 %."""
    given = pairs("--levels", text, "stretch=110%,challenge=125%", LEVELS)
    return _braces({"base": "100%"} | given)


def limit(text: str) -> str:
    """Return a limit; a bare share is one of the own last year.

    >>> limit("90%"), limit("去年的 90%"), limit("50万")
    ('90% of own last year', '90% of own last year', '500,000')
    """
    match = _OWN_YEAR.fullmatch(text.strip())
    if match is None:
        return figure(text)
    return f"{(match[1] or match[2]).replace(' ', '')} of own last year"


def years(text: str) -> str:
    """Return the years of history."""
    return f"[{', '.join(quoted(each.strip()) for each in re.split('[,、]', text))}]"


def together(text: str) -> str:
    """Return the months that share one index.

    >>> together("1+2,10+11")
    '[[1, 2], [10, 11]]'
    """
    groups = [[quoted(month.strip()) for month in group.split("+")] for group in re.split("[,、]", text)]
    return f"[{', '.join('[' + ', '.join(group) + ']' for group in groups)}]"


def month_weights(text: str) -> str:
    """Return weights of the months from twelve numbers, or from pairs.

    Raises:
        UsageError: there are not twelve.
    """
    if "=" in text:
        return mapping("--month-weights", text, "1=6,2=6,3=9")
    numbers = [each.strip() for each in re.split("[,、]", text)]
    if len(numbers) != 12:
        raise _refused("--month-weights", text, "6,6,9,8,8,10,8,8,9,9,9,10")
    return _braces({str(month): number for month, number in enumerate(numbers, 1)})


def mapping(option: str, text: str, example: str, words: Mapping[str, str] | None = None) -> str:
    """Return pairs as a map in braces."""
    return _braces(pairs(option, text, example, words or {}))


def pairs(option: str, text: str, example: str, words: Mapping[str, str]) -> dict[str, str]:
    """Read `a=1,b=2`.

    Raises:
        UsageError: a part has no `=`, or a name stands twice.
    """
    found: dict[str, str] = {}
    for each in re.split("[,、](?![0-9]{3}(?![0-9%]))", text):
        name, sign, value = (part.strip() for part in each.partition("="))
        name = words.get(name, name)
        if not (name and sign and value) or name in found:
            raise _refused(option, text, example)
        found[name] = amount(value)
    return found


def rates_by_role(option: str, texts: Sequence[str]) -> str:
    """Return `role=0%,25%,50%` of several roles as a map of lists.

    Raises:
        UsageError: a text has no `=`, or a role stands twice.
    """
    found: dict[str, str] = {}
    for text in texts:
        role, sign, rates = (part.strip() for part in text.partition("="))
        if not (role and sign and rates) or role in found:
            raise _refused(option, text, "account-manager=0%,25%,50%,75%,100%")
        found[role] = f"[{', '.join(quoted(each.strip()) for each in re.split('[,、]', rates))}]"
    return _braces(found)


def fixed_parts(text: str) -> tuple[str, str, str, str]:
    """Read `P017 2026-Q1 900,000 team`: the person as typed, the period, the amount, where the rest goes.

    Raises:
        UsageError: it is not that.

    >>> fixed_parts("王芳 2026-Q1 90万")
    ('王芳', '2026-Q1', '900_000', 'team')
    """
    match = _FIXED.fullmatch(text.strip())
    if match is None:
        raise _refused("--fixed", text, "P017 2026-Q1 900,000 team")
    return match["who"], quoted(match["period"]), amount(match["amount"]), choice(match["rest"] or "team")


def names(text: str) -> str:
    """Return names, parted by commas, as a list."""
    return f"[{', '.join(quoted(each.strip()) for each in re.split('[,、]', text))}]"


def sentence(text: str) -> str:
    """Return a text of people's own words on one line; "" stays nothing."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False) if text.strip() else ""


def texts_by_name(option: str, texts: Sequence[str]) -> str:
    """Return `name=some words` of several names as a map.

    Raises:
        UsageError: a text has no `=`, or a name stands twice.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, sign, words = (part.strip() for part in text.partition("="))
        if not (name and sign and words) or name in found:
            raise _refused(option, text, "T01=two customers renew")
        found[name] = sentence(words)
    return braces(found)


def braces(values: Mapping[str, str]) -> str:
    """Return a map; "" where there is nothing in it."""
    return _braces(values) if values else ""


def _braces(values: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{quoted(name)}: {value}" for name, value in values.items()) + "}"


def _refused(option: str, text: str, example: str) -> UsageError:
    return UsageError(problem("bad-quota-option", option=option, text=text, example=example))
