"""What a draft changes beside the one before it: who is paid otherwise, and by which facts or lines of plans.

The earlier draft is computed again as it knew things; its inputs are then held against those of the new one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from salescli.core.commission.input_changes import InputChange, input_changes
from salescli.core.money import CONTEXT, total
from salescli.core.table import Block
from salescli.core.title import Language, Title
from salescli.errors import SalesCliError
from salescli.policy.plans import PlanFile
from salescli.reports.commission.since import ChangedPerson, PlanLine, build_changes
from salescli.services.commission.running import Computed, compute_period
from salescli.services.commission.stored import StoredPayee, knowing, load_payees, load_plans
from salescli.services.context import Context
from salescli.store.runs import Run, fetch_results

EXPLAINED = 200  # people whose facts are looked for: each needs every credit of theirs, twice


@dataclass(frozen=True, slots=True)
class Since:
    """The tables of what changed, and the line that sums it up."""

    blocks: tuple[Block, ...]
    said: Title


def changes_since(context: Context, before: Run, now: Run) -> Since:
    """Set a draft beside an earlier run of its month."""
    if before.id == now.id:
        return Since((), Title(f"与运行 #{now.id} 相同,无变化", f"the same as run #{now.id}: nothing changed"))
    then, new = fetch_results(context.store, before.id), fetch_results(context.store, now.id)
    moved = {item for item in {*then, *new} if then.get(item) != new.get(item)}
    if not moved:
        said = Title(
            f"较运行 #{before.id}:依据变了({_what(before, now).zh}),结果未变",
            f"since run #{before.id}: other inputs ({_what(before, now).en}), the same results",
        )
        return Since((), said)
    earlier, later = _by_item(load_payees(context, before)), _by_item(load_payees(context, now))
    plans = load_plans(context, before), load_plans(context, now)
    lines = _plan_lines(*plans, context.language)
    people = _people(context, (before, now), moved, (earlier, later), plans)
    return Since(tuple(build_changes(before.id, people, lines, EXPLAINED, context.language)), _summary(before, people))


def _what(before: Run, now: Run) -> Title:
    """Name what of the manifests is another, where no result is."""
    names = {
        "plans": Title("方案", "plans"),
        "metrics": Title("指标", "metrics"),
        "closed": Title("已关账月份", "closed months"),
        "scorecards": Title("考核", "scorecards"),
        "opening": Title("期初", "the opening"),
        "program": Title("程序版本", "the program"),
        "calculation": Title("计算版本", "the calculation"),
        "restated": Title("重述", "restatements"),
        "adjustments": Title("手工调整", "adjustments"),
        "working": Title("工作日历", "working days"),
    }
    keys = {*before.manifest, *now.manifest}
    found = [name for name in sorted(keys) if before.manifest.get(name) != now.manifest.get(name)]
    titles = [names.get(name, Title(name, name)) for name in found] or [Title("状态", "its state")]
    return Title("、".join(one.zh for one in titles), ", ".join(one.en for one in titles))


def _by_item(payees: Sequence[StoredPayee]) -> dict[str, StoredPayee]:
    return {one.item: one for one in payees}


def _people(
    context: Context,
    runs: tuple[Run, Run],
    moved: set[str],
    stored: tuple[Mapping[str, StoredPayee], Mapping[str, StoredPayee]],
    plans: tuple[Mapping[str, PlanFile], Mapping[str, PlanFile]],
) -> list[ChangedPerson]:
    explained = _most_moved(stored, moved)
    entities = frozenset(side[item].entity for side in stored for item in explained if item in side)
    then: dict[str, Computed] = {}
    now: dict[str, Computed] = {}
    try:
        then, now = (_computed(context, run, entities) for run in runs)
    except SalesCliError:  # a draft of an older program whose plans this one refuses: the figures speak for themselves
        explained = frozenset()
    found = []
    for item in sorted(moved, key=lambda one: _order(stored, one)):
        was, stands = stored[0].get(item), stored[1].get(item)
        one = stands or was
        assert one is not None
        old, new = then.get(item), now.get(item)
        is_explained = item in explained
        reasons = input_changes(old.inputs if old else None, new.inputs if new else None) if is_explained else []
        kept = [side.get(one.result.plan) for side in plans]
        if (kept[0] and kept[0].text) != (kept[1] and kept[1].text):
            reasons.append(InputChange("plan", one.result.plan))
        reasons += _of_runs(*runs, ("metrics", "restated", "working"))
        if not reasons and is_explained:
            reasons = _of_runs(*runs, ("calculation", "program")) or [InputChange("other", "")]
        titles = {each.component: each.title for side in (was, stands) if side for each in side.result.components}
        file = kept[1] or kept[0]
        number = "" if one.result.person == one.name else one.result.person
        found.append(
            ChangedPerson(
                number,
                one.name,
                file.require().title if file is not None else Title(one.result.plan, one.result.plan),
                one.result.currency,
                (was.result.earned if was else None, stands.result.earned if stands else None),
                (was.result.payable if was else None, stands.result.payable if stands else None),
                tuple(_titled(context, each) for each in reasons),
                titles,
            )
        )
    return found


def _of_runs(before: Run, now: Run, names: Sequence[str]) -> list[InputChange]:
    """Return what of the manifests, beside people's own facts, is another."""
    return [InputChange(name, "") for name in names if before.manifest.get(name) != now.manifest.get(name)]


