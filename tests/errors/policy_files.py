"""One text per problem that a policy file can have: what makes it appear. The error gallery shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from salescli.core.metrics.model import Catalogue
from salescli.core.records.registry import built_in
from salescli.errors import Problem
from tests.errors.group_plans import GROUP_FAULTS
from tests.unit.commission.plans import SMALL
from tests.unit.scorecard.sample import CONDUCT, RECEIPTS
from tests.unit.scorecard.sample import shipped as shipped_catalogue
from tests.unit.scorecard.sample import text as scorecard_text

Kind = Literal["plan", "targets", "metrics", "settings", "process", "records", "imports", "cases", "scorecard"]

CARD = scorecard_text()
FILES: dict[Kind, str] = {
    "plan": "config/plans/small.yaml",
    "targets": "config/targets/receipts-2026.yaml",
    "metrics": "config/metrics.yaml",
    "settings": "salescli.yaml",
    "process": "config/process.yaml",
    "records": "config/records.yaml",
    "imports": "config/imports/crm.yaml",
    "cases": "config/cases/small.yaml",
    "scorecard": "config/scorecards/card.yaml",
}
SOUND: dict[Kind, str] = {
    "plan": SMALL,
    "targets": "format: 1\ntargets: receipts-2026\nfor_year: 2026\nmetric: receipts-net\namount: 120,000,000\n"
    "teams: {split_by: history}\npeople: {split_by: equal}\nmonths: {split_by: equal}\nround_to: 1,000\n",
    "metrics": "big-deals: {title: 大单, of: deal, value: count, date: closed, credit: owner, unit: count}\n"
    "share: {title: 占比, ratio: [big-deals, deals-won]}\n",
    "settings": "name: 华辰科技\ncurrency: CNY\n",
    "process": "format: 1\nprocess: own\nstages:\n  - {stage: lead, kind: entry, title: 线索}\n"
    "  - {stage: won, kind: won, title: 赢单}\n",
    "records": "format: 1\nfields:\n  customer:\n    level: {title: 等级, kind: text}\n",
    "imports": "format: 1\nprofile: crm\nfiles:\n  - {match: '*.csv', type: deal}\n",
    "cases": "case: one\nplan: small\ngiven:\n  credits:\n"
    "    - {component: sales, date: 2026-01-05, amount: 400_000, known_in: 2026-02}\n"
    "expect:\n  2026-01: {earned: {sales: 12_000}}\n",
    "scorecard": CARD,
}


@dataclass(frozen=True)
class Broken:
    """A sound file of a kind in which `old` is replaced by `new`; without `old`, `new` is the whole file."""

    kind: Kind
    old: str
    new: str
    encoding: str = "utf-8"

    def build(self) -> bytes:
        """Return the bytes of the file."""
        sound = SOUND[self.kind]
        assert self.old in sound, self.old
        return (sound.replace(self.old, self.new, 1) if self.old else self.new).encode(self.encoding)

    def read(self) -> Sequence[Problem]:
        """Return the problems that reading the file finds."""
        return read_policy(self.kind, self.build(), FILES[self.kind])


def read_policy(kind: Kind, content: bytes, file: str) -> Sequence[Problem]:
    """Read a policy file of a kind as the program does; return its problems."""
    from salescli.policy import imports, metrics, plans, settings, targets
    from salescli.policy.cases import load_cases
    from salescli.policy.layers import policy_files
    from salescli.policy.metric_checks import check_fields
    from salescli.policy.reader import read_document
    from salescli.policy.scorecards import load_scorecard

    match kind:
        case "plan":
            names = {"receipts", "collection-rate", "contracts-signed"}
            return plans.load_plan(content, file, metrics=names).problems
        case "targets":
            return targets.read_targets(content, file).problems
        case "metrics":
            shipped = read_document(policy_files(None, "metrics")[0].path, metrics.MetricsShape)
            own = read_document(content, metrics.MetricsShape, file)
            catalogue, found = metrics.merge_catalogue([(0, shipped), (1, own)])
            return [*found, *check_fields(catalogue, built_in())]
        case "settings":
            return read_document(content, settings.Settings, file).problems
        case "imports":
            return imports.read_profile(content, built_in(), file)[1]
        case "cases":
            return load_cases(content.decode(), file).problems
        case "scorecard":
            return load_scorecard(content, file, _catalogue()).problems
    return _read_from_folder(kind, content, file)


def _catalogue() -> Catalogue:
    """Return the shipped metrics, and one that is in nobody's credit."""
    metrics = shipped_catalogue().metrics
    nobodys = replace(metrics["deals-won"], name="nobodys", credit="none")
    return Catalogue({**metrics, "nobodys": nobodys})


