"""What may be asked at `quota set`, as typed, and the keys of a target policy that it sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from salescli.services.quota import options

Path = tuple[str, ...]
Keys = dict[Path, str]
ORDER = (
    *("format", "targets", "title", "for_year", "metric", "currency", "amount", "growth", "base", "rationale"),
    *("potential", "pipeline", "levels", "teams", "people", "months"),
    *("split_by", "weights", "capacity", "history", "pull_to_equal", "together", "street_above"),
    *("roles", "vacant_seats", "without_history", "at_least", "at_most"),
    *("ramp", "ramp_gap", "leavers", "successors", "fixed", "round_to", "band"),
)


@dataclass(frozen=True, slots=True)
class TargetRequest:
    """A year, a metric, the company's figure, and everything else that may be said; "" is not said."""

    year: str
    metric: str = ""
    amount: str = ""
    growth: str = ""
    base: str = ""
    round_to: str = ""
    name: str = ""
    replace: bool = False
    why: str = ""
    why_team: tuple[str, ...] = ()
    currency: str = ""
    levels: str = ""
    teams: str = ""
    team_weights: str = ""
    street_teams: str = ""
    people: str = ""
    people_weights: str = ""
    street_people: str = ""
    roles: str = ""
    without_history: str = ""
    at_least: str = ""
    at_most: str = ""
    ramp: tuple[str, ...] = ()
    ramp_gap: str = ""
    leavers: str = ""
    successors: str = ""
    fixed: tuple[str, ...] = ()
    months: str = ""
    month_weights: str = ""
    history: str = ""
    pull: str = ""
    together: str = ""
    potential: str = ""
    pipeline: str = ""
    capacity: tuple[str, ...] = ()
    band: str = ""


def asked_keys(request: TargetRequest, find_person: Callable[[str], str]) -> Keys:
    """Return the keys that a request sets, as YAML on one line each; `find_person` gives the number of a name.

    Raises:
        UsageError: an option is not written as it can be.
    """
    found = dict(_head(request))
    found.update(_teams(request))
    found.update(_people(request, find_person))
    found.update(_months(request))
    if request.capacity:
        rates = options.rates_by_role("--capacity", request.capacity)
        asked = [place for place in ("teams", "people") if "capacity" in found.get((place, "split_by"), "")]
        found.update({(place, "capacity"): rates for place in asked or ("teams", "people")})
    return {path: value for path, value in found.items() if value}


def _head(request: TargetRequest) -> Iterator[tuple[Path, str]]:
    yield ("amount",), options.figure(request.amount)
    yield ("growth",), options.word(request.growth)
    yield ("base",), options.word(request.base)
    yield ("rationale",), options.sentence(request.why)
    yield ("currency",), options.word(request.currency)
    yield ("potential",), options.word(request.potential)
    yield ("pipeline",), options.word(request.pipeline)
    yield ("levels",), options.levels(request.levels) if request.levels else ""
    yield ("round_to",), options.figure(request.round_to)
    yield ("band",), options.word(request.band)


def _teams(request: TargetRequest) -> Iterator[tuple[Path, str]]:
    weights = request.team_weights
    by = request.teams or ("weights" if weights else "")
    yield ("teams", "split_by"), options.blend("--teams", by) if by else ""
    yield ("teams", "weights"), options.mapping("--team-weights", weights, "T01=2,T02=1") if weights else ""
    yield ("teams", "street_above"), options.word(request.street_teams)
    yield ("teams", "rationale"), options.texts_by_name("--why-team", request.why_team)


def _people(request: TargetRequest, find_person: Callable[[str], str]) -> Iterator[tuple[Path, str]]:
    weights, successors = request.people_weights, request.successors
    by = request.people or ("weights" if weights else "")
    yield ("people", "split_by"), options.blend("--people", by) if by else ""
    yield (
        ("people", "weights"),
        _of_people("--people-weights", weights, "P017=2,P018=1", find_person) if weights else "",
    )
    yield ("people", "roles"), options.names(request.roles) if request.roles else ""
    yield ("people", "without_history"), options.choice(request.without_history) if request.without_history else ""
    yield ("people", "at_least"), options.limit(request.at_least) if request.at_least else ""
    yield ("people", "at_most"), options.limit(request.at_most) if request.at_most else ""
    yield ("people", "street_above"), options.word(request.street_people)
    yield ("people", "ramp"), options.rates_by_role("--ramp", request.ramp) if request.ramp else ""
    yield ("people", "ramp_gap"), options.choice(request.ramp_gap) if request.ramp_gap else ""
    yield ("people", "leavers"), options.choice(request.leavers) if request.leavers else ""
    heirs = options.pairs("--successors", successors, "P017=P021", {}) if successors else {}
    yield ("people", "successors"), options.braces({find_person(a): find_person(b) for a, b in heirs.items()})
    parts = [options.fixed_parts(text) for text in request.fixed]
    fixed = [
        f"{{person: {options.quoted(find_person(who))}, period: {period}, amount: {amount}, rest: {rest}}}"
        for who, period, amount, rest in parts
    ]
    yield ("people", "fixed"), f"[{', '.join(fixed)}]" if fixed else ""


def _of_people(option: str, text: str, example: str, find_person: Callable[[str], str]) -> str:
    return options.braces({find_person(who): value for who, value in options.pairs(option, text, example, {}).items()})


def _months(request: TargetRequest) -> Iterator[tuple[Path, str]]:
    """Whoever names years, a pull or months together wants the season."""
    seasonal = request.history or request.pull or request.together
    by = request.months or ("weights" if request.month_weights else "seasonal" if seasonal else "")
    yield ("months", "split_by"), options.blend("--months", by) if by else ""
    yield ("months", "weights"), options.month_weights(request.month_weights) if request.month_weights else ""
    yield ("months", "history"), options.years(request.history) if request.history else ""
    yield ("months", "pull_to_equal"), options.word(request.pull)
    yield ("months", "together"), options.together(request.together) if request.together else ""
