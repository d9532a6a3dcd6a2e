"""Results that need not be computed again: the engine is pure, so equal inputs give the stored result.

Of each payee of a run the digest of everything that the engine was given is kept beside the workspace: the plan, the
facts, what was posted, the plans of closed months, and the engine's own files. A payee of the period's next run with
the same digest has the draft's result; whoever a late fact touches has another, and is computed. Verifying computes
everybody. The file may be deleted at any time; whatever is wrong with it or with the draft is as if it were not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salescli import __version__
from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.result import PayeeResult
from salescli.core.periods import Period
from salescli.services.commission.stored import read_result
from salescli.services.context import Context
from salescli.store.runs import Run, fetch_results, fetch_runs, is_whole

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

CACHE = ".salescli-commission.json"
ENGINE = Path(__file__).parents[2] / "core"


_APART = ("calendar", "contract_dates", "working", "worked", "frozen", "restated", "group")
_OWN = tuple(one.name for one in fields(PayeeInputs) if one.name not in _APART)


@dataclass
class Reusing:
    """What the period's newest draft holds, and the digests of the run that is being computed."""

    known: Mapping[str, str] = field(default_factory=dict)  # the digests of the draft, by item
    results: Mapping[str, str] = field(default_factory=dict)  # and its results
    digests: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # what was not computed again
    _shared: dict[int, tuple[object, str]] = field(default_factory=dict)  # of what many are given, by identity

    def compute(self, item: str, plan: Plan, inputs: PayeeInputs, upto: Period) -> PayeeResult:
        """Return a payee's result: the draft's, where the engine would be given what it was given then."""
        mark = self.digests[item] = self._digest(plan, inputs, upto)
        if self.known.get(item) == mark and item in self.results:
            self.texts[item] = self.results[item]
            return read_result(self.results[item])
        self.texts.pop(item, None)
        return compute_payee(plan, inputs, upto)

    def text_of(self, item: str, result: PayeeResult) -> str:
        """Return a result as it is stored."""
        return self.texts.get(item) or result.to_json()

    def _digest(self, plan: Plan, inputs: PayeeInputs, upto: Period) -> str:
        """Digest everything that a result depends on. What many are given is digested once."""
        group = inputs.group
        kept = (*inputs.frozen.values(), *inputs.worked.values())
        apart = (plan, inputs.calendar, inputs.contract_dates, inputs.working, *kept)
        said: list[object] = [
            upto,
            [self._of_shared(one) for one in apart],
            list(inputs.frozen),
            list(inputs.worked),
            sorted((day, self._of_shared(one)) for day, one in inputs.restated.items()),
            sorted(group.settled) if group is not None else None,
        ]
        import pickle

        rest = {name: _rows(getattr(inputs, name)) for name in _OWN}
        rest["group"] = None if group is None else replace(group, settled=frozenset())
        # Bytes are only made here, never read: equal bytes are equal values, and unequal ones cost a computation.
        return hashlib.sha256(repr(said).encode() + pickle.dumps(rest, protocol=5)).hexdigest()

    def _of_shared(self, value: object) -> str:
        held = self._shared.get(id(value))
        if held is None:
            held = self._shared[id(value)] = (value, hashlib.sha256(repr(value).encode()).hexdigest())
        return held[1]


def _rows(value: object) -> object:
    """Return facts of one class as rows, which are digested in a third of the time."""
    if not isinstance(value, tuple) or not value or not is_dataclass(kind := type(value[0])):
        return value
    if any(type(one) is not kind for one in value):
        return value
    get = _reader(kind)
    return kind.__qualname__, [get(one) for one in value]


@cache
def _reader(kind: type) -> Callable[[object], object]:
    return attrgetter(*(one.name for one in fields(kind)))


def read_reusing(context: Context, period: Period, calculation: int) -> Reusing:
    """Return what the newest draft of a period leaves to its next run."""
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        held = json.loads((context.workspace.folder / CACHE).read_text(encoding="utf-8"))
        newest = next(iter(fetch_runs(context.store, "commission", period.label)), None)
        if newest is not None and held["run"] == [newest.id, newest.sha256] and held["engine"] == _engine(calculation):
            results = fetch_results(context.store, newest.id)
            if is_whole(newest, results):
                return Reusing({str(item): str(mark) for item, mark in held["digests"].items()}, results)
    return Reusing()


def keep_digests(context: Context, run: Run, reusing: Reusing, calculation: int) -> None:
    """Keep the digests of a run that was stored; a folder that cannot be written has none."""
    if not reusing.digests:
        return
    held: dict[str, Any] = {
        "run": [run.id, run.sha256],
        "engine": _engine(calculation),
        "digests": reusing.digests,
    }
    with contextlib.suppress(OSError):
        (context.workspace.folder / CACHE).write_text(json.dumps(held), encoding="utf-8")


@cache
def _engine(calculation: int) -> str:
    """Digest what computes: the version, and the sizes and times of the engine's files, for whoever changes them."""
    files = [(path.name, (found := path.stat()).st_size, found.st_mtime_ns) for path in sorted(ENGINE.rglob("*.py"))]
    return hashlib.sha256(repr((calculation, __version__, sys.version, files)).encode()).hexdigest()
