"""The report of an undo: what is gone, what is back, and what a later batch keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salescli.core.table import Prose, Report
from salescli.core.title import Language, Title
from salescli.reports.batches import BatchLine, join_titles

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A record on which a later batch has the last word: what it is called, the cells that were given, and by whom."""

    type: Title
    key: str
    name: str
    fields: tuple[Title, ...]
    batch: int
    by: str


@dataclass(frozen=True, slots=True)
class UndoFacts:
    """An undo as it was done, or would be (`batch` None): counts by type, and the first records that are kept."""

    batch: int | None
    target: BatchLine
    counts: Counts
    titles: Mapping[str, Title]
    kept: Sequence[Kept]
    is_redo: bool
    stays: Sequence[Title] = ()  # what an undo does not change: closed months, profiles


def build_undo(facts: UndoFacts, language: Language) -> Report:
    """Build the answer of `undo`: its sentences, and the same as data."""
    lines = _lines(facts)
    data: dict[str, Any] = {
        "batch": facts.batch,
        "undid": facts.target.id,
        "counts": {name: dict(each) for name, each in facts.counts.items()},
        "kept": [
            {"type": one.type.en, "key": one.key, "batch": one.batch, "by": one.by, "cells": [f.en for f in one.fields]}
            for one in facts.kept
        ],
    }
    rest = [line for line in lines if line.zh]
    prose = Prose("undo", tuple((line.text(language), "") for line in rest))
    return Report("undo", _head(facts), (prose,) if rest else (), data=data)


def _head(facts: UndoFacts) -> Title:
    verb = Title("重做", "redid") if facts.is_redo else Title("撤销", "undid")
    if facts.batch is None:
        verb = Title("重做", "redo") if facts.is_redo else Title("撤销", "undo")
    name = f" ({facts.target.title})" if facts.target.title else ""
    head = Title("试运行:将", "dry run: would ")
    if facts.batch is not None:
        head = Title(f"批次 {facts.batch}:", f"batch {facts.batch}: ")
    said = _said(facts)
    target = facts.target.id
    return Title(f"{head.zh}{verb.zh} {target}{name} · {said.zh}", f"{head.en}{verb.en} {target}{name} · {said.en}")


def _said(facts: UndoFacts) -> Title:
    back = Title("恢复", "brought back" if facts.is_redo else "back to what was before")
    kept = Title("以之后的修改为准", "kept, edited since" + (":" if facts.kept else ""))
    found = []
    for what, word in (("gone", Title("消失", "gone")), ("restated", back), ("kept", kept)):
        by_type = [(facts.titles[name], each[what]) for name, each in facts.counts.items() if each.get(what)]
        if not by_type:
            continue
        count = sum(number for _, number in by_type)
        zh = "、".join(f"{title.zh} {number:,}" for title, number in by_type) if len(by_type) > 1 else by_type[0][0].zh
        en = ", ".join(f"{title.en} {number:,}" for title, number in by_type) if len(by_type) > 1 else by_type[0][0].en
        colon = ":" if word.en.endswith(":") else ""
        found.append(Title(f"{count:,} 条{word.zh}({zh})", f"{count:,} {word.en.rstrip(':')} ({en}){colon}"))
    if not found:
        return Title("无变化", "no change")
    return Title(" · ".join(one.zh for one in found), " · ".join(one.en for one in found))


def _lines(facts: UndoFacts) -> list[Title]:
    lines = [_kept_line(one) for one in facts.kept]
    more = sum(each.get("kept", 0) for each in facts.counts.values()) - len(facts.kept)
    if more > 0:
        all_of_them = f"salescli log {facts.batch} --rows" if facts.batch is not None else ""
        zh, en = (f":{all_of_them}", f": {all_of_them}") if all_of_them else ("", "")
        lines.append(Title(f"  … 另有 {more:,} 条{zh}", f"  … and {more:,} more{en}"))
    if facts.batch is None:
        lines.append(Title("未写入任何内容", "nothing was written"))
    else:
        back = Title("撤销此操作", "undo this") if facts.is_redo else Title("重做", "redo")
        lines.append(Title(f"{back.zh}:salescli undo {facts.batch}", f"{back.en}: salescli undo {facts.batch}"))
    return [*lines, *facts.stays]


def _kept_line(one: Kept) -> Title:
    name = f" {one.name}" if one.name and one.name != one.key else ""
    zh, en = join_titles(one.fields, "zh"), join_titles(one.fields, "en")
    return Title(
        f"  {one.type.zh} {one.key}{name} {zh}(批次 {one.batch},{one.by})",
        f"  {one.type.en} {one.key}{name} {en} (batch {one.batch}, {one.by})",
    )
