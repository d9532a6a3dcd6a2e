"""`report regions`: what each region brings, how it grows, how it stands against the targets of its teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from salescli.core.analysis.covering import Holder, gather_targets
from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.table import Column, Ratio, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.answers import Results
from salescli.reports.breakdown import (
    AGAINST,
    SALES,
    Part,
    breakdown_footer,
    largest,
    main_cells,
    main_columns,
    says_something,
    total_cells,
)
from salescli.reports.declaration import Need, StandingsNeed, TeamsNeed
from salescli.reports.measures import period_title, value_column
from salescli.reports.params import CURRENCY, EXPLAIN, PERIOD, ROWS, Asked
from salescli.reports.quota import FULL
from salescli.reports.segments import (
    SEGMENT_COLUMNS,
    beside_cells,
    beside_columns,
    segment_explained,
    segment_needs,
    segment_parts,
    segment_said,
)

PARAMS = (PERIOD, SALES, AGAINST, CURRENCY, ROWS, EXPLAIN)


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for the amount by region, what stands beside it, and the targets of teams."""
    more: dict[str, Need] = {"teams": TeamsNeed(), "by-team": StandingsNeed(asked.metric.name, "team", asked.period)}
    return segment_needs(asked, "region") | more


def build(asked: Asked, results: Results) -> Report:
    """Build a line per region, the largest first; a region that has a target and no figure has a line too."""
    parts, whole = segment_parts(asked, results)
    targets = _comparable(_targets(results), parts)
    parts = _with_targets(parts, targets, whole)
    shown = [key for key in SEGMENT_COLUMNS if says_something(key, parts, whole)]
    is_nothing = bool(results.why_empty.en) and not targets
    best = largest(parts)
    rows = [
        (*main_cells(part, whole, best), *_target_cells(part, targets), *beside_cells(part, shown)) for part in parts
    ]
    total = (
        *total_cells(whole),
        *_company_cells(results, whole, targets),
        *beside_cells(whole, shown, with_note=False),
    )
    table = Table(
        "regions",
        (*main_columns(asked, "region", DIMENSIONS["region"].title), *_columns(asked, targets), *beside_columns(shown)),
        () if is_nothing else tuple(rows),
        total=None if is_nothing else total,
        empty=results.why_empty,
    )
    name, period = asked.metric.title, period_title(asked)
    title = Title(f"区域 · {period.zh} · {name.zh}", f"Regions · {period.en} · {name.en}")
    explained = (segment_explained(asked, shown, *_rules(targets)),) if asked.flag("explain") else ()
    said = [] if is_nothing else [*_said(targets), *segment_said("region", parts, whole, shown)]
    after = (f"salescli report trend {asked.metric.name} --by region",)
    blocks = (table, *results.trace(), *explained)
    return Report("regions", title, blocks, breakdown_footer(asked, results, *said), next=after)


def _targets(results: Results) -> dict[str, Decimal]:
    own = {row.key: row.standing.target for row in results.standings("by-team").rows}
    return gather_targets(Holder(team.key, team.above, team.region, own.get(team.key)) for team in results.teams())


def _comparable(targets: Mapping[str, Decimal], parts: Sequence[Part]) -> Mapping[str, Decimal]:
    """Leave targets out that speak of other regions (East beside Austria): 0 % would read as a miss."""
    has_figures = any(part.key is not None for part in parts)
    return {} if has_figures and all(part.key not in targets for part in parts) else targets


def _with_targets(parts: Sequence[Part], targets: Mapping[str, Decimal], whole: Part) -> list[Part]:
    """Add regions that have a target only: nothing reached is 0 %, never left out."""
    seen = {part.key for part in parts}
    more = [
        Part(region, region, Decimal(0), None, {}, is_known=whole.is_known)
        for region in sorted(targets)
        if region not in seen
    ]
    named = [part for part in parts if part.key is not None]
    return [*named, *more, *(part for part in parts if part.key is None)]


def _columns(asked: Asked, targets: Mapping[str, Decimal]) -> list[Column]:
    if not targets:
        return []
    return [
        value_column("target", Title("目标", "Target"), asked.metric),
        Column("attainment", Title("达成", "Reached"), "ratio", thresholds=(FULL,)),
    ]


def _target_cells(part: Part, targets: Mapping[str, Decimal]) -> list[Value]:
    if not targets:
        return []
    target = targets.get(part.key or "")
    return [target, _reached(part, target)]


def _reached(part: Part, target: Decimal | None) -> Ratio | None:
    """What of a target is reached; None where there is none, or nothing is known of the period yet."""
    return Ratio(part.value, target) if target and part.is_known and isinstance(part.value, Decimal) else None


def _company_cells(results: Results, whole: Part, targets: Mapping[str, Decimal]) -> list[Value]:
    """The company's own target, which is no sum of the regions'."""
    if not targets:
        return []
    target = results.standings("by-team").total.standing.target
    return [target, _reached(whole, target)]


def _rules(targets: Mapping[str, Decimal]) -> list[Title]:
    if not targets:
        return []
    return [
        Title(
            "目标 = 该区域各团队的团队目标之和(上级团队已有目标的,下级不再计)",
            "target = the team targets of the region's teams (below a team that has one, none is added)",
        ),
        Title("达成 = 区域的数额 ÷ 目标", "reached = the region's amount ÷ its target"),
    ]


def _said(targets: Mapping[str, Decimal]) -> list[Title]:
    if not targets:
        return [
            Title(
                "有目标的团队没有写这些区域:没有达成",
                "no team that has a target names one of these regions: no attainment",
            )
        ]
    return [
        Title(
            "目标是该区域团队的,合计是公司的;数额按记录的区域",
            "targets are those of the region's teams, the total the company's; amounts by the records' region",
        )
    ]
