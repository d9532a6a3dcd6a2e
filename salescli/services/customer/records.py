"""The records of one customer: those that name it, and those that reach it by a deal or a contact."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from salescli.services.context import Context
from salescli.store.lineage import fetch_lineage
from salescli.store.state import fetch_images

Image = dict[str, Any]


@dataclass(slots=True)
class Held:
    """Records of a customer by type and entity; `fetch` adds a type, after those by which it is reached."""

    ctx: Context
    customer: int
    by_type: dict[str, dict[int, Image]] = field(default_factory=dict)

    def fetch(self, name: str) -> dict[int, Image]:
        """Return the records of a type whose first path to a customer that is not blank leads to this one."""
        if name in self.by_type:
            return self.by_type[name]
        kind = self.ctx.store.registry[name]
        clauses, values = [f'"{kind["customer"].column}" = ?'], [self.customer]
        steps = [path.split(".") for path in kind.paths.get("customer", ()) if path.count(".") == 1]
        for step, _ in steps:
            ids = list(self.fetch(kind[step].ref))
            if ids:
                clauses.append(f'("{kind["customer"].column}" IS NULL AND "{kind[step].column}" IN ({_marks(ids)}))')
                values += ids
        found = fetch_images(self.ctx.store, kind, " OR ".join(clauses), tuple(values))
        self.by_type[name] = dict(found)
        return self.by_type[name]

    def source(self, name: str, entity: int) -> str:
        """Return the row of the file that a record was last read from, or nothing where it was typed."""
        lineage = fetch_lineage(self.ctx.store, self.ctx.store.registry[name], entity)
        newest = max(lineage.values(), key=lambda origin: origin.batch, default=None)
        if newest is None or not newest.where.file:
            return ""
        return str(newest.where._replace(cell=newest.where.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))


def _marks(ids: list[int]) -> str:
    return ",".join("?" * len(ids))
