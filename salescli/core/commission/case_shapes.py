"""The shape of cases: exact examples of a plan. Given these facts, expect this pay.

The format is told in `tests/conformance/README.md`.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from salescli.core.commission.case_by_hand import AdjustmentFact
from salescli.core.commission.case_expected import Expected
from salescli.core.commission.case_opening import OpeningFacts
from salescli.core.commission.plan import Plan
from salescli.core.shape_marks import Field
from salescli.core.shapes import (
    Amount,
    ByKind,
    Count,
    Day,
    Factor,
    Month,
    Name,
    OneOfKeys,
    Rate,
    Shape,
    Text,
    TitleShape,
    YesNo,
)
from salescli.core.title import Title

Of = Literal["own", "team", "company"]
PlanOrName: TypeAlias = Annotated[str | Plan, ByKind(text=Name, map=Plan)]


class CreditFact(Shape):
    """One credit of the person. `known_in` is the run from which it is known; the month of its date where absent."""

    called = Title("业绩", "a credit")
    component: Name
    date: Day
    amount: Amount
    currency: Name = ""
    signed: Day | None = None
    key: Name = ""
    share: Rate | None = None
    quota_credit: Amount | None = None
    units: Amount | None = None
    shares: tuple[Rate, ...] = ()
    seat: Count = 0
    customer: Name = ""
    contract: Name = ""
    undoes: Name = ""
    rate_key: Name = ""
    earned_below: Amount | None = None
    rate_below: Rate | None = None
    fields: dict[Name, Text] = Field(default_factory=dict)
    known_in: Month | None = None


class QuotaFact(Shape):
    """A quota of so much each month, from month to month."""

    called = Title("目标", "a quota")
    metric: Name
    start: Month = Field(alias="from")
    through: Month
    each_month: Amount
    effective_from: Day | None = None
    level: Name = "base"
    of: Of = "own"
    withdrawn: YesNo = False
    known_in: Month | None = None


class TermFact(Shape):
    """One of the person's own terms."""

    called = Title("个人约定", "a person term")
    name: Name
    value: Amount
    start: Day | None = Field(None, alias="from")
    through: Day | None = None


class SpecialRateFact(Shape):
    """A rate of the person's own for some credits; without a component, customer or contract it is for any."""

    called = Title("特批费率", "a special rate")
    rate: Rate
    component: Name = ""
    customer: Name = ""
    contract: Name = ""
    start: Day | None = Field(None, alias="from")
    through: Day | None = None
    approved_by: Text = ""
    reason: Text = ""
    known_in: Month | None = None


class GradeFact(Shape):
    """A grade of a closed scorecard run; the period is named by its first month. No `grade`: the person has none."""

    called = Title("绩效等级", "a grade")
    scorecard: Name
    period: Month
    grade: Name = ""
    known_in: Month


class ReadingFact(Shape):
    """A metric over `from` … `month`, both months included; without `from`, that month by itself.

    `basis` is the quota of an attainment, as `full-window base quarter`; without it the reading fits every gate.
    """

    called = Title("指标读数", "a reading")
    metric: Name
    month: Month
    numerator: Amount
    denominator: Amount
    start: Month | None = Field(None, alias="from")
    of: Of = "own"
    basis: Text = ""
    sample: Count | None = None
    known_in: Month | None = None


class ContinuedFact(Shape):
    """What the person brings from another plan into a window that goes on; the window is named by its first month."""

    called = Title("延续", "what goes on")
    component: Name
    window: Month
    position: Amount
    pay: Amount | None = None
    earned: Amount


class ContractFact(Shape):
    """The date fields of a contract that a holdback may wait for."""

    called = Title("合同", "a contract")
    contract: Name
    warranty_end: Day | None = None
    accepted_on: Day | None = None
    amount: Amount | None = None


class ReceivedFact(Shape):
    """Money that came in for a contract; minus is what went back."""

    called = Title("回款", "money received")
    contract: Name
    date: Day
    amount: Amount
    known_in: Month | None = None


class DeductionFact(Shape):
    """An amount to be taken from pay."""

    called = Title("扣款", "a deduction")
    date: Day
    amount: Amount
    key: Name = ""
    known_in: Month | None = None


class FxRateFact(Shape):
    """A recorded exchange rate: on the date, 1 base is so much of the quote."""

    called = Title("汇率", "an FX rate")
    base: Name
    quote: Name
    date: Day
    rate: Factor


class AwayDays(Shape):
    """Days of another plan, or on no seat; both count."""

    called = Title("离开本方案的期间", "away")
    start: Day = Field(alias="from")
    through: Day


class OnPlan(Shape):
    """The person's days on the plan, both count; those that are `away` are not on it."""

    called = Title("在册期间", "on_plan")
    start: Day | None = Field(None, alias="from")
    through: Day | None = None
    away: tuple[AwayDays, ...] = ()


class MemberFact(Shape):
    """Somebody who shares the person's pot of one window, which is named by its first month."""

    called = Title("成员", "a member")
    component: Name
    window: Month
    person: Name
    contribution: Amount | None = None
    days: Count | None = None
    salary: Amount | None = None
    grade: Name = ""
    amount: Amount | None = None
    share: Rate | None = None
    known_in: Month | None = None


class OtherFacts(Shape):
    """Somebody else under the same plan. `out` names what keeps the person out of a ranking."""

    called = Title("其他人", "another person")
    person: Name
    on_plan: OnPlan | None = None
    credits: tuple[CreditFact, ...] = ()
    quotas: tuple[QuotaFact, ...] = ()
    terms: tuple[TermFact, ...] = ()
    readings: tuple[ReadingFact, ...] = ()
    reached: Day | None = None
    out: Literal["", "not-among", "too-few-days", "not-employed"] = ""


class Given(Shape):
    """The facts of a case."""

    called = Title("已知", "given")
    on_plan: OnPlan | None = None
    opening: OpeningFacts | None = None
    credits: tuple[CreditFact, ...] = ()
    quotas: tuple[QuotaFact, ...] = ()
    terms: tuple[TermFact, ...] = ()
    special_rates: tuple[SpecialRateFact, ...] = ()
    grades: tuple[GradeFact, ...] = ()
    readings: tuple[ReadingFact, ...] = ()
    continued: tuple[ContinuedFact, ...] = ()
    contracts: tuple[ContractFact, ...] = ()
    received: tuple[ReceivedFact, ...] = ()
    deductions: tuple[DeductionFact, ...] = ()
    adjustments: tuple[AdjustmentFact, ...] = ()
    fx_rates: tuple[FxRateFact, ...] = ()
    members: tuple[MemberFact, ...] = ()
    others: tuple[OtherFacts, ...] = ()
    reached: Day | None = None


class Case(Shape):
    """One example."""

    called = Title("用例", "a case")
    case: Name
    title: TitleShape | None = None
    plan: PlanOrName
    fiscal_year_starts: Count = 1
    given: Given
    expect: Annotated[dict[Month, Expected], Field(min_length=1)]


class CaseList(Shape):
    """Several examples in one file."""

    called = Title("用例文件", "a file of cases")
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]


CaseDocument: TypeAlias = Annotated[Case | CaseList, OneOfKeys({"case": Case, "cases": CaseList})]
