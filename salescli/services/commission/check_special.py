"""Points of the list before closing: special rates that count nowhere, and special terms whose last day is near."""

from __future__ import annotations

from collections.abc import Iterator

from salescli.core.commission.explain_special import approval_words, special_rate_title, term_title
from salescli.core.commission.terms import SpecialRate, Term
from salescli.core.commission.wording import both
from salescli.core.title import Title
from salescli.reports.commission.checklist import Detail
from salescli.services.commission.check_state import Check
from salescli.services.commission.facts import fetch_terms
from salescli.services.commission.special_rates import Special, fetch_special_rates, find_untaken

NO_COMPONENT = both("其方案中没有这个组件", "their plans have no such component")


def look_at_special_terms(check: Check) -> None:
    """Special rates that no component of the person's plans takes; own terms and special rates that end."""
    special = fetch_special_rates(check.context)
    if special:
        _untaken(check, special)
    ending = [one for one in _ending(check, special) if one.what]
    check.details.extend(ending)
    if ending:
        said = both("之后按其前一条,没有则不计", "what stood before counts after it, or nothing")
        check.add("terms-ending", both("本月到期的个人条款", "Special terms that end"), "ok", said, len(ending))


def _untaken(check: Check, special: Special) -> None:
    plans_of = {person: [one.plan.require() for one in mine] for person, mine in check.plans_of.items()}
    lost = list(find_untaken(special, plans_of, check.names, check.period))
    for person, rate, found in lost:
        why, text = found.values.get("why", NO_COMPONENT), special_rate_title(rate)
        assert isinstance(why, Title)
        text = both(f"{text.zh}:{why.zh}", f"{text.en}: {why.en}")
        check.details.append(Detail("special-rates", check.names.get(person, ""), text, None, rate.source))
    said = both("没有组件接受,未生效", "taken by no component: they count nowhere")
    fine = both("都有组件接受", "each is taken by a component")
    title = both("特批费率", "Special rates")
    check.add("special-rates", title, "look" if lost else "ok", said if lost else fine, len(lost))


def _ending(check: Check, special: Special) -> Iterator[Detail]:
    """Yield what counts for the last time in the month."""
    terms = fetch_terms(check.context)
    for person in check.plans_of:
        name = check.names.get(person, "")
        found: list[tuple[Title, Term | SpecialRate]] = []
        found += [(special_rate_title(one.rate), one.rate) for one in special.get(person, ())]
        found += [(term_title(one), one) for one in terms.get(person, ())]
        for text, one in found:
            if one.through is not None and one.through in check.period:
                why = approval_words(one.approved_by, one.through, one.reason)
                said = both(f"{text.zh}:{why.zh}", f"{text.en}: {why.en}")
                yield Detail("terms-ending", name, said, None, one.source)