def _titled(context: Context, change: InputChange) -> InputChange:
    """Call the metric of a quota or a reading what people call it."""
    name, _, rest = change.what.partition(" ")
    if change.cause not in ("quota", "reading") or name not in context.catalogue:
        return change
    return replace(change, what=f"{context.catalogue.get(name).title.text(context.language)} {rest}")


def _most_moved(stored: tuple[Mapping[str, StoredPayee], Mapping[str, StoredPayee]], moved: set[str]) -> frozenset[str]:
    """Return whom the facts are looked for: everybody, or where they are very many, those who moved most."""

    def change(item: str) -> Decimal:
        then, now = (side[item].result.payable if item in side else Decimal(0) for side in stored)
        return abs(CONTEXT.subtract(now, then))

    return frozenset(sorted(moved, key=lambda item: (-change(item), item))[:EXPLAINED])


def _order(stored: tuple[Mapping[str, StoredPayee], Mapping[str, StoredPayee]], item: str) -> tuple[str, str]:
    one = stored[1].get(item) or stored[0][item]
    return one.result.plan, one.result.person


def _computed(context: Context, run: Run, people: frozenset[int]) -> dict[str, Computed]:
    """Compute some people of a run again, with every credit by itself, as it knew things."""
    plans = list(load_plans(context, run).values())
    with knowing(context, run):
        period = context.parse_period(run.period)
        done = compute_period(context, period, people=people, with_lines=True, plans=plans, upon=run)
    return {one.item: one for one in done.computed}


def _plan_lines(before: Mapping[str, PlanFile], now: Mapping[str, PlanFile], language: Language) -> list[PlanLine]:
    """Return the lines of plans that came, went or changed, with where they stand."""
    from difflib import SequenceMatcher

    found = []
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        was, stands = (file.text.splitlines() if file else [] for file in (old, new))
        if was == stands:
            continue
        if not was or not stands:
            file = new or old
            assert file is not None
            title = file.require().title.text(language)
            found.append(PlanLine(file.document.file, "" if new else title, title if new else ""))
            continue
        assert new is not None
        for kind, a, b, c, d in SequenceMatcher(None, was, stands, autojunk=False).get_opcodes():
            if kind != "equal":
                found += _block(new.document.file, was[a:b], stands[c:d], c)
    return found


def _block(file: str, was: Sequence[str], stands: Sequence[str], first: int) -> list[PlanLine]:
    """Set the lines of one place beside each other, in order."""
    count = max(len(was), len(stands))
    padded = [list(side) + [""] * (count - len(side)) for side in (was, stands)]
    return [
        PlanLine(f"{file}:{min(first + at, first + max(len(stands) - 1, 0)) + 1}", old.strip(), new.strip())
        for at, (old, new) in enumerate(zip(*padded, strict=True))
        if old.strip() != new.strip()
    ]


def _summary(before: Run, people: Sequence[ChangedPerson]) -> Title:
    """Say in one line how many are paid otherwise, and what that comes to in each currency."""
    zh, en = [], []
    for currency in sorted({one.currency for one in people}):
        mine = [one.payable for one in people if one.currency == currency]
        was, now = (total(pair[at] or Decimal(0) for pair in mine) for at in (0, 1))
        told = f"{was:,} → {now:,} {currency} ({CONTEXT.subtract(now, was):+,})"
        zh.append(told)
        en.append(told)
    count = len(people)
    return Title(
        f"较运行 #{before.id}:{count} 人变化,其应发 {'、'.join(zh)}",
        f"since run #{before.id}: {count} changed, payable of theirs {', '.join(en)}",
    )
