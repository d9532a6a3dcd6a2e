"""The questions of `commission new`: asked on a terminal only, at most six, and each is a flag as well."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from salescli.cli.session import session
from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.services.commission.drafting import PlanRequest
    from salescli.services.context import Context


def may_ask() -> bool:
    """Tell whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not session().no_input


def ask_missing(context: Context, asked: PlanRequest) -> PlanRequest:
    """Ask for what was not given; an empty answer takes what stands in brackets."""
    from salescli.services.commission.drafting import TEMPLATES, default_roles, default_start

    found = asked
    if not found.template:
        found = replace(found, template=_ask(Title("方案类型", "template"), "/".join(TEMPLATES), "flat"))
    if found.template == "flat" and not found.rate:
        found = replace(found, rate=_ask(Title("比例", "rate"), "", "2%"))
    if found.template != "flat" and not found.tiers:
        example = "0:1%, 1000000:1.5%" if found.template == "tiered" else "0%:1%, 100%:3%"
        found = replace(found, tiers=_ask(Title("档位", "tiers"), "", example))
    if not found.pays_on:
        found = replace(
            found, pays_on=_ask(Title("按什么计提", "pays on"), "receipts/receipts-net/bookings", "receipts")
        )
    roles = default_roles(context)
    if roles and not found.roles and not found.everyone:
        found = replace(found, roles=(_ask(Title("适用岗位", "for the role"), "/".join(roles[:5]), roles[0]),))
    if not found.start:
        found = replace(found, start=_ask(Title("起始日", "from"), "", default_start(context).isoformat()))
    if not found.name:
        found = replace(found, name=_ask(Title("名称", "name"), "", found.template))
    return found


def _ask(what: Title, choices: str, default: str) -> str:
    label = what.text(session().language) + (f" ({choices})" if choices else "")
    return str(typer.prompt(label, default=default, err=True)).strip()
