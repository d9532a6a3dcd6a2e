"""Sentences of the `policy` area."""

from __future__ import annotations

from salescli.messages import Message

_TEXTS: dict[str, Message] = {
    "read-as-encoding": Message("read as {encoding}", "按 {encoding} 编码读取"),
    "not-a-text-file": Message(
        "this is not a text file", "这不是文本文件", "save it as plain text, UTF-8", "请另存为 UTF-8 纯文本"
    ),
    "policy-too-large": Message("larger than {limit} bytes: no policy is", "超过 {limit} 字节:不可能是政策文件"),
    "control-character": Message("character {code} cannot stand in a text", "文本中不能有字符 {code}"),
    "empty-policy": Message(
        "nothing is written in this file",
        "文件中没有任何内容",
        "delete it, or write its keys",
        "请删除该文件,或写入内容",
    ),
    "several-documents": Message(
        "`---` begins a second document",
        "`---` 开始了第二个文档",
        "write one document per file",
        "每个文件只写一个文档",
    ),
    "nested-too-deep": Message("nested more than {limit} levels deep", "嵌套超过 {limit} 层"),
    "yaml-syntax": Message("this is not YAML: {reason}", "YAML 语法错误:{reason}"),
    "second-colon": Message(
        "a second `: ` on the same line",
        "同一行出现了第二个 `: `",
        "put the text in quotes, or begin a new line",
        "请给文字加引号,或另起一行",
    ),
    "missing-colon": Message("`{text}` has no `: `", "`{text}` 缺少 `: `", "write `key: value`", "应写成 `键: 值`"),
    "no-space-after-colon": Message("no space after `:`", "`:` 后面缺少空格", "write `key: value`", "应写成 `键: 值`"),
    "unclosed-bracket": Message(
        "the bracket that opens here is not closed, or a comma is missing", "此处的括号没有闭合,或缺少逗号"
    ),
    "unclosed-quote": Message("the quote that opens here is not closed", "此处的引号没有闭合"),
    "bad-indent": Message(
        "this line is not indented like the ones around it",
        "此行的缩进与上下文不一致",
        "lines of one map or list begin in the same column",
        "同一级的各行必须左对齐",
    ),
    "tab-in-indent": Message("a tab stands here", "此处是制表符", "write spaces", "请改用空格"),
    "yaml-value-missing": Message("a value is missing here", "此处缺少值"),
    "sign-needs-quotes": Message(
        "a text cannot begin with `{sign}` without quotes",
        "文字不能直接以 `{sign}` 开头",
        "put it in quotes",
        "请加引号",
    ),
    "full-width-punctuation": Message(
        "`{sign}` is full-width", "`{sign}` 是全角字符", "write `{ascii}`", "请改用半角 `{ascii}`"
    ),
    "comma-in-flow": Message(
        "inside brackets the comma splits `{text}` in two",
        "括号内的逗号会把 `{text}` 拆成两项",
        "write {safe}, or put it in quotes, or put a space after a comma that separates",
        "请写成 {safe},或加引号;若逗号用于分隔,请在其后加空格",
    ),
    "duplicate-key": Message(
        "`{key}` is written twice (first in line {first_line})", "`{key}` 重复(首次在第 {first_line} 行)"
    ),
    "empty-value": Message(
        "`{key}` has no value", "`{key}` 没有值", "write one, or delete the key", "请填写,或删除该键"
    ),
    "key-not-text": Message("a key must be a text on one line", "键必须是单行文字"),
    "anchor-not-allowed": Message(
        "`{text}`: anchors and aliases are not used in policies",
        "`{text}`:政策文件不使用锚点和别名",
        "write the value again, or put it in quotes if it is a text",
        "请重写一遍该值;若是文字请加引号",
    ),
    "tag-not-allowed": Message(
        "`{text}`: tags are not used in policies",
        "`{text}`:政策文件不使用标签",
        "write the value only, or put it in quotes if it is a text",
        "请只写值;若是文字请加引号",
    ),
}

