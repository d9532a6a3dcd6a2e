"""One customer on one page (客户档案): who it is, whose it is and was, what it bought, and what stands open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from salescli.core.metrics.model import Filter
from salescli.core.metrics.query import Query
from salescli.core.records.model import RecordType
from salescli.core.table import Column, Report, Value
from salescli.core.title import Title
from salescli.policy.process import fold_stage
from salescli.reports.customer import CustomerPage, Listed, OwnerLine, PurchaseLine, build_customer
from salescli.services.context import Context
from salescli.services.customer.records import Held
from salescli.services.customer.touches import Touch, last_contact, next_visit
from salescli.services.knowledge import known_line, record_keys, record_labels
from salescli.services.metric.showing import figures_of
from salescli.services.record.finding import find_record
from salescli.services.record.showing import images_on, names_of, shown
from salescli.store.dated import fetch_history

LIMIT = 8
_IDENTITY = (
    "number", "name", "group", "owner", "class", "status", "industry", "region", "province", "city", "address",
    "contact_name", "phone", "email", "website", "tax_id", "source", "referrer", "customer_since", "revenue",
    "employees", "note",
)  # fmt: skip
_PURCHASES = ("bookings", "order-sales", "won-value", "invoiced", "receipts", "refunds")


@dataclass(frozen=True, slots=True)
class _List:
    """A list of the page: its fields, by which the newest come first, and how many of its records still stand open."""

    type: str
    fields: tuple[str, ...]
    order: str


_CONTACTS = _List("contact", ("name", "role", "phone", "mobile", "email", "decision_role"), "created")
_DEALS = _List("deal", ("number", "name", "stage", "amount", "currency", "expected", "owner"), "created")
_COMPLAINTS = _List("complaint", ("number", "opened", "subject", "category", "status", "closed", "owner"), "opened")
_SURVEYS = _List("survey", ("answered", "kind", "score", "scale", "person", "comment"), "answered")
_ACTIVITIES = _List("activity", ("at", "kind", "subject", "owner", "result", "next_step"), "at")


def show_customer(ctx: Context, text: str, *, with_rows: bool = False) -> Report:
    """Return the page of a customer; `with_rows` lists everything, each with the row of the file it comes from.

    Raises:
        UsageError: there is no such customer, or several.
    """
    kind = ctx.store.registry["customer"]
    entity = find_record(ctx, kind, text)
    image = images_on(ctx, kind)[entity]
    held = Held(ctx, entity)
    deals = {one: deal for one, deal in held.fetch("deal").items() if (deal.get("created") or "") <= ctx.on.isoformat()}
    open_deals = {one: deal for one, deal in deals.items() if _is_open(ctx, deal)}
    activities = held.fetch("activity")
    last = last_contact(
        activities, [image.get("last_contact"), *(deal.get("last_contact") for deal in deals.values())], ctx.on
    )
    coming = next_visit(
        activities, [image.get("next_visit"), *(deal.get("next_at") for deal in open_deals.values())], last, ctx.on
    )
    lists = (
        _listed(held, _CONTACTS, held.fetch("contact"), with_rows),
        _listed(held, _DEALS, open_deals, with_rows),
        _listed(held, _COMPLAINTS, _until(ctx, held, _COMPLAINTS), with_rows),
        _listed(held, _SURVEYS, _until(ctx, held, _SURVEYS), with_rows),
        _listed(held, _ACTIVITIES, _until(ctx, held, _ACTIVITIES), with_rows),
    )
    key = record_keys(ctx, kind, [entity])[entity]
    page = CustomerPage(
        key=key,
        name=record_labels(ctx, kind, [entity])[entity],
        identity=_identity(ctx, kind, image),
        owners=_owners(ctx, kind, entity, image),
        last=_touch(ctx, activities, last),
        coming=_touch(ctx, activities, coming),
        is_overdue=coming is not None and coming.at[:10] < ctx.on.isoformat(),
        purchases=_purchases(ctx, key, entity),
        measures=tuple((name, ctx.catalogue.get(name).title) for name in _PURCHASES if name in ctx.catalogue),
        lists=lists,
        with_rows=with_rows,
    )
    kinds = [ctx.store.registry[one.type] for one in (_DEALS, _COMPLAINTS, _ACTIVITIES)]
    return build_customer(page, (known_line(ctx, kinds), Title(f"{ctx.on} 的值", f"values of {ctx.on}")))


def _is_open(ctx: Context, deal: Mapping[str, Any]) -> bool:
    _, kind, _ = ctx.stages.get(fold_stage(deal.get("stage") or ""), ("", "", 0))
    return kind not in ("won", "lost")


def _until(ctx: Context, held: Held, what: _List) -> dict[int, Any]:
    """Records of a list up to the day; what has no day is listed too."""
    return {
        one: image
        for one, image in held.fetch(what.type).items()
        if (image.get(what.order) or "")[:10] <= ctx.on.isoformat()
    }


def _identity(ctx: Context, kind: RecordType, image: Mapping[str, Any]) -> tuple[tuple[Column, Value], ...]:
    fields = [kind[name] for name in _IDENTITY]
    names = names_of(ctx, fields, [dict(image)])
    items: list[tuple[Column, Value]] = []
    for each in fields:
        value = shown(each, image.get(each.name), names)
        if value not in (None, ""):
            items.append((Column(each.name, each.title, each.kind.shown_as, currency=ctx.currency), value))
    return tuple(items)


def _owners(ctx: Context, kind: RecordType, entity: int, image: Mapping[str, Any]) -> tuple[OwnerLine, ...]:
    """The values by day of who has it and how it is classed; one that never changed is on the page already."""
    found = []
    for each in kind.dated:
        days = fetch_history(ctx.store, entity, each.name)
        if len(days) < 2:
            continue
        names = names_of(ctx, [each], [{each.name: value} for _, value in days])
        found += [OwnerLine(each.title, start, shown(each, value, names)) for start, value in days]
    return tuple(found)


def _touch(ctx: Context, activities: Mapping[int, Any], touch: Touch | None) -> tuple[str, Value, str] | None:
    """Return the moment, what it was, and by whom."""
    if touch is None:
        return None
    if touch.activity is None:
        return touch.at, None, ""
    image = activities[touch.activity]
    kind = ctx.store.registry["activity"]
    names = names_of(ctx, [kind["owner"]], [dict(image)])
    what = image.get("next_step") if touch.is_follow_up else _word(kind, "kind", image.get("kind"), ctx)
    return touch.at, what, names.get(image.get("owner") or 0, "")


def _word(kind: RecordType, name: str, stored: str | None, ctx: Context) -> Value:
    """Return a choice as people write it in the language asked."""
    words = kind[name].choices.get(stored or "")
    if not words:
        return stored
    return next((word for word in words if not word.isascii()), stored) if ctx.language == "zh" else stored


def _purchases(ctx: Context, key: str, entity: int) -> tuple[PurchaseLine, ...]:
    """What it bought and paid, by year: the same metrics as everywhere, for this customer alone."""
    ctx.prepare_stages()
    upto = ctx.parse_period(f"1900-01-01..{ctx.on.isoformat()}")
    found: dict[tuple[str, str], dict[str, Value]] = {}
    for name in _PURCHASES:
        if name not in ctx.catalogue:
            continue
        query = Query(name, ("customer", "year"), upto, (Filter("customer", "=", (key,)),))
        for figure in figures_of(ctx, query):
            customer, year = figure.group
            if customer == entity and figure.value:
                found.setdefault((str(year or ""), figure.currency), {})[name] = figure.value
    return tuple(PurchaseLine(year, currency, values) for (year, currency), values in sorted(found.items()))


def _listed(held: Held, what: _List, images: Mapping[int, Any], with_rows: bool) -> Listed:
    """Return the newest records of a list, and how many there are."""
    ctx, kind = held.ctx, held.ctx.store.registry[what.type]
    order = sorted(images, key=lambda one: (images[one].get(what.order) or "", one), reverse=True)
    picked = order if with_rows else order[:LIMIT]
    fields = [kind[name] for name in what.fields]
    names = names_of(ctx, fields, [images[one] for one in picked])
    rows = []
    for one in picked:
        cells: list[Value] = [
            _word(kind, each.name, images[one].get(each.name), ctx)
            if each.choices
            else shown(each, images[one].get(each.name), names)
            for each in fields
        ]
        rows.append((*cells, held.source(what.type, one)) if with_rows else tuple(cells))
    standing = _standing(what, images.values())
    return Listed(what.type, kind.titles, tuple(fields), tuple(rows), len(images), standing)


def _standing(what: _List, images: Iterable[Mapping[str, Any]]) -> int:
    """How many of the complaints are not closed."""
    if what is not _COMPLAINTS:
        return 0
    ended = ("closed", "cancelled")
    return sum(1 for one in images if not one.get("closed") and one.get("status") not in ended)
