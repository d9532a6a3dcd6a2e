"""A plan that was named and is not there: the one name that is meant, or all there are."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from salescli.core.title import Title
from salescli.errors import UsageError, problem
from salescli.policy.layers import SUFFIXES


def no_such_plan(text: str, names: Iterable[str]) -> UsageError:
    """Return what says that there is no such plan, or no such file; a name far from all of them is answered by all."""
    known = sorted(set(names))
    if text.endswith(SUFFIXES):
        return UsageError(problem("file-not-found", path=text))
    near = get_close_matches(text, known, n=1, cutoff=0.6)
    if near:
        advice = Title(f"是否为 `{near[0]}`?", f"did you mean `{near[0]}`?")
    else:
        advice = Title(f"现有方案:{', '.join(known)}", f"plans: {', '.join(known)}")
    return UsageError(problem("unknown-plan", text=text, advice=advice if known else ""))
