"""Formulas: what each run adds to what a component's windows have earned to date, before gates and factors."""

from fractions import Fraction
from itertools import pairwise

from tests.reference_engine.words import amount, as_list, day, half_away, in_force, reached, tiers_of

ZERO = Fraction(0)


def increments(world, name, lowest=False):
    """One increment for each run; `lowest`: as if the first tier's rate were the only one."""
    component = world.plan["components"][name]
    kind = component["type"]
    if kind == "bonus":
        return _bonus(world, component)
    if kind in ("rate", "per-unit"):
        return _each_credit(world, name, component)
    if component["adds_up_over"] == "each-transaction":
        return _transactions(world, name, component, lowest)
    found = [ZERO] * len(world.runs)
    for start, end, whole in world.windows(component["adds_up_over"]):
        before = ZERO
        window = Window(world, name, component, (start, end, whole), lowest)
        for run, (first, after) in enumerate(world.runs):
            if first < end and start < after:
                earned = window.earned_to_date(run)
                found[run] += earned - before
                before = earned
    return found


def _bonus(world, component):
    found = [ZERO] * len(world.runs)
    for _, end, whole in world.windows(component["adds_up_over"]):
        last = next((run for run, (first, after) in enumerate(world.runs) if first < end <= after), None)
        leaves_early = end == world.left < whole[1]
        if last is None or (leaves_early and world.plan.get("leavers", {}).get("open_windows") == "forfeit"):
            continue
        on = end.fromordinal(end.toordinal() - 1)
        found[last] += (world.money(component["amount"], on) or 0) * world.part("fixed-amounts", whole)
    return found


def _each_credit(world, name, component):
    found = [ZERO] * len(world.runs)
    covered = _enter_openings(world, name, found)
    cap = cap_of_each(world, name)
    so_far = {}
    for one in world.credits(name):
        run = world.run_of(one.on)
        if run <= covered:
            continue
        worth = _worth_of_each(world, component, one)
        if cap is not None:  # the whole deal, with what has gone back of it, pays no more than the cap
            before = so_far.get(one.home, ZERO)
            so_far[one.home] = before + worth
            most = world.money(cap, one.on)
            worth = min(before + worth, most) - min(before, most)
        found[run] += worth
    return found


def weights_of(world, name, credits):
    """By what a run's amount is spread over its transactions: what each would pay, else its pay credit."""
    component = world.plan["components"][name]
    if component["type"] == "per-unit":
        return [one.units for one in credits]
    if component["type"] == "rate":
        return [_worth_of_each(world, component, one) for one in credits]
    if component["adds_up_over"] == "each-transaction":
        return _shares_of_transactions(world, name, component, credits)
    if any(one.special is not None for one in credits):
        return _beside_special(world, name, credits)
    return [one.pay for one in credits]


def _beside_special(world, name, credits):
    """What each special credit pays; the others share what the table pays in their run, by their credit."""
    found = [None if one.special is None else one.pay * one.special for one in credits]
    plain = sum(one.pay for one in credits if one.special is None)
    rest = increments(world, name)[world.run_of(credits[0].on)] - sum(one for one in found if one is not None)
    share = rest / plain if plain else ZERO
    return [one.pay * share if worth is None else worth for one, worth in zip(credits, found, strict=True)]


def _worth_of_each(world, component, one):
    if component["type"] == "per-unit":
        return one.units * (world.money(component["amount"], one.on) or 0)
    if one.special is not None:
        return one.pay * one.special
    rate = component["rate"]
    if isinstance(rate, dict) and "by" in rate:
        rate = rate["table"].get(one.rate_key, rate["otherwise"])
    return one.pay * amount(in_force(rate, one.on))


def cap_of_each(world, name):
    """The most that one transaction may pay, or None."""
    limits = [one for one in world.plan.get("limits") or [] if one["over"] == "each-transaction"]
    return next((one["at_most"] for one in limits if name in as_list(one["of"])), None)


def openings_of(world, name):
    """(last run that it covers, position, earned or None) of the opening rows of a component."""
    opening = world.given.get("opening") or {}
    found = []
    for row in opening.get("rows") or []:
        if row["component"] == name:
            covered = world.run_of(day(row["month"])) if "month" in row else world.first_paid - 1
            earned = amount(row["earned"]) if "earned" in row else None
            found.append((covered, amount(row.get("position") or 0), earned))
    return found


def _enter_openings(world, name, found):
    """Enter what opening rows say was earned; return the last run that they cover."""
    before, covered = ZERO, -1
    for covered, _, earned in openings_of(world, name):
        found[covered] += (earned or ZERO) - before
        before = earned or ZERO
    return covered


def _transactions(world, name, component, lowest):
    """Each transaction by itself, with what has gone back of it; a transaction is the window, so each is rounded."""
    found = [ZERO] * len(world.runs)
    for one, worth in _transaction_by_transaction(world, name, component, lowest):
        found[world.run_of(one.on)] += worth
    return found


