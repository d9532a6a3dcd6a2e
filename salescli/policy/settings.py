"""The workspace's own file, `salescli.yaml`: its shape, reading it, and the text a new workspace begins with."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from salescli.core.periods import FiscalCalendar
from salescli.core.shape_marks import Field, PlainValidator, WithJsonSchema, model_validator
from salescli.core.shapes import Count, Currency, Name, Shape, Title, fault
from salescli.core.title import Language
from salescli.policy.reader import Document, read_document

Unit = Literal["", "yuan", "thousand", "ten-thousand"]
_UNITS: dict[str, Unit] = {
    "yuan": "yuan",
    "元": "yuan",
    "thousand": "thousand",
    "千": "thousand",
    "ten-thousand": "ten-thousand",
    "万": "ten-thousand",
}
_ZONE = re.compile(r"UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}")


def _read_zone(value: object) -> str:
    """Read `Area/City`. Whether the zone is known is a question to the machine, which may have no list of zones."""
    if not isinstance(value, str):
        raise fault("not-a-value")
    if not _ZONE.fullmatch(value):
        raise fault("bad-time-zone", text=value)
    return value


def _read_unit(value: object) -> Unit:
    if not isinstance(value, str):
        raise fault("not-a-value")
    if value not in _UNITS:
        raise fault("unknown-choice", text=value, key="unit", choices=tuple(_UNITS))
    return _UNITS[value]


CheckPoint = Literal[
    "files", "unclaimed", "claims", "unpaid", "several-paid", "no-plan", "two-plans", "no-quota", "no-terms",
    "special-rates", "after-leaving", "no-grade", "quotas", "held", "remaining", "adjustments", "disputes",
    "confirmations", "pots", "payments", "draft",
]  # fmt: skip
"""The points of the list before closing at which a workspace may stop."""


class CommissionSettings(Shape):
    """How commission is closed: whether somebody approves first, and which points of the list before closing stop."""

    called = Title("提成设置", "the settings of commission")
    wrong_keys: ClassVar[Mapping[str, str]] = {"close_stops": "stop_at", "stops": "stop_at"}

    close_needs: Literal["approval"] | None = None
    stop_at: tuple[CheckPoint, ...] = ()


class Settings(Shape):
    """What a workspace is: its name, base currency, fiscal year, language, time zone and unit of display."""

    called = Title("工作区设置", "the workspace settings")
    wrong_keys: ClassVar[Mapping[str, str]] = {
        "base_currency": "currency",
        "title": "name",
        "timezone": "time_zone",
        "lang": "language",
    }

    name: Name
    currency: Currency
    fiscal_year_start: Annotated[Count, Field(ge=1, le=12)] = 1
    fiscal_year_named: Literal["start", "end"] | None = None
    language: Language = "en"
    time_zone: Annotated[str, PlainValidator(_read_zone), WithJsonSchema({"type": "string"})] = ""
    unit: Annotated[Unit, PlainValidator(_read_unit), WithJsonSchema({"enum": list(_UNITS)})] = ""
    commission: CommissionSettings | None = None

    @model_validator(mode="after")
    def _name_of_fiscal_year(self) -> Settings:
        if self.fiscal_year_start != 1 and self.fiscal_year_named is None:
            raise fault("fiscal-name-missing", "fiscal_year_start", month=self.fiscal_year_start)
        return self

    @property
    def fiscal_calendar(self) -> FiscalCalendar:
        """Where fiscal years begin and how they are named."""
        return FiscalCalendar(self.fiscal_year_start, self.fiscal_year_named or "start")


def read_settings_document(path: Path, file_name: str = "") -> Document[Settings]:
    """Read the settings with the place of everything in them."""
    return read_document(path, Settings, file_name)


def read_settings(path: Path, file_name: str = "") -> Settings:
    """Read the settings.

    Raises:
        ProblemsFound: the file is missing or has errors, all of which are carried.
    """
    return read_settings_document(path, file_name).require()


_LINES: dict[Language, tuple[str, ...]] = {
    "zh": (
        "# 工作区设置。改完后运行 salescli check 检查。",
        "name: {name}",
        "currency: {currency}            # 本位币,三个大写字母",
        "fiscal_year_start: 1     # 财年从几月开始;不是 1 月时还须写 fiscal_year_named: start 或 end",
        "language: zh             # zh 或 en",
        "{zone}",
        "unit: yuan               # 金额显示单位:yuan(元)、thousand(千)、ten-thousand(万)",
    ),
    "en": (
        "# Settings of this workspace. After a change, run: salescli check",
        "name: {name}",
        "currency: {currency}            # the base currency, three capital letters",
        "fiscal_year_start: 1     # month; where it is not 1, fiscal_year_named: start | end is needed too",
        "language: en             # zh | en",
        "{zone}",
        "unit: yuan               # amounts are shown in units (yuan), thousand or ten-thousand",
    ),
}


_ZONES: dict[Language, str] = {
    "zh": "time_zone: Asia/Shanghai",
    "en": "# time_zone: Europe/Berlin   # left out: the zone of this computer",
}


def build_settings_text(name: str, currency: str, language: Language, time_zone: str = "") -> str:
    """Return the commented settings of a new workspace. A JSON string is a YAML string, whatever the name holds."""
    quoted = json.dumps(name, ensure_ascii=False)
    zone = f"time_zone: {time_zone}" if time_zone else _ZONES[language]
    lines = (line.format(name=quoted, currency=currency, zone=zone) for line in _LINES[language])
    return "\n".join(lines) + "\n"
