"""What a run says of the people whom its register does not show: who has nothing, and whose credits came too late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from salescli.core.commission.note_words import note_words
from salescli.core.title import Title
from salescli.reports.commission.columns import PaidPerson
from salescli.reports.commission.register import by_currency

AFTER_LEAVING = "credit-after-leaving"


def blank_notes(people: Sequence[PaidPerson]) -> list[Title]:
    """Return sentences about those of a run whom nothing is paid.

    What came in after somebody's last day is named with its amount, unless another plan has them now and may pay it.
    Who has something under one plan is not said to have nothing under another.
    """
    plans = Counter(one.result.person for one in people)
    blank = [one for one in people if one.is_blank]
    late = {id(one): _late(one) for one in blank if plans[one.result.person] == 1}
    said = [title for titles in late.values() for title in titles]
    has_some = {one.result.person for one in people if not one.is_blank}
    for currency, paid in by_currency([one for one in blank if not late.get(id(one))]):
        if names := list({one.result.person: one.name for one in paid if one.result.person not in has_some}.values()):
            said.append(
                Title(
                    # by the currency that their plan counts: credits in another are said elsewhere
                    f"本期没有 {currency} 业绩:{'、'.join(names)}",
                    f"no {currency} credits in this period: {', '.join(names)}",
                )
            )
    return said


def _late(one: PaidPerson) -> list[Title]:
    notes = [note for each in one.result.components for note in each.notes if note.name == AFTER_LEAVING]
    words = dict.fromkeys(note_words(note) for note in notes if note.part("amount"))
    return [Title(f"{one.name}:{said.zh}", f"{one.name}: {said.en}") for said in words]
