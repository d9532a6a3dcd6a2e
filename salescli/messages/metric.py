"""Sentences of the `metric` area."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "unknown-metric": Message(
        "`{text}` is not a metric", "`{text}` 不是指标", "did you mean `{nearest}`?", "是否为 `{nearest}`?"
    ),
    "unknown-dimension": Message(
        "`{text}` is not a dimension", "`{text}` 不是维度", "one of: {dimensions}", "可选:{dimensions}"
    ),
    "no-such-dimension": Message(
        "`{metric}` cannot be grouped by {dimension}: a {type} does not reach it",
        "`{metric}` 不能按{dimension}分组:{type} 无此维度",
    ),
    "no-such-path": Message(
        "`{path}` leads nowhere: `{field}` is not a field on it", "路径 `{path}` 无效:`{field}` 不是字段"
    ),
    "bad-filter-value": Message("`{text}` is not a value of `{path}`", "`{text}` 不是 `{path}` 的有效值"),
}
