"""Files of target policies: written as text, read before they are saved, and never saved with an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from salescli.core.money import CONTEXT
from salescli.core.periods import Period, parse_period
from salescli.core.scalars import parse_rate
from salescli.core.title import Title
from salescli.errors import ProblemsFound, Refused, UsageError, problem
from salescli.services.atomic import write_file
from salescli.services.context import Context
from salescli.services.quota.figures import Metric, fetch_figures, total_of
from salescli.services.quota.request import ORDER, Path

if TYPE_CHECKING:
    from salescli.policy.reader import Document

SECTIONS = ("teams", "people", "months")
_YEAR = re.compile(r"(?:FY)?[0-9]{4}")


def policy_path(context: Context, name: str) -> FilePath:
    """Return the file of a policy's name.

    Raises:
        UsageError: the name is none of a file in the folder.
    """
    if not name or name.startswith(".") or any(sign in name for sign in '/\\:*?"<>|\n\0'):
        raise UsageError(problem("bad-quota-option", option="--name", text=name, example="receipts-2027"))
    return context.workspace.config / "targets" / f"{name}.yaml"


def policy_text(keys: Mapping[Path, str]) -> str:
    """A policy as text: a line for each key, the keys of a section below it."""
    order = {name: place for place, name in enumerate(ORDER)}
    lines: list[str] = []
    for path in sorted(keys, key=lambda path: [order.get(name, len(order)) for name in path]):
        if len(path) == 2 and f"{path[0]}:" not in lines:
            lines.append(f"{path[0]}:")
        lines.append(f"{'  ' * (len(path) - 1)}{path[-1]}: {keys[path]}")
    return "\n".join(lines) + "\n"


def read_checked(context: Context, path: FilePath, text: str) -> Document[Any]:
    """Read a text as the policy of a path.

    Raises:
        ProblemsFound: it has errors.
    """
    from salescli.policy.targets import read_targets

    document = read_targets(text, context.workspace.relative(path))
    if document.errors:
        raise ProblemsFound(*document.errors)
    return document


def save_policy(context: Context, path: FilePath, text: str) -> None:
    """Write a policy, whole or not at all.

    Raises:
        Refused: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text.encode())
    except OSError as error:
        shown = context.workspace.relative(path)
        raise Refused(problem("cannot-write", path=shown, reason=error.strerror or str(error))) from error


def year_of_text(context: Context, text: str) -> Period:
    """Return the year that a text names.

    Raises:
        ProblemsFound: it is none.
    """
    if not _YEAR.fullmatch(text):
        raise ProblemsFound(problem("bad-target-year", text=text))
    return parse_period(text, context.calendar)


def key_paths(plain: Mapping[str, Any]) -> list[Path]:
    """Return the paths of the keys that a policy of plain texts has."""
    inner = [(place, key) for place in SECTIONS if isinstance(plain.get(place), dict) for key in plain[place]]
    return [*((key,) for key in plain if key not in SECTIONS), *inner]


def text_at(plain: Any, path: Path) -> str:
    """Return a value of plain texts as text."""
    for key in path:
        plain = plain[key]
    return str(plain)


def base_footer(context: Context, document: Document[Any], metric: Metric) -> tuple[Title, ...]:
    """What the base is in figures, and what the growth makes of it."""
    plain = document.plain
    if "growth" not in plain or not isinstance(plain.get("base"), str):
        return ()
    from salescli.core.quotas.base import parse_base

    window = parse_base(plain["base"]).resolve(context.calendar)
    if window is None:
        return ()
    base = total_of(fetch_figures(context, metric, (), window).values())
    year = CONTEXT.multiply(base, CONTEXT.add(Decimal(1), parse_rate(plain["growth"])))
    return (
        Title(
            f"基期实际 {base:,.2f} → 公司目标 {year:,.2f}({metric.currency or '数量'})",
            f"the base is {base:,.2f}, the company's year {year:,.2f} ({metric.currency or 'a count'})",
        ),
    )
