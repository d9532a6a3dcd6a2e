"""What a metric counts, as a sentence in both languages: the text that a reader of the number is shown."""

from __future__ import annotations

from salescli.core.metrics.model import Aggregate, BaseMetric, CumulativeMetric, Metric, RatioMetric
from salescli.core.title import Title

_SIMPLE = {
    "sum": Title("{path} 之和", "the sum of {path}"),
    "count": Title("记录数", "the number of records"),
    "distinct": Title("不同 {path} 的个数", "the number of different {path}"),
    "average": Title(
        "{path} 的平均值:总和 ÷ 有值的记录数", "the average {path}: the sum ÷ the number of records that have one"
    ),
    "percentile": Title(
        "{path} 的 {percent} 百分位数(线性插值,type 7,同 Excel PERCENTILE.INC),无值的记录不计",
        "percentile {percent} of {path}, of the records that have one: linear interpolation, type 7, as Excel's "
        "PERCENTILE.INC",
    ),
    "collected": Title(
        "每期应收中,截至所问期间末日已收回的部分:核销到该期的回款,其余回款按合同应收日期先后冲抵;"
        "退款扣回;每期不超过应收金额",
        "what has been received of each instalment by the last day of the period asked: receipts allocated to it, and "
        "the other receipts of its contract in the order in which instalments fall due; less refunds; never more than "
        "falls due",
    ),
    "first-ever": Title(
        "每个{path}的首笔记录{least},且此前 {months} 个月内没有任何记录;同一集团只算一个;"
        "已知更早就是客户的不算;记录追溯不到 {months} 个月、又没有成为客户日期的,不计入,另行列出",
        "the first record of each {path}{least}, with none at all in the {months} months before; a group counts once; "
        "who is known to be a customer for longer does not count; where the records do not reach back {months} months "
        "and no date is known since when one is a customer, it is listed and not counted",
    ),
}

GRAINS = {"month": Title("月", "month"), "quarter": Title("财季", "quarter"), "year": Title("财年", "year")}


def explain_value(metric: Metric) -> Title:
    """Return what a metric counts; of a sum or a ratio, what it is made of."""
    if isinstance(metric, BaseMetric):
        return _of_base(metric.value, metric)
    if isinstance(metric, RatioMetric):
        made = f"{metric.numerator} ÷ {metric.denominator}"
        return Title(f"{made};分母为零时无值", f"{made}; undefined where nothing stands below")
    if isinstance(metric, CumulativeMetric):
        zh, en = (
            f"自所在{GRAINS[metric.over].zh}开始至期间末日的累计",
            f"added up from the beginning of the {metric.over}",
        )
        return Title(f"{metric.part},{zh}", f"{metric.part}, {en} to the last day of the period")
    made = " + ".join(metric.plus) + "".join(f" − {name}" for name in metric.minus)
    return Title(made, made)


def _of_base(value: Aggregate, metric: BaseMetric) -> Title:
    text = _SIMPLE[value.kind]
    least = metric.at_least
    amount = "" if least is None else f"{least:,f}"
    percent = "" if value.percent is None else f"{value.percent:f}"
    enough = f"满 {amount}" if amount else ""
    zh = text.zh.format(path=value.path, months=value.months, percent=percent, least=enough)
    reach = f" of at least {amount}" if amount else ""
    en = text.en.format(path=value.path, months=value.months, percent=percent, least=reach)
    return Title(zh, en)
