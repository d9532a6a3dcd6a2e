"""Sentences of the `funnel` area: deals, their stages, and the funnel."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "stage-not-in-process": Message(
        "`{text}` is not a stage of the process {process} (records: {count}): they count without it",
        "`{text}` 不是流程 {process} 的阶段(共 {count} 条记录),计算时不含该阶段",
        "did you mean `{nearest}`? add it to the aliases of a stage in config/process.yaml",
        "是否为 `{nearest}`?请在 config/process.yaml 的阶段别名中加入",
    ),
    "unknown-stage": Message(
        "`{text}` is not a stage of the process (stages: {stages})",
        "`{text}` 不是流程中的阶段(阶段:{stages})",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "process-without-open-stage": Message(
        "the process {process} has no stage that a deal can be open in",
        "流程 {process} 没有任何在手阶段",
        "give one stage `kind: open`",
        "请给某个阶段写 `kind: open`",
    ),
    "process-without-end": Message(
        "the process {process} has no stage of the kind {kind}",
        "流程 {process} 没有类型为 {kind} 的阶段",
        "add a stage with `kind: {kind}` to config/process.yaml",
        "请在 config/process.yaml 中加入 `kind: {kind}` 的阶段",
    ),
    "deals-without-stage": Message(
        "deals with neither a stage nor stage changes: {count} (such as {first}); they are in no funnel",
        "{count} 个商机既无阶段也无阶段变更,不计入漏斗,如 {first}",
    ),
    "stage-beyond-history": Message(
        "deals that stand elsewhere than their last stage change: {count} (such as {first}); their own stage counts",
        "{count} 个商机的阶段与最后一次阶段变更不同,如 {first}:以商机的阶段为准",
    ),
    "deals-without-day": Message(
        "deals without a day of creation: {count}; they belong to no period",
        "{count} 个商机没有创建日期,不属于任何期间",
        "without a period all deals count: salescli funnel show",
        "不写期间即统计全部商机:salescli funnel show",
    ),
    "history-not-known": Message(
        "deals without stage changes: {count}; nobody knows whether they passed every stage, and they are left out",
        "{count} 个商机没有阶段变更,无法得知是否逐阶段经过,未计入",
        "--mode reached counts them by the stage they stand in",
        "--mode reached 按其当前阶段计入",
    ),
    "deals-skipping": Message(
        "deals that skipped a stage, or may have: {count}; they are left out",
        "{count} 个商机跳过了阶段(或可能跳过),未计入",
    ),
    "lost-from-unknown": Message(
        "lost deals that do not say from which stage: {count} of {lost}; they count as entered, and leak nowhere",
        "{lost} 个输单商机中有 {count} 个不知从哪个阶段丢失:计入进入数,不计入任何阶段的流失",
        "import their stage changes: salescli record template stage-change -o stages.xlsx",
        "请导入阶段变更:salescli record template stage-change -o stages.xlsx",
    ),
    "period-missing": Message(
        "a flow is of a period: which one?",
        "期间流量需要一个期间",
        "salescli funnel show 2026-Q1 --mode period",
        "salescli funnel show 2026-Q1 --mode period",
    ),
    "deals-without-way": Message(
        "deals of which a day on their way is not known: {count}; the flow leaves them out",
        "{count} 个商机缺少途中某一阶段的日期,不计入流量",
        "import their stage changes: salescli record template stage-change -o stages.xlsx",
        "请导入阶段变更:salescli record template stage-change -o stages.xlsx",
    ),
    "only-of-a-cohort": Message(
        "`{option}` asks for something that only a cohort has, not --mode {mode}",
        "`{option}` 只适用于按创建期统计,不适用于 --mode {mode}",
        "use --mode reached or --mode strict",
        "请用 --mode reached 或 --mode strict",
    ),
    "deal-already-there": Message(
        "{deal} is in {stage} already: nothing was changed", "{deal} 已处于{stage},未作任何变更"
    ),
    "deal-without-history": Message(
        "{deal} has no stage up to {on}",
        "{deal} 在 {on} 之前没有阶段",
        "it had not begun, or says no stage",
        "可能尚未创建,或没有填写阶段",
    ),
    "deal-already-closed": Message(
        "{deal} is closed already ({stage}, {day})",
        "{deal} 已结单({stage},{day})",
        "to open it again: salescli deal move {deal} STAGE",
        "如需重新打开:salescli deal move {deal} 阶段",
    ),
    "move-before-last": Message(
        "{deal} entered {stage} on {last}: a move on {at} would come before it",
        "{deal} 于 {last} 进入{stage},{at} 的变更早于它",
        "say a later moment with --at 'YYYY-MM-DD HH:MM'",
        "请用 --at 'YYYY-MM-DD HH:MM' 指明更晚的时间",
    ),
    "move-in-future": Message("{at} has not come yet (today is {today})", "{at} 尚未到来(今天是 {today})"),
    "move-ends-deal": Message(
        "{stage} ends a deal: it is not moved there",
        "{stage} 会结束商机,不能用 move 进入",
        "salescli deal {verb} {deal}",
        "salescli deal {verb} {deal}",
    ),
    "bad-moment": Message(
        "{option}: `{text}` is not a day or a moment",
        "{option}:`{text}` 不是日期或时间",
        "write 2026-03-22 or '2026-03-22 14:30'",
        "写成 2026-03-22 或 '2026-03-22 14:30'",
    ),
    "bad-deal-amount": Message(
        "{option}: `{text}` is not an amount",
        "{option}:`{text}` 不是金额",
        "such as 120,000",
        "如 120,000 或 12万",
    ),
    "reason-missing": Message(
        "why was {deal} lost? the funnel counts reasons",
        "{deal} 为何丢单?漏斗按原因统计",
        "--reason 'price' (so far: {reasons})",
        "--reason '价格'(已有:{reasons})",
    ),
    "waterfall-of-what": Message(
        "a waterfall is between two days, or two states of the store: which?",
        "管道变动需要两个日期,或数据的两个状态",
        "salescli funnel waterfall 2026-01-01 2026-03-31, or --known 12..57 (batches or days)",
        "salescli funnel waterfall 2026-01-01 2026-03-31,或 --known 12..57(批次或日期)",
    ),
    "waterfall-not-forward": Message(
        "from {start} to {end}: the second side is not later than the first",
        "从 {start} 到 {end}:后者不晚于前者",
        "name the earlier day, or the earlier batch, first",
        "请先写较早的日期或批次",
    ),
    "unknown-step": Message(
        "`{text}` is not a step of the waterfall (steps: {steps})",
        "`{text}` 不是管道变动的步骤(步骤:{steps})",
    ),
}
