"""Check every policy of a workspace: all files, all problems at once, and the JSON Schema of each kind.

A kind of policy is one line in `KINDS`: its folder, what checks a file, and its shape. Nothing here needs a store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salescli.core.metrics.model import Catalogue
from salescli.core.records.registry import Registry, built_in
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem, UsageError, Where, problem
from salescli.policy.layers import SUFFIXES, WORKSPACE, PolicyFile, policy_files
from salescli.reports.checked import build_checked
from salescli.services.record.finding import nearest_of
from salescli.services.workspace import SETTINGS_FILE

if TYPE_CHECKING:
    from salescli.policy.plans import PlanFile

CONFIG = "config"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One policy file and what is wrong with it."""

    file: str
    kind: str
    problems: tuple[Problem, ...]


class Checker:
    """The policies of one workspace, read as far as they can be, so that each is checked against the others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / CONFIG

    @cached_property
    def registry(self) -> Registry:
        """The record types, as far as `records.yaml` is sound."""
        path = self.config / "records.yaml"
        if not path.is_file():
            return built_in()
        from salescli.policy.records import read_registry

        return read_registry(path, built_in())[0]

    @cached_property
    def metrics(self) -> tuple[Catalogue, list[Problem]]:
        """The catalogue of the sound definitions, and the problems of all of them."""
        from salescli.policy.metric_checks import check_fields
        from salescli.policy.metrics import read_catalogue

        catalogue, problems = read_catalogue(policy_files(self.config, "metrics"))
        return catalogue, [*problems, *check_fields(catalogue, self.registry)]

    @cached_property
    def plans(self) -> tuple[dict[Path, PlanFile], list[Problem]]:
        """The workspace's plans by their paths, and what is wrong between them."""
        from salescli.policy.plans import load_plan
        from salescli.services.plan_folder import check_plan_folder

        paths = [each.path for each in policy_files(self.config, "plans") if each.layer == WORKSPACE]
        names = self.metrics[0].names
        known = (*names, *(f"{name}-attainment" for name in names))
        found = {path: load_plan(path, self.name(path), known) for path in paths}
        return found, list(check_plan_folder(list(found.values()), self.folder))

    def name(self, path: Path) -> str:
        """Return a file as people see it: from the workspace's folder."""
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else path.as_posix()

    def placed(self, found: Problem) -> Problem:
        """Return a problem with its file as people see it."""
        where = found.where._replace(file=self.name(Path(found.where.file))) if found.where.file else found.where
        return Problem(found.name, where, found.values, found.severity)


Check = Callable[[Checker, Path], Sequence[Problem]]


class Kind(NamedTuple):
    """One kind of policy: its name in `config/`, its title, what checks a file, and where its shape is."""

    name: str
    title: Title
    check: Check
    shape: Callable[[], Any]


def _check_settings(checker: Checker, path: Path) -> Sequence[Problem]:
    from salescli.policy.settings import read_settings_document

    return read_settings_document(path).problems


def _check_records(checker: Checker, path: Path) -> Sequence[Problem]:
    from salescli.policy.records import read_registry

    return read_registry(path, built_in())[1]


def _check_metrics(checker: Checker, path: Path) -> Sequence[Problem]:
    return [each for each in checker.metrics[1] if Path(each.where.file) == path]


def _check_process(checker: Checker, path: Path) -> Sequence[Problem]:
    from salescli.policy.process import read_process

    return read_process([PolicyFile(path.stem, path, WORKSPACE)])[1]


def _check_plan(checker: Checker, path: Path) -> Sequence[Problem]:
    files, between = checker.plans
    return [*files[path].problems, *(each for each in between if each.where.file == files[path].document.file)]


def _check_targets(checker: Checker, path: Path) -> Sequence[Problem]:
    from salescli.policy.targets import read_targets

    document = read_targets(path)
    names = checker.metrics[0].names
    if document.value is None or document.value.metric in names:
        return document.problems
    text = document.value.metric
    return [
        *document.problems,
        problem("unknown-metric", document.where_value("metric"), text=text, nearest=nearest_of(text, names)),
    ]


def _check_scorecard(checker: Checker, path: Path) -> Sequence[Problem]:
    from salescli.policy.scorecards import load_scorecard

    return load_scorecard(path, catalogue=checker.metrics[0]).problems


def _check_imports(checker: Checker, path: Path) -> Sequence[Problem]:
    from salescli.policy.imports import check_uses, read_profiles

    profiles, problems = read_profiles(policy_files(checker.config, "imports"), checker.registry)
    found = [each for each in problems if Path(each.where.file) == path]
    return found + [
        wrong for each in profiles.values() if Path(each.path) == path for wrong in check_uses(each, profiles)
    ]


def _check_cases(checker: Checker, path: Path) -> Sequence[Problem]:
    from salescli.policy.cases import load_cases

    return load_cases(path).problems


def _check_market(checker: Checker, path: Path) -> Sequence[Problem]:
    from salescli.core.periods import FiscalCalendar
    from salescli.policy.market import read_market

    return read_market([PolicyFile(path.stem, path, WORKSPACE)], FiscalCalendar(), checker.metrics[0].names)[1]


