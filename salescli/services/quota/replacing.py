"""Change single keys of a target policy: what else the file says, and its comments, stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from salescli.core.table import Column, Report, Table
from salescli.core.title import Title
from salescli.errors import Refused, problem
from salescli.services.context import Context
from salescli.services.quota.defaults import look, needed, propose
from salescli.services.quota.figures import find_metric
from salescli.services.quota.policy_file import SECTIONS, key_paths, read_checked, save_policy, text_at, year_of_text
from salescli.services.quota.request import ORDER, Keys, Path, TargetRequest

if TYPE_CHECKING:
    from salescli.policy.reader import Document


def replace_keys(context: Context, request: TargetRequest, keys: Keys, path: FilePath) -> Report:
    """Set the keys that were named in a file as it is; a key that another needs is proposed where it lacks.

    Raises:
        Refused: the file is the policy of another metric or year.
        ProblemsFound: the file has errors, or would have.
    """
    from salescli.policy.rewrite import Change, rewrite
    from salescli.policy.targets import read_targets

    before = read_targets(path, context.workspace.relative(path))
    before.require()
    plain = before.plain
    if request.metric not in ("", plain["metric"]) or request.year != plain["for_year"]:
        shown = f"{plain['metric']} {plain['for_year']}"
        raise Refused(problem("targets-of-another", path=before.file, text=shown))
    metric = find_metric(context, plain["metric"], plain.get("currency", ""))
    known = look(context, metric, year_of_text(context, plain["for_year"]))
    have = {**dict.fromkeys(key_paths(plain), ""), **keys}
    wanted = {("people", "without_history"), ("people", "ramp_gap"), ("months", "history"), ("base",)}
    lacking = [one for one in propose(known, None, context.currency) if one.path not in have and one.path in wanted]
    merged = {path: text_at(plain, path) for path in key_paths(plain)} | keys
    proposals = [one for one in needed(merged, lacking) if one.path != ("base",) or request.growth]
    changes: list[Change] = [(gone, None) for gone in _superseded(keys, plain)]
    changes += [*keys.items(), *((one.path, one.value) for one in proposals)]
    text = rewrite(before.text, changes, ORDER)
    after = read_checked(context, path, text)
    if text != before.text:
        save_policy(context, path, text)
    reasons = {one.path: one.reason for one in proposals}
    return changes_report(context, before, after, reasons)


def _superseded(keys: Keys, plain: Mapping[str, Any]) -> list[Path]:
    """Keys that cannot stand beside the new ones."""
    gone: list[Path] = []
    if ("amount",) in keys:
        gone.append(("growth",))
    if ("growth",) in keys:
        gone.append(("amount",))
    for place in SECTIONS:
        by = keys.get((place, "split_by"))
        for key, method in (("weights", "weights"), ("capacity", "capacity")):
            if by is not None and method not in by and (place, key) not in keys:
                gone.append((place, key))
    return [path for path in gone if path in key_paths(plain)]


def changes_report(
    context: Context, before: Document[Any], after: Document[Any], reasons: Mapping[Path, Title]
) -> Report:
    """What a replacement changed, key by key, as sentences before and after."""
    from salescli.policy.sentences.targets import targets_sentences

    language = context.language
    old, new = (
        {".".join(map(str, one.path)): one.text.text(language) for one in targets_sentences(document.plain)}
        for document in (before, after)
    )
    why = {".".join(path): reason.text(language) for path, reason in reasons.items()}
    keys = [key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]
    rows = [(key, old.get(key), new.get(key), why.get(key)) for key in keys]
    columns = (
        Column("key", Title("项目", "Key")),
        Column("before", Title("原来", "Before")),
        Column("after", Title("现在", "Now")),
        Column("reason", Title("默认的理由", "Reason of a default"), give_way="empty"),
    )
    nothing = Title("没有变化,文件未改", "nothing changed; the file is as it was")
    table = Table("changes", columns, tuple(rows), None, None, nothing)
    name = FilePath(after.file).stem
    title = Title(f"目标方案 {name} · {after.file}", f"Target policy {name} · {after.file}")
    footer = (Title("其他内容与注释保持不变", "all other lines and comments are as they were"),) if rows else ()
    return Report("target-policy-changes", title, (table,), footer, next=(f"salescli quota split {name}",))
