"""What volume, price and mix are computed by, with the quantities and prices of the groups that moved most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from salescli.core.analysis.drivers import Effects, Sold
from salescli.core.money import to_decimal
from salescli.core.table import Line, Trace
from salescli.core.title import Title

FEW_INPUTS = 5  # groups whose inputs are spelled out
Keys = tuple[str | None, ...]


def sales_formulas(
    groups: Sequence[tuple[Keys, str]],
    pairs: Mapping[Keys, tuple[Sold, Sold]],
    effects: Mapping[Keys, Effects],
    unit: Decimal,
    *,
    is_converted: bool,
) -> tuple[Trace, ...]:
    """Return the formulas of the split, and their inputs."""
    texts = [
        Title(
            "金额 = 总数量 Q × 数量占比 m × 单价 p;效应 = 六种先后次序的平均(Shapley)",
            "amount = all quantities Q × share of them m × price p; effect = mean of all six orders (Shapley)",
        ),
        Title(
            "量 = ΔQ × [(m₀p₀ + m₁p₁) ÷ 3 + (m₀p₁ + m₁p₀) ÷ 6];价、结构同式",
            "volume = ΔQ × [(m₀p₀ + m₁p₁) ÷ 3 + (m₀p₁ + m₁p₀) ÷ 6]; price and mix alike",
        ),
        Title(f"按最大余数舍入到 {unit}", f"rounded to {unit} by largest remainder"),
    ]
    if is_converted:
        said = "exchange = Δrate × mean amount of each currency; volume, price and mix are of amounts at mean rates"
        texts.append(Title("汇率 = Δ汇率 × 各币种两期平均金额;量、价、结构按平均汇率计算", said))
    kept = [(keys, name) for keys, name in groups if effects[keys].kind == "kept"]
    wholes = [sum((Fraction(pairs[keys][side].quantity) for keys, _ in kept), Fraction(0)) for side in (0, 1)]
    whole = _arrow(f"{to_decimal(one):,f}" for one in wholes)
    texts.append(Title(f"Q {whole}", f"Q {whole}"))
    for keys, name in sorted(kept, key=lambda one: -abs(effects[one[0]].change))[:FEW_INPUTS]:
        count, share, price = _inputs(pairs[keys], wholes)
        texts.append(
            Title(f"{name}:数量 {count},m {share},p {price}", f"{name}: quantity {count}, m {share}, p {price}")
        )
    return (Trace("formulas", tuple(Line(text) for text in texts), Title("公式", "Formulas")),)


def _inputs(sides: tuple[Sold, Sold], wholes: Sequence[Fraction]) -> tuple[str, str, str]:
    """The quantity, share and price of a group in both periods."""
    counts = [Fraction(side.quantity) for side in sides]
    return (
        _arrow(f"{to_decimal(one):,f}" for one in counts),
        _arrow(f"{to_decimal(100 * one / whole):.2f} %" for one, whole in zip(counts, wholes, strict=True)),
        _arrow(f"{to_decimal(Fraction(side.value) / one):,.4f}" for side, one in zip(sides, counts, strict=True)),
    )


def _arrow(texts: Iterable[str]) -> str:
    return " → ".join(texts)
