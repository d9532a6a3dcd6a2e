"""Order lines gathered into baskets."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from salescli.core.metrics.model import BaseMetric
from salescli.core.metrics.query import Query
from salescli.reports.basket_facts import BasketFacts
from salescli.reports.declaration import BasketsNeed
from salescli.services.context import Context
from salescli.services.metric.words import group_names
from salescli.store.baskets import fetch_basket_lines


def gather_baskets(ctx: Context, need: BasketsNeed) -> BasketFacts:
    """Return the orders of a period; what takes something back, and what reaches no item, is counted and left out."""
    metric = ctx.catalogue.get(need.metric)
    assert isinstance(metric, BaseMetric)
    lines = fetch_basket_lines(ctx.store, metric, Query(need.metric, (need.by,), need.period), ctx.on.isoformat())
    orders: dict[Any, set[str]] = defaultdict(set)
    for line in lines:
        if line.item is not None and not line.is_return:
            orders[line.order].add(str(line.item))
    items = list({line.item for line in lines})
    names = {str(item): name for item, name in group_names(ctx, need.by, items).items()}
    returned = sum(line.is_return for line in lines)
    nameless = sum(line.item is None and not line.is_return for line in lines)
    return BasketFacts(tuple(frozenset(one) for one in orders.values()), names, returned, nameless)
