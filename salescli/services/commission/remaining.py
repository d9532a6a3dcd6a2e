"""What is left under a plan after somebody's last day on it: owed, carried below zero, waiting, kept back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.commission.result import PayeeResult
from salescli.core.money import total
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.policy.plans import PlanFile
from salescli.services.commission.payees import fetch_seats, payees_of
from salescli.services.context import Context

LEFT = (
    ("owed", Title("未扣回的预支", "owed of the draw")),
    ("carried", Title("低于零的结转", "carried below zero")),
    ("waiting", Title("待扣款项", "waiting of deductions")),
    ("kept", Title("留存", "kept back")),
)


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left under one plan for somebody whose time on it is over. `has_left`: the company too."""

    entity: int
    name: str
    plan: str
    currency: str
    figures: Mapping[str, Decimal]
    has_left: bool
    base: str = "CNY"  # of the workspace

    @property
    def code(self) -> str:
        """The currency as it stands behind amounts: a company of yuan does not name them."""
        return "" if self.currency == "CNY" == self.base else self.currency

    @property
    def words(self) -> Title:
        """Return it as a sentence about the person."""
        said = left_words(self.figures, self.code)
        if self.has_left:
            return Title(
                f"已离职,方案 {self.plan} 下尚有:{said.zh}", f"has left; still open under {self.plan}: {said.en}"
            )
        return Title(
            f"方案 {self.plan} 已结束,尚有:{said.zh}", f"{self.plan} has ended; still open under it: {said.en}"
        )


def left_words(figures: Mapping[str, Decimal], code: str = "") -> Title:
    """Return amounts that are left, named, with their currency."""
    named = [(title, f"{figures[key]:,} {code}".rstrip()) for key, title in LEFT if figures.get(key)]
    return Title(
        "、".join(f"{title.zh} {amount}" for title, amount in named),
        ", ".join(f"{title.en} {amount}" for title, amount in named),
    )


def left_of(result: PayeeResult) -> dict[str, Decimal]:
    """Return what a run leaves of a person under a plan."""
    balance = result.balance
    found = {
        "owed": balance.owed if balance is not None else Decimal(0),
        "carried": result.carried_out,
        "waiting": balance.waiting if balance is not None else Decimal(0),
        "kept": total(one.kept_to_date for one in result.kept),
    }
    return {name: amount for name, amount in found.items() if amount}


def find_remaining(
    context: Context, period: Period, paid: Iterable[tuple[int, str, PayeeResult]], plans: Mapping[str, PlanFile]
) -> list[Remaining]:
    """Return what is left under plans of people whose last day on them has come; in the order given."""
    left = [(entity, name, result, left_of(result)) for entity, name, result in paid]
    left = [each for each in left if each[3]]
    if not left:
        return []
    seats = fetch_seats(context.store)
    seated = {one.person for one in seats if one.start <= period.end < one.end}
    ends = {
        (name, one.entity): min(one.end, plans[name].require().end)
        for name in {result.plan for _, _, result, _ in left}
        for one in payees_of(context.store, plans[name].require(), seats)
    }
    return [
        Remaining(entity, name, result.plan, result.currency, figures, entity not in seated, context.currency)
        for entity, name, result, figures in left
        if ends.get((result.plan, entity), period.end) <= period.end
    ]


def remaining_notes(found: Sequence[Remaining]) -> list[Title]:
    """Return a sentence for each plan: what is left under it in all, and of whom."""
    notes = []
    for plan in dict.fromkeys(one.plan for one in found):
        mine = [one for one in found if one.plan == plan]
        figures = {key: total(one.figures[key] for one in mine if key in one.figures) for key, _ in LEFT}
        said = left_words(figures, mine[0].code)
        names = list(dict.fromkeys(one.name for one in mine))
        zh, en = "、".join(names[:5]), ", ".join(names[:5])
        more = len(names) - 5
        zh, en = (f"{zh} 等 {len(names)} 人", f"{en} and {more} more") if more > 0 else (zh, en)
        notes.append(
            Title(
                f"{zh} 的方案 {plan} 已结束,尚有:{said.zh}",
                f"{plan} has ended for {en}; still open under it: {said.en}",
            )
        )
    return notes
