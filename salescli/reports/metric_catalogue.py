"""The list of metrics: what each is, how it is defined and where, and by what it can be grouped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salescli.core.metrics.model import Catalogue
from salescli.core.table import Column, Report, Table
from salescli.core.title import Language, Title
from salescli.reports.metrics import definition_text

LAYERS = {0: Title("内置", "shipped"), 1: Title("本工作区", "workspace")}


def build_catalogue(
    catalogue: Catalogue, dimensions: Mapping[str, Sequence[str]], places: Mapping[str, str], language: Language
) -> Report:
    """Build the list of metrics."""
    columns = (
        Column("metric", Title("指标", "Metric"), "id"),
        Column("title", Title("名称", "Title")),
        Column("unit", Title("单位", "Unit"), "id"),
        Column("definition", Title("定义", "Definition")),
        Column("adds_up", Title("可相加", "Adds up"), "flag"),
        Column("layer", Title("层", "Layer"), "id"),
        Column("by", Title("可按维度", "By")),
        Column("source", Title("来源", "Source")),
    )
    rows = tuple(
        (
            metric.name,
            metric.title.text(language),
            catalogue.unit(metric.name),
            definition_text(metric, language),
            catalogue.is_additive(metric.name),
            LAYERS.get(catalogue.layers.get(metric.name, 0), LAYERS[1]).text(language),
            ", ".join(dimensions[metric.name]),
            places.get(metric.name, ""),
        )
        for metric in catalogue
    )
    after = ("salescli metric show receipts --by team --period this-month",) if "receipts" in catalogue else ()
    return Report("metrics", Title("指标", "Metrics"), (Table("metrics", columns, rows),), next=after)
