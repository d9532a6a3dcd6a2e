"""`record merge`: one record takes over others, as one batch that can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.records.model import RecordType
from salescli.core.title import Title
from salescli.errors import DecisionNeeded, Problem, ProblemsFound, Refused, UsageError, problem
from salescli.reports.duplicates import MergeFacts, MergeLine, build_merge
from salescli.services.batches import DryRun
from salescli.services.context import Context
from salescli.services.knowledge import record_keys, record_labels
from salescli.services.record.editing import Edited
from salescli.services.record.finding import find_field, find_record, find_type
from salescli.services.record.showing import names_of, told, unknown_field
from salescli.store.absorbing import Absorbed, absorb
from salescli.store.batches import begin_batch, summarise_batch
from salescli.store.runs import closed_runs, fetch_results

IDENTIFYING = ("tax_id",)


def merge_records(
    ctx: Context,
    word: str,
    keep: str,
    others: Sequence[str],
    *,
    prefer: Sequence[str] = (),
    is_accepted: bool = False,
    is_dry: bool = False,
) -> Edited:
    """Merge records into the one named first; `prefer` names fields in which the others' value is taken.

    Raises:
        UsageError: a record or field is unknown, or the type has no number of its own.
        ProblemsFound: two records would have one key; nothing changed.
        Refused: a person who goes was paid by a closed run.
        DecisionNeeded: what closed months paid by may change, and nobody accepted it.
    """
    kind = find_type(ctx, word)
    if len(kind.key) > 1:
        raise UsageError(problem("merge-needs-number", type=kind.titles))
    stays = find_record(ctx, kind, keep)
    gone = list(dict.fromkeys(find_record(ctx, kind, text) for text in others))
    fields = _preferred(kind, prefer)
    if stays in gone:
        raise UsageError(problem("merge-with-itself", text=keep))
    check_paid(ctx, kind, gone)
    keys = record_keys(ctx, kind, [stays, *gone])
    named = record_labels(ctx, kind, [stays, *gone])
    batch: int | None = None
    try:
        with ctx.store.transaction(f"merge {kind.name}"):
            title = f"{kind.name} {keys[stays]} ← {', '.join(keys[one] for one in gone)}"
            number = begin_batch(ctx.store, "edit", title)
            done = absorb(ctx.store, number, kind, stays, gone, fields)
            check_absorbed(ctx, kind, done, is_accepted or is_dry)
            moved_pay = ask_moved(ctx, number, is_accepted or is_dry)
            lines = _lines(ctx, kind, done, keys)  # read while the merge stands
            summarise_batch(ctx.store, number, {"types": counts_of(kind, done, len(gone))})
            if is_dry:
                raise DryRun
            batch = number
    except DryRun:
        ctx.store.forget()
    moved = [(ctx.store.registry[name].titles, count) for name, count in done.moved.items()]
    facts = MergeFacts(
        kind.titles,
        _called(keys[stays], named[stays]),
        tuple(_called(keys[one], named[one]) for one in gone),
        tuple(moved),
        *lines,
        tuple(text for text in done.names if text not in (keys[stays], named[stays])),
        batch,
        is_dry,
    )
    return Edited(build_merge(facts, ctx.language), _doubts(kind, done) + moved_pay, batch)


def _preferred(kind: RecordType, texts: Sequence[str]) -> frozenset[str]:
    wrong: list[Problem] = []
    found = set()
    for text in texts:
        each = find_field(kind, text)
        if each is None or not each.is_stored or not each.is_given:
            wrong.append(unknown_field(kind, text))
        else:
            found.add(each.name)
    if wrong:
        raise UsageError(*wrong)
    return frozenset(found)


def check_paid(ctx: Context, kind: RecordType, gone: Sequence[int]) -> None:
    """What closed runs paid is kept by person: a person who was paid stays.

    Raises:
        Refused: one who goes was paid.
    """
    if kind.name != "person":
        return
    wrong = []
    for period, run in closed_runs(ctx.store, "commission").items():
        paid = {item.rpartition("#")[2] for item in fetch_results(ctx.store, run.id)}
        wrong += [(period, one) for one in gone if str(one) in paid]
    if wrong:
        labels = record_labels(ctx, kind, [one for _, one in wrong])
        first = {one: period for period, one in reversed(wrong)}
        raise Refused(
            *(
                problem("merge-person-paid", person=labels[one], period=period, type=kind.name)
                for one, period in first.items()
            )
        )


def check_absorbed(ctx: Context, kind: RecordType, done: Absorbed, is_accepted: bool) -> None:
    """Refuse what cannot be, and ask before closed months may change.

    Raises:
        ProblemsFound: two records would have one key, or one would refer to itself.
        DecisionNeeded: what closed months paid by may change.
    """
    wrong = []
    for one in done.collisions:
        other = ctx.store.registry[one.type]
        keys = record_labels(ctx, other, [one.entity, one.other])
        wrong.append(problem("merge-collides", type=other.titles, first=keys[one.entity], second=keys[one.other]))
    wrong += [problem("merge-circular", field=kind[name].title) for name in dict.fromkeys(done.circular)]
    if wrong:
        raise ProblemsFound(*wrong)
    if not is_accepted and done.moved and closed_runs(ctx.store, "commission") and (reason := _moves_pay(kind, done)):
        raise DecisionNeeded(problem("merge-moves-pay", reason=reason))


def ask_moved(ctx: Context, batch: int, is_accepted: bool) -> list[Problem]:
    """Say what a merge posts for closed months, whatever field it is that differs.

    Raises:
        DecisionNeeded: it posts something, and nobody accepted it.
    """
    from salescli.services.importing.closed_months import note_moved

    moved = note_moved(ctx, batch)
    if not moved or is_accepted:
        return moved
    said = [str(each) for one in moved for each in one.values["postings"]]  # type: ignore[attr-defined]
    zh, en = (comma.join(said) for comma in ("、", ", "))
    reason = Title(f"将补计 {zh}", f"it would post {en}")
    raise DecisionNeeded(problem("merge-moves-pay", reason=reason))


def _moves_pay(kind: RecordType, done: Absorbed) -> Title | None:
    """What decides who is paid is never changed backwards in silence, once a month has been closed."""
    if kind.name == "person":
        return Title("该人员名下的记录改属另一人", "what is a person's becomes another person's")
    differing = [kind[one.field].title for one in done.conflicts if kind[one.field].dated]
    if not differing:
        return None
    zh, en = "、".join(each.zh for each in differing), ", ".join(each.en for each in differing)
    return Title(f"两条记录的{zh}不同", f"the records differ in {en}")


def _lines(
    ctx: Context, kind: RecordType, done: Absorbed, keys: dict[int, str]
) -> tuple[tuple[MergeLine, ...], tuple[MergeLine, ...]]:
    """What was filled and what differs, as people read it."""
    images = [dict(done.filled), *({one.field: value} for one in done.conflicts for value in (one.kept, one.other))]
    names = names_of(ctx, kind.references, images)
    filled = tuple(MergeLine(kind[name].title, told(kind[name], value, names)) for name, value in done.filled.items())
    conflicts = tuple(
        MergeLine(
            kind[one.field].title,
            told(kind[one.field], one.kept, names),
            told(kind[one.field], one.other, names),
            keys[one.entity],
        )
        for one in done.conflicts
    )
    return filled, conflicts


def _doubts(kind: RecordType, done: Absorbed) -> list[Problem]:
    return [
        problem(
            "merge-ids-differ",
            severity="warning",
            field=kind[one.field].title,
            kept=str(one.kept),
            other=str(one.other),
        )
        for one in done.conflicts
        if one.field in IDENTIFYING
    ]


def counts_of(kind: RecordType, done: Absorbed, gone: int) -> dict[str, dict[str, int]]:
    counts = {name: {"changed": count} for name, count in done.moved.items()}
    own = counts.setdefault(kind.name, {})
    own["ended"] = gone
    if done.filled:
        own["changed"] = own.get("changed", 0) + 1
    return counts


def _called(key: str, label: str) -> str:
    return key if key == label else f"{key} {label}"
