"""What a plan reads of single records: a number or a date at the end of a path, as `discount` or `contract.signed`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from salescli.core.records.model import Field, RecordType
from salescli.services.context import Context
from salescli.store.state import fetch_images
from salescli.store.versions import Image


class RecordFields:
    """Fields of records by path; each type of record is read once."""

    def __init__(self, context: Context) -> None:
        self.registry = context.store.registry
        self._store = context.store
        self._images: dict[str, dict[int, Image]] = {}

    def field_at(self, type_name: str, path: str) -> Field | None:
        """Return the field at which a path from a type of records arrives; None where it leads nowhere."""
        kind: RecordType | None = self.registry[type_name]
        found = None
        for step in path.split("."):
            if kind is None or step not in kind:
                return None
            found = kind[step]
            kind = self.registry[found.ref] if found.ref else None
        return found

    def read(self, type_name: str, entity: int | None, path: str) -> Decimal | date | None:
        """Return the number or the date that a record says; None where it says nothing."""
        kind = self.registry[type_name]
        for step in path.split("."):
            image = self._of(kind).get(entity) if entity is not None else None
            if image is None or image.get(step) is None:
                return None
            field = kind[step]
            if not field.ref:
                value = field.kind.to_python(image[step])
                return Decimal(value) if isinstance(value, int) else value
            kind, entity = self.registry[field.ref], image[step]
        return None

    def _of(self, kind: RecordType) -> dict[int, Image]:
        if kind.name not in self._images:
            self._images[kind.name] = fetch_images(self._store, kind)
        return self._images[kind.name]
