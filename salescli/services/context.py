"""What a service works with: the workspace, its open store, the day and the state of knowledge, and its policies.

Policies are read when first asked for: a command that needs none reads none.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from salescli.core.periods import FiscalCalendar, Period, parse_period
from salescli.core.records.registry import Registry, built_in
from salescli.core.title import Language
from salescli.errors import Problem, ProblemsFound, Refused, problem
from salescli.services.workspace import Workspace
from salescli.store.connection import Store, open_store

if TYPE_CHECKING:
    from salescli.core.metrics.model import Catalogue

if TYPE_CHECKING:
    from salescli.core.funnel.model import Process
    from salescli.policy.process import StageShape


@dataclass
class Context:
    """An open workspace. `on` is the day whose truth is asked, `today` the day it is."""

    workspace: Workspace
    store: Store
    today: date
    on: date
    language: Language = "zh"
    notes: list[Problem] = field(default_factory=list)

    @cached_property
    def calendar(self) -> FiscalCalendar:
        """The workspace's fiscal calendar."""
        settings = self.workspace.settings
        return FiscalCalendar(settings.fiscal_year_start, settings.fiscal_year_named or "start")

    @property
    def currency(self) -> str:
        """The base currency."""
        return self.workspace.settings.currency

    @cached_property
    def catalogue(self) -> Catalogue:
        """All metrics, the workspace's over the shipped ones; problems of its files stop."""
        from salescli.policy.layers import policy_files
        from salescli.services.policy_cache import cached, catalogue_data, catalogue_of

        files = policy_files(self.workspace.config, "metrics")
        read = (*files, *policy_files(self.workspace.config, "records"))  # its fields are those of the record types

        def build() -> object:
            from salescli.policy.metric_checks import check_fields
            from salescli.policy.metrics import read_catalogue

            catalogue, problems = read_catalogue(files)
            _stop_on_errors([*problems, *check_fields(catalogue, self.store.registry)])
            return catalogue_data(catalogue)

        return catalogue_of(cached(self.workspace.folder, "metrics", (one.path for one in read), build))

    @cached_property
    def stages(self) -> dict[str, tuple[str, str, int]]:
        """What stage texts mean in the process in force: folded text → (stage, kind, place in the funnel)."""
        from salescli.policy.layers import policy_files
        from salescli.services.policy_cache import cached

        files = policy_files(self.workspace.config, "process")

        def build() -> object:
            from salescli.policy.process import read_process, stage_meanings

            process, problems = read_process(files)
            _stop_on_errors(problems)
            return stage_meanings(process) if process else {}

        found = cached(self.workspace.folder, "process", (one.path for one in files), build)
        return {text: (stage, kind, place) for text, (stage, kind, place) in found.items()}

    @cached_property
    def process(self) -> Process:
        """The process in force: its stages in order, with their titles."""
        from salescli.core.funnel.model import Process, Stage
        from salescli.core.title import Title
        from salescli.policy.layers import policy_files
        from salescli.services.policy_cache import cached

        files = policy_files(self.workspace.config, "process")

        def build() -> object:
            from salescli.policy.process import read_process

            process, problems = read_process(files)
            _stop_on_errors(problems)
            stages = process.stages if process else ()
            return [process.process if process else "", *(_stage_data(each) for each in stages)]

        name, *rows = cached(self.workspace.folder, "stages", (one.path for one in files), build)
        stages = [
            Stage(row[0], Title(row[1], row[2]), row[3], at, None if row[4] is None else Decimal(row[4]))
            for at, row in enumerate(rows)
        ]
        return Process(name, tuple(stages))

    def parse_period(self, text: str) -> Period:
        """Read a period as people write it."""
        return parse_period(text, self.calendar, self.today)

    def prepare_stages(self) -> None:
        """Tell the store what the stage texts of its deals mean."""
        from salescli.store.frames import fetch_stage_texts, save_stages

        folded = {text: " ".join(text.casefold().split()) for text in fetch_stage_texts(self.store)}
        save_stages(self.store, {text: self.stages[key] for text, key in folded.items() if key in self.stages})


def _stage_data(stage: StageShape) -> list[str | None]:
    """Return a stage as plain values, for the cache."""
    return [stage.stage, *stage.title, stage.kind, None if stage.probability is None else str(stage.probability)]


def _stop_on_errors(problems: list[Problem]) -> None:
    if errors := [each for each in problems if each.severity == "error"]:
        raise ProblemsFound(*errors)


@contextlib.contextmanager
def open_context(
    workspace: Workspace,
    *,
    today: date,
    on: date | None = None,
    known: str | None = None,
    language: Language = "zh",
    create: bool = False,
    readonly: bool = False,
) -> Iterator[Context]:
    """Open the store of a workspace for one command.

    `known` is `--known` as typed: a batch or a moment; the store is then read as it was known.
    """
    store = open_store(
        workspace.store_path,
        registry_of(workspace),
        create=create,
        readonly=readonly,
        base_currency=workspace.settings.currency,
    )
    with contextlib.closing(store):
        _follow_currency(workspace, store)
        if known:
            from salescli.store.batches import parse_known

            store.at(parse_known(store, known))
        yield Context(workspace, store, today, on or today, language)


def _follow_currency(workspace: Workspace, store: Store) -> None:
    """The store's base currency is that of `salescli.yaml`, for as long as no record was read by another one.

    Raises:
        Refused: amounts without a currency were stored in another base currency.
    """
    have, said = store.meta("base_currency"), workspace.settings.currency
    if not have or have == said:
        return
    from salescli.store.batches import fetch_batches, in_force

    live = in_force(store)
    if any(one.id in live and one.kind != "undo" for one in fetch_batches(store)):
        raise Refused(problem("base-currency-changed", currency=said, before=have))
    if not store.is_readonly:
        with store.transaction("following the base currency"):
            store.set_meta("base_currency", said)


def registry_of(workspace: Workspace) -> Registry:
    """Return the record types of a workspace: the built-in ones, and what `config/records.yaml` adds."""
    path = workspace.config / "records.yaml"
    if not path.exists():
        return built_in()
    from salescli.policy.records import read_registry

    registry, problems = read_registry(path, built_in())
    if errors := [each for each in problems if each.severity == "error"]:
        raise ProblemsFound(*errors)
    return registry
