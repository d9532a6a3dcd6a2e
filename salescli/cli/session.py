"""The options that every command has, with their types, and the workspace they lead to.

`session()` gives those of the running command. A command never parses them itself; it hands `session().on`,
`session().known` and so on to its service.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from salescli.core.title import Language
from salescli.errors import Problem, UsageError, problem

if TYPE_CHECKING:
    from salescli.render.options import Unit
    from salescli.services.workspace import Workspace

UNITS: dict[str, Unit] = {
    "元": "yuan", "yuan": "yuan", "1": "yuan",
    "千": "thousand", "thousand": "thousand", "1k": "thousand",
    "万": "ten-thousand", "ten-thousand": "ten-thousand", "10k": "ten-thousand",
}  # fmt: skip
NARROWEST = 20


@dataclass(frozen=True, slots=True)
class Session:
    """What the person asked for beside the command itself.

    `format` is None where neither `-O` nor `-o` chose one; `on` and `known` are None where not asked. `folder` is
    where the search for the workspace begins.
    """

    language: Language = "en"
    language_given: bool = False
    format: str | None = None
    output: Path | None = None
    width: int | None = None
    ascii: bool = False
    unit: Unit | None = None
    folder: Path | None = None
    on: date | None = None
    known: str | None = None
    today_given: date | None = None
    no_input: bool = False
    yes: bool = False
    debug: bool = False


_current = Session()
_workspace: Workspace | None = None


def session() -> Session:
    """Return the options of the running command."""
    return _current


def begin_session(new: Session) -> None:
    """Make these the options of the command that is about to run."""
    global _current, _workspace
    _current, _workspace = new, None


def workspace() -> Workspace:
    """Return the workspace around the folder asked for, found once per command.

    Its parsed settings have the last word on the language, unless the command line or the environment chose one.

    Raises:
        ProblemsFound: no workspace here, or its settings cannot be read.
    """
    global _current, _workspace
    if _workspace is None:
        from salescli.services.workspace import find_workspace

        _workspace = find_workspace(_current.folder or Path())
        if not _current.language_given:
            _current = replace(_current, language=_workspace.settings.language)
    return _workspace


def renew_workspace() -> None:
    """Look for the workspace anew: the command has just made one."""
    global _workspace
    _workspace = None


def today() -> date:
    """Return the day it is: `--today` or SALESCLI_TODAY, else the clock's day in the workspace's time zone."""
    if _current.today_given is not None:
        return _current.today_given
    return _now().date()


def moment() -> str:
    """Return now as records store it; the day alone where it was given: nobody said what time it was."""
    if _current.today_given is not None:
        return _current.today_given.isoformat()
    return _now().replace(tzinfo=None).isoformat(" ", "seconds")


def shown_unit() -> Unit:
    """Return the unit in which amounts are shown: `--unit`, else the workspace's own."""
    return _current.unit or (_workspace.settings.unit if _workspace else "")


def base_currency() -> str:
    """Return the workspace's currency, "" where no workspace was opened."""
    return _workspace.settings.currency if _workspace else ""


def on_or_today() -> date:
    """Return the day whose truth is asked."""
    return _current.on or today()


def build_session(
    values: Mapping[str, str], environment: Mapping[str, str], language: Language, to_folder: bool = False
) -> Session:
    """Give the options their types; `to_folder`: the command writes a folder, whose name chooses no format.

    Raises:
        UsageError: all the values that cannot be read, together.
    """
    wrong: list[Problem] = []
    output = Path(values["output"]) if "output" in values else None
    chosen = Session(
        language=language,
        language_given=bool(values.get("lang") or environment.get("SALESCLI_LANG")),
        format=_parse_format(values.get("format"), None if to_folder else output, wrong),
        output=output,
        width=_parse_width(values.get("width"), wrong),
        ascii="ascii" in values,
        unit=_parse_unit(values.get("unit"), wrong),
        folder=_parse_folder(values.get("workspace"), wrong),
        on=_parse_day("--on", values.get("on"), wrong),
        known=values.get("known"),
        today_given=_parse_today(values, environment, wrong),
        no_input="no_input" in values,
        yes="yes" in values,
        debug="debug" in values or environment.get("SALESCLI_DEBUG", "") not in ("", "0"),
    )
    lang = values.get("lang")
    if lang and lang.lower() not in ("zh", "en"):
        wrong.append(problem("option-choice", option="--lang", text=lang, choices=("zh", "en")))
    if wrong:
        raise UsageError(*wrong)
    return chosen


def _parse_format(text: str | None, output: Path | None, wrong: list[Problem]) -> str | None:
    if text is None and output is None:
        return None
    from salescli.render.registry import FORMATS, format_for

    if text is not None:
        if text not in FORMATS:
            wrong.append(problem("option-choice", option="--format", text=text, choices=tuple(FORMATS)))
        return text
    found = format_for(str(output))
    if found is None:
        suffixes = tuple(suffix for entry in FORMATS.values() for suffix in entry.suffixes)
        wrong.append(problem("output-suffix", path=str(output), suffixes=suffixes))
        return None
    return found.name


def _parse_unit(text: str | None, wrong: list[Problem]) -> Unit | None:
    if text is None:
        return None
    found = UNITS.get(text.lower())
    if found is None:
        wrong.append(problem("option-choice", option="--unit", text=text, choices=tuple(dict.fromkeys(UNITS.values()))))
    return found


def _parse_width(text: str | None, wrong: list[Problem]) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) < 5 and int(text) >= NARROWEST:
        return int(text)
    wrong.append(problem("bad-width", text=text, least=NARROWEST))
    return None


def _parse_folder(text: str | None, wrong: list[Problem]) -> Path | None:
    if text is None:
        return None
    folder = Path(text)
    if not folder.is_dir():
        wrong.append(problem("no-such-folder", path=text))
    return folder


def _parse_today(values: Mapping[str, str], environment: Mapping[str, str], wrong: list[Problem]) -> date | None:
    if "today" in values:
        return _parse_day("--today", values["today"], wrong)
    return _parse_day("SALESCLI_TODAY", environment.get("SALESCLI_TODAY") or None, wrong)


def _parse_day(option: str, text: str | None, wrong: list[Problem]) -> date | None:
    if text is None:
        return None
    if len(text) == 10:  # fromisoformat also reads 20260331 and 2026-W13-2
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    wrong.append(problem("option-date", option=option, text=text))
    return None


def _now() -> datetime:
    zone = _workspace.settings.time_zone if _workspace else ""
    if zone:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            return datetime.now(tz=ZoneInfo(zone))
        except (ZoneInfoNotFoundError, ValueError):
            pass  # Windows without the tzdata package: the local clock is the best there is
    return datetime.now().astimezone()
