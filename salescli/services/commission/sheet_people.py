"""Whom the lines of somebody's sheet mean: the columns that name a person, and what is wrong with a name."""

from __future__ import annotations

from salescli.errors import Problem, problem
from salescli.importers.figures import FigureRow, FiguresRead, Wanted
from salescli.services.commission.pay_rows import other_name
from salescli.services.commission.payees import person_keys
from salescli.services.context import Context
from salescli.store.entities import nearest_name, resolve

NUMBER = Wanted(
    "number",
    (
        "工号", "员工编号", "员工号", "员工工号", "人员编号", "编号",
        "number", "employee", "employee id", "employee number", "employee no", "id",
    ),
    "text",
)  # fmt: skip
NAME = Wanted(
    "name",
    (
        "姓名", "员工姓名", "业务员", "销售", "销售人员", "销售员", "客户经理", "人员", "员工", "负责人", "收款人",
        "name", "person", "salesperson", "rep", "sales rep", "paid to",
    ),
    "text",
)  # fmt: skip


class SheetPeople:
    """The people of one sheet, looked up at once."""

    def __init__(self, context: Context, read: FiguresRead) -> None:
        """Look up every number and name that the sheet says."""
        self._context, self._read = context, read
        self._kind = context.store.registry["person"]
        texts = [text for row in read.rows for text in (row.text("number"), row.text("name")) if text]
        self._directory = resolve(context.store, self._kind, texts)

    def find(self, row: FigureRow) -> int | Problem | None:
        """Return whom a line means, what is wrong with it, or None for a line that names nobody."""
        called = row.text("number") or row.text("name")
        if not called:
            return None
        person = self._directory.get(row.text("number")) or self._directory.get(row.text("name"))
        where = self._read.where(row, "number" if row.text("number") else "name")
        if person is not None:
            return other_name(self._context, self._read, row, person, self._directory) or person
        if called in self._directory.ambiguous:
            keys = list(person_keys(self._context.store, self._directory.ambiguous[called]).values())
            return problem("ambiguous-record", where, text=called, candidates=keys)
        near = nearest_name(self._context.store, self._kind, called)
        return problem("unknown-record", where, text=called, type=self._kind.titles, nearest=near)
