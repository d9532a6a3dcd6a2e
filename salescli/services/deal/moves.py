"""Moving a deal: its stage, its end and its stage change, in one batch that one undo takes back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from salescli.core.funnel.model import History, Stage
from salescli.core.title import Title
from salescli.errors import Problem, ProblemsFound, Refused, UsageError, problem
from salescli.reports.records import ChangeLine, build_edit
from salescli.services.batches import DryRun
from salescli.services.context import Context
from salescli.services.deal.showing import find_deal
from salescli.services.funnel.histories import Deals, find_stage, fold_stage, gather_deals
from salescli.services.record.editing import Edited
from salescli.services.record.showing import names_of, told
from salescli.services.record.typed_cells import parse_cells
from salescli.store.batches import begin_batch, summarise_batch
from salescli.store.edits import edit_record, insert_record
from salescli.store.merge import MergeResult

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$")


@dataclass(slots=True)
class Move:
    """What is to be done with a deal: the stage it goes to, when, and the other cells that change with it."""

    deals: Deals
    entity: int
    key: str
    history: History | None
    stage: Stage
    at: str
    cells: dict[str, Any] = field(default_factory=dict)


def move_deal(ctx: Context, key: str, stage_text: str, at: str, *, is_dry: bool = False) -> Edited:
    """Move a deal to an open stage; a closed one is open again.

    Raises:
        UsageError: no such deal or stage, or the stage ends a deal.
        Refused: it stands there already, or the move would come before its last one.
    """
    stage = find_stage(ctx, stage_text)
    move = _begin(ctx, key, stage, at)
    if not stage.is_live:
        verb = "win" if stage.kind == "won" else "lose"
        raise UsageError(problem("move-ends-deal", stage=stage.title, verb=verb, deal=move.key))
    if move.history is not None and move.history.outcome != "open":
        move.cells |= {"closed": None, "lost_reason": None}
    return _write(ctx, move, is_dry=is_dry)


def win_deal(ctx: Context, key: str, at: str, amount: str = "", *, is_dry: bool = False) -> Edited:
    """Close a deal as won, for the amount said where one is.

    Raises:
        UsageError: no such deal, or no amount.
        Refused: it is closed already, or was moved later than that.
    """
    move = _begin_end(ctx, key, "won", at)
    if amount:
        cells, wrong = parse_cells(ctx.store.registry["deal"], [f"amount={amount}"])
        if wrong or cells.get("amount") is None:
            raise UsageError(problem("bad-deal-amount", option="--amount", text=amount))
        move.cells |= cells
    return _write(ctx, move, is_dry=is_dry)


def lose_deal(ctx: Context, key: str, at: str, reason: str, *, is_dry: bool = False) -> Edited:
    """Close a deal as lost, for a reason.

    Raises:
        UsageError: no such deal, or no reason.
        Refused: it is closed already, or was moved later than that.
    """
    move = _begin_end(ctx, key, "lost", at)
    if not reason.strip():
        counts = Counter(row.reason for row in move.deals.rows.values() if row.reason)
        raise UsageError(problem("reason-missing", deal=move.key, reasons=[name for name, _ in counts.most_common(6)]))
    move.cells["lost_reason"] = reason.strip()
    return _write(ctx, move, is_dry=is_dry)


def parse_moment(text: str, option: str) -> str:
    """Read a day, or a day with a time, as it is stored."""
    match = _MOMENT.match(text.strip())
    try:
        if match is None:
            raise ValueError(text)
        datetime.fromisoformat(f"{match[1]} {match[2]}" if match[2] else match[1])
    except ValueError:
        raise UsageError(problem("bad-moment", option=option, text=text)) from None
    time = match[2] or ""
    return f"{match[1]} {time}{':00' if len(time) == 5 else ''}".strip()


def _begin_end(ctx: Context, key: str, kind: str, at: str) -> Move:
    stage = next((each for each in ctx.process.stages if each.kind == kind), None)
    if stage is None:
        raise UsageError(problem("process-without-end", process=ctx.process.name, kind=kind))
    move = _begin(ctx, key, stage, at, is_end=True)
    move.cells["closed"] = move.at[:10]
    return move


def _begin(ctx: Context, key: str, stage: Stage, at: str, *, is_end: bool = False) -> Move:
    entity, number = find_deal(ctx, key)
    deals = gather_deals(ctx, ctx.today)
    day = date.fromisoformat(at[:10])
    if day > ctx.today:
        raise Refused(problem("move-in-future", at=at, today=ctx.today.isoformat()))
    history = next((each for each in deals.histories if each.deal == entity), None)
    if history is not None and is_end and history.outcome != "open":
        where = deals.process.stages[history.last.place].title
        raise Refused(problem("deal-already-closed", deal=number, stage=where, day=history.ended or "?"))
    if history is not None:
        _check_order(ctx, deals, history, stage, at, number)
    return Move(deals, entity, number, history, stage, at)


def _check_order(ctx: Context, deals: Deals, history: History, stage: Stage, at: str, key: str) -> None:
    """A move comes after the last one: of two on one day without a time, the later stage is the later one."""
    where = deals.process.stages[history.last.place]
    if where is stage:
        raise Refused(problem("deal-already-there", deal=key, stage=where.title))
    known = [each.at for each in deals.changes.values() if each.deal == history.deal]
    known += [day.isoformat() for day in (history.ended, history.last.entered) if day is not None]
    last = max(known, default="")
    is_told_by_day = at[:10] == last[:10] and (len(at) == 10 or len(last) == 10)
    if stage.place < where.place if is_told_by_day else at < last:
        raise Refused(problem("move-before-last", deal=key, stage=where.title, last=last, at=at))


def _write(ctx: Context, move: Move, *, is_dry: bool) -> Edited:
    kind, changes = ctx.store.registry["deal"], ctx.store.registry["stage-change"]
    cells = {"stage": stage_text(ctx, move.deals, move.stage), **move.cells, **_probability(ctx, move)}
    batch: int | None = None
    try:
        with ctx.store.transaction("move deal"):
            number = begin_batch(ctx.store, "edit", f"deal {move.key} → {cells['stage']}")
            result = edit_record(ctx.store, number, kind, move.entity, cells)
            added = [insert_record(ctx.store, number, changes, one) for one in _stays(ctx, move, cells)]
            wrong = [each for one in (result, *added) for found in one.rejected.values() for each in found]
            if wrong:
                raise ProblemsFound(*wrong)
            lines = _lines(ctx, result)
            if is_dry:
                raise DryRun
            summarise_batch(ctx.store, number, {"types": _counted({kind.name: [result], changes.name: added})})
            batch = number
    except DryRun:
        pass
    warnings = [Problem(each.name, each.where, each.values, "warning") for each in result.notes]
    return Edited(build_edit(_title(move, batch), lines, [], batch, ctx.language), warnings, batch)


def _stays(ctx: Context, move: Move, cells: dict[str, Any]) -> list[dict[str, Any]]:
    """The stage changes of a move: the one it makes, before it the end it takes back where no change records that."""
    row, history = move.deals.rows[move.entity], move.history
    amount = cells.get("amount", row.amount_e4)
    worth = {"amount": amount} if amount is not None and move.stage.kind != "lost" else {}
    found = [{"deal": move.entity, "stage": cells["stage"], "at": move.at, "currency": row.currency, **worth}]
    if history is not None and history.outcome != "open" and history.last.record is None and history.last.entered:
        text = stage_text(ctx, move.deals, move.deals.process.stages[history.last.place])
        day = history.last.entered.isoformat()
        found.insert(0, {"deal": move.entity, "stage": text, "at": day, "currency": row.currency})
    return found


def _counted(results: Mapping[str, Sequence[MergeResult]]) -> dict[str, dict[str, int]]:
    return {
        name: {"new": sum(one.new for one in each), "changed": sum(one.changed for one in each)}
        for name, each in results.items()
    }


def _probability(ctx: Context, move: Move) -> dict[str, str]:
    """A deal that states a probability states the one its end gives it."""
    if move.stage.is_live:
        return {}
    from salescli.store.versions import Access

    image = Access(ctx.store, ctx.store.registry["deal"]).current([move.entity])[move.entity]
    if image.get("probability") is None:
        return {}
    return {"probability": "1" if move.stage.kind == "won" else "0"}


def stage_text(ctx: Context, deals: Deals, stage: Stage) -> str:
    """Return the word the files use for a stage, so that the next one changes nothing; else its title here."""
    said = [row.stage for row in deals.rows.values()] + [row.stage for row in deals.changes.values()]
    known = Counter(text for text in said if text and ctx.stages.get(fold_stage(text), ("",))[0] == stage.name)
    if not known:
        return stage.title.text(ctx.workspace.settings.language)
    return min(known, key=lambda text: (-known[text], text))


def _lines(ctx: Context, result: MergeResult) -> list[ChangeLine]:
    kind = ctx.store.registry["deal"]
    names = names_of(ctx, [], [])
    return [
        ChangeLine(
            kind[each.field].title,
            told(kind[each.field], each.before, names),
            told(kind[each.field], each.after, names),
        )
        for each in result.cells
    ]


def _title(move: Move, batch: int | None) -> Title:
    head = Title(f"批次 {batch}:", f"batch {batch}: ") if batch else Title("试运行:", "dry run: ")
    before = move.deals.process.stages[move.history.last.place].title if move.history else Title("—", "—")
    after = move.stage.title
    return Title(
        f"{head.zh}商机 {move.key} {before.zh} → {after.zh},{move.at}",
        f"{head.en}deal {move.key} {before.en} → {after.en}, {move.at}",
    )
