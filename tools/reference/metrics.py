"""`metrics.md`: the metrics that ship with the program, each with its definition."""

from __future__ import annotations

from salescli.core.metrics.explain import explain_value
from salescli.core.metrics.model import BaseMetric, Catalogue, Metric
from salescli.policy.layers import policy_files
from salescli.policy.metrics import read_catalogue
from tools.reference.markdown import code, codes, link, page, plain, table

_INTRODUCTION = """\
Every number is defined once. These definitions ship with the program; `config/metrics.yaml` of a workspace adds others,
or replaces one by its name (record type, unit and whether it adds up must stay). Targets, plans and reports refer to
metrics by name. `salescli metric show NAME --explain` prints the definition with the numbers that went in.

每个数字只定义一次。以下为随程序提供的指标;工作区的 `config/metrics.yaml` 可增加或按名称替换。

*Credit* says how a record reaches people: by its credit split, wholly to its owner, or not at all. *Adds up*: lines may
be added; of the others, every total is computed anew."""


def build_pages() -> dict[str, str]:
    """Return the page of metrics."""
    catalogue, problems = read_catalogue(policy_files(None, "metrics"))
    if problems:
        raise ValueError(f"the shipped metrics have problems: {problems}")
    overview = table(
        ("Metric", "", "", "Unit", "Adds up"),
        [(link(one.name), one.title.en, one.title.zh, catalogue.unit(one.name),
          "yes" if catalogue.is_additive(one.name) else "no") for one in catalogue],
    )  # fmt: skip
    return {
        "metrics.md": page("Metrics · 指标", _INTRODUCTION, overview, *(_metric(catalogue, one) for one in catalogue))
    }


def _metric(catalogue: Catalogue, one: Metric) -> str:
    said = explain_value(one)
    lines = [f"- {plain(text)}" for text in dict.fromkeys((said.en, said.zh))]
    if isinstance(one, BaseMetric):
        lines.append(f"- of {code(one.of)} records: {code(str(one.value))}")
        lines.append(
            f"- counted on: {code(one.date)}" if one.date else "- a stock: it has no period, it is as of a day"
        )
        if one.where:
            lines.append(f"- only where {codes(str(each) for each in one.where)}")
        lines.append(f"- credit: {one.credit} · unit: {one.unit}")
    return f"## {one.name}\n\n**{one.title.en} · {one.title.zh}**\n\n" + "\n".join(lines)
