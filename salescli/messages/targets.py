"""Sentences of the `targets` area: what a target policy says, and what is in the way of splitting it."""

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
        "the weights by `{method}` sum to 0: nothing can be split by them",
        "按 `{method}` 的权重合计为 0,无法分解",
        "give one part a weight, or split by something else: equal, say",
        "请为至少一项填写权重,或改用其他方法,例如 equal",
    ),
    "team-weights-sum-to-zero": Message(
        "the weights by `{method}` sum to 0 in team {team}",
        "团队 {team} 按 `{method}` 的权重合计为 0",
        "give somebody of the team a weight or a history, or add a share of `equal`",
        "请为该团队人员填写权重或导入历史数据,或加入一定比例的 `equal`",
    ),
    "floor-above-ceiling": Message(
        "`at_least` is above `at_most`",
        "`at_least` 高于 `at_most`",
        "lower one or raise the other",
        "请调低下限或调高上限",
    ),
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
        "team {team} has neither a person nor a vacant seat in the year",
        "团队 {team} 在该年度没有人员也没有空缺席位",
        "import its people, give it a vacant seat, or take it out of the weights",
        "请导入该团队人员、设置空缺席位,或从权重中去掉",
    ),
    "team-circle": Message(
        "teams are above each other in a circle: {teams}",
        "团队互为上级,形成循环:{teams}",
        "correct the parent of one of them",
        "请更正其中一个团队的上级",
    ),
    "sub-team-weights-sum-to-zero": Message(
        "the weights by `{method}` of the sub-teams of {team} sum to 0",
        "{team} 的下级团队按 `{method}` 的权重合计为 0",
        "give one of them a weight or a history, or add a share of `equal`",
        "请为其中一个填写权重或导入历史数据,或加入一定比例的 `equal`",
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
        "a seasonal index needs one complete year; {years}: none is",
        "季节指数至少需要一个完整年度;{years} 均不完整",
        "name a complete year, or take months `together` with one that has a figure: [[1, 2, 3], …]",
        "请写一个完整年度,或用 `together` 把缺数的月份与有数的月份合并:[[1, 2, 3], …]",
    ),
    "no-history-in-year": Message(
        "{year} has no history to take a seasonal index from",
        "{year} 年没有历史数据,无法计算季节指数",
        "name past years with data, or split months by `equal` or `weights`",
        "请写有数据的往年,或按 `equal`、`weights` 分解月份",
    ),
    "bad-fixed-period": Message(
        "`{text}` is not a year, quarter or month of {year}",
        "`{text}` 不是 {year} 内的年、季或月",
        "write it as 2026, 2026-Q1 or 2026-05",
        "请写成 2026、2026-Q1 或 2026-05",
    ),
    "fixed-twice": Message(
        "{person} has two fixed figures for {month}",
        "{person} 在 {month} 有两个固定目标",
        "keep one of them",
        "请只保留一个",
    ),
    "fixed-not-in-seat": Message(
        "{person} is not in one team in every month of {period}",
        "{person} 在 {period} 的各月并非都在同一团队",
        "fix only months in which the person has a seat in the team",
        "只能固定该人员在该团队任职的月份",
    ),
    "fixed-above-total": Message(
        "team {team}, {level}, {period}: the fixed figures are {over} more than there is",
        "团队 {team}({level},{period}):固定目标超出可分总额 {over}",
        "lower a fixed figure, or raise the year's amount",
        "请调低固定目标,或调高全年目标",
    ),
    "kept-above-year": Message(
        "{level}: the months before the revision have {over} more than the whole year",
        "{level}:修订前的各月已超出全年 {over}",
        "raise the year's amount, or revise from an earlier month",
        "请提高全年目标,或从更早的月份开始修订",
    ),
    "limits-impossible": Message(
        "team {team}, {level}: the limits add up to {total}, and there is {whole} to share; binding: {people}",
        "团队 {team}({level}):上下限合计 {total},而可分总额为 {whole};受限人员:{people}",
        "loosen the limit, or fix the figures of some",
        "请放宽限制,或为部分人员写固定目标",
    ),
    "targets-of-nobody": Message(
        "{count} targets are of a team or person that is not there; they are left out",
        "{count} 条目标的团队或人员不存在,未计入",
        "import the teams and people again, or undo the batch that the targets are from",
        "请重新导入团队和人员,或撤销这些目标的批次",
    ),
    "revision-outdated": Message(
        "run {run} was drafted on other targets of the company for {months}: the year would not add up",
        "运行 {run} 所依据的公司目标已变({months}),各月合计不再等于全年目标",
        "draft it again: salescli quota revise --from {month} --reason …",
        "请重新起草:salescli quota revise --from {month} --reason …",
    ),
}

MESSAGES: dict[str, Message] = {**_POLICY, **_SPLIT}
