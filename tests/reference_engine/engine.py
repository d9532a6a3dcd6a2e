"""The runs: each pays what has been earned to date less what has been posted, and settles it into what is payable."""

from dataclasses import dataclass, field
from fractions import Fraction

from tests.reference_engine.balance import settle_runs
from tests.reference_engine.blocks import earned_by_run
from tests.reference_engine.formula import weights_of
from tests.reference_engine.words import amount, as_list, day, half_away, in_force
from tests.reference_engine.world import World

ZERO = Fraction(0)


@dataclass
class Run:
    """What one run came to."""

    start: object
    earned: dict = field(default_factory=dict)
    kept: Fraction = ZERO
    payable: Fraction = ZERO
    carried: Fraction = ZERO
    listed: Fraction = ZERO
    owed: Fraction = ZERO


def run_all(case):
    """Run a case from its first paid run to the last that something is expected of; return the runs."""
    names = list(case["plan"]["components"])
    posted = dict.fromkeys(names, ZERO)
    kept_posted = paid = listed = ZERO
    found = []
    every = World(case)
    for number in range(every.first_paid, len(every.runs)):
        world = World(case, number)
        seen = earned_by_run(world, names)
        to_date = [{name: sum(at[name], ZERO) for name in names} for at in seen]
        before = to_date[world.first_paid - 1] if world.first_paid else dict.fromkeys(names, ZERO)
        one = Run(world.runs[number][0])
        for name in names:
            one.earned[name] = to_date[number][name] - before[name] - posted[name]
            posted[name] += one.earned[name]
        brought = seen[world.first_paid - 1] if world.first_paid else {}
        kept = [kept_to_date(world, [since_opening(one, brought) for one in seen], run) for run in range(number + 1)]
        one.kept = kept[number] - kept_posted
        kept_posted += one.kept
        nets = []
        for run in range(world.first_paid, number + 1):
            earlier = to_date[run - 1] if run else dict.fromkeys(names, ZERO)
            own = sum((to_date[run][name] - earlier[name] for name in names), ZERO)
            nets.append(own - kept[run] + (kept[run - 1] if run > world.first_paid else ZERO))
        state = settle_runs(world, nets)
        due = state.paid + state.listed + state.carried - paid - listed
        one.payable, one.owed = max(ZERO, due), state.owed
        if world.plan["payout"]["below_zero"] == "list":
            one.listed = min(ZERO, due)
        else:
            one.carried = min(ZERO, due)
        paid, listed = paid + one.payable, listed + one.listed
        found.append(one)
    return found


def since_opening(seen, brought):
    """What the paid runs have earned, by the run that it belongs to; the sheet says what is held of earlier ones."""
    found = {}
    for name, amounts in seen.items():
        before = brought.get(name, [])
        found[name] = [one - (before[number] if number < len(before) else ZERO) for number, one in enumerate(amounts)]
    return found


def kept_to_date(world, seen, run):
    """What is kept back of all contracts by the end of a run."""
    total = ZERO
    after = world.runs[run][1]
    contracts = {one["contract"]: one for one in world.given.get("contracts") or []}
    for rule in world.plan["payout"].get("holdback") or []:
        until = str(rule["until"])
        kept = {}
        for share, inside in shares_of(world, rule, run):
            parts = {name: added(seen, name, inside) for name in as_list(rule["of"])}
            for contract, earned in by_contract(world, as_list(rule["of"]), parts).items():
                kept[contract] = kept.get(contract, ZERO) + half_away(earned * share, world.unit)
        for contract, held in kept.items():
            field_name = until.removeprefix("contract.")
            on = contracts.get(contract, {}).get(field_name) if field_name != until else until
            if on is None and rule.get("without_date") == "release":
                continue
            if on is None or day(on) >= after:
                total += max(ZERO, held)
    return total


def added(seen, name, runs):
    """What some runs add to what has been earned to date, by the run that it belongs to."""
    found = [ZERO] * (runs[-1] + 1)
    for run in runs:
        for at, one in enumerate(seen[run][name]):
            before = seen[run - 1][name] if run else []
            found[at] += one - (before[at] if at < len(before) else ZERO)
    return found


def shares_of(world, rule, run):
    """(share kept, the paid runs up to one in which it was in force), in their order."""
    found = []
    for at in range(world.first_paid, run + 1):
        last = world.runs[at][1]
        share = amount(in_force(rule["keep"], last.fromordinal(last.toordinal() - 1)))
        if not found or found[-1][0] != share:
            found.append((share, []))
        found[-1][1].append(at)
    return found


def by_contract(world, names, seen):
    """What each contract has earned to date: every run's amount is spread over its transactions."""
    found = {}
    for name in names:
        credits = world.credits(name)
        for run, total in enumerate(seen[name]):
            inside = [one for one in credits if world.run_of(one.on) == run]
            weights = weights_of(world, name, inside)
            if not sum(weights, ZERO):  # an amount of no contract: a bonus, a guaranteed least
                found[""] = found.get("", ZERO) + total
                continue
            parts = spread(total, weights, world.unit)
            for one, part in zip(inside, parts, strict=True):
                found[one.contract] = found.get(one.contract, ZERO) + part
    return found


def spread(total, weights, unit):
    """Split an amount by weights into whole units: floors, then one more for the largest fractions, in their order."""
    whole = sum(weights, ZERO)
    exact = [total / unit * weight / whole for weight in weights]
    floors = [one.numerator // one.denominator for one in exact]
    left = int(total / unit - sum(floors))
    order = sorted(range(len(exact)), key=lambda number: (floors[number] - exact[number], number))
    for number in order[:left]:
        floors[number] += 1
    return [one * unit for one in floors]
