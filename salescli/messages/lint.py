"""Sentences of the `lint` area: what a plan says, and might not mean; and what a curve cannot be drawn of."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "curve-without-position": Message(
        "what `{component}` pays does not follow from one position: it has no curve",
        "`{component}` 付多少不由单一业绩决定,没有曲线",
    ),
    "curve-needs": Message(
        "without {flag} nothing can be computed: the plan reads it",
        "缺少 {flag},无法计算:方案要读取它",
        "name it, or a person whose own it is: --person",
        "请给出,或用 --person 指定人员",
    ),
    "curve-not-read": Message(
        "{flag} changes nothing: the plan does not read it",
        "{flag} 不起作用:方案不读取它",
        "leave it out",
        "请去掉",
    ),
    "curve-grade": Message(
        "`{text}` is no grade of the plan",
        "`{text}` 不是方案中的等级",
        "one of {choices}",
        "可用:{choices}",
    ),
    "curve-not-above-zero": Message("{flag} must be above 0, not {text}", "{flag} 必须大于 0,而不是 {text}"),
    "curve-range": Message("--to {last} is below --from {first}", "--to {last} 小于 --from {first}"),
    "curve-step": Message("a step of {text} goes nowhere", "间隔 {text} 无法前进"),
    "curve-too-long": Message(
        "{count} lines are more than {most}",
        "{count} 行超过上限 {most} 行",
        "a larger --step, or a narrower --from and --to",
        "请加大 --step,或缩小 --from 与 --to",
    ),
    "curve-not-on-plan": Message(
        "{person} is not on the plan {plan} on {day}",
        "{day} 时 {person} 不在方案 {plan} 内",
    ),
    "lint-nothing-below": Message(
        "below {below} no tier pays: `{key}` is the first",
        "{below} 以下没有档位,不计提:第一档是 `{key}`",
        "if less is meant to pay too, add a tier from 0",
        "如以下也应计提,请加一档 from 0",
    ),
    "lint-factor-below-first": Message(
        "below {below} the first factor, {factor}, holds as well: `{key}` is the first line",
        "{below} 以下同样按第一行的系数 {factor} 计:第一行是 `{key}`",
        "if less is meant to count otherwise, add a line from 0",
        "如以下应另计,请加一行 from 0",
    ),
    "lint-band-hole": Message(
        "between `{one}` and `{two}` there is a hole: {value} is in neither",
        "`{one}` 与 `{two}` 之间有空档:{value} 不属于任何一档",
        "write lower bounds alone: `from 95`, `from 85`",
        "只写下限:`from 95`、`from 85`",
    ),
    "lint-band-overlap": Message(
        "`{one}` and `{two}` overlap: {value} is in both",
        "`{one}` 与 `{two}` 重叠:{value} 同属两档",
        "write lower bounds alone: `from 95`, `from 85`",
        "只写下限:`from 95`、`from 85`",
    ),
    "lint-grade-without-factor": Message(
        "{scorecard} gives {grades}, which the table does not name: they count as without a grade, {factor}",
        "{scorecard} 会给出等级 {grades},表中没有:按无等级计,系数 {factor}",
        "add a line for each grade",
        "请为每个等级加一行",
    ),
    "lint-factor-without-grade": Message(
        "{scorecard} never gives the grade {grade}: it gives {grades}",
        "{scorecard} 不会给出等级 {grade},只有 {grades}",
    ),
    "lint-tier-beyond-cap": Message(
        "`{key}` begins at {position}, but the cap of {cap} is reached at {reached}: the tier never pays",
        "`{key}` 从 {position} 起,而上限 {cap} 在 {reached} 时已到:该档永远不起作用",
        "raise the cap, or leave the tier out",
        "请提高上限,或删去该档",
    ),
    "lint-cliff": Message(
        "one more {unit} at {position} pays {amount} at once: from {before} to {after} (`{key}`)",
        "在 {position} 处多一{unit},提成一次增加 {amount}:从 {before} 到 {after}(`{key}`)",
        "sales that stop just below it are worth a talk; slice-by-slice has no cliffs",
        "业绩停在临界点之下时容易起争议;分段累进没有跳档",
    ),
    "lint-cliff-down": Message(
        "one more {unit} at {position} takes {amount} away: from {before} to {after} (`{key}`)",
        "在 {position} 处多一{unit},提成反而减少 {amount}:从 {before} 到 {after}(`{key}`)",
        "whoever sells more should not be paid less: check the rates around it",
        "卖得多不应拿得少:请核对前后两档",
    ),
    "lint-pay-falls": Message(
        "above {position} every further {unit} takes {rate} of it away",
        "超过 {position} 后,每多一{unit}提成减少 {rate}",
        "check the amounts on both sides",
        "请核对前后两点的数额",
    ),
    "lint-marginal-above-whole": Message(
        "above {position} one more {unit} pays {rate} of it",
        "超过 {position} 后,每多一{unit}付 {rate}",
        "is a comma or a zero missing in the table?",
        "表中是否少了逗号或零?",
    ),
    "lint-together-above-whole": Message(
        "above {position} {names} together pay {rate} of one more {unit}",
        "超过 {position} 后,{names} 合计对每多一{unit}付 {rate}",
        "each alone pays less; together they pay more than comes in",
        "单看都不超,合起来超过业绩本身",
    ),
    "lint-refund-across-window": Message(
        "a refund after the window's end takes back too little: of {sample} at the highest rate {paid} was paid, "
        "{back} comes back, {lost} is lost",
        "窗口结束后的退款扣得不够:最高档的 {sample} 付了 {paid},只扣回 {back},损失 {lost}",
        "`refunds: recompute` or `original-rate` takes back what was paid",
        "`refunds: recompute` 或 `original-rate` 按原付数扣回",
    ),
    "lint-unit-paid-to-each": Message(
        "one unit that two people share pays {amount} to each, {both} in all: {share} % of it",
        "一件由两人分享时各付 {amount},合计 {both},即 {share} %",
        "`shared_unit: divide` pays it once",
        "`shared_unit: divide` 只付一份",
    ),
    "lint-order": Message(
        "`{key}` stands after `{other}`, but is calculated before it",
        "`{key}` 写在 `{other}` 之后,而计算在其之前",
        "the plan is the same; write the blocks in the order of calculation: {order}",
        "方案不变;请按计算顺序书写:{order}",
    ),
    "lint-draw-never-recovered": Message(
        "the draw is never recovered: recovery begins in month {begins}, the plan has {months}, then it is "
        "forgiven; up to {most} a person",
        "预支永远不会扣回:从第 {begins} 个月开始扣回,而方案只有 {months} 个月,结束时免除;每人最多 {most}",
        "let recovery begin earlier, or say `recover: nothing`",
        "请提前开始扣回,或写明 `recover: nothing`",
    ),
    "lint-draw-recovered-after-plan": Message(
        "the draw is not recovered within the plan: recovery begins in month {begins}, the plan has {months}; up to "
        "{most} a person is still owed at its end",
        "方案期内不会扣回预支:从第 {begins} 个月开始扣回,而方案只有 {months} 个月;到期每人最多仍欠 {most}",
        "let recovery begin earlier",
        "请提前开始扣回",
    ),
    "lint-draw-left": Message(
        "over {window}, {people} would not have earned their draw back: {amount} in all, most of it {person}: {most}",
        "按 {window} 的数据重算,有 {people} 人未能还清预支,合计 {amount},最多的是 {person},{most}",
        "lower the draw, recover more of the pay above it, or expect to lose it",
        "请降低预支、提高扣回比例,或做好损失的准备",
    ),
    "lint-guarantee-without-end": Message(
        "the guarantee of {amount} has no end: {months} months, up to {most} a person that no sale earned",
        "保底 {amount} 没有期限:{months} 个月,每人最多 {most} 与业绩无关",
        "say `for_months`",
        "请写明 `for_months`",
    ),
    "lint-holdback-keeps-nothing": Message(
        "nothing is kept: {day} has come when the plan begins on {start}",
        "不会留存任何款项:方案 {start} 起,而 {day} 已过",
        "write a later day, or a date field of the contract",
        "请写更晚的日期,或合同的日期字段",
    ),
    "lint-kept-without-date": Message(
        "{count} contracts have no {field}: {amount} of {window} would stay kept",
        "{count} 份合同没有 {field}:{window} 中有 {amount} 会一直留存",
        "fill the field, or write `without_date: release`",
        "请补填日期,或写 `without_date: release`",
    ),
    "lint-grade-takes-back": Message(
        "the grade {grade} (x {factor}) takes back what was paid before it was known: at most {amount}, of {person} in "
        "{period}",
        "等级 {grade}(系数 {factor})会扣回此前已付的提成:最多 {amount}({person},{period})",
        "`until_known: hold`, or `once_known: from-then-on`, takes nothing back",
        "`until_known: hold` 或 `once_known: from-then-on` 不会扣回",
    ),
    "lint-grade-takes-back-share": Message(
        "the grade {grade} (x {factor}) takes back {share} of what was paid before it was known",
        "等级 {grade}(系数 {factor})会扣回此前已付提成的 {share}",
        "`until_known: hold`, or `once_known: from-then-on`, takes nothing back",
        "`until_known: hold` 或 `once_known: from-then-on` 不会扣回",
    ),
    "lint-people-lack": Message(
        "`{component}` pays {count} of {people} people nothing in {window}: {said}",
        "{window} 中 `{component}` 对 {people} 人中的 {count} 人不计提:{said}",
        "import what is missing, or take them off the plan",
        "请导入缺少的数据,或将其移出方案",
    ),
    "lint-component-not-reached": Message(
        "nobody had anything in `{component}` in {window}",
        "{window} 中没有人在 `{component}` 有业绩",
        "check `pays_on`, `only` and `credit`, or leave the component out",
        "请核对 `pays_on`、`only` 与 `credit`,或删去该组件",
    ),
    "lint-tier-not-reached": Message(
        "nobody reached `{key}` in {window}: the highest was {person} with {reached}",
        "{window} 中没有人到 `{key}`:最高的是 {person},{reached}",
        "a tier beyond everybody costs nothing and moves nobody",
        "没有人够得着的档位,不花钱也不激励人",
    ),
    "lint-limit-not-reached": Message(
        "the limit never bound in {window}: the most was {amount} of {cap}, of {person}",
        "{window} 中上限从未生效:最高 {amount}(上限 {cap}),{person}",
    ),
    "lint-worst-month": Message(
        "over {window}, the plan would have paid least in {month}: {amount}, {people} paid; least of one person: "
        "{person}, {least} in {least_month}",
        "按 {window} 的数据重算,{month} 付得最少:{people} 人合计 {amount};"
        "单人最少的是 {person},{least_month} 为 {least}",
    ),
    "lint-worst-month-below-zero": Message(
        "over {window}, {person} would have earned {least} in {least_month}: below zero; all together least in "
        "{month}, {amount}",
        "按 {window} 的数据重算,{person} 在 {least_month} 应计 {least},为负;合计最少的是 {month},{amount}",
        "`below_zero` in `payout` says what becomes of it; `at_least: 0` of a component would stop it there",
        "如何处理由 `payout` 的 `below_zero` 决定;组件写 `at_least: 0` 则不会为负",
    ),
    "lint-rules-without-case": Message(
        "{count} of {rules} rules of {plan} are reached by no case; the first: {first}",
        "{plan} 的 {rules} 条规则中有 {count} 条没有用例;第一条:{first}",
        "salescli commission test --coverage lists them; test --keep PERIOD --person NAME writes a case",
        "salescli commission test --coverage 列出全部;test --keep 期间 --person 姓名 写出用例",
    ),
    "lint-no-plan": Message(
        "{person} ({role}) has {amount} of {metric} in {window} and is on no plan",
        "{person}({role})在 {window} 有 {metric} {amount},却不在任何方案内",
        "name the role, the team or the person in the `for` of a plan",
        "请在某个方案的 `for` 中写上岗位、团队或人员",
    ),
    "lint-two-plans": Message(
        "{person} is on {plan} and on {other} from {start} to {through}: {components} pay on the same credits",
        "{person} 从 {start} 到 {through} 同时在 {plan} 与 {other} 内:{components} 对同一业绩计提",
        "narrow one of the two `for`, or end the assignment",
        "请缩小其中一个 `for`,或结束任职",
    ),
    "lint-split-not-whole": Message(
        "the shares of {record} come to {share}: {rest} of {amount} is nobody's",
        "{record} 的分成合计 {share}:{amount} 中有 {rest} 不属于任何人",
        "what is missing is the house's; import the missing share",
        "缺少的部分归公司;如有遗漏请导入",
    ),
}
