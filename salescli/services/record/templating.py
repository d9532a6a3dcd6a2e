"""Templates with what the workspace knows: names of people and products, stages; of targets people and months."""

from __future__ import annotations

from salescli.core.records.model import RecordType
from salescli.errors import UsageError, problem
from salescli.importers.writing.template import build_template, build_text_template
from salescli.services.context import Context
from salescli.services.record.finding import find_type
from salescli.store.state import count_records, fetch_images

MOST_NAMES = 500  # a drop-down of more helps nobody
FORMATS = ("xlsx", "csv")


def build_template_file(ctx: Context, word: str, form: str = "xlsx") -> tuple[bytes, RecordType]:
    """Return the template of a type as the bytes of a file.

    Raises:
        UsageError: no such type, or no such format.
    """
    kind = find_type(ctx, word)
    if form not in FORMATS:
        raise UsageError(problem("template-needs-file", type=word))
    if kind.wide:
        from salescli.services.quota.form import build_quota_form

        return build_quota_form(ctx, kind, "csv" if form == "csv" else "xlsx"), kind
    if form == "csv":
        return build_text_template(kind, ctx.language).encode("utf-8-sig"), kind
    references = {other.name: other.titles for other in ctx.store.registry.types}
    return build_template(kind, ctx.language, references, _offers(ctx, kind)), kind


def _offers(ctx: Context, kind: RecordType) -> dict[str, list[str]]:
    """Return what may be chosen in each field that refers to records, while these are few, and the stages."""
    names = {target: _names(ctx, ctx.store.registry[target]) for target in {each.ref for each in kind.references}}
    found = {each.name: names[each.ref] for each in kind.references if not each.is_helper and names[each.ref]}
    if "stage" in kind:
        found["stage"] = [stage.title.text(ctx.language) for stage in ctx.process.stages]
    return found


def _names(ctx: Context, kind: RecordType) -> list[str]:
    """Return by what each record of a type may be referred to: its name while only it has that, else its number."""
    if len(kind.key) > 1 or not 0 < count_records(ctx.store, kind) <= MOST_NAMES:
        return []
    number = kind.key[0]
    pairs = [(image.get(number), image.get(kind.name_field)) for image in fetch_images(ctx.store, kind).values()]
    names = [name for _, name in pairs]
    words = (name if name and names.count(name) == 1 else number for number, name in pairs)
    return sorted({str(word) for word in words if word})
