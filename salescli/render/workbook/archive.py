"""Planned sheets as the bytes of an .xlsx file: the same plans give the same bytes.

openpyxl writes a skeleton: styles, widths, charts, print set-up, and sheets without rows. The copy of its archive takes
the rows in, and carries fixed times, since openpyxl stamps the clock.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from salescli.render.workbook.grids import column_letter
from salescli.render.workbook.looks import Styles
from salescli.render.workbook.sheet import SheetPlan

FIXED_TIME = datetime(2000, 1, 1)  # noqa: DTZ001  the workbook format knows no zones
LEVEL = 4  # of compression: a third of the time of 6 for files a tenth larger
IN_MEMORY = 1 << 24  # bytes of one sheet's rows; more wait in a temporary file
_PART = re.compile(r"xl/worksheets/sheet(\d+)\.xml$")
_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_AFTER_LINKS = re.compile(rb"(<printOptions|<pageMargins)")
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"')
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass
class SheetNames:
    """Gives sheet names that Excel takes: at most 31 characters, no forbidden signs, none twice."""

    used: set[str] = field(default_factory=set)

    def unique(self, wanted: str) -> str:
        """Return `wanted` as a sheet name, numbered where it is taken."""
        printable = "".join(character for character in wanted if character.isprintable())
        base = printable.translate(_FORBIDDEN).strip("' ") or "Sheet"
        name, count = base[:31], 1
        while name.casefold() in self.used or name.casefold() == "history":  # Excel keeps this name for itself
            count += 1
            suffix = f" ({count})"
            name = base[: 31 - len(suffix)] + suffix
        self.used.add(name.casefold())
        return name


def build_archive(plans: Sequence[SheetPlan], title: str = "") -> bytes:
    """Return the bytes of a workbook."""
    with contextlib.ExitStack() as stack:
        rows = [stack.enter_context(tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)) for _ in plans]
        target = io.BytesIO()
        with (
            zipfile.ZipFile(_skeleton(plans, rows, title)) as source,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for entry in source.infolist():
                content = source.read(entry)
                if found := _PART.match(entry.filename):
                    index = int(found[1]) - 1
                    _write_sheet(archive, entry.filename, content, plans[index], rows[index])
                else:
                    with archive.open(_fixed(entry.filename), "w") as part:
                        part.write(content)
        return target.getvalue()


def _skeleton(plans: Sequence[SheetPlan], rows: Sequence[IO[bytes]], title: str) -> io.BytesIO:
    """Write rows to their files, whereby all looks are numbered, and everything else to an archive."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for plan, file in zip(plans, rows, strict=True):
        worksheet = workbook.create_sheet(plan.name)
        plan.furnish(worksheet)
        for piece in plan.rows(Styles(worksheet, plan.language, plan.is_page)):
            file.write(piece.encode())
    workbook.properties.creator = "salescli"
    workbook.properties.title = title or None
    workbook.properties.created = workbook.properties.modified = FIXED_TIME
    skeleton = io.BytesIO()
    # ExcelWriter rather than Workbook.save: the latter sets `modified` to now.
    with zipfile.ZipFile(skeleton, "w") as archive:
        ExcelWriter(workbook, archive).write_data()
    skeleton.seek(0)
    return skeleton


def _write_sheet(archive: zipfile.ZipFile, name: str, content: bytes, plan: SheetPlan, rows: IO[bytes]) -> None:
    """Write a sheet's part with its rows and links in their places."""
    last = f'<dimension ref="A1:{column_letter(max(len(plan.widths), 1))}{plan.last_row}"'
    head, tail = _NO_ROWS.split(_DIMENSION.sub(last.encode(), content, count=1), maxsplit=1)
    size = rows.tell()
    rows.seek(0)
    with archive.open(_fixed(name), "w", force_zip64=size > 2**31 - 2**24) as part:
        part.write(head + b"<sheetData>")
        shutil.copyfileobj(rows, part, 1 << 20)
        part.write(b"</sheetData>" + _AFTER_LINKS.sub(plan.links_xml().encode() + rb"\1", tail, count=1))


def _fixed(name: str) -> zipfile.ZipInfo:
    """Return the head of a part, the same at any time and on every platform."""
    info = zipfile.ZipInfo(name, FIXED_TIME.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info._compresslevel = LEVEL  # type: ignore[attr-defined]
    info.create_system = 3
    info.external_attr = 0o600 << 16
    return info
