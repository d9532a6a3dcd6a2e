"""Sentences of the `quota` area: target policies, splits, targets and attainment."""

from __future__ import annotations

from salescli.messages import Message

_POLICY: dict[str, Message] = {
    "bad-quota-limit": Message(
        "`{text}` is not a limit",
        "`{text}` 不是有效的上下限",
        "write `90% of own last year`, or an amount",
        "可写 `90% of own last year`,或金额",
    ),
    "bad-target-year": Message(
        "`{text}` is not a year", "`{text}` 不是年份", "write 2026, or FY2026", "可写 2026 或 FY2026"
    ),
    "bad-window": Message(
        "`{text}` is neither a window of days, nor a period, nor an amount",
        "`{text}` 不是日期区间、期间或金额",
        "write `2024-11-01 through 2025-10-31`, 2025, FY2025, or 100,000",
        "可写 `2024-11-01 through 2025-10-31`、2025、FY2025 或 100,000",
    ),
    "window-backwards": Message("`{text}` ends before it begins", "`{text}` 的结束早于开始"),
    "blend-not-100": Message("the shares of the methods sum to {total}, not 100%", "各方法占比合计 {total},应为 100%"),
    "weights-not-used": Message(
        "`weights` is given, but `split_by` does not use it",
        "写了 `weights`,但 `split_by` 没有使用",
        "write `split_by: weights`, or take the weights out",
        "请写 `split_by: weights`,或删除 weights",
    ),
    "method-not-used": Message(
        "`{key}` is given, but `split_by` does not use it",
        "写了 `{key}`,但 `split_by` 没有使用",
        "add `{key}` to `split_by`, or take it out",
        "请在 `split_by` 中加入 `{key}`,或删除该键",
    ),
    "ramp-counted-twice": Message(
        "`capacity` weighs people by their ramp already, and `ramp` would take it off again",
        "`capacity` 已按爬坡加权,`ramp` 会再扣一次",
        "take `capacity` out of the people's `split_by`, or take `ramp` out",
        "请从 people 的 `split_by` 去掉 `capacity`,或删除 `ramp`",
    ),
    "weights-sum-to-zero": Message(
        "the weights by `{method}` sum to 0: nothing can be split by them", "按 `{method}` 的权重合计为 0,无法分解"
    ),
    "team-weights-sum-to-zero": Message(
        "the weights by `{method}` sum to 0 in team {team}", "团队 {team} 按 `{method}` 的权重合计为 0"
    ),
    "floor-above-ceiling": Message("`at_least` is above `at_most`", "`at_least` 高于 `at_most`"),
    "own-successor": Message("{person} cannot be the successor of {person}", "{person} 不能接替自己"),
    "bad-month-number": Message(
        "`{text}` is not a month from 1 to 12, or stands twice", "`{text}` 不是 1 到 12 的月份,或重复"
    ),
    "said-twice": Message("`{text}` is said twice", "`{text}` 重复"),
    "base-level-not-100": Message(
        "`levels` needs `base: 100%`",
        "`levels` 必须包含 `base: 100%`",
        "the others are shares of it",
        "其他档位是它的比例",
    ),
}

