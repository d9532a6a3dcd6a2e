"""Texts that a file holds in parts: 姓 and 名, Last name and First name, joined to the one name that records have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from salescli.core.records import kinds
from salescli.core.records.model import RecordType
from salescli.importers.convert import ColumnPlan, Converted


def join_parts(record_type: RecordType, plans: Sequence[ColumnPlan], converted: Converted) -> list[ColumnPlan]:
    """Join the columns that are parts of a text where the text itself is blank; return the plans without them.

    A Chinese name is written 姓名 without a space, every other one as `First Last`.
    """
    joined = [plan for plan in plans if plan.field.part_of and plan.field.kind is kinds.TEXT]
    kept = [plan for plan in plans if plan not in joined]
    for whole in dict.fromkeys(plan.field.part_of for plan in joined):
        parts = [plan for plan in joined if plan.field.part_of == whole]
        texts = [_joined(list(row)) for row in zip(*(converted.columns.pop(p.field.name) for p in parts), strict=True)]
        have = converted.columns.get(whole)
        if have is None:
            kept.append(replace(parts[0], field=record_type[whole]))
            converted.columns[whole] = texts
        else:
            converted.columns[whole] = [text or made for text, made in zip(have, texts, strict=True)]
    return kept


def _joined(parts: list[str | None]) -> str | None:
    """Join last name and first name, in the order in which they are declared."""
    said = [part for part in parts if part]
    if not said:
        return None
    is_chinese = all(any("\u3400" <= sign <= "\u9fff" for sign in part) for part in said)
    return "".join(said) if is_chinese else " ".join(reversed(said))
