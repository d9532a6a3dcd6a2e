"""Write a plan from one of the shipped ones: a few answers in their places, the rest as it stands, comments and all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from salescli.core.periods import ONE_DAY
from salescli.core.scalars import TextRefused, parse_day
from salescli.core.table import Prose, Report
from salescli.core.title import Language, Title
from salescli.errors import Problem, ProblemsFound, Refused, UsageError, problem
from salescli.policy.layers import SHIPPED, policy_files, shipped_folder
from salescli.policy.plans import PlanFile, load_plan
from salescli.policy.sentences.plan import read_plan_aloud
from salescli.services.atomic import write_file
from salescli.services.commission.plan_names import no_such_plan
from salescli.services.commission.running import metric_names
from salescli.services.commission.worked_example import worked_example
from salescli.services.context import Context
from salescli.store.entities import fetch_keys
from salescli.store.lineage import fetch_data_through
from salescli.store.state import fetch_images

TEMPLATES = ("flat", "tiered", "attainment")
_TIER = re.compile(r"\s*([\d.,_%%万亿\s]+?)\s*[::]\s*([\d.]+\s*[%%])\s*(?:[,;,;、]|$)")
_PLAIN = re.compile(r"[^\W\d_][\w./ -]*")


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """The answers, as typed; "" where none was given."""

    template: str = ""
    name: str = ""
    rate: str = ""
    tiers: str = ""
    pays_on: str = ""
    roles: tuple[str, ...] = ()
    everyone: bool = False
    start: str = ""
    currency: str = ""


@dataclass
class PlanWritten:
    """The file, read aloud."""

    path: Path
    report: Report
    problems: list[Problem] = field(default_factory=list)


def metric_titles(context: Context) -> dict[str, Title]:
    """Return what each metric is called; an attainment is called by the metric that it is of."""
    titles = {metric.name: metric.title for metric in context.catalogue}
    attained = {
        f"{name}-attainment": Title(f"{title.zh}达成率", f"attainment of {title.en}") for name, title in titles.items()
    }
    return {**attained, **titles}


def show_templates(context: Context) -> Report:
    """Return the shipped plans as sentences, and how to choose one."""
    blocks = []
    for name in TEMPLATES:
        file = load_plan(_template_path(name), f"config/plans/{name}.yaml")
        said = read_plan_aloud(file, context.language, metric_titles(context))
        title = file.require().title
        blocks.append(Prose(name, said.lines, Title(f"{name} · {title.zh}", f"{name} · {title.en}"), numbered=True))
    return Report(
        "commission-templates",
        Title("三个内置方案", "Three shipped plans"),
        tuple(blocks),
        next=(
            "salescli commission new --template flat --rate 2%",
            "salescli commission new --template tiered --tiers '0:1%, 1000000:1.5%'",
            "salescli commission new --template attainment --tiers '0%:1%, 100%:3%'",
        ),
    )


def write_plan(context: Context, asked: PlanRequest) -> PlanWritten:
    """Write `config/plans/NAME.yaml` from a shipped plan and read it aloud.

    Raises:
        UsageError: an answer is missing, or does not fit the plan.
        Refused: a plan of that name is there already.
        ProblemsFound: an answer is not what its place asks for; nothing is written.
    """
    _check_request(context, asked)
    name = asked.name or asked.template
    path = context.workspace.config / "plans" / f"{name}.yaml"
    shown = context.workspace.relative(path)
    if path.exists():
        raise Refused(problem("plan-exists", path=shown, name=name))
    file = load_plan(_text(context, asked, name), shown, metric_names(context))
    if errors := [each for each in file.problems if each.severity == "error"]:
        raise ProblemsFound(*errors)
    write_file(path, file.text.encode())
    return PlanWritten(path, _read_aloud(context, file), list(file.problems))


def default_roles(context: Context) -> tuple[str, ...]:
    """Return the roles that people have, most common first; none where nobody has an assignment."""
    counts: dict[str, int] = {}
    for image in fetch_images(context.store, context.store.registry["assignment"]).values():
        if image["role"]:
            counts[image["role"]] = counts.get(image["role"], 0) + 1
    return tuple(sorted(counts, key=lambda role: (-counts[role], role)))


def default_start(context: Context) -> date:
    """Return the first day of the fiscal year of the newest receipt, or of today where there is none."""
    found = fetch_data_through(context.store, context.store.registry["receipt"])
    day = min(date.fromisoformat(found[1][:10]), context.today) if found else context.today
    return context.calendar.window("year", day).start


def _check_request(context: Context, asked: PlanRequest) -> None:
    wrong = []
    if asked.template not in TEMPLATES:
        raise UsageError(problem("unknown-choice", text=asked.template, choices=TEMPLATES, nearest=""))
    if asked.template == "flat" and not asked.rate:
        wrong.append(problem("plan-needs", flag="--rate 2%"))
    if asked.template != "flat" and not asked.tiers:
        example = "0:1%, 1000000:1.5%" if asked.template == "tiered" else "0%:1%, 100%:3%"
        wrong.append(problem("plan-needs", flag=f"--tiers '{example}'"))
    if (asked.rate and asked.template != "flat") or (asked.tiers and asked.template == "flat"):
        flag = "--rate" if asked.rate and asked.template != "flat" else "--tiers"
        wrong.append(problem("plan-has-none", template=asked.template, flag=flag))
    roles = default_roles(context)
    if roles and not asked.roles and not asked.everyone:
        wrong.append(problem("plan-for-whom", roles=roles[:5], role=roles[0]))
    if asked.roles and (unknown := [role for role in asked.roles if role not in roles]):
        wrong.append(problem("unknown-role", text=", ".join(unknown), roles=roles))
    if asked.name and not re.fullmatch(r"[\w.-]+", asked.name):
        wrong.append(problem("bad-plan-name", text=asked.name))
    if asked.start:
        try:
            parse_day(asked.start)
        except TextRefused as error:
            wrong.append(Problem(error.name, values=dict(error.values)))
    if wrong:
        raise UsageError(*wrong)


def _text(context: Context, asked: PlanRequest, name: str) -> str:
    """Put the answers in their places; all other lines stay as the shipped plan has them."""
    text = _template_path(asked.template).read_text(encoding="utf-8")
    start = parse_day(asked.start) if asked.start else default_start(context)
    through = context.calendar.window("year", start).end - ONE_DAY
    places = {
        "plan": name,
        "for": _whose(context, asked),
        "from": start.isoformat(),
        "through": through.isoformat(),
        "currency": asked.currency or context.currency,
    }
    for key, value in places.items():
        text = _put(text, rf"(?m)^({key}): .*$", value)
    if asked.pays_on:
        text = re.sub(r"(?m)(pays_on|attainment_of): [\w-]+", rf"\1: {asked.pays_on}", text)
    if asked.rate:
        text = _put(text, r"(?m)^(\s+rate): .*$", asked.rate)
    if asked.tiers:
        lines = "".join(f"      - from {start}: {rate}\n" for start, rate in parse_tiers(asked.tiers))
        text = re.sub(r"(?m)^(\s+tiers:\n)(?:\s+- .*\n)+", lambda found: found[1] + lines, text, count=1)
    return text


def _put(text: str, key: str, value: str) -> str:
    """Put a value behind the first key that a pattern finds; the value is taken as it is."""
    return re.sub(key, lambda found: f"{found[1]}: {value}", text, count=1)


def parse_tiers(text: str) -> list[tuple[str, str]]:
    """Read `0:1%, 1,000,000:1.5%` as (from, rate) pairs.

    Raises:
        UsageError: something in it is neither.

    >>> parse_tiers("0:1%,1,000,000:1.5%")
    [('0', '1%'), ('1,000,000', '1.5%')]
    """
    found, reached = [], 0
    for match in _TIER.finditer(text):
        if text[reached : match.start()].strip():
            break
        found.append((_grouped(match[1].replace("%", "%")), match[2].replace("%", "%").replace(" ", "")))
        reached = match.end()
    if not found or text[reached:].strip():
        raise UsageError(problem("bad-tiers", text=text))
    return found


def _grouped(threshold: str) -> str:
    digits = threshold.replace(",", "").replace("_", "").strip()
    return f"{int(digits):,}" if digits.isdigit() else digits


def _whose(context: Context, asked: PlanRequest) -> str:
    if asked.roles:
        roles = [_quoted(role) for role in asked.roles]
        return f"{{role: {roles[0] if len(roles) == 1 else '[' + ', '.join(roles) + ']'}}}"
    people = fetch_images(context.store, context.store.registry["person"])
    if not people:
        raise Refused(problem("nobody-known"))
    keys = fetch_keys(context.store, context.store.registry["person"], people)
    return "{people: [" + ", ".join(_quoted(key) for key in sorted(keys.values())) + "]}"


def _quoted(text: str) -> str:
    """Write a text as YAML: plain where it is a plain word, in quotes otherwise."""
    return text if _PLAIN.fullmatch(text) else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _read_aloud(context: Context, file: PlanFile) -> Report:
    title = Title(f"已写入 {file.document.file}", f"written: {file.document.file}")
    return Report(
        "commission-plan",
        title,
        (read_plan_aloud(file, context.language, metric_titles(context)),),
        next=(f"salescli commission run {_newest_month(context)}",),
    )


def _newest_month(context: Context) -> str:
    found = fetch_data_through(context.store, context.store.registry["receipt"])
    return found[1][:7] if found else f"{context.today:%Y-%m}"


def read_plan(context: Context, name: str, language: Language) -> Report:
    """Return a plan as numbered sentences, and a worked example out of its cases: a workspace's plan, or a shipped one.

    Raises:
        UsageError: there is none of that name.
        ProblemsFound: it has errors.
    """
    files = policy_files(context.workspace.config, "plans")
    loaded = [load_plan(one.path, _shown(context, one.path, one.layer), metric_names(context)) for one in files]
    found = [file for file, one in zip(loaded, files, strict=True) if name in (file.name, one.name)]
    if not found:
        raise no_such_plan(name, [file.name for file in loaded])
    said = read_plan_aloud(found[0], language, metric_titles(context))
    example = worked_example(context, found[0], metric_titles(context))
    lines = (*said.lines, *_beside(found[0], loaded, language))
    blocks = (Prose(said.name, lines, numbered=True), *example.blocks)
    return Report("commission-plan", said.title or Title(name, name), blocks, example.footer, next=example.following)


def _beside(file: PlanFile, plans: Iterable[PlanFile], language: Language) -> Iterator[tuple[str, str]]:
    """Yield that other plans say to be paid beside this one, which does not say it itself."""
    for other in plans:
        if other.plan is not None and file.name in other.plan.beside and other.name not in file.require().beside:
            said = Title(
                f"方案 {other.name} 写明与本方案并行:同一人同一天可以同时由两者计提。",
                f"{other.name} says that it is paid beside this one: both may pay one person for one day.",
            )
            yield said.text(language), other.place(("beside",))


def _shown(context: Context, path: Path, layer: int) -> str:
    return f"config/plans/{path.name}" if layer == SHIPPED else context.workspace.relative(path)


def _template_path(name: str) -> Path:
    return shipped_folder() / "plans" / f"{name}.yaml"