def _check_payroll(checker: Checker, path: Path) -> Sequence[Problem]:
    from salescli.policy.payroll import read_payroll
    from salescli.services.commission.payroll import person_fields

    return read_payroll(path, person_fields(checker.registry["person"]))[1]


def _shape(module: str, name: str) -> Callable[[], Any]:
    def load() -> Any:
        from importlib import import_module

        return getattr(import_module(f"salescli.{module}"), name)

    return load


KINDS: tuple[Kind, ...] = (
    Kind("settings", Title("设置", "settings"), _check_settings, _shape("policy.settings", "Settings")),
    Kind("records", Title("记录类型", "record types"), _check_records, _shape("policy.records", "RecordsShape")),
    Kind("metrics", Title("指标", "metrics"), _check_metrics, _shape("policy.metrics", "MetricsShape")),
    Kind("process", Title("流程", "process"), _check_process, _shape("policy.process", "ProcessShape")),
    Kind("plans", Title("提成方案", "plan"), _check_plan, _shape("core.commission.plan", "Plan")),
    Kind("targets", Title("目标方案", "targets"), _check_targets, _shape("core.quotas.shape", "TargetsPolicy")),
    Kind("scorecards", Title("考核表", "scorecard"), _check_scorecard, _shape("core.scorecard.shape", "Scorecard")),
    Kind("imports", Title("导入配置", "import profile"), _check_imports, _shape("policy.imports", "ProfileShape")),
    Kind("cases", Title("用例", "cases"), _check_cases, _shape("core.commission.case_shapes", "CaseDocument")),
    Kind("market", Title("市场规模", "market sizes"), _check_market, _shape("policy.market", "MarketShape")),
    Kind("payroll", Title("发放表", "payroll file"), _check_payroll, _shape("policy.payroll", "PayrollShape")),
)


def files_of(folder: Path, kind: Kind) -> list[Path]:
    """Return the workspace's own files of a kind."""
    if kind.name == "settings":
        return [folder / SETTINGS_FILE]
    found = policy_files(folder / CONFIG, kind.name)  # type: ignore[arg-type]
    return [each.path for each in found if each.layer == WORKSPACE]


def check_policies(folder: Path, names: Sequence[str] = ()) -> list[CheckedFile]:
    """Check the policies of a workspace: all of them, or those named by kind, path or file name.

    Raises:
        UsageError: a name that is none of these.
    """
    checker = Checker(folder)
    files = [(kind, path) for kind in KINDS for path in files_of(folder, kind)]
    wrong: list[Problem] = []
    if names:
        wanted = [_picked(checker, name, files, wrong) for name in names]
        if wrong:
            raise UsageError(*wrong)
        files = [one for one in files if any(one in some for some in wanted)]
    checked = [
        CheckedFile(checker.name(path), kind.name, tuple(checker.placed(each) for each in kind.check(checker, path)))
        for kind, path in files
    ]
    return checked if names else [*checked, *_unread(checker, {path for _, path in files})]


def _picked(
    checker: Checker, name: str, files: Sequence[tuple[Kind, Path]], wrong: list[Problem]
) -> list[tuple[Kind, Path]]:
    found = [
        (kind, path)
        for kind, path in files
        if name in (kind.name, path.name, path.stem, checker.name(path)) or path == Path(name).resolve()
    ]
    is_kind = any(name == kind.name for kind in KINDS)
    if not found and not is_kind:
        known = [text for kind, path in files for text in (kind.name, path.stem, checker.name(path))]
        wrong.append(problem("unknown-policy", text=name, nearest=nearest_of(name, known)))
    return found


def _unread(checker: Checker, read: set[Path]) -> list[CheckedFile]:
    """Policies that nothing reads: a misspelt name would otherwise be passed over without a word."""
    found = []
    known = [kind.name for kind in KINDS]
    for path in sorted(checker.config.glob("*")) if checker.config.is_dir() else ():
        if path.suffix in SUFFIXES and path.name[0] not in ".~" and path not in read and path.stem not in LATER:
            where = Where(checker.name(path))
            note = problem("policy-not-read", where, severity="warning", nearest=nearest_of(path.stem, known))
            found.append(CheckedFile(checker.name(path), "", (note,)))
    return found


LATER = ("alerts", "jobs")  # kinds that other commands check


def build_check_report(checked: Sequence[CheckedFile]) -> Report:
    """Return how each file stands."""
    rows = [
        (
            one.file,
            one.kind,
            sum(each.severity == "error" for each in one.problems),
            sum(each.severity == "warning" for each in one.problems),
        )
        for one in checked
    ]
    return build_checked(rows)


def policy_schema(name: str) -> str:
    """Return the JSON Schema of a kind of policy, for editors.

    Raises:
        UsageError: there is no such kind.
    """
    kind = next((each for each in KINDS if each.name == name), None)
    if kind is None:
        raise UsageError(problem("option-choice", option="--schema", text=name, choices=[each.name for each in KINDS]))
    import json

    from salescli.policy.schema import json_schema

    return json.dumps(json_schema(kind.shape(), kind.title.en), ensure_ascii=False, indent=2) + "\n"
