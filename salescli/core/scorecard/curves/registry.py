"""The curves, one line each. To add one: write its file, add its line, and a case."""

from __future__ import annotations

from salescli.core.scorecard.curves.base import CurveShape
from salescli.core.scorecard.curves.capped import CappedCurve
from salescli.core.scorecard.curves.deduction import DeductionCurve
from salescli.core.scorecard.curves.linear import LinearCurve
from salescli.core.scorecard.curves.step import StepCurve

CURVES: dict[str, type[CurveShape]] = {
    "linear": LinearCurve,
    "capped": CappedCurve,
    "step": StepCurve,
    "deduction": DeductionCurve,
}


def curve_shapes() -> dict[str, type[CurveShape]]:
    """Return the curves by the word of `type`."""
    return dict(CURVES)
