"""`config/payroll.yaml`: the columns of the payroll file of a closed month. A workspace's own hides the shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Literal

from salescli.core.shape_marks import Field, model_validator
from salescli.core.shapes import Count, Shape, Text, Title, TitleShape, fault
from salescli.errors import Problem, problem
from salescli.policy.reader import Document, read_document
from salescli.policy.shape_problems import nearest

PERSON = "person."
TEXTS = ("period", "currency", "plan", "run", "team", "role", "approved_by")
AMOUNTS = (
    "own", "differences", "earned", "adjustments", "holdback", "carried_in", "draw", "deducted", "moved", "carried",
    "payable", "carried_out", "listed",
)  # fmt: skip


class PayrollColumn(Shape):
    """One column: a figure or field by name, or the same text in every line."""

    called = Title("发放表的列", "a column of the payroll file")
    wrong_keys: ClassVar[Mapping[str, str]] = {"source": "from", "field": "from", "text": "value", "header": "title"}

    title: TitleShape
    from_: Text | None = Field(None, alias="from")
    value: Text | None = None

    @model_validator(mode="after")
    def _one_source(self) -> PayrollColumn:
        if (self.from_ is None) == (self.value is None):
            raise fault("payroll-column-source")
        return self


class PayrollShape(Shape):
    """The columns of a payroll file in their order, and whether those paid nothing are in it."""

    called = Title("发放表", "the payroll file")

    format: Count
    columns: tuple[PayrollColumn, ...]
    zero: Literal["left-out", "listed"] = "left-out"


def read_payroll(path: Path, fields: Sequence[str], name: str = "") -> tuple[PayrollShape | None, list[Problem]]:
    """Read one file; a column that there is not is named at its place."""
    document: Document[PayrollShape] = read_document(path, PayrollShape, name)
    shape, problems = document.value, list(document.problems)
    if shape is None:
        return None, problems
    known = [*AMOUNTS, *TEXTS, *(f"{PERSON}{each}" for each in fields)]
    for place, column in enumerate(shape.columns):
        if column.from_ is not None and column.from_ not in known:
            where = document.where_value("columns", place, "from")
            near = nearest(column.from_, known) or nearest(f"{PERSON}{column.from_}", known) or ""
            problems.append(problem("unknown-payroll-column", where, text=column.from_, choices=known, nearest=near))
    if not problems and all(one.from_ != "payable" for one in shape.columns):
        problems.append(problem("payroll-without-payable", document.where("columns")))
    return (None if any(each.severity == "error" for each in problems) else shape), problems
