"""`report channels`: what each channel brings, how the mix shifts, what it earns, and how often it wins."""

from __future__ import annotations

from collections.abc import Mapping

from salescli.core.analysis.mix import compute_shift
from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.money import round_half_away
from salescli.core.table import Column, Report, Table, Value
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
from salescli.reports.declaration import Need
from salescli.reports.measures import exact, period_title
from salescli.reports.params import CURRENCY, EXPLAIN, PERIOD, ROWS, Asked
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
SHIFT = Column("shift", Title("占比增减(点)", "Shift (pts)"), "quantity", decimals=2)


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for the amount by channel and what stands beside it."""
    return segment_needs(asked, "channel")


def build(asked: Asked, results: Results) -> Report:
    """Build a line per channel, the largest first."""
    parts, whole = segment_parts(asked, results)
    shown = [key for key in SEGMENT_COLUMNS if says_something(key, parts, whole)]
    is_nothing, best = bool(results.why_empty.en), largest(parts)
    rows = [(*main_cells(part, whole, best), _shift(part, whole), *beside_cells(part, shown)) for part in parts]
    table = Table(
        "channels",
        (*main_columns(asked, "channel", DIMENSIONS["channel"].title), SHIFT, *beside_columns(shown)),
        () if is_nothing else tuple(rows),
        total=None if is_nothing else (*total_cells(whole), None, *beside_cells(whole, shown, with_note=False)),
        empty=results.why_empty,
    )
    name, period = asked.metric.title, period_title(asked)
    title = Title(f"渠道 · {period.zh} · {name.zh}", f"Channels · {period.en} · {name.en}")
    rule = Title(
        "占比增减 = 本期占比 − 比较期占比(百分点),合计为 0",
        "shift = share now − share before (points); all add up to 0",
    )
    explained = (segment_explained(asked, shown, rule),) if asked.flag("explain") else ()
    said = [] if is_nothing else segment_said("channel", parts, whole, shown)
    after = (f"salescli report trend {asked.metric.name} --by channel",)
    blocks = (table, *results.trace(), *explained)
    return Report("channels", title, blocks, breakdown_footer(asked, results, *said), next=after)


def _shift(part: Part, whole: Part) -> Value:
    shift = compute_shift(exact(part.value), exact(whole.value), exact(part.earlier), exact(whole.earlier))
    return None if shift is None else round_half_away(shift * 100)
