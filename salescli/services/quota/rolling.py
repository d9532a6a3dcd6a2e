"""`quota roll`: next year's policy from this one. Every line that changes is said with why; no file is overwritten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from salescli.core.periods import Period, add_months
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Refused, UsageError, problem
from salescli.policy.tree import Path
from salescli.services.context import Context
from salescli.services.quota import options
from salescli.services.quota.defaults import Known, look
from salescli.services.quota.figures import find_metric
from salescli.services.quota.policy_file import base_footer, policy_path, read_checked, save_policy, year_of_text
from salescli.services.quota.request import ORDER
from salescli.services.quota.seats import fetch_seat_records
from salescli.services.rolled import Step, in_other_year, last_words, new_stem, table_of_steps

if TYPE_CHECKING:
    from salescli.policy.reader import Document

_OWN_YEAR = "of own last year"


@dataclass(frozen=True, slots=True)
class RollRequest:
    """Which policy (""; the only one of the year before), the year, its figure, its name, and what stays."""

    to: str
    name: str = ""
    growth: str = ""
    amount: str = ""
    new_name: str = ""
    keep_fixed: bool = False


@dataclass(frozen=True, slots=True)
class RollOutcome:
    """The new policy's file and the lines that differ from the old one's."""

    path: FilePath
    report: Report


@dataclass(frozen=True, slots=True)
class _Roll:
    """What every step is decided with: the old policy as plain texts, the years, and what the store knows."""

    plain: Mapping[str, Any]
    request: RollRequest
    old: Period
    new: Period
    known: Known
    taken_seats: frozenset[str]

    @property
    def shift(self) -> int:
        """How many years on."""
        return self.new.start.year - self.old.start.year

    def in_new_year(self, text: str) -> str:
        """Return a text with the old year's number made the new one's."""
        return in_other_year(text, self.old.start.year, self.new.start.year)


def roll_quota(context: Context, request: RollRequest) -> RollOutcome:
    """Write the policy of another year from one that is there.

    Raises:
        UsageError: no policy, or several, are meant; both figures, or none beside an old amount.
        Refused: the new file exists, or the year is not a later one.
        ProblemsFound: the old policy has errors, or the new one would have.
    """
    from salescli.policy.rewrite import rewrite

    if request.growth and request.amount:
        raise UsageError(problem("amount-or-growth"))
    new = year_of_text(context, request.to)
    document = _find_old(context, request, new)
    document.require()
    plain = document.plain
    old = year_of_text(context, plain["for_year"])
    if new.start <= old.start:
        raise Refused(problem("roll-not-later", year=plain["for_year"], text=request.to))
    if not (request.growth or request.amount or "growth" in plain):
        raise UsageError(problem("roll-needs-figure", path=document.file))
    metric = find_metric(context, plain["metric"], plain.get("currency", ""), document.where_value("metric"))
    taken = frozenset(
        seat.number
        for seat in fetch_seat_records(context, Period(old.start, new.end, ""))
        if seat.end <= new.start or (seat.taken and seat.taken <= new.start)
    )
    roll = _Roll(plain, request, old, new, look(context, metric, new), taken)
    name = request.new_name or new_stem(document, old.start.year, new.start.year, request.to)
    path = policy_path(context, name)
    if path.exists():
        raise Refused(problem("roll-would-overwrite", path=context.workspace.relative(path)))
    steps = [*_head(roll, name), *_company(roll), *_months(roll), *_people(roll)]
    text = rewrite(document.text, [(step.path, step.value) for step in steps], ORDER)
    after = read_checked(context, path, text)
    save_policy(context, path, text)
    footer = (*base_footer(context, after, metric), *_kept(context, document, after, roll))
    return RollOutcome(path, _report(context, document, after, steps, footer))


def _find_old(context: Context, request: RollRequest, new: Period) -> Document[Any]:
    """The policy named, else the only one of the year before."""
    from salescli.policy.layers import policy_files
    from salescli.policy.targets import read_targets
    from salescli.services.quota.splitting import find_targets

    if not request.name:
        files = policy_files(context.workspace.config, "targets")
        found = [read_targets(file.path, context.workspace.relative(file.path)) for file in files]
        before = str(new.start.year - 1)
        fit = [one for one in found if isinstance(one.plain, dict) and one.plain.get("for_year", "")[-4:] == before]
        if len(fit) == 1:
            return fit[0]
    return find_targets(context, request.name)


def _head(roll: _Roll, name: str) -> Iterator[Step]:
    yield Step(("targets",), options.quoted(name), Title("新方案的名称", "the new policy's name"))
    yield Step(("for_year",), roll.request.to, Title("新年度", "the new year"))
    title = roll.plain.get("title")
    for path, text in [(("title",), title)] if isinstance(title, str) else _items(("title",), title):
        if roll.in_new_year(text) != text:
            yield Step(path, options.quoted(roll.in_new_year(text)), Title("新年度", "the new year"))
    for place in ("", "teams"):
        at = roll.plain if not place else roll.plain[place]
        if "rationale" in at:
            path = (place, "rationale") if place else ("rationale",)
            why = Title("属于旧目标,可用 set --why 重写", "of the old figure: set --why")
            yield Step(path, None, why)


def _items(path: Path, value: Any) -> list[tuple[Path, str]]:
    return [((*path, key), text) for key, text in value.items()] if isinstance(value, Mapping) else []


def _company(roll: _Roll) -> Iterator[Step]:
    request, plain = roll.request, roll.plain
    said = Title("按命令", "as typed")
    if request.amount:
        if "growth" in plain:
            yield Step(("growth",), None, Title("改为金额", "an amount instead"))
        yield Step(("amount",), options.figure(request.amount), said)
    elif request.growth:
        if "amount" in plain:
            yield Step(("amount",), None, Title("改为增长率", "growth instead"))
        yield Step(("growth",), options.word(request.growth), said)
    if request.growth or "base" in plain:
        nested = isinstance(plain.get("base"), Mapping)
        yield _base(roll, ("base", "window") if nested else ("base",))


def _base(roll: _Roll, path: Path) -> Step:
    """The year before where it is over and has figures in its last month, else the last 12 months that have."""
    start, window = add_months(roll.new.start, -12), roll.known.window
    if roll.known.end >= roll.new.start and window.end >= roll.new.start:
        last = roll.new.start.fromordinal(roll.new.start.toordinal() - 1)
        return Step(path, f"{start} through {last}", Title("前一年度", "the year before"))
    why = Title("上年未完:最近 12 个月", "last year is not over: 12 months with figures")
    return Step(path, f"{window.start} through {window.last_day}", why)


def _months(roll: _Roll) -> Iterator[Step]:
    years = [int(year) for year in roll.plain["months"].get("history", ())]
    if not years:
        return
    complete = [year for year in roll.known.complete_years() if year <= max(years) + roll.shift]
    moved = complete[-len(years) :] or years
    if moved != years:
        shown = ", ".join(map(str, moved))
        yield Step(("months", "history"), f"[{shown}]", Title("最近的完整年度", "the newest years that are complete"))


def _people(roll: _Roll) -> Iterator[Step]:
    people = roll.plain["people"]
    fixed = people.get("fixed", [])
    if fixed and not roll.request.keep_fixed:
        yield Step(("people", "fixed"), None, Title("属于旧年度", "of the old year (--keep-fixed)"))
    for place, one in enumerate(fixed if roll.request.keep_fixed else ()):
        moved = roll.in_new_year(one["period"])
        yield Step(("people", "fixed", place, "period"), moved, Title("保留,移到新年度", "kept, for the new year"))
    for key in ("at_least", "at_most"):
        if key in people and _OWN_YEAR not in people[key] and not roll.request.keep_fixed:
            why = Title("属于旧年度的金额", "an amount of the old year (--keep-fixed)")
            yield Step(("people", key), None, why)
    if "successors" in people:
        yield Step(("people", "successors"), None, Title("继任发生在旧年度", "they followed in the old year"))
    yield from _seats(roll, people.get("vacant_seats", []))


def _seats(roll: _Roll, seats: Sequence[Mapping[str, str]]) -> Iterator[Step]:
    """Seats that are still open stay; those that somebody took, or that were closed, go."""
    gone = [one["seat"] for one in seats if one["seat"] in roll.taken_seats]
    if not gone:
        return
    left = [options.braces({key: options.quoted(text) for key, text in one.items()})
            for one in seats if one["seat"] not in roll.taken_seats]  # fmt: skip
    names = "、".join(gone), ", ".join(gone)
    why = Title(f"已有人接任或已取消:{names[0]}", f"taken or closed: {names[1]}")
    yield Step(("people", "vacant_seats"), f"[{', '.join(left)}]" if left else None, why)


def _kept(context: Context, before: Document[Any], after: Document[Any], roll: _Roll) -> Iterator[Title]:
    """What is left to look at: seats still open, and comments that still speak of the old year."""
    records = [seat.number for seat in fetch_seat_records(context, roll.new) if not seat.person]
    policy = [one["seat"] for one in after.plain["people"].get("vacant_seats", ())]
    if seats := list(dict.fromkeys((*records, *policy))):
        shown = "、".join(seats), ", ".join(seats)
        yield Title(f"仍空缺的席位:{shown[0]}", f"seats still open: {shown[1]}")
    yield from last_words(before, after, roll.old.start.year)


def _report(
    context: Context, before: Document[Any], after: Document[Any], steps: Sequence[Step], footer: tuple[Title, ...]
) -> Report:
    """Each changed key with its text before and now."""
    name = FilePath(after.file).stem
    title = Title(f"目标方案 {name} · 已写入 {after.file}", f"Target policy {name} · written: {after.file}")
    table = table_of_steps(before, after, steps, context.language)
    return Report("target-policy-roll", title, (table,), footer, next=(f"salescli quota split {name}",))
