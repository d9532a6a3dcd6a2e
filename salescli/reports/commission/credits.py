"""Where credits go, in sentences: what nobody is paid for and what several components pay, always with totals."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from salescli.core.title import Title


class Totals(Protocol):
    """What is said of one metric in one currency."""

    @property
    def currency(self) -> str: ...
    @property
    def whole(self) -> Decimal: ...
    @property
    def house(self) -> Decimal: ...
    @property
    def no_plan(self) -> Decimal: ...
    @property
    def no_component(self) -> Decimal: ...
    @property
    def paid(self) -> Decimal: ...
    @property
    def several(self) -> Decimal: ...
    @property
    def overlay(self) -> Decimal: ...
    @property
    def unpaid(self) -> Decimal: ...


def where_unpaid(one: Totals) -> Title:
    """Say whose the credits are that nobody is paid for."""
    return Title(
        f"公司 {one.house:,.2f}、无方案 {one.no_plan:,.2f}、无组件 {one.no_component:,.2f}",
        f"{one.house:,.2f} the house's, {one.no_plan:,.2f} of people without a plan, "
        f"{one.no_component:,.2f} outside every component",
    )


def where_credits_go(one: Totals, metric: Title) -> Title:
    """Say in one sentence where the credits of a metric go."""
    unpaid, code = where_unpaid(one), f" {one.currency}" if one.currency else ""
    besides = Title("", "")
    if one.overlay:
        besides = Title(f";另计协同 {one.overlay:,.2f}", f"; overlay, besides: {one.overlay:,.2f}")
    return Title(
        f"{metric.zh} {one.whole:,.2f}{code}:有人计提 {one.paid:,.2f}(多个组件计提 {one.several:,.2f}),"
        f"无人计提 {one.unpaid:,.2f}({unpaid.zh}){besides.zh}",
        f"{metric.en} {one.whole:,.2f}{code}: paid on {one.paid:,.2f} ({one.several:,.2f} by several components), "
        f"paid to nobody {one.unpaid:,.2f} ({unpaid.en}){besides.en}",
    )
