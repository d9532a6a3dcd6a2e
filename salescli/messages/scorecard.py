"""Sentences of the `scorecard` area: the policy, its runs, and what cannot be measured."""

from __future__ import annotations

from salescli.messages import Message

_POLICY: dict[str, Message] = {
    "weights-not-100": Message(
        "the weights of {count} KPIs sum to {total}, not 100%",
        "{count} 项考核的权重合计 {total},应为 100%",
        "what is missing or too much would change every score",
        "缺少或多出的权重会改变每个人的得分",
    ),
    "grades-not-in-order": Message(
        "`{text}` does not go on in the direction of `{other}`",
        "`{text}` 与 `{other}` 的顺序不一致",
        "list grades from the highest bound down, or from the lowest up",
        "等级请从高到低或从低到高排列",
    ),
    "grade-bound-is-rate": Message(
        "`{text}` is a rate; a grade begins at a score",
        "`{text}` 是比率;等级的下限是分数",
        "write `from 85: A`",
        "请写 `from 85: A`",
    ),
    "score-limits-crossed": Message("`at_least` is above `at_most` of a score", "得分的 `at_least` 高于 `at_most`"),
    "scorecard-backwards": Message("`{text}` is before the scorecard begins", "`{text}` 早于考核表的起始日"),
    "key-says-nothing": Message("`{key}` says nothing here: it goes with {needs}", "`{key}` 在此无意义:只用于 {needs}"),
    "curve-flat": Message(
        "`zero_at` and `full_at` are both {text}: no line goes through them",
        "`zero_at` 与 `full_at` 都是 {text},无法成线",
    ),
    "curve-mixed-bounds": Message(
        "{text} and {other} are in different units: one curve reads either rates or numbers",
        "{text} 与 {other} 单位不同:一条曲线只能全用比率或全用数值",
    ),
    "curve-less-is-better": Message(
        "`nothing_below` with a curve on which less is better would take everything from the best",
        "越低越好的曲线不能写 `nothing_below`:最好的反而得 0 分",
    ),
    "curve-steps-not-ascending": Message("`{text}` does not lie above `{other}`", "`{text}` 没有高于 `{other}`"),
    "points-above-full": Message(
        "{text} points are more than the {full} of `out_of`", "{text} 分超过 `out_of` 的 {full} 分"
    ),
    "curve-in-other-unit": Message(
        "`{text}` cannot be compared: {reads} is read as {kind}",
        "`{text}` 无法比较:{reads} 的读数是{kind}",
        "did you mean `{example}`?",
        "是否为 `{example}`?",
    ),
    "metric-of-nobody": Message(
        "`{metric}` is in nobody's credit: no person or team has a figure of it",
        "`{metric}` 不归任何人:没有个人或团队的数值",
    ),
    "quotient-read-as": Message(
        "`{metric}` is a quotient; {read_as} of it cannot be had, for its months do not add up",
        "`{metric}` 是比率,不能取{read_as}:各月不能相加",
        "write `read_as: actual`, and put the target into the curve",
        "请写 `read_as: actual`,把目标写进曲线",
    ),
    "kpi-heavy": Message(
        "`{kpi}` weighs {weight}, more than the {limit} that this scorecard allows one KPI",
        "`{kpi}` 权重 {weight},超过本表单项上限 {limit}",
    ),
    "view-share": Message(
        "the KPIs of {view} weigh {share} together; this scorecard asks for {limits}",
        "{view} 各项权重合计 {share},本表要求 {limits}",
    ),
    "scores-without-grade": Message(
        "scores from {floor} to {text} have no grade",
        "{floor} 至 {text} 分没有等级",
        "add a line `from {floor}: …`",
        "请加一行 `from {floor}: …`",
    ),
}

