"""The notes of a workbook: period, filters, definitions with their places, program, state of knowledge, runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salescli.core.table import Block, Column, Facts, Prose, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import STATES

_KINDS = {"commission": Title("提成", "Commission"), "scorecard": Title("计分卡", "Scorecard")}


@dataclass(frozen=True, slots=True)
class MetricNote:
    """A metric with its definition and the place of it."""

    name: str
    title: Title
    definition: str
    place: str


@dataclass(frozen=True, slots=True)
class RunNote:
    """A stored run that figures come from."""

    kind: str
    period: str
    number: int
    state: str
    known: int
    documents: tuple[tuple[str, str], ...]  # file and SHA-256


WHOLE = Title("无(全公司)", "none (the whole company)")


@dataclass(frozen=True, slots=True)
class NotesFacts:
    """Everything that the notes say."""

    company: str
    period: str
    when: Title
    currency: str
    known: Title
    batch: int
    on: date | None
    program: str
    metrics: tuple[MetricNote, ...]
    runs: tuple[RunNote, ...]
    absent: tuple[Title, ...]
    said: tuple[Title, ...]
    only: Title = WHOLE


def build_notes(facts: NotesFacts, language: Language) -> Report:
    """Build the notes."""
    blocks: list[Block] = [_about(facts, language)]
    if facts.runs:
        blocks.append(_runs(facts, language))
    if facts.metrics:
        blocks.append(_metrics(facts, language))
    said = [one.text(language) for one in (*facts.absent, *facts.said)]
    if said:
        blocks.append(Prose("said", tuple((text, "") for text in said), Title("未包含与提示", "Left out, and notices")))
    return Report("export-notes", Title(f"说明 · {facts.period}", f"Notes · {facts.period}"), tuple(blocks))


def _about(facts: NotesFacts, language: Language) -> Facts:
    items: list[tuple[Column, Value]] = [
        (_text("company", "公司", "Company"), facts.company),
        (_text("period", "期间", "Period"), f"{facts.period}  {facts.when.text(language)}"),
        (_text("currency", "本位币", "Base currency"), facts.currency),
        (_text("known", "数据状态", "State of knowledge"), facts.known.text(language)),
        (_text("filters", "筛选", "Filters"), facts.only.text(language)),
    ]
    if facts.on is not None:
        items.append((_text("on", "以此日为准", "As of"), facts.on.isoformat()))
    items.append((_text("program", "程序", "Program"), facts.program))
    rounding = Title(
        "单元格为精确值,显示两位小数;超过 15 位有效数字的金额以文本保存",
        "cells hold exact values and show two decimals; amounts of more than 15 digits are kept as text",
    )
    items.append((_text("values", "数值", "Values"), rounding.text(language)))
    return Facts("about", tuple(items))


def _metrics(facts: NotesFacts, language: Language) -> Table:
    columns = (
        Column("metric", Title("指标", "Metric"), "id"),
        _text("title", "名称", "Title"),
        _text("definition", "定义", "Definition"),
        _text("source", "出处", "Defined in"),
    )
    rows = tuple((one.name, one.title.text(language), one.definition, one.place) for one in facts.metrics)
    return Table("metrics", columns, rows, Title("指标口径", "Definitions"))


def _runs(facts: NotesFacts, language: Language) -> Table:
    columns = (
        _text("run", "运行", "Run"),
        _text("state", "状态", "State"),
        _text("document", "所用方案", "Policy used"),
        _text("digest", "SHA-256", "SHA-256"),
    )
    rows = []
    for one in facts.runs:
        kind = _KINDS.get(one.kind, Title(one.kind, one.kind)).text(language)
        state = STATES[one.state]
        said = Title(f"{state.zh} · 基于批次 {one.known}", f"{state.en} · knows batch {one.known}").text(language)
        for place, (name, digest) in enumerate(one.documents or (("", ""),)):
            rows.append((f"{kind} {one.period} #{one.number}", said) if not place else (None, None))
            rows[-1] = (*rows[-1], name, digest)
    return Table("runs", columns, tuple(rows), Title("所用的运行", "Runs used"))


def _text(key: str, zh: str, en: str) -> Column:
    return Column(key, Title(zh, en))
