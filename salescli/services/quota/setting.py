"""Write a target policy from a few words: intent in a file that people read and edit, never a number in the store.

What is not said is proposed from what the store holds, and every proposal is said with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from salescli.core.money import CONTEXT
from salescli.core.scalars import TextRefused, parse_amount, parse_rate
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Refused, UsageError, problem
from salescli.services.context import Context
from salescli.services.quota import options
from salescli.services.quota.defaults import Known, look, needed, propose
from salescli.services.quota.figures import find_metric
from salescli.services.quota.policy_file import (
    base_footer,
    policy_path,
    policy_text,
    read_checked,
    save_policy,
    year_of_text,
)
from salescli.services.quota.replacing import replace_keys
from salescli.services.quota.request import Keys, Path, TargetRequest, asked_keys

if TYPE_CHECKING:
    from salescli.policy.reader import Document

__all__ = ["SetOutcome", "TargetRequest", "set_quota"]


@dataclass(frozen=True, slots=True)
class SetOutcome:
    """The policy's file and what was written, in sentences."""

    path: FilePath
    report: Report


def set_quota(context: Context, request: TargetRequest) -> SetOutcome:
    """Write `config/targets/NAME.yaml`; with `replace`, only the keys that were named, where the file exists.

    Raises:
        UsageError: neither or both of amount and growth, or an option that cannot be read.
        Refused: the file exists, or there is nothing to grow from.
        ProblemsFound: a value is not what its place asks for.
    """
    if (request.amount and request.growth) or not (request.amount or request.growth or request.replace):
        raise UsageError(problem("amount-or-growth"))
    keys = asked_keys(request, lambda text: _person_key(context, text))
    name = request.name or f"{request.metric or _only_metric(context)}-{request.year}"
    path = policy_path(context, name)
    if path.exists():
        if not request.replace:
            raise Refused(problem("targets-exist", path=context.workspace.relative(path)))
        return SetOutcome(path, replace_keys(context, request, keys, path))
    return _write_new(context, request, keys, path)


def _write_new(context: Context, request: TargetRequest, keys: Keys, path: FilePath) -> SetOutcome:
    if not (request.amount or request.growth):
        raise UsageError(problem("amount-or-growth"))
    metric = find_metric(context, request.metric or _only_metric(context), request.currency)
    year = year_of_text(context, request.year)
    known = look(context, metric, year)
    if request.growth and not request.base and known.base <= 0:
        raise Refused(problem("no-base-figure", metric=metric.name))
    head: Keys = {
        ("format",): "1",
        ("targets",): options.quoted(path.stem),
        ("for_year",): request.year,
        ("metric",): metric.name,
        **({("currency",): metric.currency} if metric.currency else {}),
    }
    added = [one for one in propose(known, _year_amount(request, known), context.currency) if one.path not in keys]
    proposals = needed(keys, added)
    text = policy_text({**head, **keys, **{one.path: one.value for one in proposals}})
    document = read_checked(context, path, text)
    save_policy(context, path, text)
    reasons = {one.path: one.reason for one in proposals}
    footer = base_footer(context, document, metric)
    return SetOutcome(path, _report(context, document, path, reasons, footer))


def _report(
    context: Context,
    document: Document[Any],
    path: FilePath,
    reasons: Mapping[Path, Title],
    footer: tuple[Title, ...],
) -> Report:
    from salescli.policy.sentences.targets import read_targets_aloud

    titles = {name: metric.title for name, metric in context.catalogue.metrics.items()}
    prose = read_targets_aloud(document, context.language, titles, dict(reasons))
    title = Title(
        f"目标方案 {path.stem} · 已写入 {document.file}", f"Target policy {path.stem} · written: {document.file}"
    )
    return Report("target-policy", title, (prose,), footer, next=(f"salescli quota split {path.stem}",))


def _year_amount(request: TargetRequest, known: Known) -> Decimal | None:
    """The company's year, near enough to choose a rounding unit by; None where the reader will complain."""
    try:
        if request.amount:
            return parse_amount(request.amount.strip())
        return CONTEXT.multiply(known.base, CONTEXT.add(Decimal(1), parse_rate(request.growth.strip())))
    except TextRefused:
        return None


def _only_metric(context: Context) -> str:
    """The metric of the target policies that there are, where it is one.

    Raises:
        UsageError: there is none, or there are several.
    """
    from salescli.policy.layers import policy_files
    from salescli.policy.targets import read_targets

    documents = [read_targets(file.path) for file in policy_files(context.workspace.config, "targets")]
    metrics = {one.plain.get("metric", "") for one in documents if isinstance(one.plain, dict)} - {""}
    if len(metrics) != 1:
        raise UsageError(problem("metric-needed"))
    return str(metrics.pop())


def _person_key(context: Context, text: str) -> str:
    """The number of a person called by number, other name or name.

    Raises:
        UsageError: nobody is called that, or several are.
    """
    from salescli.services.quota.inputs import open_directory
    from salescli.services.record.finding import find_record

    return open_directory(context).person_key(find_record(context, context.store.registry["person"], text))
