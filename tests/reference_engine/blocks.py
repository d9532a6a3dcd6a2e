"""Gates, factors, bounds and limits: what of the increments is earned, as each run sees it."""

from tests.reference_engine.formula import ZERO, increments, openings_of
from tests.reference_engine.words import amount, as_list, day, half_away, in_force, reached, tiers_of, window_of
from tests.reference_engine.world import LENGTHS


def grain_of(component):
    """The window of a component; a running sum that names none adds up over the year."""
    grain = component.get("adds_up_over", "year")
    return "year" if grain == "each-transaction" else grain


class Spans:
    """What a gate or factor governs: the shorter of its own window and the component's."""

    def __init__(self, world, component, block):
        own, other = block["over"], grain_of(component)
        self.grain = own if LENGTHS[own] <= LENGTHS[other] else other
        self.world, self.own = world, own
        self.all = list(world.windows(self.grain))

    def at(self, run):
        """(first run, last run, own window, is this run its end) of the span that a run is in; None after the plan."""
        for start, end, _ in self.all:
            first, after = self.world.runs[run]
            if first < end and start < after:
                runs = [number for number, one in enumerate(self.world.runs) if one[0] < end and start < one[1]]
                window = window_of(self.own, start, self.world.fiscal)
                return runs[0], (max(window[0], self.world.start), window[1]), end <= after, end
        return None


class GateWalk:
    """A gate, run by run. Every run's increment is held, through or lost."""

    def __init__(self, world, component, block, lowest, rows=()):
        self.world, self.block, self.lowest = world, block, lowest
        self.spans = Spans(world, component, block)
        self.state = ["held"] * len(world.runs)
        self.settled = set()  # what a sheet brings was paid; of more than one span it is not decided upon again
        whole, after = Spans(world, component, {"over": grain_of(component)}), 0
        for covered, _, _ in rows:
            self.state[covered] = "through"
            if max(after, whole.at(covered)[0]) < self.spans.at(covered)[0]:
                self.settled.add(covered)
            after = covered + 1
        self.paid = set()  # what was out of every gate and factor at the run before

    def let(self, run, amounts, due, stopped):
        found = self.spans.at(run)
        if found is not None:
            self._look(run, due, *found)
        given = []
        for number, one in enumerate(amounts):
            state = self.state[number]
            low = ZERO if number in stopped else self.lowest[number]  # another gate has kept or lost it before
            given.append(one if state == "through" else low if state == "lowest" else ZERO)
        stopped.update(number for number in range(len(amounts)) if self.state[number] in ("held", "lost"))
        return given

    def _set(self, runs, state):
        for number in runs:
            if number not in self.settled:
                self.state[number] = state

    def _look(self, run, amounts, first, own_window, is_end, end):
        block, inside = self.block, range(first, run + 1)
        looks = block["looked_at"] == "each-run" or is_end
        passes = looks and self._passes(run, own_window, end)
        waiting = [number for number in inside if self.state[number] == "held"]
        if passes:
            self._set(inside, "through")
            if is_end and block["if_missed"] == "keep-held":
                self._set([number for number in range(run + 1) if self.state[number] == "held"], "through")
        elif not is_end:
            if block["meanwhile"] == "pay":
                self._set(waiting, "through")
        elif block["if_missed"] == "lost":
            self._set(inside, "lost")
        elif block["if_missed"] == "lowest-tier":
            self._set(inside, "lowest")
        else:
            self._set([number for number in inside if self.state[number] == "through"
                       and number not in self.paid], "held")  # fmt: skip
            waiting = [number for number in inside if self.state[number] == "held"]
            if block["if_missed"] == "lost-unpaid" and sum(amounts[number] for number in waiting) >= 0:
                self._set(waiting, "lost")
        waiting = [number for number in inside if self.state[number] == "held"]
        if not passes and sum(amounts[number] for number in waiting) < 0:  # money is held, debts are not
            self._set(waiting, "through")
        if is_end and end >= self.world.end:
            self._set([number for number in range(run + 1) if self.state[number] == "held"], "lost")

    def _passes(self, run, own_window, end):
        reading = self.world.reading(self.block, own_window, run)
        if reading is None:
            return self.block["if_undefined"] == "pass"
        last = min(self.world.runs[run][1], end)
        return reading >= amount(in_force(self.block["at_least"], last.fromordinal(last.toordinal() - 1)))


