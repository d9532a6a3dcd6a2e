"""Plans that the tests of this folder share: small ones, and one that uses every key the engine computes."""

HEAD = """format: 1
plan: small
title: {zh: 小方案, en: Small plan}
for: {role: seller}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
"""
PAYOUT = "payout: {below_zero: carry, round_to: 0.01}\n"
TIERED = """components:
  sales:
    type: tiered
    pays_on: receipts
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers:
      - from 0: 3%
      - from 500,000: 5%
    refunds: recompute
"""
SMALL = HEAD + TIERED + PAYOUT
FULL = """format: 1
plan: full
title: {zh: 全部, en: Everything}
for: {role: [seller, hunter], team: [east], people: [P1]}
beside: [spiffs]
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
rates_in_force_on: receipt-date
exchange:
  rates: plan-rate
  on: signing-date
  if_missing: stop
  plan_rates: {2026-01-01: {USD: 7.1, EUR: 7.8}, 2026-07-01: {USD: 7.05}}
part_period: {count: calendar-days, scale: [limits, draw]}
components:
  tiers:
    title: {zh: 阶梯, en: Tiers}
    type: tiered
    pays_on: receipts
    continues: full-2025.tiers
    credit: own
    only: {product.line: [云服务, 软件], region: 华东}
    owner_on: transaction-date
    from: 2026-02-01
    through: 2026-11-30
    adds_up_over: year
    tier_by: {attainment_of: receipts, of: own, quota: full-window, level: stretch}
    base_rate: target-incentive / quota
    apply: slice-by-slice
    tiers:
      2026-01-01:
        - from 0%: 1 x base_rate
        - above 100%: 1.5 x base_rate
      2026-07-01:
        - from 10%: 2%
    when_quota_is_zero: {rate: 10%}
    when_quota_changes: from-then-on
    refunds: recompute
    needs:
      - metric: collection-rate
        title: 回款率
        of: own
        over: quarter
        quota: to-date
        level: base
        at_least: {2026-01-01: 70%, 2026-07-01: 75%}
        looked_at: each-run
        meanwhile: hold
        if_missed: keep-held
        if_undefined: pass
        min_sample: 5
    times:
      - grade_from: kpi
        over: quarter
        which: previous-quarter
        until_known: hold
        once_known: true-up
        without_grade: 1.0
        table: {A: 1.2, B: 1.0}
      - metric: attainment
        of: team
        over: year
        quota: full-window
        level: base
        looked_at: window-end
        until_known: 1.0
        once_known: from-then-on
        if_undefined: 1.0
        table:
          - from 0%: 0.5
          - above 80%: 1.0
    at_least: 100
    at_most: 50万
  amounts:
    type: tiered
    pays_on: receipts
    credit: own
    adds_up_over: each-transaction
    tier_by: amount
    apply: all-at-rate-reached
    tiers:
      - from 0: 3%
      - from 500,000: 5%
    refunds: at-refund-date
  line:
    type: tiered
    pays_on: receipts
    credit: own
    adds_up_over: month
    tier_by: amount
    apply: straight-line
    beyond: flat
    tiers:
      - at 100: 50% of target-incentive
      - at 200: 6,000
    refunds: recompute
  stated:
    type: tiered
    pays_on: receipts
    credit: own
    adds_up_over: month
    tier_by: amount
    apply: as-stated
    tiers:
      - from 0: 4% on the slice
      - from 60: 6% on everything
    refunds: recompute
  override:
    type: rate
    pays_on: receipts
    credit: team
    team: {depth: everyone-below, own_deals: left-out, base: gross}
    rate:
      by: [product, product.line]
      table: {Guard: 2%, 云服务: 1%}
      otherwise: 0.5%
    adds_up_over: quarter
    refunds: at-refund-date
  flat:
    type: rate
    pays_on: receipts
    credit: own
    rate: {2026-01-01: 1%, 2026-07-01: 2%}
    refunds: original-rate
  signed:
    type: tiered
    pays_on: bookings
    credit: overlay
    credit_factors:
      - {title: {zh: 折扣系数, en: Discount}, by: discount, table: [from 0%: 1.0, from 20%: 0.8], without: 1.0}
      - days_since: contract.signed
        table:
          2026-01-01: [from 0: 1.0, from 31: 0.9]
          2026-07-01: [from 0: 1.0]
        without: 0.5
    pays_in: [{at: signed, share: 30%}, {at: received, share: 70%}]
    adds_up_over: quarter
    tier_by: amount
    apply: slice-by-slice
    tiers:
      - from 0: 3%
    refunds: recompute
  units:
    type: per-unit
    pays_on: new-customers
    credit: own
    amount: {2026-01-01: 800, 2026-07-01: 900}
    shared_unit: largest-share
    adds_up_over: month
    refunds: {by-age: [from 0 months: 100%, from 6 months: 50%]}
  spiff:
    type: per-unit
    pays_on: new-customers
    credit: own
    from: 2026-05-01
    through: 2026-06-30
    amount: 500
    shared_unit: divide
    budget: {amount: 25_000, when_spent: first-come}
    refunds: recompute
  difference:
    type: rate
    pays_on: receipts
    credit: team
    team: {depth: direct-reports, own_deals: counted, base: less-commission-below}
    rate: 1%
    special_rates: {position: counts}
    refunds: recompute
  pot:
    type: pool
    pays_on: receipts
    credit: team
    team: {depth: everyone-below, own_deals: counted, base: gross}
    adds_up_over: quarter
    tier_by: amount
    apply: slice-by-slice
    tiers:
      - from 0: 1%
    refunds: recompute
    shares:
      - manager: 20%
      - members: 80%
    members: {roles: [seller, hunter], on: last-day}
    members_by: equal
    nobody_to_share: back-to-company
  salaries:
    type: pool
    pays_on: receipts
    credit: team
    team: {depth: everyone-below, own_deals: counted, base: gross}
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers:
      - from 0: 1%
    refunds: recompute
    shares:
      - members: 100%
    members: {roles: seller, on: days-in-seat}
    members_by: salary-times-grade
    members_grade: {grade_from: kpi, without_grade: 1.0, table: {A: 1.2, B: 1.0}}
    nobody_to_share: manager
  best:
    type: rank
    adds_up_over: year
    rank_by: {attainment_of: receipts, of: team, quota: full-window, level: base}
    among: {role: seller, team: [east], people: [P1]}
    min_days_in_role: 180
    employed_on: 2027-01-31
    prizes: [30_000, 15_000, 8_000]
    ties: share
    pays_to: manager
  most:
    type: rank
    adds_up_over: month
    rank_by: {metric: receipts, of: own}
    prizes: [100]
    ties: same
    pays_to: person
  mbo:
    type: bonus
    amount: 10% of target-incentive
    adds_up_over: quarter
  goals:
    type: matrix
    adds_up_over: quarter
    rows: {metric: receipts-attainment, of: own, quota: full-window, level: base}
    columns: {metric: collection-rate, of: team, quota: to-date}
    if_undefined: nothing
    table:
      - from 0%: {from 0%: 0, above 90%: 1_000}
      - from 80%: {from 0%: 10% of target-incentive, above 90%: 3_000}
  margins:
    type: matrix
    pays_on: receipts
    credit: own
    refunds: at-refund-date
    adds_up_over: month
    rows: {metric: receipts, of: own}
    columns: {metric: collection-rate, of: company}
    if_undefined: lowest
    table:
      2026-01-01: [from 0: {from 0%: 1%}]
      2026-07-01: [from 0: {from 0%: 2%}]
limits:
  - title: {zh: 年度封顶, en: Cap of the year}
    at_most: 300% of target-incentive
    of: [tiers, flat]
    over: year
    excess: next-window
payout:
  holdback:
    - keep: 10%
      of: [tiers]
      until: contract.warranty_end
      without_date: keep-and-list
    - {keep: 5%, of: flat, until: 2027-06-30}
  draw:
    tops_up_to: 4,000
    for_months: 6
    recover: 50% of pay above the draw
    recover_from_month: 4
    at_plan_end: forgiven
  takes_over: full-2025
  deductions: {at_most: 20% of pay}
  below_zero: carry
  round_to: 0.01
leavers:
  receipts_after_last_day: {own_share: 50%, for_days: 180, rest_to: successor}
  open_windows: forfeit
  held_money: on-its-date
  owed_to_company: list
"""