def _read_from_folder(kind: Kind, content: bytes, file: str) -> Sequence[Problem]:
    """Read what is only read from a file."""
    from salescli.policy.layers import WORKSPACE, PolicyFile
    from salescli.policy.process import read_process
    from salescli.policy.records import read_registry

    with TemporaryDirectory() as folder:
        path = Path(folder) / Path(file).name
        path.write_bytes(content)
        if kind == "process":
            found = read_process([PolicyFile(path.stem, path, WORKSPACE)])[1]
        else:
            found = read_registry(path, built_in(), file)[1]
        return [replace(one, where=one.where._replace(file=file)) for one in found]


def plan(old: str, new: str, encoding: str = "utf-8") -> Broken:
    return Broken("plan", old, new, encoding)


def parts(text: str, then: str = "    refunds") -> str:
    """Return the key that pays a sale in parts, before what follows."""
    return f"    pays_in: [{text}]\n{then}"


def exchange(rates: str, if_missing: str, table: str) -> str:
    """A block `exchange` before the key that follows it."""
    return f"exchange: {{rates: {rates}, on: receipt-date, if_missing: {if_missing}, plan_rates: {table}}}\npart_period"


def matrix(table: str) -> str:
    """A matrix component with a table."""
    return (
        "    type: matrix\n    adds_up_over: quarter\n    rows: {metric: receipts, of: own}\n"
        f"    columns: {{metric: collection-rate, of: own}}\n    if_undefined: nothing\n    table: {table}\n"
    )


NAME = "plan: small"
TIERED = SMALL[SMALL.index("    type: tiered") : SMALL.index("payout:")]
TIER = "- from 500,000: 5%"
MONTHS = SMALL[SMALL.index("pay: ") : SMALL.index("    tier_by")]
TABLE = "    tiers:\n      - from 0: 3%\n      - from 500,000: 5%\n"
GRADES = (
    "    times:\n      - {{grade_from: kpi, over: quarter, which: same-quarter, until_known: 1.0, once_known: true-up, "
    "without_grade: 1.0, table: {{A: {}}}}}\npayout:"
)
METRIC = "value: count"

