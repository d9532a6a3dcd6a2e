"""Sentences of the `commission` area."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "not-a-table": Message(
        "a table of lines like `- from 500,000: 5%` is expected here",
        "此处应为档位表,每行如 `- from 500,000: 5%`",
    ),
    "tiers-overlap": Message(
        "`{key}` begins where `{before}` already begins: the tiers overlap",
        "`{key}` 与 `{before}` 起点相同:档位重叠",
        "each threshold stands once",
        "每个起点只能出现一次",
    ),
    "tiers-not-ascending": Message(
        "`{key}` stands after `{before}`: tiers go upwards",
        "`{key}` 排在 `{before}` 之后:档位须从低到高",
    ),
    "tiers-mix-percent": Message(
        "`{key}` and `{before}`: one is a percentage, the other is not",
        "`{key}` 与 `{before}`:一个是百分比,另一个不是",
    ),
    "tiers-mix-words": Message(
        "`{key}` and `{before}` in one table: exactly on a threshold, one belongs to the tier above it and one to the "
        "tier below",
        "同一档位表里既有 `{before}` 又有 `{key}`:恰好等于起点时,一个算上一档,一个算下一档",
        "write all of them with `from`, or all with `above`",
        "请全部写成 `from`,或全部写成 `above`",
    ),
    "tier-below-zero": Message(
        "`{key}`: a tier cannot begin below zero",
        "`{key}`:档位不能从负数开始",
        "the first tier goes on below zero by itself",
        "第一档自动延伸到零以下",
    ),
    "tier-in-percent": Message(
        "`{key}` is a percentage, but `tier_by` reads an amount or units",
        "`{key}` 是百分比,但 `tier_by` 按金额或数量定档",
        "write the amount, or `tier_by: {{attainment_of: METRIC, …}}`",
        "请写金额,或 `tier_by: {{attainment_of: 指标, …}}`",
    ),
    "tier-needs-percent": Message(
        "`{key}` needs its sign: tiers by attainment are percentages of the quota",
        "`{key}` 缺少百分号:按达成率定档时,档位是目标的百分比",
        "write `from 100%`",
        "应写成 `from 100%`",
    ),
    "table-begins-late": Message(
        "the first number begins on {day}, after {start}: before it there is none",
        "第一个数字从 {day} 起,晚于 {start}:之前没有数字可用",
    ),
    "bad-base-rate": Message(
        "`{text}` is no base rate",
        "`{text}` 不是基准费率",
        "write a rate, one of {terms}, or `target-incentive / quota`",
        "可写费率、{terms} 之一,或 `target-incentive / quota`",
    ),
    "base-rate-unused": Message(
        "no tier uses `base_rate`",
        "没有档位用到 `base_rate`",
        "write `1 x base_rate` in the tiers",
        "请在档位中写 `1 x base_rate`",
    ),
    "base-rate-needs-quota": Message(
        "`base_rate` is spread over a quota, but `tier_by` names none",
        "`base_rate` 要除以目标,但 `tier_by` 没有指定目标",
        "write `tier_by: {{attainment_of: METRIC, …}}`",
        "请写 `tier_by: {{attainment_of: 指标, …}}`",
    ),
    "unknown-term": Message("`{text}` is none of a person's own terms ({terms})", "`{text}` 不是个人约定项({terms})"),
    "transaction-has-no-next-window": Message(
        "what a transaction pays above its cap has no next window",
        "单笔封顶没有下一窗口",
        "write `excess: lost`",
        "请写 `excess: lost`",
    ),
    "bad-until": Message(
        "`{text}` is neither a day nor a date field of the contract",
        "`{text}` 既不是日期,也不是合同的日期字段",
        "write `contract.warranty_end`, `contract.accepted_on`, or a date",
        "可写 `contract.warranty_end`、`contract.accepted_on` 或日期",
    ),
    "transaction-has-no-attainment": Message(
        "a transaction by itself attains no quota",
        "单笔交易没有达成率",
        "write `adds_up_over: month`, `quarter` or `year`; `new-at-rate-reached` prices new credits by the position",
        "请用 `adds_up_over: month`、`quarter` 或 `year`;`apply: new-at-rate-reached` 按累计给新增定档",
    ),
    "beyond-without-line": Message(
        "`beyond` is for `apply: straight-line` alone", "`beyond` 只用于 `apply: straight-line`"
    ),
    "line-needs-two-points": Message("a line needs at least two points", "直线至少要有两个点"),
    "line-needs-points": Message(
        "`{key}`: a line is drawn through points",
        "`{key}`:直线由点连成",
        "write `- at 80%: 0` and `- at 100%: 6,000`",
        "可写 `- at 80%: 0` 与 `- at 100%: 6,000`",
    ),
    "point-without-line": Message(
        "`{key}` is a point, but `apply: {apply}` has tiers",
        "`{key}` 是点,而 `apply: {apply}` 用档位",
        "write `from` or `above`",
        "请写 `from` 或 `above`",
    ),
    "tier-needs-amount": Message(
        "`{key}` says a rate, but `apply: {apply}` pays amounts",
        "`{key}` 写的是费率,而 `apply: {apply}` 按金额发放",
        "write an amount: `6,000`, or `50% of target-incentive`",
        "请写金额,如 `6,000` 或 `50% of target-incentive`",
    ),
    "tier-says-no-basis": Message(
        "`{key}` does not say what its rate is of",
        "`{key}` 没有说明费率的基数",
        "write `4% on the slice` or `6% on everything`",
        "可写 `4% on the slice`(该段)或 `6% on everything`(全部)",
    ),
    "basis-not-asked": Message(
        "`{key}` says its basis, but `apply: {apply}` says it for all tiers",
        "`{key}` 写了基数,而 `apply: {apply}` 已对所有档位规定",
        "write `apply: as-stated`, or the rate alone",
        "请写 `apply: as-stated`,或只写费率",
    ),
    "bad-recover": Message(
        "`{text}` does not say what is recovered of a draw",
        "`{text}` 没有说明预支如何扣回",
        "write `50% of pay above the draw` or `nothing`",
        "可写 `50% of pay above the draw` 或 `nothing`",
    ),
    "bad-part-of-pay": Message(
        "`{text}` is no part of pay", "`{text}` 不是应发的一部分", "write `20% of pay`", "可写 `20% of pay`"
    ),
    "deduction-other-currency": Message(
        "deduction {number} is in {currency}, but pay is in {wanted}: it is not taken",
        "扣款 {number} 以 {currency} 计,而提成以 {wanted} 计:未扣",
    ),
    "plan-rate-has-no-last": Message(
        "a plan's own rates are not recorded day by day: there is no last known one",
        "方案自己的汇率不按日记录,没有“最近一个”可取",
        "write `if_missing: stop`",
        "请写 `if_missing: stop`",
    ),
    "plan-rates-unused": Message(
        "`plan_rates` are not read under `rates: {rates}`",
        "`rates: {rates}` 不使用 `plan_rates`",
        "write `rates: plan-rate`, or take the table out",
        "请写 `rates: plan-rate`,或删去该表",
    ),
    "rate-of-own-currency": Message(
        "the plan is in {currency} itself: that needs no rate", "方案本身就以 {currency} 计,不需要汇率"
    ),
    "rate-of-no-currency": Message(
        "`{text}` is not the code of a currency",
        "`{text}` 不是货币代码",
        "three capital letters, such as EUR: `{{EUR: 1.08}}`",
        "三个大写字母,如 EUR:`{{EUR: 1.08}}`",
    ),
    "rate-not-positive": Message("`{text}`: a rate must be above zero", "`{text}`:汇率必须大于零"),
    "key-without-recovery": Message(
        "`{key}` has nothing to recover here",
        "此处没有要扣回的预支,`{key}` 不起作用",
        "take it out; an advance and a draw with `recover: nothing` are never owed",
        "请删去;预付以及 `recover: nothing` 的预支都不欠款",
    ),
    "from-after-through": Message(
        "it goes through {through}, but begins on {start}", "截止日 {through} 早于起始日 {start}"
    ),
    "plan-for-nobody": Message(
        "the plan is for nobody",
        "方案没有适用对象",
        "write `for: {{role: …}}`, `team` or `people`",
        "请写 `for: {{role: …}}`、`team` 或 `people`",
    ),
    "unknown-format": Message(
        "format {format} is not known to this version",
        "本版本不认识格式 {format}",
        "write `format: 1`",
        "请写 `format: 1`",
    ),
    "component-outside-plan": Message("`{name}` lies outside the plan's dates", "`{name}` 的日期不在方案期间内"),
    "unknown-component": Message(
        "`{text}` is not a component of this plan ({choices})",
        "`{text}` 不是本方案的组件({choices})",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "unknown-metric-in-plan": Message(
        "`{text}` is not in the metric catalogue",
        "指标目录中没有 `{text}`",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "slices-of-another-measure": Message(
        "slices cannot be cut from another measure than the one that is paid (`{pays_on}`)",
        "分段累进只能按所付指标(`{pays_on}`)本身分段",
        "write `apply: all-at-rate-reached` or `new-at-rate-reached`",
        "请写 `apply: all-at-rate-reached` 或 `new-at-rate-reached`",
    ),
    "key-without-quota": Message(
        "`{key}` says nothing here: the tiers do not read a quota", "`{key}` 在此无意义:档位不按目标达成率确定"
    ),
    "credit-factors-without-rate": Message(
        "`credit_factors` change the credit that a rate is multiplied by, but `{text}` has none",
        "`credit_factors` 改变的是乘以费率的业绩,而 `{text}` 没有费率",
        "they stand beside `type: rate` and tiers of rates",
        "只用于 `type: rate` 与按费率的档位",
    ),
    "parts-not-whole": Message(
        "the parts come to {share}, not to 100 %",
        "各次合计为 {share},不是 100 %",
    ),
    "parts-not-in-order": Message(
        "a sale is paid `at: signed` first and `at: received` then",
        "分次计提先写 `at: signed`,再写 `at: received`",
        "write `pays_in: [{{at: signed, share: 30%}}, {{at: received, share: 70%}}]`",
        "请写 `pays_in: [{{at: signed, share: 30%}}, {{at: received, share: 70%}}]`",
    ),
    "parts-need-own-rate": Message(
        "each part is paid at the rate found at signing, but `{text}` gives a sale no rate of its own",
        "各次按签约时的费率计提,而 `{text}` 不给每单自己的费率",
        "write `apply: slice-by-slice` or `new-at-rate-reached`, or `type: rate`",
        "请写 `apply: slice-by-slice` 或 `new-at-rate-reached`,或 `type: rate`",
    ),
    "parts-of-no-contract": Message(
        "plan `{plan}`, component `{component}`: `{metric}` is not of contracts: nothing is signed and then received",
        "方案 `{plan}` 的组件 `{component}`:`{metric}` 不是合同指标,谈不上先签约后回款",
        "pay on a metric of contracts, as `bookings`",
        "请用合同指标,如 `bookings`",
    ),
    "no-field-of-factor": Message(
        "plan `{plan}`, component `{component}`: `{field}` leads to no {wanted} of a {type}",
        "方案 `{plan}` 的组件 `{component}`:`{field}` 不是{type}的{wanted}",
        "write the name of a field, as `discount` or `contract.signed`",
        "请写字段名,如 `discount` 或 `contract.signed`",
    ),
    "team-without-team-credit": Message(
        "`team` stands beside a credit that is not the team's",
        "`team` 只能与 `credit: team` 同时出现",
        "write `credit: team`",
        "请写 `credit: team`",
    ),
    "lowest-tier-without-tiers": Message("`lowest-tier` needs a tiered component", "`lowest-tier` 只能用于阶梯组件"),
    "which-is-not-over": Message(
        "`{which}` does not fit `over: {over}`",
        "`{which}` 与 `over: {over}` 不一致",
        "write `same-{over}` or `previous-{over}`",
        "请写 `same-{over}` 或 `previous-{over}`",
    ),
    "round-to-not-positive": Message("`{text}`: the rounding unit must be above zero", "`{text}`:舍入单位必须大于零"),
    "case-differs": Message(
        "case `{case}`, {run}: {what} is {found}, expected {expected}",
        "用例 `{case}` {run}:{what} 为 {found},应为 {expected}",
    ),
    "case-exists": Message(
        "`{path}` is there already",
        "`{path}` 已存在",
        "another name: --name {name}-2",
        "换一个名称:--name {name}-2",
    ),
    "case-not-kept": Message(
        "the case `{name}` does not come to the stored figures: nothing is written",
        "用例 `{name}` 得不出已存的数字:没有写入",
        "a figure is known from other facts than a case can hold; `salescli commission explain` shows them",
        "有的数字来自用例写不下的事实;可用 `salescli commission explain` 查看",
    ),
    "case-unknown-name": Message("`{text}` is not in the result of {run}", "{run} 的结果中没有 `{text}`"),
    "case-without-rate": Message(
        "a credit in {currency} has no rate into {wanted} on {day}",
        "{currency} 的业绩缺 {day} 折 {wanted} 的汇率",
        "the plan's `exchange` says which rates count; recorded ones stand in `fx_rates` of the case",
        "方案的 `exchange` 规定用哪种汇率;记录的汇率写在用例的 `fx_rates` 中",
    ),
    "case-run-not-reached": Message(
        "no run begins in {run}: it is before the first paid run, or inside a quarter",
        "{run} 没有发放期:早于首个发放期,或不是季度首月",
    ),
    "refunds-unseen": Message(
        "plan `{plan}`, component `{component}`: `{metric}` holds no refunds: the {count} known ones take nothing back",
        "方案 `{plan}` 的组件 `{component}`:指标 `{metric}` 不含退款,已知的 {count} 笔退款不会冲回提成",
        "write `pays_on: receipts-gross` (with tax) or `receipts-net` (without)",
        "请写 `pays_on: receipts-gross`(含税)或 `receipts-net`(不含税)",
    ),
    "plan-gone": Message(
        "plan `{plan}` has paid {period}, and its file `{file}` is gone: that can be neither kept nor taken back",
        "方案 `{plan}` 已发放 {period},但其文件 `{file}` 不见了:已发的既不能保留,也不能冲回",
        "bring the file and its `plan:` name back; to end it, write `through:` in it",
        "请恢复该文件及其中的 `plan:` 名称;要让它终止,请在其中写 `through:`",
    ),
    "unknown-plan": Message(
        "there is no plan `{text}`",
        "没有名为 `{text}` 的方案",
        "{advice}",
        "{advice}",
    ),
}
