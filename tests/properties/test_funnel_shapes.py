"""What a funnel may print: counts that never rise, and of a stock no conversion."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core.funnel.cohort import Policy, compute_funnel, compute_stock
from salescli.core.table import Ratio
from salescli.core.title import Title
from salescli.render.options import RenderOptions
from salescli.render.registry import FORMATS
from salescli.reports.funnel.shape import Asked
from salescli.reports.funnel.stock import build_stock
from tests.properties.test_funnel import deals, histories
from tests.unit.funnel.build import LATE, PROCESS

ASKED = Asked(
    Title("全部商机", "all deals"), Policy("snapshot"), LATE, Title("批次 1", "batch 1"), "p", Title("无", "none"), ""
)
SAID = {"zh": "不计转化", "en": "a stock, no conversion"}
WORDS = {"zh": ("转化", "环节", "累计"), "en": ("conversion", "previous", "of all", "win rate")}


@given(deals, st.sampled_from(["strict", "reached"]), st.sampled_from(["all", "first", "last"]))
def test_counts_never_rise(drawn, mode, regress):
    funnel = compute_funnel(histories(drawn), PROCESS, Policy(mode, "backfill", regress))
    counts = [funnel.count, *(line.count for line in funnel.lines), funnel.won.count]
    assert all(after <= before for before, after in pairwise(counts))


@settings(deadline=None, max_examples=40)
@given(deals, st.sampled_from(["zh", "en"]), st.sampled_from(["text", "plain", "csv", "markdown", "json"]))
def test_a_snapshot_never_prints_a_conversion(drawn, language, name):
    cohort = histories(drawn)
    report = build_stock(ASKED, compute_stock(cohort, PROCESS), (), 0)
    (table,) = report.blocks
    ratios = [value for row in table.rows for value in row if isinstance(value, Ratio)]
    assert all(ratio.denominator == len(cohort) for ratio in ratios)  # a share of all that stand, never of a stage
    shown = FORMATS[name].load().render_report(report, RenderOptions(language=language))
    said = str(shown).lower().replace(SAID[language], "")
    assert not [word for word in WORDS[language] if word in said]
