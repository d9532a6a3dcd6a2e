"""Random plans with random histories, written as cases: what both commission engines read."""

from datetime import date, timedelta

from hypothesis import strategies as st

GRAINS = ("month", "quarter", "year")
CENTS = st.one_of(st.sampled_from([100_000, 300_000, 500_000, 900_000, 100_050, 33_333, 1]), st.integers(1, 1_500_000))
SCALED = ("thresholds", "limits", "draw", "fixed-amounts")
RATES = ("0%", "1%", "2.5%", "3%", "5%", "8%", "12.345%")


def month(number):
    """`2026-05` for 5, `2027-01` for 13."""
    year, index = divmod(number - 1, 12)
    return f"{2026 + year}-{index + 1:02}"


def money(cents):
    """Cents as a text."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


@st.composite
def tables(draw, apply, is_share, is_rising=False):
    """A table of tiers for one way to apply it."""
    count = draw(st.integers(1, 3))
    starts = ("0%", "50%", "100%", "120%") if is_share else ("0", "3,000", "5,000", "9,000.01")
    first = 0 if draw(st.integers(0, 3)) else 1
    starts = starts[first : first + count]
    values = [draw(st.sampled_from(RATES)) for _ in starts]
    if is_rising:
        values = sorted(values, key=lambda text: float(text[:-1]))
    words = [draw(st.sampled_from(["from", "above"]))] * len(starts)
    if apply in ("straight-line", "amount-reached", "amounts-add-up"):
        values = [money(draw(st.integers(0, 60_000))) for _ in starts]
    if apply == "straight-line":
        words = ["at"] * len(starts)
        if len(starts) == 1:
            starts, words, values = (*starts, "150%" if is_share else "20,000"), ["at"] * 2, [*values, "700.00"]
    if apply == "as-stated":
        values = [f"{one} on {draw(st.sampled_from(['the slice', 'everything']))}" for one in values]
    return [{f"{word} {start}": value} for word, start, value in zip(words, starts, values, strict=True)]


APPLY = (
    "slice-by-slice",
    "all-at-rate-reached",
    "new-at-rate-reached",
    "straight-line",
    "amount-reached",
    "amounts-add-up",
    "as-stated",
)


@st.composite
def tiered(draw, grains):
    """A component with tiers."""
    apply = draw(st.sampled_from(APPLY))
    found = {
        "type": "tiered",
        "pays_on": "sales",
        "credit": "own",
        "adds_up_over": draw(st.sampled_from([*grains, "each-transaction"])),
        "tier_by": "amount",
        "apply": apply,
        "refunds": draw(st.sampled_from(["recompute", "at-refund-date"])),
    }
    by = draw(st.sampled_from(["amount", "amount", "full-window", "to-date"]))
    if by != "amount" and found["adds_up_over"] != "each-transaction":
        found["tier_by"] = {"attainment_of": "sales", "of": "own", "quota": by}
        found["when_quota_is_zero"] = draw(st.sampled_from(["nothing", {"rate": "2%"}]))
        found["when_quota_changes"] = draw(st.sampled_from(["from-then-on", "whole-window"]))
    elif apply in ("all-at-rate-reached", "new-at-rate-reached") and draw(st.booleans()):
        found["tier_by"] = "units"
    is_share = isinstance(found["tier_by"], dict)
    table = tables(apply, is_share)
    found["tiers"] = draw(table)
    if draw(st.integers(0, 3)) == 0:
        found["tiers"] = {"2026-01-01": draw(table), "2026-07-01": draw(table)}
    if apply == "straight-line":
        found["beyond"] = draw(st.sampled_from(["flat", "same-slope"]))
    return found


@st.composite
def others(draw, grains):
    """A component without tiers."""
    kind = draw(st.sampled_from(["rate", "per-unit", "bonus"]))
    if kind == "bonus":
        return {"type": kind, "amount": "1,000.50", "adds_up_over": draw(st.sampled_from(grains))}
    found = {"type": kind, "pays_on": "sales", "credit": "own"}
    found["refunds"] = draw(st.sampled_from(["recompute", "at-refund-date"]))
    if draw(st.booleans()) or kind == "per-unit":
        found["adds_up_over"] = draw(st.sampled_from(grains))
    if kind == "per-unit":
        found["shared_unit"] = draw(st.sampled_from(["divide", "each", "largest-share"]))
        found["amount"] = draw(st.sampled_from(["100", "33.335", {"2026-01-01": "100", "2026-05-16": "80"}]))
    else:
        by = {"by": ["product"], "table": {"Guard": "2%"}, "otherwise": "0.5%"}
        found["rate"] = draw(st.sampled_from(["3%", "0.123%", {"2026-01-01": "3%", "2026-05-16": "4%"}, by]))
    return found


@st.composite
def gates(draw, grains, has_tiers):
    """One entry of `needs`."""
    missed = ["lost", "lost-unpaid", "keep-held", *(["lowest-tier"] if has_tiers else [])]
    return {
        "metric": "collected",
        "of": "own",
        "over": draw(st.sampled_from(grains)),
        "at_least": draw(st.sampled_from(["50%", {"2026-01-01": "50%", "2026-07-01": "70%"}])),
        "looked_at": draw(st.sampled_from(["each-run", "window-end"])),
        "meanwhile": draw(st.sampled_from(["hold", "pay"])),
        "if_missed": draw(st.sampled_from(missed)),
        "if_undefined": draw(st.sampled_from(["pass", "fail"])),
    }


@st.composite
def factors(draw, grains):
    """One entry of `times`."""
    over = draw(st.sampled_from(grains))
    common = {
        "over": over,
        "until_known": draw(st.sampled_from(["1.0", "hold", "0.8"])),
        "once_known": draw(st.sampled_from(["true-up", "from-then-on"])),
    }
    if draw(st.booleans()):
        which = f"{draw(st.sampled_from(['same', 'previous']))}-{over}"
        table = {"A": "1.2", "B": "1.0", "D": "0"}
        return {"grade_from": "kpi", "which": which, "without_grade": "0.9", "table": table, **common}
    looked = draw(st.sampled_from(["each-run", "window-end"]))
    word = draw(st.sampled_from(["from", "above"]))
    table = [{f"{word} 0%": "0.5"}, {f"{word} 50%": "1.1"}]
    return {"metric": "collected", "of": "own", "looked_at": looked, "if_undefined": "1.0", "table": table, **common}


def positions_of(component):
    """What special rates may do to the position of a component."""
    if component.get("adds_up_over") == "each-transaction" or component.get("tier_by") == "units":
        return ["counts"] if component.get("apply") in (None, *APPLY[:3]) else []
    return ["counts", "left-out"] if component.get("apply") in (None, *APPLY[:3]) else ["left-out"]


@st.composite
def components(draw, grains):
    """One component with its gates, factors and bounds."""
    found = dict(draw(tiered(grains) if draw(st.integers(0, 2)) else others(grains)))
    by_rate = found.get("apply") in ("slice-by-slice", "all-at-rate-reached", "new-at-rate-reached", "as-stated")
    if draw(st.integers(0, 2)) == 0:
        found["needs"] = draw(st.lists(gates(grains, by_rate), min_size=1, max_size=2))
    if draw(st.integers(0, 2)) == 0:
        found["times"] = draw(st.lists(factors(grains), min_size=1, max_size=2))
    if found["type"] in ("rate", "tiered") and positions_of(found) and draw(st.integers(0, 2)) == 0:
        found["special_rates"] = {"position": draw(st.sampled_from(positions_of(found)))}
    if draw(st.integers(0, 4)) == 0:
        found["at_most"] = draw(st.sampled_from(["100", "400.55", {"2026-01-01": "50", "2026-04-01": "300"}]))
    if draw(st.integers(0, 6)) == 0:
        found["at_least"] = "20"
    return found


@st.composite
def payouts(draw, is_monthly, names):
    """The block `payout`."""
    found = {"below_zero": draw(st.sampled_from(["carry", "list"])), "round_to": draw(st.sampled_from(["0.01", "1"]))}
    if draw(st.integers(0, 2)) == 0:
        until = draw(st.sampled_from(["contract.accepted_on", "2026-08-15"]))
        shares = ["10%", "33.3%", {"2026-01-01": "30%", "2026-04-01": "10%"}]
        rule = {"keep": draw(st.sampled_from(shares)), "of": names[:1], "until": until}
        if until != "2026-08-15":
            rule["without_date"] = draw(st.sampled_from(["keep-and-list", "release"]))
        found["holdback"] = [rule]
    if is_monthly and draw(st.integers(0, 2)) == 0:
        found["draw"] = draw(draws())
    if draw(st.integers(0, 3)) == 0:
        found["deductions"] = {"at_most": draw(st.sampled_from(["20% of pay", "100% of pay"]))}
    return found


@st.composite
def draws(draw):
    """The block `payout.draw`."""
    found = {draw(st.sampled_from(["tops_up_to", "tops_up_to", "advance"])): "150"}
    if draw(st.booleans()):
        found["for_months"] = draw(st.sampled_from(["2", "6"]))
    if "advance" not in found:
        found["recover"] = draw(st.sampled_from(["50% of pay above the draw", "100% of pay above the draw", "nothing"]))
        if found["recover"] != "nothing":
            found["recover_from_month"] = draw(st.sampled_from(["1", "3"]))
            found["at_plan_end"] = draw(st.sampled_from(["forgiven", "owed"]))
    return found


@st.composite
def limits(draw, grains, names):
    """One entry of `limits`."""
    cap = draw(st.sampled_from(["150", "33.33", "600", {"2026-01-01": "50", "2026-05-01": "400"}]))
    excess = draw(st.sampled_from(["lost", "next-window"]))
    of = draw(st.sampled_from([names, names[::-1], names[-1:]]))
    return {"at_most": cap, "of": of, "over": draw(st.sampled_from(grains)), "excess": excess}


@st.composite
def plans(draw):
    """A whole plan."""
    is_monthly = bool(draw(st.integers(0, 3)))
    grains = GRAINS if is_monthly else GRAINS[1:]
    names = ["first", "second"][: draw(st.integers(1, 2))]
    found = {
        "format": "1",
        "plan": "random",
        "title": "random",
        "for": {"role": "seller"},
        "from": "2026-01-01",
        "through": draw(st.sampled_from(["2026-12-31", "2026-06-30", "2026-08-20"])),
        "currency": "CNY",
        "pay": "monthly" if is_monthly else "quarterly",
        "rates_in_force_on": "receipt-date",
        "part_period": "nothing-scaled",
        "components": {name: draw(components(grains)) for name in names},
        "payout": draw(payouts(is_monthly, names)),
    }
    if draw(st.integers(0, 3)) == 0:
        scale = draw(st.lists(st.sampled_from(SCALED), min_size=1, unique=True))
        count = draw(st.sampled_from(["calendar-days", "working-days", "months"]))
        found["part_period"] = {"count": count, "scale": scale}
    if draw(st.integers(0, 3)) == 0:
        found["limits"] = draw(st.lists(limits(grains, names), min_size=1, max_size=2))
    return found


@st.composite
def histories(draw, plan, runs):
    """What happened, with the run from which each fact is known."""
    names = list(plan["components"])
    credited = [name for name in names if plan["components"][name]["type"] != "bonus"]
    given = {"credits": draw(credits(plan["components"], credited, runs)) if credited else []}
    each = st.sampled_from(["1000", "0", "1500.5"])
    given["quotas"] = [{"metric": "sales", "from": "2026-01", "through": "2026-12", "each_month": draw(each)}]
    if draw(st.booleans()):
        first = draw(st.integers(1, 12))
        since = draw(st.integers(1, 9))
        late = {"known_in": month(since + draw(st.integers(0, 3)))} if draw(st.booleans()) else {}
        changed = {"metric": "sales", "from": month(first), "through": "2026-12", "each_month": draw(each)}
        given["quotas"].append({**changed, "effective_from": f"{month(since)}-01", **late})
    given["grades"] = []
    for number in range(1, 13):
        if draw(st.integers(0, 2)) == 0:
            row = {"scorecard": "kpi", "period": month(number), "known_in": month(number + draw(st.integers(0, 4)))}
            given["grades"].append({**row, "grade": draw(st.sampled_from("ABDX"))})
    given["readings"] = []
    for number in range(1, 13):
        top = draw(st.integers(0, 100))
        row = {"metric": "collected", "month": month(number), "numerator": str(top), "denominator": "100"}
        if draw(st.integers(0, 5)) == 0:
            row |= {"numerator": "0", "denominator": "0"}
        given["readings"].append(row)
    given["special_rates"] = []
    until = {"contract": "C3", "through": "2026-06-05"}
    for row in ({"customer": "X"}, {"customer": "Y", "from": "2026-02-10"}, until, {}):
        if draw(st.integers(0, 2)) == 0:
            late = {"known_in": month(draw(st.integers(2, 8)))} if draw(st.booleans()) else {}
            given["special_rates"].append({"rate": draw(st.sampled_from(RATES)), **row, **late})
    given["contracts"] = [
        {"contract": "C1", "accepted_on": "2026-05-20"},
        {"contract": "C2", "accepted_on": "2026-09-01"},
    ]
    for number in draw(st.lists(st.integers(1, 9), max_size=3, unique=True)):
        row = {"date": f"{month(number)}-10", "amount": money(draw(st.integers(1, 30_000))), "key": f"D{number}"}
        given.setdefault("deductions", []).append(row)
    if draw(st.integers(0, 3)) == 0:
        given["on_plan"] = {"from": draw(st.sampled_from(["2026-01-12", "2026-02-01", "2026-03-15"]))}
    return given


@st.composite
def credits(draw, components, names, runs):
    """Receipts, refunds that name what they undo, and refunds that stand alone."""
    found = []
    undone = {}
    for number in range(draw(st.integers(0, 9))):
        on = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, runs * 30)))
        row = {"component": draw(st.sampled_from(names)), "date": str(on), "key": f"R{number:02}"}
        row |= {"amount": money(draw(CENTS)), "contract": draw(st.sampled_from(["C1", "C2", "C3"]))}
        receipts = [one for one in found if "undoes" not in one and not one["amount"].startswith("-")]
        kind = draw(st.integers(0, 3))
        if kind == 0 and receipts:
            undone = draw(st.sampled_from(receipts))
            back = date.fromisoformat(undone["date"]) + timedelta(days=draw(st.integers(0, 90)))
            row |= {key: undone[key] for key in ("component", "contract")}
            row |= {"undoes": undone["key"], "date": str(back)}
            row["amount"] = f"-{undone['amount']}" if draw(st.booleans()) else money(-draw(CENTS))
        elif kind == 1:
            row |= {"share": "50%"} if draw(st.booleans()) else {"amount": money(-draw(CENTS))}
        if draw(st.integers(0, 3)) == 0:
            happened = date.fromisoformat(row["date"])
            row["known_in"] = month(happened.month + 12 * (happened.year - 2026) + draw(st.integers(0, 3)))
        row |= {"shares": ["60%", "40%"], "seat": str(draw(st.integers(0, 1)))} if draw(st.booleans()) else {}
        if components[row["component"]].get("tier_by") == "units":  # another measure moves the position
            row["quota_credit"] = str(draw(st.integers(-2_000, 6_000)))
        of_table = components[row["component"]]["type"] == "rate"  # other tables are not looked up by product
        if "undoes" in row:  # of the product that was sold
            row |= {key: undone[key] for key in ("rate_key",) if key in undone}
        elif of_table and draw(st.booleans()):
            row["rate_key"] = "Guard"
        row |= {"customer": draw(st.sampled_from("XYZ"))} if "undoes" not in row else {}
        found.append(row)
        if "undoes" not in row and draw(st.integers(0, 4)) == 0:  # it is of two contracts
            found.append({**row, "amount": money(draw(CENTS)), "contract": "C3" if row["contract"] != "C3" else "C1"})
    return found


@st.composite
def openings(draw, plan):
    """Months before the first run that is paid, told by rows of a sheet or by the history alone."""
    is_monthly = plan["pay"] == "monthly"
    months = (2, 3, 5) if is_monthly else (4,)
    found = {"first_run": month(draw(st.sampled_from(months)))}
    rows = []
    for name, component in plan["components"].items():
        is_told = component["type"] in ("tiered", "rate") and component.get("adds_up_over") != "each-transaction"
        if is_told and draw(st.booleans()):
            row = {"component": name, "position": money(draw(CENTS)), "earned": money(draw(st.integers(0, 50_000)))}
            rows.append(row)
    if rows:
        found["rows"] = rows
    if draw(st.booleans()):
        found["carried"] = money(-draw(st.integers(0, 20_000)))
    if "draw" in plan["payout"] and plan["payout"]["draw"].get("recover", "nothing") != "nothing":
        found["owed"] = money(draw(st.integers(0, 20_000)))
    return found


@st.composite
def cases(draw, runs=9):
    """A plan and a history, as a case that is run through its last month."""
    plan = draw(plans())
    last = runs if plan["pay"] == "monthly" else -(-runs // 3) * 3 - 2
    fiscal = draw(st.sampled_from(["1", "1", "4"]))
    given = draw(histories(plan, runs))
    is_plain = not any(key in one for one in plan["components"].values() for key in ("times", "special_rates"))
    if is_plain and "on_plan" not in given and draw(st.booleans()):
        given["opening"] = draw(openings(plan))
    return {
        "case": "random",
        "plan": plan,
        "fiscal_year_starts": fiscal,
        "given": given,
        "expect": {month(last): {}},
    }
