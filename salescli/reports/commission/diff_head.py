"""What two compared plans are: both sides, the months, what stands below the tables, and data for programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from salescli.core.commission.diff.compared import Compared
from salescli.core.commission.lint.subject import Finding
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import Path
from salescli.core.title import Title
from salescli.reports.commission.columns import STATES
from salescli.reports.commission.diff_words import said_by


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two plans: its file, and where its words stand. `run` is the one that kept it."""

    name: str
    file: str
    plan: Plan
    place: Callable[[Path], str]
    period: str = ""
    run: int = 0
    state: str = ""

    @property
    def label(self) -> Title:
        """The plan's name, and the run whose text it is."""
        if not self.run:
            return Title(f"{self.name}({self.file})", f"{self.name} ({self.file})")
        state = STATES.get(self.state, Title(self.state, self.state))
        return Title(
            f"{self.name}({self.period} 运行 #{self.run} {state.zh}所用)",
            f"{self.name} as run #{self.run} of {self.period} ({state.en}) used it",
        )


@dataclass(frozen=True, slots=True)
class DiffHead:
    """What was compared: both plans, the months, how many years each was moved, and the trees moved so."""

    one: Side
    other: Side
    window: str
    years: tuple[int, int]
    trees: tuple[object, object]
    known: Title
    command: str  # what was typed

    @property
    def plans(self) -> tuple[Plan, Plan]:
        """Both plans."""
        return self.one.plan, self.other.plan

    @property
    def currency(self) -> str:
        """The currency of both."""
        return self.one.plan.currency


@dataclass(frozen=True, slots=True)
class Cliff:
    """A place where one more yuan moves much, and its `file:line`."""

    finding: Finding
    place: str


def data_of(head: DiffHead, compared: Compared) -> dict[str, object]:
    """Return each rule with its places and its part of everybody's difference, and all transactions, for programs."""
    rules = []
    for part in compared.parts:
        places = [said_by(head.trees, path) for path in part.paths]
        rules.append(
            {
                "paths": [".".join(map(str, path)) for path in part.paths],
                "a": [{"place": head.one.place(place), "says": said[0]} for place, said in places],
                "b": [{"place": head.other.place(place), "says": said[1]} for place, said in places],
                "difference": str(part.amount),
                "holdback": str(part.kept),
                "parts": [
                    {"person": person, "component": component, "difference": str(amount)}
                    for (person, component), amount in sorted(part.amounts.items())
                ],
            }
        )
    lines = [
        {
            "person": one.person,
            "component": one.component,
            "transaction": one.key,
            "contract": one.contract,
            "date": one.date.isoformat() if one.date else None,
            "a": str(one.one),
            "b": str(one.other),
        }
        for one in compared.lines()
    ]
    return {"parts": rules, "lines": lines}


def footer_of(head: DiffHead, lines: int, rows: bool) -> list[Title]:
    """Return what is said below the tables."""
    found = [
        Title(
            "应计,加预支与扣款;各月按今天的数据整体重算,不看已付",
            "earned, with draw and deductions; every month computed again from today's data, whatever was paid",
        )
    ]
    found += _moved_years(head.years)
    if lines and not rows:
        found.append(Title(f"{lines} 笔单据的提成有变化", f"the pay of {lines} transactions differs"))
    found.append(head.known)
    return found


def _moved_years(years: tuple[int, int]) -> list[Title]:
    """Say which plans were moved to another year."""
    found = []
    for said in dict.fromkeys(one for one in years if one):
        which = [label for label, one in zip(("A", "B"), years, strict=True) if one == said]
        zh, en = ("前", "back") if said > 0 else ("后", "on")
        many = "year" if abs(said) == 1 else "years"
        found.append(
            Title(
                f"{'、'.join(which)} 整体{zh}移 {abs(said)} 年;当年没有的目标与约定,用方案年度的",
                f"{' and '.join(which)} moved {en} by {abs(said)} {many}, with the quotas and terms of the plan's own "
                "year where that year had none",
            )
        )
    return found