class FactorWalk:
    """A factor, run by run: everything of its span at what it is now, or only what is new."""

    def __init__(self, world, component, block):
        self.world, self.block = world, block
        self.spans = Spans(world, component, block)
        self.seen, self.paid, self.was_known = [], [], {}

    def apply(self, run, amounts):
        given = []
        for number, one in enumerate(amounts):
            span = self.spans.at(number)
            if span is None:
                given.append(one)
                continue
            value = self._known(span, number, run)
            hold = self.block["until_known"] == "hold"
            factor = value if value is not None else ZERO if hold else amount(self.block["until_known"])
            before = self.seen[number] if number < len(self.seen) else ZERO
            done = self.paid[number] if number < len(self.paid) else ZERO
            waits = hold and not self.was_known.get(number, False)
            if self.block["once_known"] == "true-up" or waits or (before and one / before < 0):
                given.append(one * factor)
            elif before and one / before < 1:  # it goes back as it was paid
                given.append(done * one / before)
            else:
                given.append(done + (one - before) * factor)
            self.was_known[number] = value is not None
        self.seen, self.paid = list(amounts), given
        return given

    def waiting(self):
        """The runs whose amounts wait until the factor is known."""
        if self.block["until_known"] != "hold":
            return set()
        return {number for number, known in self.was_known.items() if not known}

    def _known(self, span, number, run):
        first, own_window, _, end = span
        if "grade_from" in self.block:
            return self._grade(own_window, number, run)
        in_span = [
            it for it in range(first, run + 1) if self.spans.at(it) is not None and self.spans.at(it)[0] == first
        ]
        is_over = self.world.runs[run][1] >= end
        if self.block["looked_at"] == "window-end" and not is_over:
            return None
        reading = self.world.reading(self.block, own_window, in_span[-1])
        if reading is None:
            return amount(self.block["if_undefined"])
        last = min(self.world.runs[in_span[-1]][1], end)
        tiers = tiers_of(in_force(self.block["table"], last.fromordinal(last.toordinal() - 1)))
        return amount(tiers[reached(tiers, reading) or 0][3])

    def _grade(self, own_window, number, run):
        whole = window_of(self.block["over"], self.world.runs[number][0], self.world.fiscal)
        if self.block["which"].startswith("previous"):
            before = whole[0].fromordinal(whole[0].toordinal() - 1)
            whole = window_of(self.block["over"], before, self.world.fiscal)
        for one in self.world.given.get("grades") or []:
            is_it = one["scorecard"] == self.block["grade_from"] and day(one["period"]) == whole[0]
            if is_it and day(one["known_in"]) < self.world.runs[run][1]:
                grade = one.get("grade") or ""
                table = in_force(self.block["table"], own_window[0])
                return amount(table[grade] if grade in table else self.block["without_grade"])
        return None


def earned_by_run(world, names):
    """For every run r: {component: [what each run up to r has earned, as r sees it]}, in whole units, after limits."""
    walks = {name: ComponentWalk(world, name) for name in names}
    seen = []
    for run in range(len(world.runs)):
        amounts = {name: walk.at(run) for name, walk in walks.items()}
        for limit in world.plan.get("limits") or []:
            apply_limit(world, limit, run, amounts)
        seen.append(amounts)
    return seen


class ComponentWalk:
    """One component through all runs: formula, gates, factors, its own bounds, rounding."""

    def __init__(self, world, name):
        self.world, self.component = world, world.plan["components"][name]
        self.formula = increments(world, name)
        lowest = [ZERO] * len(world.runs)
        gates = self.component.get("needs") or []
        if any(block["if_missed"] == "lowest-tier" for block in gates):
            lowest = increments(world, name, lowest=True)
        rows = openings_of(world, name)
        self.gates = [GateWalk(world, self.component, block, lowest, rows) for block in gates]
        self.factors = [FactorWalk(world, self.component, block) for block in self.component.get("times") or []]

    def at(self, run):
        amounts = due = self.formula[: run + 1]
        stopped = set()
        for gate in self.gates:
            amounts = gate.let(run, amounts, due, stopped)
        for factor in self.factors:
            amounts = factor.apply(run, amounts)
            stopped |= factor.waiting()
        for gate in self.gates:
            gate.paid = set(range(run + 1)) - stopped
        found = [ZERO] * (run + 1)
        windows = list(self.world.windows(grain_of(self.component)))
        for start, end, whole in windows:
            self._window(run, amounts, found, start, end, whole)
        return found

    def _window(self, run, amounts, found, start, end, whole):
        exact = rounded = ZERO
        inside = [number for number in range(run + 1) if world_overlaps(self.world.runs[number], start, end)]
        for number in inside:
            exact += amounts[number]
            bounded = exact
            on = min(self.world.runs[number][1], end)
            on = on.fromordinal(on.toordinal() - 1)
            part = self.world.part("limits", whole)
            if "at_most" in self.component:
                bounded = min(bounded, self.world.money(self.component["at_most"], on) * part)
            if "at_least" in self.component:
                least = self.world.money(self.component["at_least"], on) * part
                if least <= 0 or self.world.runs[number][1] >= end:
                    bounded = max(bounded, least)
            to_date = half_away(bounded, self.world.unit)
            found[number] = to_date - rounded
            rounded = to_date


def world_overlaps(run, start, end):
    """Whether a run has a day of a window."""
    return run[0] < end and start < run[1]


def apply_limit(world, limit, run, amounts):
    """Cap what the components have earned in each window so far, in place."""
    if limit["over"] == "each-transaction":
        return
    names = [name for name in as_list(limit["of"]) if name in amounts]
    waiting = dict.fromkeys(names, ZERO)
    for start, end, whole in world.windows(limit["over"]):
        inside = [number for number in range(run + 1) if world_overlaps(world.runs[number], start, end)]
        if not inside:
            continue
        for name in names:
            amounts[name][inside[0]] += waiting[name]
        has, waiting = dict.fromkeys(names, ZERO), dict.fromkeys(names, ZERO)
        for number in inside:  # after every run the window has earned what is to date, or the cap
            on = min(world.runs[number][1], end)
            cap = world.money(limit["at_most"], on.fromordinal(on.toordinal() - 1))
            before = dict(waiting)
            for name in names:
                has[name] += amounts[name][number]
            above = (
                ZERO if cap is None else sum(has.values()) - half_away(cap * world.part("limits", whole), world.unit)
            )
            for name in reversed(names):
                waiting[name] = max(ZERO, min(above, has[name]))
                above -= waiting[name]
                amounts[name][number] -= waiting[name] - before[name]
        if limit["excess"] == "lost":
            waiting = dict.fromkeys(names, ZERO)
