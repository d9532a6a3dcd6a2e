"""Files given to a small workspace through the service, as the command does."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from salescli.services.context import Context
from salescli.services.importing.files import ImportOutcome, import_files
from salescli.services.importing.request import build_request
from salescli.store.state import fetch_images

RECEIPTS = ("日期", "付款单位", "金额", "业务员", "备注")
KEY = "日期,付款单位,金额"


def write_rows(path: Path, rows: Sequence[Sequence[Any]], header: Sequence[str] = RECEIPTS) -> Path:
    """Write a text file of a header and rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *(["" if cell is None else cell for cell in row] for row in rows)])
    return path


def give(
    context: Context, name: str, rows: Sequence[Sequence[Any]], header: Sequence[str] = RECEIPTS, **said: Any
) -> ImportOutcome:
    """Write a file into the workspace and import it."""
    path = write_rows(context.workspace.folder / name, rows, header)
    return import_files(context, build_request(context, [str(path)], **said))


def records(context: Context, type_name: str = "receipt") -> dict[str, dict[str, Any]]:
    """Return the records of a type by their keys."""
    keys = dict(context.store.db.execute("SELECT id, key FROM entity WHERE type = ?", (type_name,)).fetchall())
    found = fetch_images(context.store, context.store.registry[type_name])
    return {keys[entity]: image for entity, image in found.items()}


def amounts(context: Context, type_name: str = "receipt") -> dict[str, int]:
    """Return the sums of amounts by month, in whole units."""
    found: dict[str, int] = {}
    for image in records(context, type_name).values():
        month = str(image["date"])[:7]
        found[month] = found.get(month, 0) + image["amount"] // 10_000
    return found