_SPLIT: dict[str, Message] = {
    "no-teams": Message(
        "there is no team to split a target among",
        "没有可分解目标的团队",
        "import teams and people first",
        "请先导入团队和人员",
    ),
    "team-without-people": Message(
        "team {team} has neither a person nor a vacant seat in the year", "团队 {team} 在该年度没有人员也没有空缺席位"
    ),
    "team-circle": Message(
        "teams are above each other in a circle: {teams}",
        "团队互为上级,形成循环:{teams}",
        "correct the parent of one of them",
        "请更正其中一个团队的上级",
    ),
    "sub-team-weights-sum-to-zero": Message(
        "the weights by `{method}` of the sub-teams of {team} sum to 0", "{team} 的下级团队按 `{method}` 的权重合计为 0"
    ),
    "leaver-without-successor": Message(
        "{person} leaves team {team} (last day {day}), and `successors` does not say who takes over",
        "{person} 离开团队 {team}(最后一天 {day}),`successors` 未写接替人",
        "write `successors: {{{key}: …}}`, or `leavers: team`",
        "请写 `successors: {{{key}: …}}`,或改为 `leavers: team`",
    ),
    "leaver-without-manager": Message(
        "{person} leaves team {team} (last day {day}), and no manager is known",
        "{person} 离开团队 {team}(最后一天 {day}),没有可接手的主管",
        "give the assignment or the team a manager, or name a successor",
        "请为任职或团队填写主管,或在 successors 写接替人",
    ),
    "successor-not-in-seat": Message(
        "{successor} is to take over from {person}, but has no day in team {team} after {day}",
        "{successor} 应接替 {person},但 {day} 之后不在团队 {team} 任职",
        "name somebody of the team, or write `leavers: vacant-seat`",
        "请写该团队在岗人员,或改为 `leavers: vacant-seat`",
    ),
    "person-in-two-teams": Message(
        "{person} is in two teams at once on {day}: {teams}",
        "{person} 在 {day} 同时属于两个团队:{teams}",
        "end the earlier assignment before the later begins",
        "请先结束前一任职",
    ),
    "unknown-team": Message(
        "`{text}` is not a team of the year",
        "`{text}` 不是该年度的团队",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "unknown-person": Message(
        "`{text}` is not a person of the year",
        "`{text}` 不是该年度的人员",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "finer-than-currency": Message(
        "`{text}` is finer than the smallest amount of the currency, {smallest}",
        "`{text}` 比货币最小单位 {smallest} 更细",
    ),
    "no-base-figure": Message(
        "`growth` needs a figure to grow from, and {metric} has none in the base window",
        "`growth` 需要基数,而 {metric} 在基期内没有数据",
        "import the base period, or write `amount`",
        "请导入基期数据,或改写 `amount`",
    ),
    "no-complete-year": Message(
        "a seasonal index needs one complete year; {years}: none is", "季节指数至少需要一个完整年度;{years} 均不完整"
    ),
    "no-history-in-year": Message(
        "{year} has no history to take a seasonal index from", "{year} 年没有历史数据,无法计算季节指数"
    ),
    "bad-fixed-period": Message(
        "`{text}` is not a year, quarter or month of {year}", "`{text}` 不是 {year} 内的年、季或月"
    ),
    "fixed-twice": Message("{person} has two fixed figures for {month}", "{person} 在 {month} 有两个固定目标"),
    "fixed-not-in-seat": Message(
        "{person} is not in one team in every month of {period}", "{person} 在 {period} 的各月并非都在同一团队"
    ),
    "fixed-above-total": Message(
        "team {team}, {level}, {period}: the fixed figures are {over} more than there is",
        "团队 {team}({level},{period}):固定目标超出可分总额 {over}",
    ),
    "kept-above-year": Message(
        "{level}: the months before the revision have {over} more than the whole year",
        "{level}:修订前的各月已超出全年 {over}",
        "raise the year's amount, or revise from an earlier month",
        "请提高全年目标,或从更早的月份开始修订",
    ),
    "limits-impossible": Message(
        "team {team}, {level}: the limits add up to {total} and leave no solution; binding: {people}",
        "团队 {team}({level}):上下限合计 {total},无解;受限人员:{people}",
        "loosen the limit, or fix the figures of some",
        "请放宽限制,或为部分人员写固定目标",
    ),
}

_TARGETS: dict[str, Message] = {
    "ratio-has-no-sum": Message(
        "`{metric}` does not add up, so its target cannot be split",
        "`{metric}` 不可加总,无法分解目标",
        "set a target on the metrics that it is made of",
        "请对其组成指标设定目标",
    ),
    "other-currency": Message(
        "`{metric}` has figures in {currency} too; they are left out", "`{metric}` 还有 {currency} 的数据,未计入"
    ),
    "base-incomplete": Message(
        "`{metric}`: the base {window} has data only from {first} through {last}",
        "`{metric}`:基期 {window} 仅有 {first} 至 {last} 的数据",
        "import the rest, or let `base` name the days with data",
        "请补充导入,或把 `base` 改为有数据的日期",
    ),
    "stage-without-probability": Message(
        "open deals stand in stages of which no probability is known: {stages}",
        "有商机处于没有成交概率的阶段:{stages}",
        "write `probability: 40%` at the stage in config/process.yaml, or `pipeline: pipeline-value` in the policy",
        "请在 config/process.yaml 的阶段写 `probability: 40%`,或在方案写 `pipeline: pipeline-value`",
    ),
    "not-whole-months": Message(
        "{period} is not a period of whole months",
        "{period} 不是整月的期间",
        "write a year, quarter or month: 2026, 2026-Q3, 2026-07",
        "请写年、季或月:2026、2026-Q3、2026-07",
    ),
    "too-few-ramped": Message(
        "{count} people were fully productive all through {window}: too few to measure what a head brings",
        "{window} 全程满产能的只有 {count} 人,不足以测算每人产能",
        "say what a head brings in a year: --per-head 1,200,000",
        "请给出每人每年产能:--per-head 1,200,000",
    ),
    "too-few-leavers": Message(
        "{count} left in {window}: fewer than {fewest} make no rate",
        "{window} 离职 {count} 人,少于 {fewest} 人无法得出流失率",
        "say what to expect in a year: --attrition 10%, or 0% for none",
        "请给出年流失率:--attrition 10%,不计则写 0%",
    ),
    "capacity-of-nothing": Message(
        "{count} fully productive people brought nothing, on average, in {window}: no capacity to plan with",
        "{count} 名满产能人员 {window} 平均没有产出,无法测算产能",
        "say what a head brings in a year: --per-head 1,200,000",
        "请给出每人每年产能:--per-head 1,200,000",
    ),
    "nobody-in-role": Message(
        "nobody is in the role `{role}` in {period}",
        "{period} 没有岗位为 `{role}` 的人员",
        "the roles of people stand in: salescli record list assignment",
        "岗位见:salescli record list assignment",
    ),
    "attrition-out-of-range": Message(
        "`{text}` is not an attrition from 0% to below 100%", "`{text}` 不是 0% 到 100%(不含)的流失率"
    ),
    "ramp-out-of-range": Message(
        "`{text}` is not a ramp: each month from 0% to 100%", "`{text}` 不是爬坡表:各月应为 0% 到 100%"
    ),
    "capacity-needs-metric": Message(
        "--target needs to know what it is a target of",
        "--target 需要指明指标",
        "name it with --metric",
        "请用 --metric 指定",
    ),
    "team-left-out": Message(
        "team {team} has nobody in seat in the year and gets no target", "团队 {team} 该年度无人在岗,不分配目标"
    ),
    "seat-half-taken": Message(
        "seat {seat} says who took it or since when, but not both: it counts as vacant",
        "席位 {seat} 的接任人与接任日期只填了一项,按空缺计",
        "salescli record edit seat {seat} person=… taken_on=…",
        "salescli record edit seat {seat} person=… taken_on=…",
    ),
    "seat-said-twice": Message(
        "seat {seat} stands in the policy and among the records: the record counts",
        "席位 {seat} 在方案和记录中都有,以记录为准",
    ),
    "no-target-policy": Message(
        "there is no target policy `{text}`",
        "没有目标方案 `{text}`",
        "salescli quota set 2026 --metric receipts-net --amount 1,200,000 writes one",
        "可用 salescli quota set 2026 --metric receipts-net --amount 1,200,000 新建",
    ),
    "which-targets": Message("`{text}` is none of the target policies: {names}", "`{text}` 不是目标方案,现有:{names}"),
    "no-quota-run": Message(
        "there is no split to accept",
        "没有可接受的分解结果",
        "salescli quota split makes one",
        "请先运行 salescli quota split",
    ),
    "not-a-quota-run": Message("run {run} is of {kind}, not of quotas", "运行 {run} 属于 {kind},不是目标分解"),
    "no-targets": Message(
        "there is no target in {period}",
        "{period} 没有目标",
        "salescli quota split, then salescli quota accept; or import --as target",
        "请运行 salescli quota split 和 salescli quota accept,或 import --as target",
    ),
    "no-targets-of-metric": Message(
        "there is no target of `{metric}`",
        "`{metric}` 没有目标",
        "there are targets of: {metrics}",
        "已有目标的指标:{metrics}",
    ),
    "no-targets-of-level": Message(
        "there is no target of level {level} in {period}",
        "{period} 没有 {level} 档位的目标",
        "there are targets of: {levels}",
        "已有目标的档位:{levels}",
    ),
    "several-metrics": Message(
        "there are targets of several metrics: {metrics}",
        "有多个指标的目标:{metrics}",
        "choose one with --metric",
        "请用 --metric 选择",
    ),
    "targets-exist": Message(
        "`{path}` exists already",
        "`{path}` 已存在",
        "--replace changes only the keys that you name; or choose another name with --name",
        "用 --replace 只改所写的项,或用 --name 换名",
    ),
    "amount-or-growth": Message(
        "one of --amount and --growth is needed, and not both", "--amount 与 --growth 必须且只能写一个"
    ),
    "bad-quota-option": Message(
        "`{text}` is not what {option} asks for",
        "`{text}` 不符合 {option} 的写法",
        "write {option} '{example}'",
        "可写 {option} '{example}'",
    ),
    "roll-needs-figure": Message(
        "`{path}` has an amount of its own year: the new year needs one, or a growth",
        "`{path}` 的金额属于原年度,新年度需要金额或增长率",
        "--growth 15%, or --amount 120,000,000",
        "--growth 15%,或 --amount 120,000,000",
    ),
    "roll-would-overwrite": Message(
        "`{path}` exists already, and `quota roll` overwrites nothing",
        "`{path}` 已存在,quota roll 不覆盖文件",
        "choose another name with --name, or change it: salescli quota set --replace",
        "请用 --name 换名,或用 salescli quota set --replace 修改",
    ),
    "roll-not-later": Message("`{text}` is not after {year}", "`{text}` 不晚于 {year}"),
    "metric-needed": Message(
        "which metric is the target of?",
        "目标针对哪个指标?",
        "--metric receipts-net; all of them: salescli metric list",
        "--metric receipts-net;全部指标:salescli metric list",
    ),
    "targets-of-another": Message(
        "`{path}` holds the targets of {text}",
        "`{path}` 是 {text} 的目标方案",
        "choose another name with --name",
        "请用 --name 换名",
    ),
}

_CHECKED: dict[str, Message] = {
    "quota-not-adding-up": Message(
        "{parent}, {metric}, {level}: {children} add up to {found} where {due} is due (off by {difference}), "
        "in {months}",
        "{parent}({metric},{level}):{children}合计 {found},应为 {due}(差 {difference}),月份 {months}",
        "correct the record that is named, import the targets again, or quota split and accept",
        "请更正所列记录、重新导入目标,或重新 quota split 和 accept",
    ),
    "quota-ratio-off": Message(
        "{parent}, {metric}: the target is {target}, and the {children} weighted come to {mean}, in {months}",
        "{parent}({metric}):目标 {target},{children}加权为 {mean},月份 {months}",
        "a ratio is never summed: change the targets of the parts until their weighted mean is the whole's",
        "比率不相加:请调整各部分目标,使加权平均等于上级目标",
    ),
    "quota-outside-team": Message(
        "{person} ({team}) is asked for {growth} on the trailing 12 months; the team's median is {median}",
        "{person}({team})目标较近 12 个月增长 {growth},团队中位数为 {median}",
        "explain it, or set at_least / at_most in the policy",
        "请说明原因,或在方案中写 at_least / at_most",
    ),
    "quota-coverage-short": Message(
        "{team}: {gap} is open, which needs a pipeline of {needed} at a win rate of {rate}; there is {pipeline}",
        "{team}:缺口 {gap},按赢单率 {rate} 需要商机 {needed},现有 {pipeline}",
        "open more deals, or revise the target: quota revise",
        "请增加商机,或用 quota revise 修订目标",
    ),
    "quota-policy-edited": Message(
        "the policy was edited since run {run} was accepted: {count} holders would get other targets",
        "运行 #{run} 接受之后方案已修改:{count} 个持有者的目标会不同",
        "salescli quota split, then quota accept; or quota revise from a month on",
        "请运行 quota split 和 quota accept,或用 quota revise 从某月起修订",
    ),
    "quota-facts-moved": Message(
        "records changed since run {run} was accepted: {count} holders would get other targets today",
        "运行 #{run} 接受之后数据有变化:按今天的数据,{count} 个持有者的目标会不同",
        "to follow them from a month on: salescli quota revise",
        "如需自某月起跟随,请用 salescli quota revise",
    ),
    "quota-edited": Message(
        "{holder}: {found} is in force where the policy gives {said}; the record was imported or edited",
        "{holder}:生效 {found},方案为 {said};记录是导入或手工修改的",
        "keep it as a fixed figure of the policy (people: fixed), or accept the split again",
        "可写入方案的 people: fixed 保留,或重新接受分解结果",
    ),
    "quota-after-leaving": Message(
        "{person} has a target of {months} in {team}, and left in {last}",
        "{person} 在 {team} 有 {months} 的目标,但已于 {last} 离开",
        "salescli quota revise from the month after; the policy's `leavers` says who takes it",
        "请用 salescli quota revise 自次月起修订;方案的 leavers 说明由谁承接",
    ),
    "quota-without-seat": Message(
        "{person} has a target of {months} in {team}, and no seat then",
        "{person} 在 {team} 有 {months} 的目标,但当时没有任职",
        "import the assignment, or take the target out",
        "请导入任职,或去掉目标",
    ),
    "quota-in-other-team": Message(
        "{person} has a target of {months} in {team}, and sits in another team then",
        "{person} 在 {team} 有 {months} 的目标,但当时在其他团队",
        "salescli quota revise from the month of the move",
        "请用 salescli quota revise 自调动当月起修订",
    ),
    "seat-without-quota": Message(
        "{person} ({team}) is in seat in {months} and has no target",
        "{person}({team})在 {months} 在岗,但没有目标",
        "salescli quota revise from that month",
        "请用 salescli quota revise 自该月起修订",
    ),
    "quota-months-missing": Message(
        "{team} has no target in {months}",
        "{team} 在 {months} 没有目标",
        "import the months that are missing; a blank is no zero",
        "请补导缺少的月份;空白不等于零",
    ),
    "quota-levels": Message(
        "{holder}: {level} is below the level under it in {months}",
        "{holder}:{months} 的{level}低于下一档",
        "base ≤ stretch ≤ challenge",
        "应为 目标 ≤ 冲刺 ≤ 挑战",
    ),
    "quota-team-without-people": Message(
        "team {team} has a target that no person, seat or sub-team carries",
        "团队 {team} 有目标,但没有人员、席位或下级团队承担",
    ),
    "quota-currencies": Message(
        "targets of {metric} are in {currency} and in {others}: they are never added",
        "{metric} 的目标有 {currency} 和 {others}:不会相加",
        "state all targets of a metric in one currency",
        "同一指标的目标请用同一币种",
    ),
    "quota-too-high": Message(
        "{person}: {hits} of {draws} draws from the own {months} months reach the target: it is too high",
        "{person}:按本人 {months} 个月抽样,{draws} 次中 {hits} 次达到:过高",
    ),
    "quota-too-low": Message(
        "{person}: {hits} of {draws} draws from the own {months} months reach the target: it is too low",
        "{person}:按本人 {months} 个月抽样,{draws} 次中 {hits} 次达到:过低",
    ),
}

_VERSIONS: dict[str, Message] = {
    "nothing-to-revise": Message(
        "there is no target of `{metric}` in {period} to revise",
        "{period} 没有可修订的 `{metric}` 目标",
        "salescli quota split, then salescli quota accept: these are the first targets",
        "请先运行 salescli quota split 和 salescli quota accept",
    ),
    "revises-closed-month": Message(
        "a revision from {month} on reaches months of which commission is closed: {closed}",
        "自 {month} 起的修订涉及提成已关账的月份:{closed}",
        "revise from a later month, or say --correct: it moves their commission as a late fact",
        "请从更晚的月份修订,或加 --correct:其提成将作为迟到事实调整",
    ),
    "no-target-batches": Message("no batch has changed such targets", "没有批次改过这些目标"),
    "revision-needs-reason": Message(
        "a revision needs its reason",
        "修订必须写明原因",
        '--reason "East takes over two accounts"',
        '--reason "华东接手两家客户"',
    ),
    "revision-month": Message(
        "`{text}` is not a month of {year}",
        "`{text}` 不是 {year} 内的月份",
        "write --from 2026-07",
        "请写 --from 2026-07",
    ),
    "revised-beside-policy": Message(
        "the year's figure of this revision is not in the policy: the next one goes back to what the file says",
        "本次修订的全年目标未写入方案文件:下次修订仍以文件为准",
        "write it there too, if it is to stay",
        "若要保留,请同时改写方案文件",
    ),
    "targets-restated": Message(
        "these targets take the place of accepted ones, past months included",
        "本次接受替换了已生效的目标,含已过去的月份",
        "salescli quota revise --from MONTH keeps the past",
        "要保留过去的月份,请用 salescli quota revise --from 月份",
    ),
    "restates-closed-months": Message(
        "commission of {closed} is closed: what changes in it is posted as a late fact",
        "{closed} 的提成已关账:其变动将作为迟到事实调整",
    ),
    "revisions-stay": Message(
        "revisions from {months} on stay in force over what was accepted",
        "自 {months} 起的修订版仍优先于本次接受的目标",
        "salescli quota log names their batches; undo them, or revise again",
        "用 salescli quota log 查看批次;可撤销,或再次修订",
    ),
}

MESSAGES: dict[str, Message] = {**_POLICY, **_SPLIT, **_TARGETS, **_VERSIONS, **_CHECKED}