def _shares_of_transactions(world, name, component, credits):
    """The parts of one record that are priced alike share by their credit what they earn."""

    def alike(one):
        return one.on, one.key, None if one.special is None else (one.contract, one.special)

    earned, size = {}, {}
    for one, worth in _transaction_by_transaction(world, name, component, False):
        earned[alike(one)] = earned.get(alike(one), ZERO) + worth
    for one in world.credits(name):
        size.setdefault(alike(one), []).append(one)
    found = []
    for one in credits:
        many, whole = size.get(alike(one), [one]), earned.get(alike(one), ZERO)
        pay, quota = sum(it.pay for it in many), sum(it.quota for it in many)
        part = 1 if len(many) == 1 else one.pay / pay if pay else one.quota / quota if quota else 1
        found.append(whole * part)
    return found


def _transaction_by_transaction(world, name, component, lowest):
    """(credit, what it earns): by the table those that are not at a special rate, by that the others.

    A special one moves the whole transaction: what the table pays on the rest changes with it.
    """
    known = {}  # transaction → its credits so far
    specials = {}
    for one in world.credits(name):
        before = known.get(one.home, [])
        special = specials.setdefault((one.home, one.contract), one.special)
        after = known[one.home] = [*before, one]
        table = Table(world, component, one.on, None, ZERO, Fraction(1), lowest)
        plain = [[it for it in many if specials[it.home, it.contract] is None] for many in (before, after)]
        of_table = [
            _of_one(world, table, sum(it.quota for it in many), sum(it.pay for it in rest), lowest) if rest else ZERO
            for many, rest in zip((before, after), plain, strict=True)
        ]
        same = [[it for it in many if it.contract == one.contract] for many in (before, after)]
        of_rate = [half_away(sum(it.pay for it in many) * special, world.unit) if special is not None else ZERO
                   for many in same]  # fmt: skip
        rest = [it for it in plain[1] if world.run_of(it.on) == world.run_of(one.on)]
        yield (rest[-1] if rest and special is not None else one), of_table[1] - of_table[0]
        yield one, of_rate[1] - of_rate[0]


def _of_one(world, table, moves, pay, lowest):
    by_rate = table.apply in ("all-at-rate-reached", "slice-by-slice")
    worth = table.worth(moves, pay) if moves or by_rate else ZERO  # of what has gone back whole nothing is left
    if table.apply == "slice-by-slice" and moves:
        worth *= pay / moves  # a part of it is at a special rate
    return worth if lowest else half_away(worth, world.unit)


class Table:
    """A table of tiers on one day, for one quota (None: the tiers are amounts): what a position is worth in all.

    Below zero the first tier runs on; a table that begins above zero has a tier of nothing before its first.
    """

    def __init__(self, world, component, on, by, quota, part, lowest=False, fixed=1):
        self.apply, self.beyond = component["apply"], component.get("beyond", "flat")
        self.zero = None
        self.is_unpaid = by is not None and quota is None
        if by is not None and quota == 0:
            says = component["when_quota_is_zero"]
            self.zero = ZERO if says == "nothing" else amount(says["rate"])
        base = ZERO
        if "base_rate" in component and quota:
            text = str(component["base_rate"])
            base = world.term(text.split("/")[0].strip(), on) / quota if "/" in text else amount(text)
        self.tiers = []
        for threshold, is_share, inclusive, says in tiers_of(in_force(component["tiers"], on)):
            whole = (quota or ZERO) if is_share else part
            text, _, basis = says.partition(" on ")
            if "base_rate" in text:
                value = (amount(text.split("x")[0]) if "x" in text.replace("base_rate", "") else 1) * base
            else:
                value = (world.money(text, on) or ZERO) * (1 if "%" in text and " of " not in text else fixed)
            self.tiers.append((threshold * whole, None, inclusive, value, basis))
        if lowest:
            self.tiers, self.apply = [(ZERO, None, True, *self.tiers[0][3:])], "all-at-rate-reached"

    def rate(self, position):
        """The rate of the tier that a position has reached; below zero that of the first tier."""
        at = reached([(one[0], one[1], one[2], "") for one in self.tiers], position)
        runs_on = position < 0 and self.tiers[0][0] == 0
        return self.tiers[at][3] if at is not None else self.tiers[0][3] if runs_on else ZERO

    def worth(self, position, pay):
        """What has been earned in all where the window has collected so much."""
        if self.is_unpaid:
            return ZERO
        if self.zero is not None:
            return pay * self.zero
        if self.apply == "slice-by-slice":
            return self._slices(position)
        if self.apply in ("all-at-rate-reached", "new-at-rate-reached"):
            return pay * self.rate(position)
        if self.apply == "straight-line":
            return self._line(position)
        if self.apply == "as-stated":
            return self._stated(position)
        if self.apply == "amount-reached":
            return self.rate(position) if position >= 0 else ZERO
        return sum((one[3] for one in self.tiers if position > one[0] or (one[2] and position == one[0])), ZERO)

    def _slices(self, position):
        if position < 0:
            return position * self.rate(position)
        total = ZERO
        for number, one in enumerate(self.tiers):
            upto = self.tiers[number + 1][0] if number + 1 < len(self.tiers) else position
            total += max(ZERO, min(upto, position) - one[0]) * one[3]
        return total

    def _line(self, position):
        points = [(one[0], one[3]) for one in self.tiers]
        if position < points[0][0]:
            return ZERO
        for (x1, y1), (x2, y2) in pairwise(points):
            if position <= x2:
                return y1 + (y2 - y1) * (position - x1) / (x2 - x1)
        if self.beyond == "flat" or len(points) == 1:
            return points[-1][1]
        (x1, y1), (x2, y2) = points[-2:]
        return y2 + (y2 - y1) * (position - x2) / (x2 - x1)

    def _stated(self, position):
        at = reached([(one[0], one[1], one[2], "") for one in self.tiers], position)
        if at is None:
            return position * self.rate(position)
        return self._stated_in(at, position)

    def _stated_in(self, at, position):
        threshold, _, _, rate, basis = self.tiers[at]
        if basis == "everything":
            return position * rate
        below = self._stated_in(at - 1, threshold) if at else ZERO
        return below + (position - threshold) * rate


