"""How sure a rate of few cases is: the Wilson score interval at 95 %."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.money import CONTEXT

FEW_CASES = 10  # a rate of fewer cases says so
_Z = Decimal("1.959963984540054")  # the 97.5 % point of the normal distribution
_SMALLEST = Decimal("0.000001")


def wilson_interval(hits: Decimal | int, cases: Decimal | int) -> tuple[Decimal, Decimal] | None:
    """Return the bounds within which the true rate lies with 95 % confidence; None where it is no rate of cases.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).

    >>> wilson_interval(3, 7)
    (Decimal('0.158220'), Decimal('0.749542'))
    """
    k, n = Decimal(hits), Decimal(cases)
    if n <= 0 or not 0 <= k <= n:
        return None
    add, multiply, divide, subtract = CONTEXT.add, CONTEXT.multiply, CONTEXT.divide, CONTEXT.subtract
    squared = multiply(_Z, _Z)
    rate = divide(k, n)
    centre = add(rate, divide(squared, multiply(Decimal(2), n)))
    spread = add(
        divide(multiply(rate, subtract(Decimal(1), rate)), n), divide(squared, multiply(Decimal(4), multiply(n, n)))
    )
    margin = multiply(_Z, CONTEXT.sqrt(spread))
    whole = add(Decimal(1), divide(squared, n))
    low, high = divide(subtract(centre, margin), whole), divide(add(centre, margin), whole)
    return _fitted(low), _fitted(high)


def _fitted(bound: Decimal) -> Decimal:
    return min(max(bound, Decimal(0)), Decimal(1)).quantize(_SMALLEST, context=CONTEXT)
