"""What is computed by hand agrees with published libraries: medians with censoring, Wilson intervals, percentiles.

The libraries are no dependency: `pip install -e .[reference]` brings them, and without them these tests are skipped.
"""

from __future__ import annotations

import math
import warnings
from fractions import Fraction
from types import ModuleType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from salescli.core.funnel.cycle import compute_censored_median, compute_median, compute_percentile
from salescli.core.metrics.interval import wilson_interval

days = st.lists(st.integers(1, 40), max_size=30)


def reference(name: str) -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip(name, reason=f"{name} is not installed (extra `reference`)")


@pytest.mark.filterwarnings("ignore")
@settings(deadline=None)
@given(days, days)
def test_kaplan_meier_median_agrees_with_lifelines(ended, running):
    fitter = reference("lifelines").KaplanMeierFitter()
    assume(ended or running)
    fitter.fit([*ended, *running], [1] * len(ended) + [0] * len(running))
    steps = [float(one) for one in fitter.survival_function_["KM_estimate"]]
    assume(not any(0 < abs(one - 0.5) < 1e-9 for one in steps))  # where rounding decides, only exact figures are right
    median = fitter.median_survival_time_
    assert compute_censored_median(ended, running) == (None if math.isinf(median) else median)


@pytest.mark.filterwarnings("ignore")
@settings(deadline=None)
@given(days, days)
def test_kaplan_meier_median_agrees_with_scipy(ended, running):
    stats = reference("scipy.stats")
    assume(ended)
    found = stats.ecdf(stats.CensoredData(uncensored=ended, right=running)).sf
    steps = list(zip(found.quantiles, found.probabilities, strict=True))
    assume(not any(0 < abs(one - 0.5) < 1e-9 for _, one in steps))
    assert compute_censored_median(ended, running) == next((day for day, one in steps if one <= 0.5), None)


@pytest.mark.filterwarnings("ignore")
@settings(deadline=None)
@given(st.integers(1, 10_000), st.data())
def test_wilson_agrees_with_statsmodels_and_scipy(cases, data):
    hits = data.draw(st.integers(0, cases))
    found = wilson_interval(hits, cases)
    assert found is not None
    ours = [float(bound) for bound in found]
    theirs = reference("statsmodels.stats.proportion").proportion_confint(hits, cases, 0.05, "wilson")
    assert ours == pytest.approx([min(max(bound, 0.0), 1.0) for bound in theirs], abs=1e-6)
    interval = reference("scipy.stats").binomtest(hits, cases).proportion_ci(0.95, "wilson")
    assert ours == pytest.approx([interval.low, interval.high], abs=1e-6)


@pytest.mark.filterwarnings("ignore")
@settings(deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=60), st.integers(1, 100))
def test_percentiles_agree_with_numpy(values, percent):
    numpy = reference("numpy")
    theirs = numpy.percentile(values, percent, method="inverted_cdf")
    exact = len(values) * percent % 100 != 0  # on a whole rank its binary quotient may fall on either side
    if exact:
        assert compute_percentile(values, Fraction(percent, 100)) == theirs
    else:
        assert compute_percentile(values, Fraction(percent, 100)) == sorted(values)[len(values) * percent // 100 - 1]
    assert compute_median(values) == Fraction(float(numpy.median(values)))