_SHAPES: dict[str, Message] = {
    "unknown-key": Message(
        "`{key}` is not a key of {of_en}", "`{key}` 不是{of_zh}的键", "did you mean `{nearest}`?", "是否为 `{nearest}`?"
    ),
    "missing-key": Message(
        "{of_en} needs the key `{key}`", "{of_zh}缺少必填键 `{key}`", "one of: {choices}", "可选:{choices}"
    ),
    "unknown-choice": Message(
        "`{text}` is none of: {choices}",
        "`{text}` 不在可选值之中:{choices}",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "one-of-keys-missing": Message("one of these keys is needed: {choices}", "必须写明其中一个键:{choices}"),
    "keys-exclude-each-other": Message("`{key}` cannot stand beside `{other}`", "`{key}` 不能与 `{other}` 同时出现"),
    "not-a-map": Message("a map of `key: value` lines is expected here", "此处应为若干行 `键: 值`"),
    "not-a-list": Message(
        "a list is expected here",
        "此处应为列表",
        "write `[a, b]`, or lines with `- `",
        "可写 `[a, b]`,或每行以 `- ` 开头",
    ),
    "not-a-value": Message("a single value is expected here", "此处应为单个值"),
    "wrong-kind": Message("one of these is expected here: {expected}", "此处应为:{expected}"),
    "empty-list": Message("at least one entry is needed here", "此处至少要有一项"),
    "too-few-items": Message("this list has too few entries", "列表的项数太少"),
    "too-many-items": Message("this list has too many entries", "列表的项数太多"),
    "empty-text": Message("the text is empty", "文字为空"),
    "unknown-title-key": Message(
        "a title has the keys `zh` and `en`, not `{key}`", "名称的键是 `zh` 和 `en`,不是 `{key}`"
    ),
    "name-with-line-break": Message("`{text}` goes on over a line break", "`{text}` 跨越了多行"),
    "unfit-value": Message("`{text}` cannot stand here: {reason}", "此处不能写 `{text}`:{reason}"),
    "number-too-small": Message("`{text}` is below {limit}", "`{text}` 低于 {limit}"),
    "number-not-above": Message("`{text}` is not above {limit}", "`{text}` 不高于 {limit}"),
    "number-too-large": Message("`{text}` is above {limit}", "`{text}` 高于 {limit}"),
    "not-a-step": Message(
        "a line such as `from 500,000: 5%` is expected here",
        "此处应为 `from 500,000: 5%` 这样的一行",
        "it begins with one of: {words}",
        "开头应为:{words}",
    ),
    "bad-step": Message(
        "`{key}` is not a threshold",
        "`{key}` 不是门槛",
        "write `from 500,000` or `from 80%`",
        "应写成 `from 500,000` 或 `from 80%`",
    ),
    "days-not-in-order": Message(
        "{day} stands after {before}", "{day} 写在 {before} 之后", "write the earlier day first", "请按日期先后书写"
    ),
}

_SCALARS: dict[str, Message] = {
    "bad-amount": Message(
        "`{text}` is not an amount",
        "`{text}` 不是金额",
        "write 500,000 or 500_000",
        "可写 500,000、500_000 或 50万",
    ),
    "amount-with-percent": Message("`{text}` is a rate; an amount is expected here", "`{text}` 是比率,此处应为金额"),
    "amount-too-large": Message(
        "`{text}` is larger than any amount that can be stored", "`{text}` 超出可存储的金额上限"
    ),
    "bad-rate": Message("`{text}` is not a rate", "`{text}` 不是比率", "write it with its sign: 3%", "请带百分号:3%"),
    "rate-without-percent": Message(
        "`{text}` is a rate without its sign",
        "比率 `{text}` 缺少百分号",
        "write {readings} if that is meant",
        "若是此意,请写 {readings}",
    ),
    "bad-factor": Message(
        "`{text}` is not a plain number", "`{text}` 不是数字", "write it like 1.2", "应写成 1.2 的形式"
    ),
    "number-too-long": Message("`{text}` has more than {limit} digits", "`{text}` 超过 {limit} 位"),
    "bad-count": Message("`{text}` is not a whole number", "`{text}` 不是整数"),
    "bad-day": Message(
        "`{text}` is not a date like 2026-01-31",
        "`{text}` 不是 2026-01-31 形式的日期",
        "write {nearest}",
        "请写 {nearest}",
    ),
    "no-such-day": Message("there is no day `{text}`", "不存在日期 `{text}`"),
    "bad-month": Message(
        "`{text}` is not a month",
        "`{text}` 不是月份",
        "write it as 2026-03, from 01 to 12",
        "请写成 2026-03,月份为 01 到 12",
    ),
    "bad-yes-no": Message("`{text}` is neither yes nor no", "`{text}` 既不是 yes 也不是 no"),
}

_METRICS: dict[str, Message] = {
    "bad-aggregate": Message(
        "`{text}` is not an aggregate",
        "`{text}` 不是有效的汇总方式",
        "write `sum FIELD`, `count`, `distinct FIELD`, `average FIELD`, `median FIELD`, `percentile FIELD 90` or "
        "`first-ever FIELD within 12 months`",
        "可写 `sum 字段`、`count`、`distinct 字段`、`average 字段`、`median 字段`、`percentile 字段 90` 或 "
        "`first-ever 字段 within 12 months`",
    ),
    "filter-mixes-operators": Message(
        "the condition on `{key}` mixes comparisons",
        "`{key}` 的条件混用了不同的比较方式",
        "several values are for `=` or `!=` only, the same for all",
        "多个值只能用于 `=` 或 `!=`,且必须一致",
    ),
    "metric-part-unknown": Message(
        "`{metric}` refers to `{text}`, which is no metric",
        "`{metric}` 引用的 `{text}` 不是指标",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "metric-cycle": Message("`{metric}` is made of itself: {way}", "`{metric}` 循环引用了自己:{way}"),
    "metric-not-addable": Message(
        "`{metric}` is made of `{text}`, a ratio, an average or the like, which cannot be added or divided again",
        "`{metric}` 由比率、平均值一类的 `{text}` 构成,不能再相加或相除",
    ),
    "metric-not-cumulative": Message(
        "`{metric}` adds up `{text}` over time, which does not add up: only sums and counts with a date do",
        "`{metric}` 累计的 `{text}` 不能按时间相加:只有带日期的求和或计数可以累计",
    ),
    "metric-mixes-units": Message("`{metric}` adds different units: {units}", "`{metric}` 把不同单位相加:{units}"),
    "metric-unknown-type": Message(
        "`{metric}` counts `{text}`, which is no record type",
        "`{metric}` 统计的 `{text}` 不是记录类型",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "metric-not-a-number": Message(
        "`{metric}` adds up `{text}` of {type}, which is no number that is stored as one",
        "`{metric}` 要加总 {type} 的 `{text}`,但它不是可加的数值",
        "one of: {fields}",
        "可选:{fields}",
    ),
    "metric-unit-differs": Message(
        "`{metric}` says `unit: {unit}`, but `{text}` of {type} is {kind}",
        "`{metric}` 写的是 `unit: {unit}`,而 {type} 的 `{text}` 是 {kind}",
        "write `unit: {kind}`",
        "请写 `unit: {kind}`",
    ),
    "metric-not-a-date": Message(
        "`{metric}` is dated by `{text}` of {type}, which is no date",
        "`{metric}` 以 {type} 的 `{text}` 为日期,但它不是日期",
        "one of: {fields}",
        "可选:{fields}",
    ),
    "metric-unknown-field": Message(
        "`{metric}` reads `{text}`: {type} has no such field",
        "`{metric}` 读取的 `{text}` 不存在:{type} 没有此字段",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "metric-unfit-condition": Message(
        "`{metric}` asks for `{path}` to be `{text}`, which it never is",
        "`{metric}` 的条件 `{path}` 为 `{text}`,而它不会是这个值",
        "values such as: {options}",
        "可写:{options}",
    ),
    "metric-override-differs": Message(
        "`{metric}` was `{was}` and cannot become `{now}`",
        "`{metric}` 原为 `{was}`,不能改成 `{now}`",
        "give the new number a name of its own",
        "请为新的数字另取名称",
    ),
}

_SETTINGS: dict[str, Message] = {
    "bad-currency-code": Message(
        "`{text}` is not a currency code",
        "`{text}` 不是货币代码",
        "write three capital letters, such as CNY",
        "请写三个大写字母,如 CNY",
    ),
    "bad-time-zone": Message(
        "`{text}` is not the name of a time zone", "`{text}` 不是时区名称", "write Asia/Shanghai", "如 Asia/Shanghai"
    ),
}

_PROCESS_AND_RECORDS: dict[str, Message] = {
    "unknown-policy": Message(
        "`{text}` is neither a kind of policy nor a file of one",
        "`{text}` 既不是方案类别,也不是方案文件",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "policy-not-read": Message(
        "nothing reads this file", "没有命令会读取此文件", "did you mean `{nearest}.yaml`?", "是否为 `{nearest}.yaml`?"
    ),
    "stage-named-twice": Message(
        "`{text}` names two stages, `{first}` and `{second}`", "`{text}` 同时是 `{first}` 与 `{second}` 两个阶段的名称"
    ),
    "type-exists": Message(
        "`{type}` is a built-in record type",
        "`{type}` 是内置记录类型",
        "add to it under `fields:`",
        "请在 `fields:` 下为其添加字段",
    ),
    "field-exists": Message("`{type}` already has a field `{field}`", "`{type}` 已有字段 `{field}`"),
}

MESSAGES: dict[str, Message] = {
    **_TEXTS,
    **_SHAPES,
    **_SCALARS,
    **_METRICS,
    **_SETTINGS,
    **_PROCESS_AND_RECORDS,
}