YAML: dict[str, Broken] = {
    "read-as-encoding": plan(NAME, NAME, "gb18030"),
    "not-a-text-file": plan("", "plan: a\0m\n"),
    "policy-too-large": plan("", "#" * 5_000_000),
    "control-character": plan(NAME, "plan: sma\x07ll"),
    "empty-policy": plan("", "# nothing yet\n"),
    "several-documents": plan("components:", "---\ncomponents:"),
    "nested-too-deep": plan(NAME, "plan: " + "[" * 50 + "]" * 50),
    "yaml-syntax": plan(NAME, 'plan: "\\UFFFFFFFF"'),
    "second-colon": plan(NAME, "plan: small: other"),
    "missing-colon": plan(NAME, "plan small"),
    "no-space-after-colon": plan(NAME, "plan:small"),
    "unclosed-bracket": plan(NAME, "plan: [small"),
    "unclosed-quote": plan(NAME, 'plan: "small'),
    "bad-indent": plan("format: 1\n", " format: 1\n"),
    "tab-in-indent": plan("    type: tiered", "\ttype: tiered"),
    "yaml-value-missing": plan("{role: seller}", "{role: [seller, , hunter]}"),
    "sign-needs-quotes": plan(NAME, "plan: @small"),
    "full-width-punctuation": plan(NAME, "plan：small"),
    "comma-in-flow": plan(TIER, "- {from: 500,000}"),
    "duplicate-key": plan(NAME, "plan: small\nplan: other"),
    "empty-value": plan(NAME, "plan:"),
    "key-not-text": plan(NAME, "? [plan]\n: small"),
    "anchor-not-allowed": plan(NAME, "plan: &a small"),
    "tag-not-allowed": plan(NAME, "plan: !!str small"),
}
SHAPES: dict[str, Broken] = {
    "unknown-key": plan("adds_up_over", "adds_up_ovr"),
    "missing-key": plan("currency: CNY\n", ""),
    "unknown-choice": plan("slice-by-slice", "slice-by-slic"),
    "one-of-keys-missing": Broken("targets", "amount: 120,000,000\n", ""),
    "keys-exclude-each-other": Broken("targets", "round_to", "growth: 20%\nround_to"),
    "not-a-map": plan("for: {role: seller}", "for: seller"),
    "not-a-list": Broken("metrics", "[big-deals, deals-won]", "big-deals"),
    "not-a-value": plan(NAME, "plan: [small]"),
    "wrong-kind": plan("tier_by: amount", "tier_by: [amount]"),
    "empty-list": plan("{role: seller}", "{role: []}"),
    "too-few-items": Broken("metrics", "[big-deals, deals-won]", "[big-deals]"),
    "too-many-items": Broken("metrics", "[big-deals, deals-won]", "[big-deals, deals-won, deals-lost]"),
    "empty-text": plan(NAME, "plan: ''"),
    "unknown-title-key": plan("{zh: 小方案, en: Small plan}", "{cn: 小方案}"),
    "name-with-line-break": plan(NAME, "plan: |\n  small\n  plan"),
    "number-not-above": Broken("targets", "amount: 120,000,000", "growth: -100%"),
    "number-too-small": Broken("targets", "120,000,000", "0"),
    "number-too-large": Broken("settings", "currency: CNY", "currency: CNY\nfiscal_year_start: 13"),
    "not-a-step": plan(TIER, "- 5%"),
    "bad-step": plan(TIER, "- over 500,000: 5%"),
    "days-not-in-order": plan(TABLE, "    tiers:\n      2026-07-01: [from 0: 3%]\n      2026-01-01: [from 0: 4%]\n"),
}
VALUES: dict[str, Broken] = {
    "bad-amount": plan(TIER, "- from 500,00O: 5%"),
    "amount-with-percent": Broken("targets", "120,000,000", "20%"),
    "amount-too-large": Broken("targets", "120,000,000", "10000000亿"),
    "finer-than-0.0001": Broken("targets", "120,000,000", "0.00001"),
    "bad-rate": plan(TIER, "- from 500,000: high"),
    "rate-without-percent": plan(TIER, "- from 500,000: 5"),
    "bad-factor": plan("payout:", GRADES.format("1.2x")),
    "number-too-long": plan("payout:", GRADES.format("1." + "2" * 60)),
    "bad-count": Broken("settings", "currency: CNY", "currency: CNY\nfiscal_year_start: 1.5"),
    "bad-day": plan("2026-12-31", "2026/12/31"),
    "no-such-day": plan("2026-12-31", "2026-02-30"),
    "bad-month": Broken("cases", "known_in: 2026-02", "known_in: 2026-13"),
    "bad-yes-no": Broken("imports", "type: deal", "skip: maybe"),
    "bad-currency-code": Broken("settings", "CNY", "rmb"),
    "bad-time-zone": Broken("settings", "currency: CNY", "currency: CNY\ntime_zone: 8"),
}
METRICS: dict[str, Broken] = {
    "bad-aggregate": Broken("metrics", METRIC, "value: total amount"),
    "filter-mixes-operators": Broken("metrics", METRIC, 'value: count, where: {amount: [">= 5", "< 9"]}'),
    "metric-part-unknown": Broken("metrics", "deals-won]", "deals-wno]"),
    "metric-cycle": Broken("metrics", "ratio: [big-deals, deals-won]", "plus: [share]"),
    "metric-not-addable": Broken("metrics", "ratio: [big-deals, deals-won]", "plus: [win-rate]"),
    "metric-not-cumulative": Broken("metrics", "ratio: [big-deals, deals-won]",
        "cumulative: customers-served, over: year"),
    "metric-mixes-units": Broken("metrics", "ratio: [big-deals, deals-won]", "plus: [big-deals, bookings]"),
    "metric-unknown-type": Broken("metrics", "of: deal", "of: deel"),
    "metric-unknown-field": Broken("metrics", METRIC, "value: distinct custmer"),
    "metric-not-a-number": Broken("metrics", METRIC, "value: sum stage"),
    "metric-unit-differs": Broken("metrics", METRIC, "value: sum amount"),
    "metric-not-a-date": Broken("metrics", "date: closed", "date: stage"),
    "metric-unfit-condition": Broken("metrics", METRIC, "value: count, where: {stage.kind: wno}"),
    "metric-override-differs": Broken("metrics", "big-deals: {title: 大单, of: deal",
        "deals-won: {title: 大单, of: contract"),
    "at-least-not-used": Broken("metrics", METRIC, "value: count, at_least: 5"),
    "value-needs-date": Broken("metrics", f"of: deal, {METRIC}, date: closed",
        "of: receipt, value: first-ever customer within 12 months, date: none"),
    "value-needs-unit": Broken("metrics", f"of: deal, {METRIC}, date: closed, credit: owner, unit: count",
        "of: receipt, value: first-ever customer within 12 months, date: date, credit: owner, unit: money"),
    "collected-of-other": Broken("metrics", "value: count", "value: collected amount"),
    "percent-out-of-range": Broken("metrics", "value: count", "value: percentile amount 101"),
    "value-not-split": Broken("metrics", f"{METRIC}, date: closed, credit: owner",
        "value: median amount, date: closed, credit: split"),
}  # fmt: skip
OTHERS: dict[str, Broken] = {
    "stage-named-twice": Broken("process", "title: 赢单", "title: 线索"),
    "type-exists": Broken(
        "records", "fields:\n  customer:\n", "types:\n  customer:\n   title: 客户\n   key: [level]\n   fields:\n"
    ),
    "field-exists": Broken("records", "level:", "region:"),
    "fiscal-name-missing": Broken("settings", "currency: CNY", "currency: CNY\nfiscal_year_start: 4"),
}
TARGETS: dict[str, Broken] = {
    "bad-target-year": Broken("targets", "for_year: 2026", "for_year: 26"),
    "bad-window": Broken("targets", "amount: 120,000,000", "growth: 20%\nbase: last year"),
    "window-backwards": Broken("targets", "amount: 120,000,000", "growth: 20%\nbase: 2025-12-31 through 2025-01-01"),
    "blend-not-100": Broken("targets", "teams: {split_by: history}", "teams: {split_by: {history: 60%, equal: 30%}}"),
    "weights-not-used": Broken("targets", "people: {split_by: equal}", "people: {split_by: equal, weights: {P1: 1}}"),
    "method-not-used": Broken("targets", "round_to", "pipeline: pipeline-value\nround_to"),
    "ramp-counted-twice": Broken("targets", "people: {split_by: equal}",
        "people: {split_by: capacity, capacity: {rep: [50%]}, ramp: {rep: [50%]}, ramp_gap: open}"),
    "weights-sum-to-zero": Broken(
        "targets", "people: {split_by: equal}", "people: {split_by: weights, weights: {P1: 0}}"
    ),
    "bad-quota-limit": Broken("targets", "people: {split_by: equal}", "people: {split_by: equal, at_least: 90%}"),
    "floor-above-ceiling": Broken("targets", "people: {split_by: equal}",
        "people: {split_by: equal, at_least: 90% of own last year, at_most: 80% of own last year}"),
    "own-successor": Broken("targets", "people: {split_by: equal}",
        "people: {split_by: equal, successors: {P1: P1}}"),
    "bad-month-number": Broken(
        "targets", "months: {split_by: equal}", "months: {split_by: equal, together: [[1, 13]]}"
    ),
    "said-twice": Broken("targets", "months: {split_by: equal}", "months: {split_by: seasonal, history: [2025, 2025]}"),
    "base-level-not-100": Broken("targets", "round_to", "levels: {stretch: 110%}\nround_to"),
}  # fmt: skip
PLANS: dict[str, Broken] = {
    "amount-each-needs-original-rate": plan(
        SMALL[SMALL.index("    type: tiered") : SMALL.index("    refunds")],
        "    type: rate\n    pays_on: receipts\n    credit: own\n"
        "    rate: {by: product, table: {Guard: 5%}, otherwise: 10 each}\n",
    ),
    "signing-date-of-two-measures": plan(
        SMALL[SMALL.index("part_period") : SMALL.index("    refunds")],
        "rates_in_force_on: signing-date\n"
        + SMALL[SMALL.index("part_period") : SMALL.index("    tier_by")]
        + "    tier_by: units\n    apply: new-at-rate-reached\n"
        "    tiers: {2026-01-01: [from 0: 3%], 2026-07-01: [from 0: 4%]}\n",
    ),
    "matrix-takes-nothing-back": plan(
        TIERED, matrix("[from 0%: {from 0%: 5%}]\n    pays_on: receipts\n    credit: own\n    refunds: original-rate")
    ),
    "not-a-matrix": plan(TIERED, matrix("[from 0%: 5]")),
    "matrix-line-differs": plan(TIERED, matrix("[from 0%: {from 0%: 0}, from 80%: {from 9%: 0}]")),
    "matrix-mixes-cells": plan(TIERED, matrix("[from 0%: {from 0%: 0, from 90%: 5%}]")),
    "matrix-amounts-pay-on": plan(TIERED, matrix("[from 0%: {from 0%: 0}]\n    pays_on: receipts")),
    "bad-continues": plan("    refunds", "    continues: sales\n    refunds"),
    "nothing-to-continue": plan("over: year", "over: each-transaction\n    continues: old.sales"),
    "continues-itself": plan("    refunds", "    continues: small.sales\n    refunds"),
    "parts-take-themselves-back": plan(
        "refunds: recompute",
        "pays_in: [{at: signed, share: 30%}, {at: received, share: 70%}]\n    refunds: original-rate",
    ),
    "not-an-age": plan("refunds: recompute", "refunds: {by-age: [50%]}"),
    "bad-age": plan("refunds: recompute", "refunds: {by-age: [from 0 weeks: 50%]}"),
    "age-by-instalments": plan("refunds: recompute", "refunds: {by-age: [from 0 instalments: 50%]}"),
    "age-share-out-of-range": plan("refunds: recompute", "refunds: {by-age: [from 0 days: 150%]}"),
    "ages-mix-units": plan("refunds: recompute", "refunds: {by-age: [from 0 days: 100%, from 2 months: 50%]}"),
    "ages-not-ascending": plan("refunds: recompute", "refunds: {by-age: [from 0 days: 100%, from 0 days: 50%]}"),
    "ages-begin-late": plan("refunds: recompute", "refunds: {by-age: [from 30 days: 100%]}"),
    "window-shorter-than-run": plan(
        MONTHS, MONTHS.replace("monthly", "quarterly").replace("over: year", "over: month")
    ),
    "not-a-table": plan(TABLE, "    tiers: 5%\n"),
    "tiers-overlap": plan(TIER, "- above 0: 5%"),
    "tiers-not-ascending": plan("- from 0: 3%", "- from 600,000: 3%"),
    "tiers-mix-percent": plan(TIER, "- from 50%: 5%"),
    "tiers-mix-words": plan(TIER, "- from 500,000: 5%\n      - above 800,000: 6%"),
    "tier-below-zero": plan("- from 0: 3%", "- from -5: 3%"),
    "tier-in-percent": plan(TABLE, "    tiers:\n      - from 0%: 3%\n      - from 50%: 5%\n"),
    "tier-needs-percent": plan("tier_by: amount", "tier_by: {attainment_of: receipts, of: own, quota: to-date}"),
    "table-begins-late": plan(TABLE, "    tiers:\n      2026-02-01: [from 0: 3%]\n"),
    "bad-base-rate": plan("    refunds", "    base_rate: income / quota\n    refunds"),
    "base-rate-unused": plan("    refunds", "    base_rate: 5%\n    refunds"),
    "base-rate-needs-quota": plan(
        f"{TIER}\n", "- from 500,000: 2 x base_rate\n    base_rate: target-incentive / quota\n"
    ),
    "unknown-term": plan("payout:", "limits: [{at_most: 5% of income, of: sales, over: year, excess: lost}]\npayout:"),
    "transaction-has-no-next-window": plan(
        "payout:", "limits: [{at_most: 5, of: sales, over: each-transaction, excess: next-window}]\npayout:"
    ),
    "bad-until": plan("{below_zero", "{holdback: [{keep: 5%, of: sales, until: later}], below_zero"),
    "transaction-has-no-attainment": plan(
        "adds_up_over: year\n    tier_by: amount",
        "adds_up_over: each-transaction\n    tier_by: {attainment_of: receipts, of: own, quota: to-date}",
    ),
    "beyond-without-line": plan("    refunds", "    beyond: flat\n    refunds"),
    "line-needs-two-points": plan(
        f"slice-by-slice\n{TABLE}", "straight-line\n    beyond: flat\n    tiers:\n      - at 100: 6,000\n"
    ),
    "line-needs-points": plan("slice-by-slice", "straight-line\n    beyond: flat"),
    "point-without-line": plan(TIER, "- at 500,000: 5%"),
    "tier-needs-amount": plan("slice-by-slice", "amount-reached"),
    "tier-says-no-basis": plan("slice-by-slice", "as-stated"),
    "basis-not-asked": plan(TIER, "- from 500,000: 5% on everything"),
    "bad-recover": plan("{below_zero", "{draw: {tops_up_to: 5, recover: all}, below_zero"),
    "bad-part-of-pay": plan("{below_zero", "{deductions: {at_most: 5}, below_zero"),
    "key-without-recovery": plan("{below_zero", "{draw: {advance: 5, at_plan_end: owed}, below_zero"),
    "plan-rate-has-no-last": plan("part_period", exchange("plan-rate", "last-known-within-7-days", "{USD: 7}")),
    "plan-rates-unused": plan("part_period", exchange("daily", "stop", "{USD: 7}")),
    "rate-of-own-currency": plan("part_period", exchange("plan-rate", "stop", "{CNY: 1}")),
    "rate-of-no-currency": plan("part_period", exchange("plan-rate", "stop", "{dollars: 7}")),
    "rate-not-positive": plan("part_period", exchange("plan-rate", "stop", "{USD: 0}")),
    "from-after-through": plan("2026-12-31", "2025-12-31"),
    "plan-for-nobody": plan("{role: seller}", "{}"),
    "unknown-format": plan("format: 1", "format: 2"),
    "component-outside-plan": plan("    type: tiered", "    type: tiered\n    from: 2027-01-01"),
    "unknown-component": plan("payout:", "limits: [{at_most: 5, of: [sale], over: year, excess: lost}]\npayout:"),
    "unknown-metric-in-plan": plan("pays_on: receipts", "pays_on: receits"),
    "slices-of-another-measure": plan("tier_by: amount", "tier_by: units"),
    "key-without-quota": plan("    refunds", "    when_quota_is_zero: nothing\n    refunds"),
    "credit-factors-without-rate": plan(
        "slice-by-slice",
        "amount-reached\n    credit_factors: [{by: discount, table: [from 0: 1], without: 1}]",
    ),
    "special-rates-paid-twice": plan("slice-by-slice", "amount-reached\n    special_rates: {position: counts}"),
    "special-rates-without-position": plan(
        "adds_up_over: year", "adds_up_over: each-transaction\n    special_rates: {position: left-out}"
    ),
    "special-rates-of-another-measure": plan(
        "tier_by: amount", "tier_by: units\n    special_rates: {position: left-out}"
    ),
    "special-rates-without-rate": plan(
        "components:\n",
        "components:\n  prize: {type: bonus, adds_up_over: year, amount: 5, special_rates: {position: counts}}\n",
    ),
    "parts-not-whole": plan("    refunds", parts("{at: signed, share: 30%}, {at: received, share: 60%}")),
    "parts-not-in-order": plan("    refunds", parts("{at: received, share: 100%}")),
    "parts-need-own-rate": plan(
        "slice-by-slice\n", "all-at-rate-reached\n" + parts("{at: signed, share: 30%}, {at: received, share: 70%}", "")
    ),
    "team-without-team-credit": plan(
        "credit: own", "credit: own\n    team: {depth: everyone-below, own_deals: counted, base: gross}"
    ),
    "which-is-not-over": plan("payout:", GRADES.format("1.2").replace("over: quarter", "over: year")),
    "round-to-not-positive": plan("round_to: 0.01", "round_to: 0"),
}


