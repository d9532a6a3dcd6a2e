"""What a report asks for, answered: figures, attainment, teams, seats, commission, open deals, records, definitions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from salescli.core.analysis.drivers import Converted
from salescli.core.analysis.market import MarketSize
from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.query import Query
from salescli.core.money import from_e4
from salescli.core.periods import ONE_DAY, months_in
from salescli.core.table import Block
from salescli.errors import UsageError, problem
from salescli.reports.answers import DealFact, Figures, GroupFigure, PayFact, SeatFact, Standings, TeamFact
from salescli.reports.basket_facts import BasketFacts
from salescli.reports.declaration import (
    BasketsNeed,
    ConvertedNeed,
    DealsNeed,
    FiguresNeed,
    MarketNeed,
    Need,
    OutcomesNeed,
    PayNeed,
    QualityNeed,
    SeatsNeed,
    StandingsNeed,
    TeamsNeed,
    TraceNeed,
)
from salescli.reports.outcomes import Outcomes
from salescli.reports.quality_facts import QualityFacts
from salescli.services.context import Context
from salescli.services.knowledge import record_keys, record_labels
from salescli.services.metric.converting import Converting
from salescli.services.metric.showing import dimensions_of, figures_of
from salescli.services.metric.words import group_names
from salescli.services.quota.attainment import Measuring, open_measuring
from salescli.services.quota.figures import add_note
from salescli.services.quota.inputs import Directory, open_directory
from salescli.services.quota.versions import version_words
from salescli.services.report.currencies import months_with_rates
from salescli.services.report.params import describe_metric, in_currency
from salescli.store.frames import has_teams_above
from salescli.store.state import fetch_images


@dataclass
class Answering:
    """Answers the needs of one report; what several of them stand on is read once."""

    context: Context
    converting: Converting | None = None  # where figures are asked in one currency
    measured: dict[tuple[str, Any], Measuring] = field(default_factory=dict)

    @cached_property
    def directory(self) -> Directory:
        """Teams and people."""
        return open_directory(self.context)

    def answer(self, need: Need) -> object:
        """Return the answer of one need."""
        return _ANSWERS[type(need)](self, need)

    def standings(self, need: StandingsNeed) -> Standings:
        """Measure a metric against its targets."""
        key = (need.metric, need.period)
        if key not in self.measured:
            one = self.converting
            currency, fetch = (one.into, one.fetch) if one is not None else ("", None)
            self.measured[key] = open_measuring(self.context, need.period, need.metric, currency=currency, fetch=fetch)
        found = self.measured[key]
        months = [month.label for month in months_in(need.period)]
        versions = tuple(version_words(self.context, found.directory, need.metric, months)) if found.leaves else ()
        standings = Standings(tuple(found.rows(need.by)), found.total(), found.clock, bool(found.leaves), versions)
        if self.converting is not None:
            self.converting.check()
        return standings

    def figures(self, need: FiguresNeed) -> Figures | None:
        """Compute figures in the currency asked, else in the base currency; others are said, never added."""
        ctx = self.context
        if need.metric not in ctx.catalogue or not set(need.by) <= set(dimensions_of(ctx, need.metric)):
            if need.is_optional:
                return None
            self._refuse(need)
        if need.below and not has_teams_above(ctx.store):
            return None
        ctx.prepare_stages()
        metric = in_currency(describe_metric(ctx, need.metric), self.converting)
        query = Query(need.metric, need.by, need.period, need.only)
        if self.converting is not None and "month" in need.by:
            found = months_with_rates(ctx, query, self.converting)
        else:
            found = figures_of(ctx, query, below=need.below, converting=self.converting)
        kept = []
        for figure in found:
            if figure.currency in ("", metric.currency) or not metric.currency:
                kept.append(figure)
            else:
                note = problem("other-currency", metric=metric.name, currency=figure.currency, severity="warning")
                add_note(ctx, note)
        places = range(len(need.by))
        columns = [[figure.group[place] for figure in kept] for place in places]
        names = [group_names(ctx, name, column) for name, column in zip(need.by, columns, strict=True)]
        keys = [self._keys(name, column) for name, column in zip(need.by, columns, strict=True)]
        lines = tuple(
            GroupFigure(
                tuple(keys[place][figure.group[place]] for place in places),
                tuple(names[place][figure.group[place]] for place in places),
                figure.value,
            )
            for figure in kept
        )
        return Figures(metric, lines)

    def _refuse(self, need: FiguresNeed) -> None:
        ctx = self.context
        reached = dimensions_of(ctx, need.metric)
        missing = next(name for name in need.by if name not in reached)
        types = [ctx.store.registry[base.of].titles for base in ctx.catalogue.bases(need.metric)]
        title = DIMENSIONS[missing].title
        raise UsageError(
            problem("no-such-dimension", metric=need.metric, dimension=title, type=types, dimensions=reached)
        )

    def _keys(self, dimension: str, values: list[Any]) -> dict[Any, str | None]:
        """What groups are called by machines: numbers of records, texts, labels of periods."""
        directory, ref = self.directory, DIMENSIONS[dimension].ref
        known = {value for value in values if value is not None}
        keys: dict[Any, str | None] = {None: None}
        if ref == "team":
            return keys | {one: directory.team_key(one) if one in directory.teams else f"#{one}" for one in known}
        if ref == "person":
            return keys | {one: directory.person_key(one) if one in directory.people else f"#{one}" for one in known}
        if ref:
            return keys | record_keys(self.context, self.context.store.registry[ref], known)
        return keys | {value: str(value) for value in known}

    def teams(self, need: TeamsNeed) -> tuple[TeamFact, ...]:
        """List the teams, each followed by those below it."""
        images = self.directory.teams
        below: dict[Any, list[int]] = {}
        for entity, image in images.items():
            parent = image["parent"] if image["parent"] in images and image["parent"] != entity else None
            below.setdefault(parent, []).append(entity)
        found: list[TeamFact] = []
        waiting = [(entity, None, 0) for entity in reversed(below.get(None, []))]
        while waiting:
            entity, above, depth = waiting.pop()
            key = self.directory.team_key(entity)
            found.append(TeamFact(key, str(images[entity]["name"]), above, depth, str(images[entity]["region"] or "")))
            waiting += [(each, key, depth + 1) for each in reversed(below.get(entity, []))]  # type: ignore[misc]
        return tuple(found)

    def seats(self, need: SeatsNeed) -> tuple[SeatFact, ...]:
        """List where a person sat in a period."""
        from salescli.core.periods import FOREVER
        from salescli.store.seats import fetch_seats

        names = self.directory.team_names()
        found = []
        for seat in fetch_seats(self.context.store, need.period.start, need.period.end):
            if seat.person == need.person.entity:
                has_team = seat.team is not None and seat.team in self.directory.teams
                key = self.directory.team_key(seat.team) if has_team and seat.team is not None else ""
                last = None if seat.end >= FOREVER else seat.end - ONE_DAY
                found.append(SeatFact(seat.role, names.get(key, ""), key, seat.start, last))
        return tuple(found)

    def pay(self, need: PayNeed) -> tuple[PayFact, ...]:
        """Read the stored results of a person, month by month."""
        from salescli.services.commission.stored import find_run, read_result
        from salescli.store.runs import fetch_results

        found = []
        for month in months_in(need.period):
            run = find_run(self.context, month)
            for item, text in fetch_results(self.context.store, run.id).items() if run else ():
                assert run is not None
                if item.endswith(f"|#{need.person.entity}"):
                    result = read_result(text)
                    amounts = result.earned, result.payable
                    found.append(PayFact(month.label, result.plan, run.id, run.state, result.currency, *amounts))
        return tuple(found)

    def deals(self, need: DealsNeed) -> tuple[DealFact, ...]:
        """List the open deals of a person, the largest first; those in other currencies last."""
        ctx = self.context
        kind = ctx.store.registry["deal"]
        images = {
            entity: image
            for entity, image in fetch_images(ctx.store, kind, '"owner_id" = ?', (need.person.entity,)).items()
            if self._is_open(image["stage"])
        }
        keys, customers = record_keys(ctx, kind, images), {image["customer"] for image in images.values()}
        names = record_labels(ctx, ctx.store.registry["customer"], customers - {None})
        found = [
            DealFact(
                keys[entity],
                str(image["name"] or ""),
                names.get(image["customer"], ""),
                str(image["stage"] or ""),
                None if image["amount"] is None else from_e4(image["amount"]),
                str(image["currency"] or ctx.currency),
                date.fromisoformat(image["expected"][:10]) if image["expected"] else None,
            )
            for entity, image in images.items()
        ]
        return tuple(sorted(found, key=lambda one: (one.currency != ctx.currency, -(one.amount or 0), one.key)))

    def _is_open(self, stage: object) -> bool:
        known = self.context.stages.get(" ".join(str(stage or "").casefold().split()))
        return known is not None and known[1] in ("entry", "open")

    def quality(self, need: QualityNeed) -> QualityFacts:
        """Count what is sound in the records."""
        from salescli.services.report.quality import measure_quality

        return measure_quality(self.context, need)

    def market(self, need: MarketNeed) -> tuple[MarketSize, ...]:
        """Read the market sizes of a metric."""
        from salescli.services.report.market import load_market

        return load_market(self.context, need.metric)

    def outcomes(self, need: OutcomesNeed) -> Outcomes:
        """List the deals closed in a period."""
        from salescli.services.report.outcomes import measure_outcomes

        return measure_outcomes(self.context, need)

    def converted(self, need: ConvertedNeed) -> dict[tuple[str | None, ...], dict[str, Converted]]:
        """Convert currency by currency."""
        from salescli.services.report.converted import convert_by_currency

        assert self.converting is not None
        found = convert_by_currency(self.context, self.converting, need)
        keys = self._keys(need.by, list(found))
        return {(keys[group],): held for group, held in found.items()}

    def baskets(self, need: BasketsNeed) -> BasketFacts:
        """Gather order lines into baskets."""
        from salescli.services.report.baskets import gather_baskets

        return gather_baskets(self.context, need)

    def trace(self, need: TraceNeed) -> tuple[Block, ...]:
        """List the records behind a figure, and its definition."""
        if not (need.with_rows or need.with_explanation):
            return ()
        from salescli.core.table import Trace
        from salescli.core.title import Title
        from salescli.services.metric.rows import explanation_lines, row_tables

        self.context.prepare_stages()
        query = Query(need.metric, need.by, need.period, need.only)
        blocks: list[Block] = [*row_tables(self.context, query, self.converting)] if need.with_rows else []
        if need.with_explanation:
            lines = tuple(explanation_lines(self.context, query))
            blocks.append(Trace("definition", lines, Title("口径", "Definition")))
        return tuple(blocks)


_ANSWERS: Mapping[type, Callable[[Answering, Any], object]] = {
    FiguresNeed: Answering.figures,
    StandingsNeed: Answering.standings,
    TeamsNeed: Answering.teams,
    SeatsNeed: Answering.seats,
    PayNeed: Answering.pay,
    DealsNeed: Answering.deals,
    TraceNeed: Answering.trace,
    QualityNeed: Answering.quality,
    OutcomesNeed: Answering.outcomes,
    MarketNeed: Answering.market,
    BasketsNeed: Answering.baskets,
    ConvertedNeed: Answering.converted,
}
