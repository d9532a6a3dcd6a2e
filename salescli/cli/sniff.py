"""`sniff`: what would be recognised in files, with the reasons; nothing is written, and no workspace is needed."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems, set_outcome
from salescli.cli.language import both
from salescli.cli.reading import (
    AcceptDatesOption,
    AsOption,
    ConstantOption,
    DateOrderOption,
    EncodingOption,
    KeyOption,
    MapOption,
    PercentOption,
    ProfileOption,
    SheetOption,
    ground,
)
from salescli.errors import DecisionNeeded


def sniff(
    files: Annotated[
        list[str],
        typer.Argument(help=both("文件、通配符或文件夹;- 为标准输入", "files, patterns or folders; - is stdin")),
    ],
    as_type: AsOption = "",
    profile: ProfileOption = "",
    sheet: SheetOption = "",
    date_order: DateOrderOption = "",
    accept_dates: AcceptDatesOption = False,
    percent: PercentOption = "",
    key: KeyOption = "",
    maps: MapOption = None,
    encoding: EncodingOption = "",
    constant: ConstantOption = None,
    year: Annotated[
        str, typer.Option("--for", metavar="YEAR", help=both("各月份列所属年度:2026", "the year of month columns"))
    ] = "",
) -> None:
    from salescli.services.importing.request import as_typed, build_options
    from salescli.services.importing.sniffing import sniff_files

    texts = {
        "--as": as_type, "--profile": profile, "--sheet": sheet, "--date-order": date_order, "--percent": percent,
        "--key": key, "--encoding": encoding,
    }  # fmt: skip
    said = [f"{option} {as_typed(text)}" for option, text in texts.items() if text]
    said += [f"--map {as_typed(text)}" for text in maps or []]
    said += [f"--constant {as_typed(text)}" for text in constant or []] + ([f"--for {year}"] if year else [])
    said += ["--accept-dates"] if accept_dates else []
    here = ground()
    to_read = build_options(
        here, files, as_type=as_type, profile=profile, sheet=sheet, date_order=date_order, percent=percent, key=key,
        maps=maps or [], encoding=encoding, accept_dates=accept_dates,
        constants=constant or [], year=year,
    )  # fmt: skip
    report, read = sniff_files(here, to_read, said)
    emit(report)
    emit_problems([*to_read.notes, *read.blocking, *read.decisions, *read.problems, *read.notes], limit=3)
    if read.decisions:
        set_outcome(DecisionNeeded.exit_code)