def card(old: str, new: str) -> Broken:
    return Broken("scorecard", old, new)


LINE = "{type: linear, zero_at: 0%, full_at: 100%}"
SCORECARDS: dict[str, Broken] = {
    "weights-not-100": card("weight: 40%", "weight: 30%"),
    "grades-not-in-order": card("from 0: D", "from 75: D"),
    "grade-bound-is-rate": card("from 85: A", "from 85%: A"),
    "score-limits-crossed": card("kpis:", "score: {at_least: 120, at_most: 0}\nkpis:"),
    "scorecard-backwards": card("kpis:", "from: 2026-07-01\nthrough: 2026-06-30\nkpis:"),
    "key-says-nothing": card("    if_missing: exclude", "    if_missing: exclude\n    neutral: 80"),
    "curve-flat": card(LINE, "{type: linear, zero_at: 100%, full_at: 100%}"),
    "curve-mixed-bounds": card(LINE, "{type: linear, zero_at: 0, full_at: 100%}"),
    "curve-less-is-better": card(
        LINE, "{type: capped, zero_at: 20%, full_at: 5%, nothing_below: 10%, at_least: 0, at_most: 120}"
    ),
    "curve-steps-not-ascending": card(LINE, "{type: step, out_of: 25, steps: [from 100%: 25, from 90%: 20]}"),
    "points-above-full": card(LINE, "{type: step, out_of: 25, steps: [from 0%: 10, from 100%: 30]}"),
    "curve-in-other-unit": card(LINE, "{type: linear, zero_at: 0, full_at: 100}"),
    "metric-of-nobody": card("metric: receipts", "metric: nobodys"),
    "quotient-read-as": card("metric: receipts", "metric: collection-rate"),
    "kpi-heavy": card("kpis:", "kpi_at_most: 50%\nkpis:"),
    "view-share": Broken(
        "scorecard",
        "",
        scorecard_text(
            kpis=RECEIPTS.replace("    weight", "    view: result\n    weight")
            + CONDUCT.replace("    weight", "    view: conduct\n    weight"),
            head="views: {result: {title: Results, at_most: 50%}, conduct: {title: Conduct}}\n",
        ),
    ),
    "scores-without-grade": card("  - from 0: D\n", "  - from 60: D\n"),
}
GROUPS: dict[str, Broken] = {name: plan(*change) for name, change in GROUP_FAULTS.items()}
REPRODUCERS: dict[str, Broken] = {
    **GROUPS,
    **YAML,
    **SHAPES,
    **VALUES,
    **METRICS,
    **OTHERS,
    **TARGETS,
    **PLANS,
    **SCORECARDS,
}
