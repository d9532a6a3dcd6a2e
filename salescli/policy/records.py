"""`config/records.yaml`: a workspace's own fields and registers, parsed into the same values as the built-in types.

```yaml
format: 1
fields:
  deal: {contract_form: {title: {zh: 合同形式, en: Contract form}, kind: text, aliases: [签约形式]}}
types:
  visit: {title: {zh: 拜访, en: Visit}, key: [number], fields: {number: {title: 编号, kind: id, required: yes}}}
```
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from salescli.core.records.kinds import KINDS
from salescli.core.records.model import Field, RecordType
from salescli.core.records.registry import Registry
from salescli.core.shape_marks import Field as Default
from salescli.core.shapes import Count, Name, Shape, Title, TitleShape, YesNo
from salescli.errors import Problem, problem
from salescli.policy.reader import Document, read_document

FieldKind = Literal[
    "text", "id", "money", "quantity", "whole", "rate", "decimal", "date", "moment", "month", "flag", "reference"
]


class FieldShape(Shape):
    """One field of one's own."""

    called = Title("字段", "a field")
    title: TitleShape
    kind: FieldKind
    aliases: tuple[Name, ...] = ()
    required: YesNo = False
    ref: Name = ""


class TypeShape(Shape):
    """A register of one's own."""

    called = Title("登记表", "a record type")
    title: TitleShape
    key: tuple[Name, ...]
    fields: dict[str, FieldShape]
    date: Name = ""
    aliases: tuple[Name, ...] = ()


class RecordsShape(Shape):
    """The file: fields added to built-in types, and whole new types."""

    called = Title("记录类型", "the records file")
    format: Count
    fields: dict[str, dict[str, FieldShape]] = Default(default_factory=dict)
    types: dict[str, TypeShape] = Default(default_factory=dict)


def read_registry(path: Path, built_in: Registry, file_name: str = "") -> tuple[Registry, list[Problem]]:
    """Return the registry with the workspace's additions, and all problems of its file."""
    document = read_document(path, RecordsShape, file_name)
    problems = list(document.problems)
    if document.value is None:
        return built_in, problems
    shape: RecordsShape = document.value
    for name in shape.fields:
        if name not in built_in:
            problems.append(problem("unknown-type", document.where("fields", name), text=name, nearest=""))
    types = [_extended(each, shape.fields.get(each.name, {}), document, problems) for each in built_in.types]
    names = {*shape.types, *built_in.names}
    for name, declared in shape.types.items():
        if name in built_in:
            problems.append(problem("type-exists", document.where("types", name), type=name))
            continue
        types.append(_declared(name, declared, names, document, problems))
    return Registry(tuple(types)), problems


def _extended(
    kind: RecordType, fields: dict[str, FieldShape], document: Document[RecordsShape], problems: list[Problem]
) -> RecordType:
    taken = [name for name in fields if name in kind]
    problems += [
        problem("field-exists", document.where("fields", kind.name, name), field=name, type=kind.name) for name in taken
    ]
    added = [_field(name, shape, custom=True) for name, shape in fields.items() if name not in kind]
    return replace(kind, fields=(*kind.fields, *added)) if added else kind


def _declared(
    name: str, shape: TypeShape, names: set[str], document: Document[RecordsShape], problems: list[Problem]
) -> RecordType:
    for wanted in (*shape.key, *([shape.date] if shape.date else [])):
        if wanted not in shape.fields:
            problems.append(
                problem("unknown-field", document.where("types", name, "key"), text=wanted, type=name, nearest="")
            )
    for field, one in shape.fields.items():
        if (one.kind == "reference") != (one.ref in names):
            where = document.where("types", name, "fields", field)
            problems.append(problem("unknown-type", where, text=one.ref or field, nearest=""))
    fields = tuple(_field(field, one, custom=False) for field, one in shape.fields.items())
    return RecordType(
        name=name, titles=shape.title, key=shape.key, fields=fields, aliases=shape.aliases, date=shape.date
    )


def _field(name: str, shape: FieldShape, *, custom: bool) -> Field:
    return Field(name, KINDS[shape.kind], shape.title, shape.aliases, shape.required, ref=shape.ref, custom=custom)
