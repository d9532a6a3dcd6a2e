"""What a report can be asked: its parameters, and their values once a service has read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

from salescli.core.metrics.model import Filter, Unit
from salescli.core.periods import ONE_DAY, Period
from salescli.core.title import Language, Title

ParamKind = Literal["period", "metric", "person", "dimension", "choice", "count", "flag", "type", "currency", "text"]


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter: an option, or an argument.

    `default` is what counts where it is not given; one that is `required` has none, and lacking it is a problem. A
    `metric` without default is the one that has targets in the period, else the first common one that has records; one
    that is to be measured against targets must be of amounts or counts that add up over time. A metric that `is_fixed`
    is what the report is about: nobody can ask for another.
    """

    key: str
    kind: ParamKind
    help: Title
    default: str = ""
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    adds_up: bool = False
    is_argument: bool = False
    required: bool = False
    is_fixed: bool = False


PERIOD = Param(
    "period", "period", Title("期间(默认:本月)", "the period (default: this month)"), "this-month", is_argument=True
)
METRIC = Param("metric", "metric", Title("指标(默认:有目标的那个)", "the metric (default: the one that has targets)"))
AMOUNT = replace(METRIC, adds_up=True)
COMPARE = Param(
    "compare",
    "choice",
    Title("与上一期或去年同期比较", "compare with the period before, or the same one last year"),
    choices=("previous", "last-year"),
)
CURRENCY = Param(
    "currency",
    "currency",
    Title("折成一种货币(默认:本位币,其余币种各自成行)", "in one currency (default: each by itself)"),
)
ROWS = Param("rows", "flag", Title("列出背后的记录", "list the records behind it"))
EXPLAIN = Param("explain", "flag", Title("显示口径及其出处", "show the definition and its places"))


@dataclass(frozen=True, slots=True)
class MetricAsked:
    """A metric of the catalogue, as far as a report has to know it; `currency` is "" where it is no money.

    `counts_cases` is a rate whose parts are counts: few of them prove little. `of` names the types of its records,
    `quantity` the metric of the same records' quantity, where there is one: an amount over it is a price.
    """

    name: str
    title: Title
    unit: Unit
    currency: str
    is_additive: bool
    counts_cases: bool
    definition: str
    place: str
    has_period: bool = True
    of: tuple[str, ...] = ()
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class PersonAsked:
    """A person: number, name, and the entity by which filters find the record."""

    key: str
    name: str
    entity: int

    @property
    def filter(self) -> Filter:
        """The condition that keeps this person's credits."""
        return Filter("person", "=", (f"#{self.entity}",))


@dataclass(frozen=True)
class Asked:
    """The parameters with their values, the day, and how far the data of the metric reaches by then.

    `first` and `last` are the days of its first and last record at all, up to the day asked; `through` is the last day
    that counts for the period.
    """

    values: Mapping[str, object]
    today: date
    on: date
    through: date | None = None
    first: date | None = None
    last: date | None = None
    earlier: Period | None = None
    language: Language = "en"

    @property
    def period(self) -> Period:
        """The period asked for."""
        return cast(Period, self.values["period"])

    @property
    def metric(self) -> MetricAsked:
        """The metric asked for."""
        return cast(MetricAsked, self.values["metric"])

    @property
    def person(self) -> PersonAsked:
        """The person asked for."""
        return cast(PersonAsked, self.values["person"])

    @property
    def counted(self) -> Period:
        """The period, no further than the day asked."""
        end = max(min(self.period.end, self.on + ONE_DAY), self.period.start)
        return Period(self.period.start, end, self.period.label, self.period.grain)

    def text(self, key: str) -> str:
        """Return a choice or a dimension; "" where it was not given."""
        return cast(str, self.values.get(key) or "")

    def number(self, key: str) -> int:
        """Return a count."""
        return cast(int, self.values[key])

    def flag(self, key: str) -> bool:
        """Return whether a flag was given."""
        return bool(self.values.get(key))

    @property
    def is_over(self) -> bool:
        """Tell whether the data reaches the end of the period (D-7)."""
        return self.through is not None and self.through >= self.period.last_day
