"""One case as one run knows it: who is on the plan when, what was credited on which day, which quota was seen."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.reference_engine.words import amount, day, days_of, in_force, next_month, window_of

NEVER = date(9999, 1, 1)
LENGTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Credit:
    """One transaction's part of one person; `home` is the transaction that a refund takes back."""

    on: date
    key: str
    pay: Fraction
    quota: Fraction
    units: Fraction
    home: str
    rate_key: str
    contract: str
    special: Fraction | None = None  # the person's own rate for it


class World:
    """A plan and the facts that are known in the run numbered `knows` (None: all facts)."""

    def __init__(self, case, knows=None):
        self.case, self.plan, self.given = case, case["plan"], case["given"] or {}
        self.fiscal = int(case.get("fiscal_year_starts", 1))
        days = self.given.get("on_plan") or {}
        self.start = max(day(self.plan["from"]), day(days["from"]) if "from" in days else date.min)
        self.left = day(days["through"]) + timedelta(days=1) if "through" in days else NEVER
        self.end = min(day(self.plan["through"]) + timedelta(days=1), self.left)
        self.pay = {"monthly": "month", "quarterly": "quarter"}[self.plan["pay"]]
        last = max(day(text) for text in case["expect"])
        self.runs = []
        begin = window_of(self.pay, self.start, self.fiscal)[0]
        while begin <= last:
            run = window_of(self.pay, begin, self.fiscal)
            self.runs.append(run)
            begin = run[1]
        self.horizon = self.runs[-1 if knows is None else knows][1]
        opening = self.given.get("opening")
        self.first_paid = self.run_of(day(opening["first_run"])) if opening else 0
        self._credits = {}
        self.unit = amount(self.plan["payout"]["round_to"])

    def run_of(self, on):
        """The number of the run that holds a day."""
        return next(number for number, (start, end) in enumerate(self.runs) if start <= on < end)

    def known(self, kind):
        """The facts of one kind that are known now."""
        for one in self.given.get(kind) or []:
            if day(one.get("known_in") or one.get("date") or "1900-01-01") < self.horizon:
                yield one

    def windows(self, grain):
        """(first day, day after, whole window) of each window, cut at the days on the plan; until the last run."""
        begin = self.start
        while begin < min(self.end, self.runs[-1][1]):
            whole = window_of(grain, begin, self.fiscal)
            yield begin, min(whole[1], self.end), whole
            begin = whole[1]

    def credits(self, name):
        """The transactions of a component in the order (date, key): day, pay, quota credit, units and the rest."""
        if name not in self._credits:
            self._credits[name] = self._sorted_credits(name)
        return self._credits[name]

    def _sorted_credits(self, name):
        component = self.plan["components"][name]
        everything = self.given.get("credits") or []
        found = []
        for number, one in enumerate(everything):
            if one["component"] != name or day(one.get("known_in") or one["date"]) >= self.horizon:
                continue
            on, key = day(one["date"]), one.get("key") or f"#{number + 1}"
            undone = next((it for it in everything if one.get("undoes") and it.get("key") == one["undoes"]), None)
            home = key
            if undone is not None:
                on, home = day(undone["date"]) if component["refunds"] == "recompute" else on, one["undoes"]
            if not self.start <= on < self.end:
                continue
            pay = amount(one["amount"]) * amount(one.get("share") or 1)
            quota = amount(one["quota_credit"]) if "quota_credit" in one else pay
            special = self._special(name, component, one, undone, on)
            if special is not None and component["special_rates"]["position"] == "left-out":
                quota = Fraction(0)
            units = self._units(component, one)
            named = (one.get("rate_key") or "", one.get("contract") or "")
            found.append(Credit(on, key, pay, quota, units, home, *named, special))
        return sorted(found, key=lambda it: (it.on, it.key))

    def _special(self, name, component, one, undone, on):
        """The person's own rate for a credit: of those that count on its day, the one that says most."""
        if "special_rates" not in component:
            return None
        if undone is not None and component["refunds"] != "at-refund-date":
            one, on = {**undone, **one}, day(undone["date"])
        said = {"contract": one.get("contract") or "", "customer": one.get("customer") or "", "component": name}
        best = None
        for it in self.known("special_rates"):
            from_day, last = day(it.get("from") or "1900-01-01"), day(it.get("through") or "9999-12-31")
            is_of = all(it.get(key) in (None, "", value) for key, value in said.items())
            rank = [bool(it.get(key)) for key in said]
            if is_of and from_day <= on <= last and (best is None or rank > best[0]):
                best = (rank, amount(it["rate"]))
        return None if best is None else best[1]

    def _units(self, component, one):
        if "units" in one:
            return amount(one["units"])
        shares = [amount(text) for text in one.get("shares") or ["1"]]
        seat = int(one.get("seat") or 0)
        how = component.get("shared_unit", "divide")
        if component["type"] != "per-unit":
            return Fraction(0)
        return {
            "divide": shares[seat],
            "each": Fraction(1),
            "largest-share": Fraction(shares.index(max(shares)) == seat),
        }[how]

    def quota(self, by, window, through, seen_on):
        """The quota of a window's months before a day, in the versions effective by then and by another; None: none."""
        total = None
        month = window[0].replace(day=1)
        while month < through:
            found = None
            for one in self.known("quotas"):
                effective = day(one.get("effective_from") or "1900-01-01")
                is_it = one["metric"] == by["attainment_of"] and (one.get("of") or "own") == by["of"]
                is_it = is_it and (one.get("level") or "base") == (by.get("level") or "base")
                is_it = (
                    is_it
                    and day(one["from"]) <= month <= day(one["through"])
                    and effective <= seen_on
                    and effective < next_month(month)
                )
                if is_it and (found is None or effective >= found[0]):
                    found = (effective, amount(one["each_month"]))
            if found is not None:
                total = (total or 0) + found[1]
            month = next_month(month)
        return total

    def term(self, name, on):
        """One of the person's own terms, on a day."""
        found = [one for one in self.given.get("terms") or [] if one["name"] == name]
        found = [one for one in found if day(one.get("from") or "1900-01-01") <= on]
        found = [one for one in found if on <= day(one.get("through") or "9999-12-31")]
        return amount(max(found, key=lambda it: it.get("from") or "")["value"]) if found else None

    def money(self, value, on):
        """An amount, or a share of an own term, in force on a day."""
        text = str(in_force(value, on))
        if " of " not in text:
            return amount(text)
        share, name = text.split(" of ")
        term = self.term(name.strip(), on)
        return None if term is None else amount(share) * term

    def part(self, what, whole):
        """How much of a whole window is spent on the plan, where the plan scales that; else 1."""
        rule = self.plan["part_period"]
        if rule == "nothing-scaled" or what not in rule["scale"]:
            return Fraction(1)
        there = [on for on in days_of(*whole) if self.start <= on < self.end]
        every = days_of(*whole)
        if rule["count"] == "working-days":
            there, every = ([on for on in one if on.weekday() < 5] for one in (there, every))
        if rule["count"] == "months":
            there, every = ({(on.year, on.month) for on in one} for one in (there, every))
        return Fraction(len(there), len(every))

    def reading(self, block, own_window, run):
        """A metric over its own window so far, at the end of a run: (numerator, denominator) or None."""
        rows = [
            one
            for one in self.known("readings")
            if one["metric"] == block["metric"] and (one.get("of") or "own") == block["of"]
        ]
        last = next_month(self.runs[run][1], -1)
        whole = [it for it in rows if "from" in it and day(it["from"]) == own_window[0] and day(it["month"]) == last]
        if not whole:
            first = own_window[0].replace(day=1)
            whole = [it for it in rows if first <= day(it["month"]) <= last and "from" not in it]
            if len(whole) != (last.year - first.year) * 12 + last.month - first.month + 1:
                return None
        if not whole:
            return None
        if "min_sample" in block and sum(int(it.get("sample") or 0) for it in whole) < int(block["min_sample"]):
            return None
        top, bottom = (sum(amount(it[key]) for it in whole) for key in ("numerator", "denominator"))
        return None if bottom == 0 else top / bottom
