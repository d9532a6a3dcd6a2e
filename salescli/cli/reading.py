"""What `import` and `sniff` have in common: the options about how files are read, and the ground they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.cli.language import both
from salescli.cli.session import session, today

if TYPE_CHECKING:
    from salescli.services.importing.request import Ground

AsOption = Annotated[
    str,
    typer.Option("--as", metavar="TYPE", help=both("记录类型(默认由表头识别)", "the record type (else by headers)")),
]
ProfileOption = Annotated[
    str, typer.Option("--profile", metavar="NAME", help=both("导入配置的名称", "the name of an import profile"))
]
SheetOption = Annotated[str, typer.Option("--sheet", help=both("只读这个工作表", "read this sheet only"))]
DateOrderOption = Annotated[
    Literal["", "dmy", "mdy", "ymd"],
    typer.Option("--date-order", help=both("如 03/04/2026 的日期顺序", "the order of dates such as 03/04/2026")),
]
AcceptDatesOption = Annotated[
    bool,
    typer.Option(
        "--accept-dates",
        help=both("日期只有一种读法不矛盾时采用它", "take the one reading of dates that contradicts nothing"),
    ),
]
PercentOption = Annotated[
    Literal["", "percent", "fraction"],
    typer.Option(
        "--percent",
        help=both("无 % 的比例是 50(percent)还是 0.5(fraction)", "bare rates are 50 (percent) or 0.5 (fraction)"),
    ),
]
KeyOption = Annotated[
    str,
    typer.Option(
        "--key",
        metavar="COLUMNS",
        help=both("无单号时作为键的列,逗号分隔", "columns that make the key where there is no number"),
    ),
]
MapOption = Annotated[
    list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help=both("列=字段", "column=field"))
]
AliasOption = Annotated[
    list[str] | None,
    typer.Option("--alias", help=both("类型:写法=实名,如 person:王方=王芳", "type:written=meant, as person:Jon=John")),
]
EncodingOption = Annotated[
    str, typer.Option("--encoding", help=both("文本编码(默认自动识别)", "the text encoding (else found out)"))
]
SourceOption = Annotated[
    str,
    typer.Option(
        "--source",
        help=both(
            "每行的来源,如 展会(文件没有来源列时)", "where every row is from, as a fair; for a file without that column"
        ),
    ),
]

ConstantOption = Annotated[
    list[str] | None,
    typer.Option(
        "--constant",
        metavar="FIELD=VALUE",
        help=both("每行相同的字段,如 metric=receipts-net", "a field that is the same in every row"),
    ),
]


def ground() -> Ground:
    """Return what reading has to know: of the workspace around, or of none."""
    from pathlib import Path

    from salescli.cli.session import workspace
    from salescli.core.records.registry import built_in
    from salescli.services.importing.request import Ground
    from salescli.services.workspace import find_folder

    if find_folder(session().folder or Path()) is None:
        return Ground(built_in(), None, today())
    from salescli.core.periods import FiscalCalendar
    from salescli.services.context import registry_of

    here = workspace()
    calendar = FiscalCalendar(here.settings.fiscal_year_start, here.settings.fiscal_year_named or "start")
    return Ground(registry_of(here), here.config, today(), here.settings.currency, calendar)
