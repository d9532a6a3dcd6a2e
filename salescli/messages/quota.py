"""Sentences of the `quota` area: targets, their versions and checks, attainment."""

from __future__ import annotations

from salescli.messages import Message

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
    "ramp-role-unknown": Message(
        "`ramp` names the role `{role}`, which nobody has in the year",
        "`ramp` 中的角色 `{role}` 在该年度无人担任",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "targets-rival": Message(
        "{file} is of {metric} for {year} too: the policy accepted last ends the targets of the other",
        "{file} 也是 {metric} {year} 年的方案:后接受的会终止先接受的目标",
        "keep one policy for a metric and year",
        "同一指标同一年度请只保留一份方案",
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
    "several-target-policies": Message(
        "there are several target policies: {names}",
        "有多个目标方案:{names}",
        "name the one that is meant",
        "请写明是哪一个",
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
    "growth-needs-base": Message(
        "--growth grows from the policy's `base`, and it has none",
        "--growth 以方案的 `base` 为基数,而方案没有写 `base`",
        "write `base` in the policy, or give --amount",
        "请在方案中写 `base`,或改用 --amount",
    ),
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

MESSAGES: dict[str, Message] = {**_TARGETS, **_VERSIONS, **_CHECKED}
