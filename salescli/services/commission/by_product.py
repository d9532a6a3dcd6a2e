"""What the line of a credit needs beyond its amount: its product, for rate tables; when it was signed, for the numbers.

Refunds have the product and the signing date of the receipt that they undo.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.core.commission.components.rate import RateComponent
from salescli.core.commission.components.rate_table import RateTable, match_rate_key
from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.values import in_force
from salescli.core.dated import Dated
from salescli.core.metrics.model import BaseMetric
from salescli.services.context import Context
from salescli.store.metric_lines import Line
from salescli.store.state import fetch_images

if TYPE_CHECKING:
    from salescli.core.commission.components.base import ComponentShape
    from salescli.core.commission.plan import Plan

PRODUCT_TEXTS = ("number", "name", "category")


def is_detailed(plan: Plan, component: ComponentShape) -> bool:
    """Tell whether the lines of a component need more than amounts: its sums are made of them."""
    return bool(_tables(component)) or is_priced_by_signing(plan, component)


def is_priced_by_signing(plan: Plan, component: ComponentShape) -> bool:
    """Tell whether numbers of a component change and those of the day of signing count.

    A number that was edited after a month was closed has changed too: `Versions.tasks` gives components joined.
    """
    values = (getattr(component, name, None) for name in ("tiers", "rate", "amount"))
    is_dated = any(isinstance(one, Dated) and not one.is_constant for one in values)
    return plan.rates_in_force_on == "signing-date" and (is_dated or component.special_rates is not None)


def signing_paths(context: Context, metric: BaseMetric) -> tuple[str, ...]:
    """Return the paths from a record to the day on which its contract was signed."""
    kind = context.store.registry[metric.of]
    if metric.of == "refund":
        return ("receipt.contract.signed", "contract.signed")
    if metric.of == "contract":
        return ("signed",)
    return ("contract.signed",) if "contract" in kind and kind["contract"].ref == "contract" else ()


@dataclass
class Details:
    """Completes the lines of one component."""

    context: Context
    plan: Plan
    component: ComponentShape
    _products: Mapping[int, dict[str, tuple[str, ...]]] | None = field(default=None)

    def paths(self, metric: BaseMetric) -> tuple[tuple[str, ...], ...]:
        """Return what to fetch beside each line: product, line, family, and the day of signing."""
        declared = self.context.store.registry[metric.of].paths
        dimensions = tuple(declared.get(name, ()) for name in ("product", "line", "family"))
        return (*dimensions, signing_paths(self.context, metric))

    def complete(self, line: CreditLine, row: Line) -> CreditLine:
        """Return a line with its key of the rate table, how many sales it is, and when it was signed."""
        product, of_line, family, signed = row.also
        priced = None
        if is_priced_by_signing(self.plan, self.component) and signed:
            priced = date.fromisoformat(str(signed)[:10])
        if not isinstance(self.component, RateComponent) or not self.component.tables:
            return replace(line, priced=priced)
        table = in_force(self.component.rate, priced or line.date)
        key = match_rate_key(table, self._known(product, of_line, family)) if isinstance(table, RateTable) else ""
        is_sale = self.component.pays_each and line.kind != "refund"
        return replace(line, priced=priced, rate_key=key, units=line.share if is_sale else Decimal(0))

    def _known(self, product: object, of_line: object, family: object) -> dict[str, tuple[str, ...]]:
        """Return the names by which each dimension of a credit is known."""
        known = dict(self._product(product)) if isinstance(product, int) else {}
        if of_line is not None:
            known["product.line"] = (str(of_line),)
        if family is not None:
            known["product.family"] = (str(family),)
        return known

    def _product(self, entity: int) -> dict[str, tuple[str, ...]]:
        if self._products is None:
            images = fetch_images(self.context.store, self.context.store.registry["product"])
            self._products = {one: dict(_named(image)) for one, image in images.items()}
        return self._products.get(entity, {})


def details_of(context: Context, plan: Plan, component: ComponentShape) -> Details | None:
    """Return what completes the lines of a component, or None where amounts are enough."""
    return Details(context, plan, component) if is_detailed(plan, component) else None


def _tables(component: ComponentShape) -> list[RateTable]:
    return component.tables if isinstance(component, RateComponent) else []


def _named(image: Mapping[str, object]) -> Iterator[tuple[str, tuple[str, ...]]]:
    texts = {name: str(image[name]) for name in PRODUCT_TEXTS if image.get(name) is not None}
    yield "product", tuple(texts[name] for name in ("number", "name") if name in texts)
    for name, text in texts.items():
        yield f"product.{name}", (text,)
