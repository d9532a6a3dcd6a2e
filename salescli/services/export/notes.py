"""The notes (说明): what the figures mean, where they are defined, what they know, and which runs they come from."""

from __future__ import annotations

from salescli import __version__
from salescli.core.book import Page
from salescli.core.title import Title
from salescli.messages import sentence
from salescli.reports.export.notes import MetricNote, NotesFacts, RunNote, build_notes
from salescli.reports.metrics import definition_text
from salescli.services.export.section import Section, Source
from salescli.services.knowledge import known_batch
from salescli.store.runs import Run


def build_section(source: Source) -> Section:
    """Build the sheet from what the other sections used."""
    context, sections = source.context, source.built.values()
    names = dict.fromkeys(name for section in sections for name in section.metrics)
    runs = {run.id: run for section in sections for run in section.runs}
    facts = NotesFacts(
        company=context.workspace.settings.name,
        period=str(source.period),
        when=source.when,
        currency=context.currency,
        known=source.known,
        batch=known_batch(context),
        on=context.on if context.on != context.today else None,
        program=f"salescli {__version__}",
        metrics=tuple(note for name in _with_parts(source, list(names)) for note in [_metric(source, name)]),
        runs=tuple(_run(run) for run in runs.values()),
        absent=tuple(one.absent for one in sections if one.absent is not None),
        said=tuple(Title(sentence(one, "zh"), sentence(one, "en")) for one in source.notes),
    )
    title = Title("说明", "Notes")
    return Section((Page("notes", title, build_notes(facts, context.language)),))


def _with_parts(source: Source, names: list[str]) -> list[str]:
    """Each metric, then what it is made of."""
    found: dict[str, None] = {}
    for name in names:
        found[name] = None
        found.update(dict.fromkeys(base.name for base in source.context.catalogue.bases(name)))
    return list(found)


def _metric(source: Source, name: str) -> MetricNote:
    from salescli.services.metric.showing import place_of

    metric = source.context.catalogue.get(name)
    return MetricNote(
        name, metric.title, definition_text(metric, source.context.language), place_of(source.context, name)
    )


def _run(run: Run) -> RunNote:
    manifest = run.manifest
    policies = manifest.get("plans") or ([manifest["policy"]] if "policy" in manifest else [])
    plans = tuple((one["file"], one["sha256"][:16]) for one in policies)
    return RunNote(run.kind, run.period, run.id, run.state, run.known, plans)