class Window:
    """One window of a tiered component."""

    def __init__(self, world, name, component, days, lowest):
        self.world, self.component, self.lowest = world, component, lowest
        self.start, self.end, self.whole = days
        by = component["tier_by"]
        self.by = by if isinstance(by, dict) else None
        self.part, self.fixed = (world.part(what, self.whole) for what in ("thresholds", "fixed-amounts"))
        inside = [one for one in world.credits(name) if self.start <= one.on < self.end]
        self.credits = sorted(inside, key=lambda it: (it.on, it.special is not None))  # of one day these come last
        self.rows = [one for one in openings_of(world, name) if self._holds(one[0])]

    def _holds(self, run):
        return self.world.runs[run][0] < self.end and self.start < self.world.runs[run][1]

    def _last_day(self, run):
        end = min(self.world.runs[run][1], self.end)
        return end.fromordinal(end.toordinal() - 1)

    def _table(self, on, run):
        """The table in force on a day, on the quota that a run sees for it."""
        quota = None
        if self.by is not None:
            whole_window = self.component["when_quota_changes"] == "whole-window"
            to_date = self.by["quota"] == "to-date"
            through = min(self.world.runs[run][1], self.end) if to_date else self.end
            seen_on = self._last_day(run) if whole_window or to_date else on
            quota = self.world.quota(self.by, (self.start, self.end), through, seen_on)
        return Table(self.world, self.component, on, self.by, quota, self.part, self.lowest, self.fixed)

    def earned_to_date(self, run):
        """What the window has earned by the end of a run."""
        covered, position, brought = self._opened(run)
        if covered >= run:
            return brought
        if self.component["apply"] == "new-at-rate-reached":
            return self._new_at_rate(run, covered, position, brought)
        pay, total = position, brought
        if covered < 0:
            total += self._table(self.start, run).worth(ZERO, ZERO)
        for one in self.credits:
            if covered < self.world.run_of(one.on) <= run and one.special is not None:
                table = self._table(one.on, run)
                if self.component["apply"] == "all-at-rate-reached":  # the others catch up with the tier it reaches
                    total += table.worth(position + one.quota, pay) - table.worth(position, pay)
                total, position = total + one.pay * one.special, position + one.quota
            elif covered < self.world.run_of(one.on) <= run:
                table = self._table(one.on, run)
                total += table.worth(position + one.quota, pay + one.pay) - table.worth(position, pay)
                position, pay = position + one.quota, pay + one.pay
        return total

    def _opened(self, run):
        """(last run covered, position, earned) by the opening sheet, as far as a run."""
        covered, position, brought = -1, ZERO, ZERO
        for last, at, earned in self.rows:
            if last <= run or covered < 0:
                covered, position = last, at
                implied = self._table(self._last_day(last), last).worth(at, at)
                brought = implied if earned is None else min(implied, earned) if self.lowest else earned
                brought = brought if last <= run else ZERO
        return covered, position, brought

    def _new_at_rate(self, run, covered, position, total):
        for number in range(covered + 1, run + 1):
            new = [one for one in self.credits if self.world.run_of(one.on) == number]
            position += sum(one.quota for one in new)
            total += sum(one.pay * one.special for one in new if one.special is not None)
            pay = sum(one.pay for one in new if one.special is None)
            if new:
                table = self._table(self._last_day(number), number)
                rate = ZERO if table.is_unpaid else table.zero if table.zero is not None else table.rate(position)
                total += pay * rate
        return total
