"""`report data-quality`: how complete, valid, unique, consistent and timely the records are, and one score of it."""

from __future__ import annotations

from collections.abc import Mapping

from salescli.core.quality.checks import TITLES
from salescli.core.quality.score import FRESH, PARTS, STALE, Tally, compute_part, compute_score
from salescli.core.table import Block, Column, Line, Ratio, Report, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.answers import Results
from salescli.reports.declaration import Need, QualityNeed
from salescli.reports.measures import as_ratio
from salescli.reports.params import EXPLAIN, ROWS, Asked, Param
from salescli.reports.quality_facts import FailingRow, Finding, QualityFacts, TypeFact

TYPE = Param("type", "type", Title("只看这个记录类型,并列出其字段", "this record type only, with its fields"))
BY = Param("by", "choice", Title("按类型或负责人评分", "score types or owners"), "type", ("type", "owner"))
PARAMS = (TYPE, BY, ROWS, EXPLAIN)
NOTHING = Title("还没有记录:先导入(salescli import 文件)", "no record yet: import a file (salescli import FILE)")
SOUND = Title("没有发现问题", "nothing found")
_PART_TITLES = {
    "completeness": Title("完整", "Complete"),
    "validity": Title("有效", "Valid"),
    "uniqueness": Title("唯一", "Unique"),
    "consistency": Title("一致", "Consistent"),
    "timeliness": Title("及时", "Timely"),
}
NONE = Title("—", "—")
_FORMULAS = (
    Title(
        "完整 = 有值的单元格 / 在用字段的全部单元格(任一记录有值的字段,及名称、日期、金额;"
        "备注、结束日期和有默认值的不计)",
        "complete = cells with a value / all cells of fields in use (any record has a value, or it is the name, day or "
        "amount; remarks, days of an end and fields with a default do not)",
    ),
    Title(
        "有效 = 有效的值 / 可检查的值(选项、引用、日期 1990–2100、邮箱、电话);导入时读不出的值从不入库",
        "valid = sound values / values that can be checked (lists, references, days 1990–2100, e-mail, phone); "
        "what could not be read was never stored",
    ),
    Title(
        "唯一 = 与众不同的值 / 名称、税号、电话、邮箱的值,以及同日同额同一对象的款项",
        "unique = values that stand alone / names, tax ids, phones, e-mails, and money of one day, amount and party",
    ),
    Title(
        "一致 = 不自相矛盾的记录 / 记录(日期先后、负金额、分成合计、负责人在职、进行中而赢率 100 %)",
        "consistent = records without a contradiction / records (order of dates, negative amounts, shares, owner "
        "employed, open at 100 %)",
    ),
    Title(
        f"及时 = {FRESH} 天内更新为 100 %,满 {STALE} 天为 0,其间按直线;更新 = 最近业务日期,无日期者为最近批次",
        f"timely = 100 % up to {FRESH} days since the last update, 0 at {STALE}, a straight line between; the update "
        "is the newest day of the type's date, else its newest batch",
    ),
    Title(
        "得分 = 有内容可查的各项的平均,权重相等", "score = the plain mean of the parts that there are, equal weights"
    ),
)


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for what is sound in the records."""
    return {"quality": QualityNeed(asked.text("type"), asked.flag("rows"))}


def build(asked: Asked, results: Results) -> Report:
    """Build the scores, what was found, and on request fields, records and formulas."""
    facts = results.quality()
    blocks: list[Block] = [_owners(facts) if asked.text("by") == "owner" else _types(facts)]
    if asked.text("type"):
        blocks += [_fields(each) for each in facts.types]
    if facts.types:
        blocks.append(_findings(facts.findings))
    if asked.flag("rows"):
        blocks.append(_rows(facts.rows))
    if asked.flag("explain"):
        lines = tuple(Line(text) for text in _FORMULAS)
        blocks.append(Trace("definition", lines, Title("口径", "Definition")))
    return Report(
        "data-quality", _title(asked, facts), tuple(blocks), _footer(asked, results, facts), next=_next(asked, facts)
    )


def _title(asked: Asked, facts: QualityFacts) -> Title:
    title = Title(f"数据质量 · {asked.on}", f"Data quality · {asked.on}")
    if asked.text("type") and facts.types:
        own = facts.types[0].title
        return Title(f"{title.zh} · {own.zh}", f"{title.en} · {own.en}")
    return title


def _part_columns() -> list[Column]:
    columns = [Column(part, _PART_TITLES[part], "ratio", blank=NONE) for part in PARTS]
    days = Column("days", Title("距今(天)", "Days old"), "count", give_way="narrow")
    return [Column("score", Title("得分", "Score"), "ratio", blank=NONE), *columns, days]


def _part_cells(tally: Tally) -> list[Value]:
    cells: list[Value] = []
    for part in PARTS:
        if part == "timeliness":
            cells.append(as_ratio(compute_part(tally, part)))
        else:
            sound, of = getattr(tally, part)
            cells.append(Ratio(sound, of) if of else None)
    return [as_ratio(compute_score(tally)), *cells, tally.days]


def _types(facts: QualityFacts) -> Table:
    columns = (
        Column("type", Title("类型", "Type")),
        Column("rows", Title("记录", "Records"), "count"),
        *_part_columns(),
    )
    rows = tuple((each.title, each.tally.rows, *_part_cells(each.tally)) for each in facts.types)
    return Table("types", columns, rows, empty=NOTHING)


def _owners(facts: QualityFacts) -> Table:
    columns = (
        Column("key", Title("编号", "Key"), "id"),
        Column("owner", Title("负责人", "Owner")),
        Column("rows", Title("记录", "Records"), "count"),
        *_part_columns(),
    )
    rows = tuple(
        (
            each.key,
            Title("(无)", "(none)") if each.key is None else each.name,
            each.tally.rows,
            *_part_cells(each.tally),
        )
        for each in facts.owners
    )
    return Table("owners", columns, rows, empty=NOTHING)


def _fields(each: TypeFact) -> Table:
    columns = (
        Column("field", Title("字段", "Field")),
        Column("filled", Title("有值", "Filled"), "count"),
        Column("rows", Title("记录", "Records"), "count"),
        Column("completeness", _PART_TITLES["completeness"], "ratio"),
        Column("invalid", Title("无效", "Invalid"), "count"),
        Column("repeated", Title("重复", "Repeated"), "count"),
    )
    rows = tuple(
        (one.title, one.filled, one.rows, Ratio(one.filled, one.rows), one.invalid, one.repeated) for one in each.fields
    )
    return Table("fields", columns, rows, Title("字段", "Fields"))


def _findings(findings: tuple[Finding, ...]) -> Table:
    columns = (
        Column("type", Title("类型", "Type")),
        Column("field", Title("字段", "Field")),
        Column("finding", Title("发现", "Finding")),
        Column("failed", Title("记录", "Records"), "count"),
        Column("looked", Title("检查数", "Looked at"), "count"),
        Column("share", Title("占比", "Share"), "ratio"),
    )
    rows = tuple(
        (one.title, one.field, TITLES[one.check], one.failed, one.looked, Ratio(one.failed, one.looked))
        for one in findings
    )
    return Table("findings", columns, rows, Title("发现的问题", "Found"), empty=SOUND)


def _rows(rows: tuple[FailingRow, ...]) -> Table:
    columns = (
        Column("type", Title("类型", "Type")),
        Column("key", Title("编号", "Key"), "id"),
        Column("name", Title("名称", "Name")),
        Column("owner", Title("负责人", "Owner")),
        Column("field", Title("字段", "Field")),
        Column("finding", Title("发现", "Finding")),
        Column("value", Title("值", "Value")),
    )
    found = tuple((one.type, one.key, one.name, one.owner, one.field, TITLES[one.check], one.value) for one in rows)
    return Table("records", columns, found, Title("记录", "Records"), empty=SOUND)


def _footer(asked: Asked, results: Results, facts: QualityFacts) -> tuple[Title, ...]:
    lines = [results.known]
    if facts.types:
        lines.append(Title("得分 = 各项平均,权重相等(--explain)", "score = plain mean of the parts (--explain)"))
    lines += _few(asked, facts)
    if asked.text("by") == "owner" and facts.owners:
        lines.append(Title("(无)= 不归任何人的记录", "(none) = records of nobody"))
    if asked.flag("rows") and any(one.failed > facts.limit for one in facts.findings):
        lines.append(
            Title(f"每项最多列出 {facts.limit} 条", f"at most {facts.limit} records of each finding are listed")
        )
    return tuple(lines)


def _few(asked: Asked, facts: QualityFacts) -> list[Title]:
    """Say whose shares are those of few records."""
    if asked.text("by") == "owner":
        few = [(Title(one.name, one.name), one.tally.rows) for one in facts.owners if one.tally.is_few and one.key]
    else:
        few = [(one.title, one.tally.rows) for one in facts.types if one.tally.is_few]
    if not few:
        return []
    zh, en = (", ".join(f"{title.text(language)} ({rows})" for title, rows in few[:6]) for language in ("zh", "en"))
    more = " …" if len(few) > 6 else ""
    return [Title(f"例数少:{zh}{more}", f"few cases: {en}{more}")]


def _next(asked: Asked, facts: QualityFacts) -> tuple[str, ...]:
    if not facts.findings or (asked.flag("rows") and asked.text("type")):
        return ()
    worst = max(facts.findings, key=lambda one: one.failed)
    return (f"salescli report data-quality --type {worst.type} --rows",)
