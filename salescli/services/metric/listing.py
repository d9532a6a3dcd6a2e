"""The catalogue of metrics as people read it."""

from __future__ import annotations

from salescli.core.table import Report
from salescli.reports.metric_catalogue import build_catalogue
from salescli.services.context import Context
from salescli.services.metric.showing import dimensions_of, place_of


def build_catalogue_report(ctx: Context) -> Report:
    """Return all metrics with their definitions, layers, and the dimensions they can be grouped by."""
    catalogue = ctx.catalogue
    dimensions = {metric.name: dimensions_of(ctx, metric.name) for metric in catalogue}
    places = {metric.name: place_of(ctx, metric.name) for metric in catalogue}
    return build_catalogue(catalogue, dimensions, places, ctx.language)