_RUNS: dict[str, Message] = {
    "no-scorecards": Message(
        "there is no scorecard in {folder}",
        "{folder} 里没有考核表",
        "copy a shipped one there, or try one out: --template {names}",
        "可复制内置的考核表,或先试算:--template {names}",
    ),
    "unknown-scorecard": Message(
        "`{text}` is not a scorecard", "`{text}` 不是考核表", "there are: {names}", "现有:{names}"
    ),
    "which-scorecard": Message(
        "several scorecards judge {period}: {names}",
        "{period} 有多份考核表:{names}",
        "choose one with --scorecard",
        "请用 --scorecard 选择",
    ),
    "scorecard-other-period": Message(
        "{period} is no {over}: {names} judges a {over} at a time",
        "{period} 不是{over}:{names} 按{over}考核",
        "try `{example}`",
        "可写 `{example}`",
    ),
    "scorecard-not-in-force": Message(
        "{name} is not in force in {period}: it is from {start} through {through}",
        "{name} 在 {period} 不适用:自 {start} 至 {through}",
    ),
    "scorecard-for-nobody": Message(
        "nobody is judged by {name} in {period}: no assignment fits its `for`",
        "{period} 没有人适用 {name}:没有任职符合 `for`",
        "roles in that period: {roles}",
        "该期间的岗位:{roles}",
    ),
    "scorecard-no-data": Message(
        "nothing can be scored in {period}: no KPI of {name} has a record, a target or a rating there",
        "{period} 无从打分:{name} 的考核项都没有记录、目标或评分",
        "data reaches through {through}",
        "数据截至 {through}",
    ),
    "kpi-no-records": Message(
        "{kpi}: `{metric}` has no record in {period}; it counts as its `if_missing` says ({missing})",
        "{kpi}:`{metric}` 在 {period} 没有记录,按 `if_missing`({missing})处理",
    ),
    "kpi-no-target": Message(
        "{kpi}: no target of `{metric}` in {period} for {people}; it counts as `if_missing` says ({missing})",
        "{kpi}:{period} 没有 `{metric}` 的目标:{people};按 `if_missing`({missing})处理",
        "salescli quota split, then salescli quota accept; or import --as target",
        "请运行 salescli quota split 和 salescli quota accept,或 import --as target",
    ),
    "kpi-no-rating": Message(
        "{kpi}: no rating `{rating}` in {period} for {people}; it counts as `if_missing` says ({missing})",
        "{kpi}:{period} 没有评分 `{rating}`:{people};按 `if_missing`({missing})处理",
        "salescli import FILE --as rating, with the columns scorecard, person, period, kpi, score",
        "salescli import 文件 --as rating,列:考核表、人员、期间、考核项、得分",
    ),
    "scorecard-not-run": Message(
        "no scorecard was run for {period}",
        "{period} 还没有考核运行",
        "salescli scorecard run {period}",
        "salescli scorecard run {period}",
    ),
    "scorecard-whom": Message(
        "whose sheet is to be explained?",
        "要解释谁的考核?",
        "salescli scorecard explain {period} --person NAME",
        "salescli scorecard explain {period} --person 姓名",
    ),
    "not-on-scorecard": Message(
        "{person} is not judged by {name} in {period} (run #{run})", "{person} 不在 {period} 的 {name} 中(运行 #{run})"
    ),
    "scorecard-unknown-kpi": Message(
        "`{text}` is not a KPI of this scorecard", "`{text}` 不是本表的考核项", "one of: {choices}", "可选:{choices}"
    ),
    "scorecard-closed": Message(
        "{name} {period} is closed (run #{run}, known on {known_on}); a closed grade is never edited",
        "{name} {period} 已定稿(运行 #{run},{known_on} 公布),定稿的等级不再改动",
        "salescli scorecard close {period} --reason WHY makes a corrected one, known from its own day on",
        "更正请用 salescli scorecard close {period} --reason 原因:自公布之日起生效",
    ),
    "scorecard-not-over": Message(
        "{period} is not over: it ends on {through}, and today is {today}",
        "{period} 还没结束:末日 {through},今天 {today}",
    ),
    "scorecard-differs": Message(
        "scorecard run {run} ({period}) does not reproduce: {people}", "考核运行 {run}({period})无法重现:{people}"
    ),
    "scorecard-not-begun": Message(
        "{period} has not begun: it starts on {start}, and today is {today}",
        "{period} 还没开始:首日 {start},今天 {today}",
    ),
    "known-before-end": Message(
        "grades of {period} cannot be known on {known_on}: the period ends on {through}",
        "{period} 的等级不可能在 {known_on} 公布:期间末日为 {through}",
    ),
    "known-before-corrected": Message(
        "a corrected grade cannot be known on {known_on}, before what it corrects ({before}, run #{run})",
        "更正的等级不可能在 {known_on} 公布:它更正的等级 {before} 才公布(运行 #{run})",
    ),
    "known-in-future": Message("{known_on} is after today, {today}", "{known_on} 晚于今天({today})"),
}

MESSAGES: dict[str, Message] = {**_POLICY, **_RUNS}
