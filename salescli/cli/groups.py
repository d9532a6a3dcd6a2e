"""The table of commands: the one place that says what salescli can be asked to do.

The root serves `--help`, completion and "did you mean" from this table alone, and imports a command's module only
to run that command; so this module imports next to nothing. To add a command: write its module, add its line here,
and a golden under `tests/cli/`. A test holds the table and the modules equal.

A *group* is `salescli NOUN VERB`: its module has `app: typer.Typer` with one command per verb. A *command* is bare
(`salescli undo`): its module has a function of the given name. What a person reads about either (the first line of its
help, and the examples) stands here, in both languages; a module only adds its options.
"""

from __future__ import annotations

from typing import NamedTuple

from salescli.core.title import Title
from salescli.services.report.registry import REPORTS


class Verb(NamedTuple):
    """One verb of a group: `name` as typed, what it does, and examples without the leading `salescli`."""

    name: str
    summary: Title
    examples: tuple[str, ...] = ()
    to_folder: bool = False  # `-o` names a folder


class Group(NamedTuple):
    """A noun with verbs, served by `module.app`."""

    name: str
    module: str
    section: str
    summary: Title
    verbs: tuple[Verb, ...]


class Command(NamedTuple):
    """A bare verb, served by `module.function`."""

    name: str
    module: str
    function: str
    section: str
    summary: Title
    examples: tuple[str, ...] = ()


class Table(NamedTuple):
    """Everything the root knows."""

    commands: tuple[Command, ...]
    groups: tuple[Group, ...]

    def command(self, name: str) -> Command | None:
        """Return the bare command of this name."""
        return next((command for command in self.commands if command.name == name), None)

    def group(self, name: str) -> Group | None:
        """Return the group of this name."""
        return next((group for group in self.groups if group.name == name), None)

    def names(self) -> list[str]:
        """Return every first word that can be typed."""
        return [entry.name for entry in self.entries()]

    def entries(self) -> list[Command | Group]:
        """Return bare commands, then groups, each in the order of the table."""
        return [*self.commands, *self.groups]


SECTIONS: dict[str, Title] = {
    "start": Title("开始", "Start"),
    "data": Title("数据", "Data"),
    "numbers": Title("数字", "Numbers"),
    "money": Title("目标与提成", "Quotas and commission"),
    "house": Title("维护", "Housekeeping"),
}

COMMANDS: tuple[Command, ...] = (
    Command(
        "start",
        "salescli.cli.starting",
        "start",
        "start",
        Title(
            "从手上的表格开始:建工作区、导入、核对合计。",
            "Begin with the spreadsheet you have: workspace, import, sums checked.",
        ),
        ("start 三月回款.xlsx", "start receipts.csv --currency USD"),
    ),
    Command(
        "init",
        "salescli.cli.starting",
        "init",
        "start",
        Title("新建一个空的工作区。", "Make an empty workspace."),
        ("init", "init my-team --currency EUR"),
    ),
    Command(
        "demo",
        "salescli.cli.starting",
        "demo",
        "start",
        Title(
            "复制示例公司并走一遍:导入、目标、提成、解释、导出。",
            "Copy the example company and walk through it: import, quotas, commission, explanation, export.",
        ),
        ("demo", "demo my-demo --only-copy", "demo --example acme"),
    ),
    Command(
        "status",
        "salescli.cli.status",
        "status",
        "start",
        Title(
            "一屏看清:有什么数据、什么在等人、本月到哪一步。",
            "One screen: what is in, what waits for someone, where the month stands.",
        ),
        ("status", "status --on 2026-03-22"),
    ),
    Command(
        "import",
        "salescli.cli.importing",
        "import_",
        "data",
        Title(
            "把表格导入数据库:可预览、可撤销,坏行单独列出。",
            "Bring spreadsheets into the store: previewed, undoable, bad rows kept out.",
        ),
        (
            "import inbox/三月回款.xlsx",
            "import inbox/*.xlsx --dry-run",
            "import 三月回款.xlsx --preview 10",
            "import 合同台账.xlsx --changes-from 2026-04-01",
            "import zoho-crm --profile zoho",
        ),
    ),
    Command(
        "sniff",
        "salescli.cli.sniff",
        "sniff",
        "data",
        Title(
            "看看表格会被认成什么、为什么:不写入,不需要工作区。",
            "What a spreadsheet would be taken for, and why: nothing is written, no workspace needed.",
        ),
        ("sniff 三月回款.xlsx", "sniff inbox --lang zh", "sniff export.csv --as deal --date-order dmy"),
    ),
    Command(
        "check",
        "salescli.cli.check",
        "check",
        "data",
        Title("检查全部方案文件,一次列出所有问题。", "Check every policy file; all problems at once."),
        ("check", "check plans targets", "check --schema plans -o plans.schema.json"),
    ),
    Command(
        "undo",
        "salescli.cli.history",
        "undo",
        "data",
        Title("撤销一个批次;撤销一次撤销即重做。", "Take back a batch; taking back an undo is a redo."),
        ("undo", "undo 57", "undo --dry-run"),
    ),
    Command(
        "log",
        "salescli.cli.history",
        "log",
        "data",
        Title("列出所有批次,或一个批次及其来源。", "List all batches, or one with its sources."),
        ("log", "log 57", "log 57 --rows"),
    ),
    Command(
        "sql",
        "salescli.cli.store",
        "sql",
        "house",
        Title("用一条 SELECT 查询当前数据(只读)。", "Ask the present records with one SELECT (read-only)."),
        ('sql "SELECT region, count(*) FROM customer GROUP BY region"', 'sql "SELECT * FROM receipt" -O csv'),
    ),
)

GROUPS: tuple[Group, ...] = (
    Group(
        "metric",
        "salescli.cli.metric",
        "numbers",
        Title("指标:目录,以及按任意维度的数值。", "Metrics: the catalogue, and any figure by any dimension."),
        (
            Verb("list", Title("列出所有指标及其定义。", "List all metrics with their definitions."), ("metric list",)),
            Verb(
                "show",
                Title("显示一个指标,可分组、筛选、追溯到记录。", "Show a metric by group, with the records behind it."),
                (
                    "metric show receipts --by team --period 2026-03",
                    "metric show win-rate --by person --period ytd --explain",
                    "metric show receipts --where region=华东 --period 2026-Q1 --rows",
                ),
            ),
        ),
    ),
    Group(
        "report",
        "salescli.cli.report",
        "numbers",
        Title("报表:团队、个人、走势、排行榜。", "Reports: teams, one person, trends, leaderboards."),
        (
            Verb(
                "list",
                Title("列出所有报表及其参数。", "List all reports with what they can be asked."),
                ("report list",),
            ),
            *(Verb(entry.name, entry.summary, entry.examples) for entry in REPORTS),
        ),
    ),
    Group(
        "funnel",
        "salescli.cli.funnel",
        "numbers",
        Title("漏斗:转化、流失、周期、账龄。", "The funnel: conversion, leaks, cycles, ageing."),
        (
            Verb(
                "show",
                Title(
                    "显示漏斗:各阶段到达数、转化、流失和赢单率。",
                    "Show the funnel: how far deals came, where they leak, and the win rates.",
                ),
                (
                    "funnel show 2026-Q1",
                    "funnel show 2026-Q1 --by team",
                    "funnel show 2026-Q1 --mode strict --explain",
                    "funnel show 2026-Q1 --stage proposal --rows",
                    "funnel show --mode snapshot --on 2026-03-31",
                ),
            ),
            Verb(
                "cycle",
                Title("显示销售周期与各阶段停留天数。", "Show how long deals take, to the end and in each stage."),
                ("funnel cycle", "funnel cycle 2026-Q1"),
            ),
            Verb(
                "ageing",
                Title(
                    "在手商机账龄:比所有赢单都久的列出。",
                    "Show the age of open deals, and list those older than any that was won.",
                ),
                ("funnel ageing", "funnel ageing --slow --limit 20"),
            ),
            Verb(
                "leads",
                Title(
                    "线索到商机到赢单:按来源、市场活动等的转化率及区间。",
                    "Show how many leads were converted, became deals and were won, with intervals.",
                ),
                ("funnel leads 2026-Q1 --by source", "funnel leads --by campaign"),
            ),
            Verb(
                "velocity",
                Title(
                    "销售速度:在手 × 赢单率 × 平均金额 ÷ 周期。",
                    "Show what the pipeline is worth per day, from four factors of one window.",
                ),
                ("funnel velocity", "funnel velocity 2026-Q1 --by team", "funnel velocity 2026-Q1 --explain"),
            ),
            Verb(
                "slippage",
                Title(
                    "预计成交日推迟了几次、几天,承诺金额推出期外多少。",
                    "Show how often and how far expected closes moved, and what was pushed out of a period.",
                ),
                ("funnel slippage 2026-Q1", "funnel slippage 2026-Q1 --by person", "funnel slippage --rows"),
            ),
            Verb(
                "waterfall",
                Title(
                    "管道变动:两个日期或两个数据状态之间,逐项相加为期末。",
                    "Show how the pipeline came from one day, or state of the store, to another.",
                ),
                (
                    "funnel waterfall 2026-01-31 2026-03-31",
                    "funnel waterfall 2026-Q1 --by team",
                    "funnel waterfall --known 1..2 --closing 2026-Q2",
                    "funnel waterfall 2026-Q1 --step won",
                ),
            ),
        ),
    ),
    Group(
        "deal",
        "salescli.cli.deal",
        "data",
        Title("商机:列表、单个、推进、赢单、输单。", "Deals: list, show, move, win, lose."),
        (
            Verb(
                "list",
                Title("列出在手商机及其账龄。", "List the open deals with their ages."),
                ("deal list", "deal list --owner 王芳 --stage 谈判", "deal list --stuck", "deal list --all"),
            ),
            Verb(
                "show",
                Title("显示一个商机及其阶段历史。", "Show one deal with its way through the stages."),
                ("deal show SJ-2026-0012",),
            ),
            Verb(
                "move",
                Title("把商机推进(或退回)到一个阶段。", "Move a deal to a stage, forward or back."),
                ("deal move SJ-2026-0012 谈判", "deal move SJ-2026-0012 proposal --at '2026-03-22 14:30'"),
            ),
            Verb(
                "win",
                Title("记为赢单。", "Close a deal as won."),
                ("deal win SJ-2026-0012", "deal win SJ-2026-0012 --amount 52万 --on 2026-03-22"),
            ),
            Verb(
                "lose",
                Title("记为输单,并写明原因。", "Close a deal as lost, with the reason."),
                ("deal lose SJ-2026-0012 --reason 价格",),
            ),
        ),
    ),
    Group(
        "customer",
        "salescli.cli.customer",
        "data",
        Title("客户:一页档案。", "Customers: one page of what is known of each."),
        (
            Verb(
                "show",
                Title("显示一个客户的档案。", "Show one page of what is known of a customer."),
                ("customer show 上海港通", "customer show KH-0012 --rows", "customer show 上海港通 -o 档案.xlsx"),
            ),
        ),
    ),
    Group(
        "record",
        "salescli.cli.record",
        "data",
        Title(
            "记录:类型、列表、单条、手工编辑、模板。", "Records: types, lists, one with its lineage, edits, templates."
        ),
        (
            Verb(
                "types",
                Title("列出记录类型,或一个类型的字段。", "List the record types, or the fields of one."),
                ("record types", "record types deal"),
            ),
            Verb(
                "list",
                Title("列出一个类型的记录。", "List the records of a type."),
                (
                    "record list deal",
                    "record list deal --where stage=赢单 --where 'amount>=50万' --limit 20",
                    "record list 客户 -o customers.xlsx",
                ),
            ),
            Verb(
                "show",
                Title(
                    "显示一条记录:每个值、生效日期和来源单元格。",
                    "Show one record: each value, since when, and the cell it came from.",
                ),
                ("record show deal D-0231", "record show customer 上海港通 --on 2026-01-31"),
            ),
            Verb(
                "add",
                Title("新增一条记录。", "Add one record."),
                ("record add deal number=D-9 customer=上海港通 owner=王芳 amount=50万",),
            ),
            Verb(
                "edit",
                Title("修改一条记录。", "Change one record."),
                (
                    "record edit deal D-0231 amount=50万 stage=谈判",
                    "record edit customer 上海港通 owner=赵磊 --changes-from 2026-04-01",
                    "record edit customer 上海港通 region=华东 --correct",
                ),
            ),
            Verb(
                "remove",
                Title("删除一条记录(历史保留)。", "Remove one record; its history stays."),
                ("record remove deal D-0231",),
            ),
            Verb(
                "rekey",
                Title("更改一条记录的编号。", "Give one record another number."),
                ("record rekey customer C-17 C-0017",),
            ),
            Verb(
                "dedupe",
                Title("找出可能重复的记录,附依据。", "Find records that may be one, with the reasons."),
                ("record dedupe customer", "record dedupe 客户 -o 重复客户.xlsx"),
            ),
            Verb(
                "merge",
                Title("把同一对象的多条记录合并为一条。", "Merge records of one thing into one."),
                (
                    "record merge customer C-17 C-0017",
                    "record merge customer 上海港通有限公司 上海港通 --dry-run",
                    "record merge customer C-17 C-0017 --prefer phone",
                    "record merge customer --from 重复客户.xlsx",
                ),
            ),
            Verb(
                "template",
                Title("写一份模板:Excel,或 CSV。", "Write a template: Excel or CSV."),
                ("record template deal -o deals.xlsx", "record template activity -o visits.csv"),
            ),
        ),
    ),
    Group(
        "fix",
        "salescli.cli.fix",
        "data",
        Title("待补:缺什么、补在哪张表上。", "What is missing, and the sheets on which it is filled in."),
        (
            Verb(
                "list",
                Title(
                    "列出等人补充的事项;-o 写成可填写、可导入的工作簿。",
                    "List what waits for a person; -o writes a workbook to fill in and import.",
                ),
                ("fix list", "fix list warranty-end target", "fix list -o 待补.xlsx"),
            ),
        ),
    ),
    Group(
        "receipt",
        "salescli.cli.receipt",
        "data",
        Title("回款:没有合同的逐笔认领。", "Receipts: whose money it is that names no contract."),
        (
            Verb(
                "claims",
                Title(
                    "列出没有合同的回款及建议;-o 写成可填写、可导入的认领表。",
                    "List receipts without a contract and what is proposed; -o writes a sheet to fill in and import.",
                ),
                ("receipt claims", "receipt claims -o 认领.xlsx", "receipt claims --all"),
            ),
        ),
    ),
    Group(
        "store",
        "salescli.cli.store",
        "house",
        Title("数据库:状态、备份、校验、迁移。", "The store: status, backup, proofs, migration."),
        (
            Verb("status", Title("显示数据库里有什么。", "Show what is in the store."), ("store status",)),
            Verb(
                "backup",
                Title("复制数据库,并检查副本。", "Copy the store, and prove the copy."),
                ("store backup", "store backup /backup/2026-03-31.db"),
            ),
            Verb(
                "verify",
                Title("校验数据库:编号、版本、历史、引用。", "Prove the store: keys, versions, history, references."),
                ("store verify",),
            ),
            Verb("migrate", Title("把结构升级到本版本。", "Bring the schema up to this version."), ("store migrate",)),
        ),
    ),
    Group(
        "org",
        "salescli.cli.org",
        "money",
        Title("组织:目标需要多少人。", "The organisation: how many heads a target takes."),
        (
            Verb(
                "capacity",
                Title(
                    "目标需要多少人:在岗、爬坡、流失、缺口,最迟何时到岗。",
                    "Heads needed for a target, with ramp and attrition: the gap, and by when to hire.",
                ),
                (
                    "org capacity 2026",
                    "org capacity 2026-Q3 --by month --rows",
                    "org capacity 2026 --per-head 1,200,000 --attrition 10% --ramp 0%,25%,50%,75%",
                    "org capacity 2026 --metric receipts --target 1.2亿 --explain",
                ),
            ),
        ),
    ),
    Group(
        "quota",
        "salescli.cli.quota",
        "money",
        Title("目标分解与达成。", "Targets: split, accept, attainment."),
        (
            Verb(
                "set",
                Title(
                    "写一份目标方案,并用句子说明所定的每一项。",
                    "Write a target policy, and say in sentences what it decides.",
                ),
                (
                    "quota set 2026 --metric receipts-net --amount 1.2亿",
                    "quota set 2026 --metric receipts-net --growth 20% --teams history=70%,equal=30%",
                    "quota set 2026 --name receipts-2026 --replace --fixed 'P017 2026-Q1 900,000 team'",
                ),
            ),
            Verb(
                "roll",
                Title(
                    "由今年的方案写出明年的,逐项说明变化。",
                    "Write next year's policy from this one; say every line that changes, and why.",
                ),
                ("quota roll --to 2027 --growth 15%", "quota roll receipts-2026 --to 2027 --amount 1.2亿 --keep-fixed"),
            ),
            Verb(
                "rationale",
                Title(
                    "说明每个目标的依据:理由与数字。",
                    "Say why each target is what it is: the reason in words beside the numbers.",
                ),
                ("quota rationale", "quota rationale 2026-Q1 --metric receipts-net -o rationale.xlsx"),
            ),
            Verb(
                "split",
                Title(
                    "把年度目标分解到团队、人员和月份(草稿)。",
                    "Split a year among teams, people and months, as a draft.",
                ),
                (
                    "quota split",
                    "quota split receipts-2026 --by month -o quotas.xlsx",
                    "quota split receipts-2026 bookings-2026",
                ),
            ),
            Verb(
                "accept",
                Title("让草稿成为生效的目标。", "Make a draft the targets that count."),
                ("quota accept", "quota accept 3", "quota accept 3 4 5"),
            ),
            Verb(
                "revise",
                Title(
                    "从某月起修订目标(草稿);之前的月份不变。",
                    "Split the rest of a year again, as a draft; the past stays.",
                ),
                (
                    "quota revise --from 2026-07 --reason '华东一部两人离职'",
                    "quota revise receipts-2026 --from 2026-07 --amount 130,000,000 --reason 'new market'",
                ),
            ),
            Verb(
                "log",
                Title(
                    "目标的每次变动:批次、版本、原因、合计。",
                    "Every change of targets: batch, version, reason, totals.",
                ),
                ("quota log", "quota log receipts-2026", "quota log --metric receipts-net --limit 5"),
            ),
            Verb(
                "show",
                Title("显示生效的目标,或一份草稿。", "Show the targets in force, or a draft."),
                (
                    "quota show",
                    "quota show 2026 --by month -o quotas.xlsx",
                    "quota show 2026 --submissions",
                    "quota show --run 3",
                ),
            ),
            Verb(
                "attainment",
                Title("实际与目标对比。", "Show actual against target."),
                (
                    "quota attainment",
                    "quota attainment 2026-Q1 --by person --pace seasonal",
                    "quota attainment 2026-Q1 --by team,month --rows --explain",
                ),
            ),
            Verb(
                "check",
                Title(
                    "检查目标:增长、覆盖、与方案和在岗人员是否一致。",
                    "Judge targets: growth, coverage, and whether they fit the policy and the people in seat.",
                ),
                ("quota check", "quota check receipts-2026 --statistics", "quota check --run 3"),
            ),
            Verb(
                "reconcile",
                Title("核对下级之和与上级目标。", "Compare the sum of children with their parent, by month."),
                ("quota reconcile", "quota reconcile 2026-Q1 --metric receipts-net"),
            ),
        ),
    ),
    Group(
        "scorecard",
        "salescli.cli.scorecard",
        "money",
        Title("绩效考核:打分、解释、定稿。", "Scorecards: score, explain, close."),
        (
            Verb(
                "run",
                Title("给一个期间打分,存为草稿。", "Score everyone for a period and keep it as a draft."),
                ("scorecard run 2026-Q1", "scorecard run 2026-Q1 --template bsc", "scorecard run 2026-Q1 -o 考核.xlsx"),
            ),
            Verb(
                "show",
                Title(
                    "显示所有人的得分,或一个人的强项与差距。",
                    "Show everyone's scores, or one person's strengths and gaps.",
                ),
                ("scorecard show 2026-Q1", "scorecard show 2026-Q1 --person 王芳"),
            ),
            Verb(
                "explain",
                Title(
                    "逐项解释一个人的等级,到考核表的行。",
                    "Explain a person's grade, KPI by KPI, to the lines of the scorecard.",
                ),
                (
                    "scorecard explain 2026-Q1 --person 王芳",
                    "scorecard explain 2026-Q1 --person 王芳 --kpi receipts --rows",
                ),
            ),
            Verb(
                "awards",
                Title(
                    "评奖:方案里的排名奖,名次、奖金、谁未参评及原因。",
                    "Awards: the rankings of the plans, places and prizes, and who is out and why.",
                ),
                ("scorecard awards 2026", "scorecard awards 2026-Q3 -o 评奖.xlsx"),
            ),
            Verb(
                "close",
                Title(
                    "按现有数据打分并定稿,提成从此读取等级。",
                    "Score on what is known now and close it: commission reads its grades.",
                ),
                ("scorecard close 2026-Q1", "scorecard close 2026-Q1 --known-on 2026-03-31"),
            ),
            Verb(
                "read",
                Title(
                    "把考核表读成编号的句子,附文件与行。",
                    "Read a scorecard as numbered sentences with file and line.",
                ),
                ("scorecard read sales-kpi-2026", "scorecard read kpi --lang en"),
            ),
        ),
    ),
    Group(
        "commission",
        "salescli.cli.commission",
        "money",
        Title("提成:计算、解释、关账、对账。", "Commission: run, explain, close, compare."),
        (
            Verb(
                "new",
                Title("由三个内置方案之一写出自己的方案。", "Write a plan from one of three shipped ones."),
                (
                    "commission new",
                    "commission new --template flat --rate 2%",
                    "commission new --template tiered --tiers '0:1%, 1000000:1.5%' --for-role 客户经理",
                ),
            ),
            Verb(
                "read",
                Title("把方案读成编号的句子,附文件与行。", "Read a plan as numbered sentences with file and line."),
                ("commission read account-manager-2026", "commission read flat --lang en"),
            ),
            Verb(
                "roll",
                Title(
                    "由今年的方案写出明年的,逐项说明变化和待定之处。",
                    "Write next year's plan from this one; say what changes and what is to be decided.",
                ),
                ("commission roll --to 2027", "commission roll ae-fy2026 --to FY2027 --name ae-fy2027"),
            ),
            Verb(
                "lint",
                Title(
                    "检查方案:跳档、空档、够不着的档、退款损失,并按去年数据重算。",
                    "Check plans: cliffs, gaps, tiers out of reach, losses; computed over last year.",
                ),
                ("commission lint", "commission lint account-manager-2026"),
            ),
            Verb(
                "curve",
                Title(
                    "提成曲线:提成、综合与边际比例;还差多少到下一档。",
                    "The pay curve: pay, effective and marginal rate; how much more to the next tier.",
                ),
                (
                    "commission curve account-manager-2026 --component receipts",
                    "commission curve ae-fy2026 --quota 1,200,000 --target-incentive 120,000",
                    "commission curve account-manager-2026 --person 王芳 --component receipts --to-next-tier",
                    "commission curve account-manager-2026 --person 王芳 --to-pay 100,000",
                ),
            ),
            Verb(
                "diff",
                Title(
                    "两个方案按真实数据重算:谁多谁少,差在哪一条。",
                    "Two plans over real history: who gains, who loses, and which rule makes it.",
                ),
                (
                    "commission diff account-manager-2026 drafts/am-2027.yaml --over 2025",
                    "commission diff account-manager-2026 --used-in 2026-03",
                    "commission diff account-manager-2026 --used-in 2026-03 --rows",
                ),
            ),
            Verb(
                "cost",
                Title(
                    "提成成本:占回款多少、已签未收的预提。",
                    "What commission costs: its part of receipts, and the accrual of what is signed.",
                ),
                (
                    "commission cost 2026-03 --by team,product",
                    "commission cost 2026-Q1 --by line --explain",
                    "commission cost 2026 --attainment 80%,100%,120%",
                ),
            ),
            Verb(
                "schedule",
                Title(
                    "提成资本化:按合同期限直线摊销。",
                    "Commission capitalised, written off in a straight line over the contracts' terms.",
                ),
                (
                    "commission schedule 2026-Q1 --ends warranty_end",
                    "commission schedule 2026 --months 24 --expedient",
                ),
            ),
            Verb(
                "test",
                Title(
                    "运行 config/cases 里的用例;列出未覆盖的规则;把提成单留作用例。",
                    "Run the cases of config/cases; list what they do not reach; keep a statement as one.",
                ),
                (
                    "commission test",
                    "commission test q1",
                    "commission test --coverage",
                    "commission test --keep 2026-02 --person 王芳",
                ),
            ),
            Verb(
                "run",
                Title("计算一个月,存为草稿。", "Compute a month and keep it as a draft."),
                ("commission run 2026-03", "commission run 2026-03 -o 提成-3月.xlsx"),
            ),
            Verb(
                "show",
                Title("显示一个月已关账的运行,或最新草稿。", "Show the closed run of a month, else its newest draft."),
                ("commission show 2026-03", "commission show 2026-03 --person 王芳"),
            ),
            Verb(
                "explain",
                Title(
                    "逐步解释一个人的提成,到方案的行与表格的行。",
                    "Explain a person's figure, to the lines of plan and spreadsheets.",
                ),
                (
                    "commission explain 2026-03 --person 王芳",
                    "commission explain 2026-03 --person 王芳 --component receipts",
                    "commission explain 2026-03 --transaction R2603-0001",
                    "commission explain 2026-03 --person 冯涛 --why-zero",
                ),
            ),
            Verb(
                "adjust",
                Title(
                    "手工调整某人某月的提成,须写明原因。",
                    "Adjust somebody's commission of a month by hand, with a reason.",
                ),
                (
                    "commission adjust 2026-03 --person 王芳 --amount 500 --reason 样板客户奖励",
                    "commission adjust 2026-02 --person 0023 --amount=-1,200 --reason 更正 --approved-by 李总",
                ),
            ),
            Verb(
                "dispute",
                Title(
                    "登记某人对某月提成的疑问,直到有答复。",
                    "Write down what somebody asks about a month's commission, until it is answered.",
                ),
                ("commission dispute 2026-03 --person 王芳 --question 少一笔回款 --transaction R2603-0099",),
            ),
            Verb(
                "compare",
                Title(
                    "与现用的提成表对账,并找出差异原因。",
                    "Our figures beside the spreadsheet used until now, and why they differ.",
                ),
                ("commission compare 2026-03 三月提成.xlsx", "commission compare 2026-03 pay.xlsx --column Commission"),
            ),
            Verb(
                "open",
                Title(
                    "指定首个发放月,并接收期初余额。",
                    "Name the first month paid, with the balances people bring into it.",
                ),
                (
                    "commission open 2026-04 --template -o 期初.xlsx",
                    "commission open 2026-04 --from 期初.xlsx",
                    "commission open 2026-04",
                ),
            ),
            Verb(
                "statement",
                Title(
                    "一个人的提成明细:逐笔、差异、留存、应发。",
                    "A person's statement: transactions, differences, holdback, payable.",
                ),
                (
                    "commission statement 2026-03 --person 王芳",
                    "commission statement 2026-03 --person 0023 -o 王芳.xlsx",
                    "commission statement 2026-03 --person 0023 -o 王芳.html",
                ),
            ),
            Verb(
                "pack",
                Title(
                    "每位经理一个工作簿:核对本团队、提疑问、二次分配,填好再导回。",
                    "A workbook per manager: confirm their people, ask, share pots; read back when filled.",
                ),
                (
                    "commission pack 2026-03 -o exports/经理确认",
                    "commission pack 2026-03 --manager 周建明 --everyone-below -o exports/经理确认",
                    "commission pack 2026-03 --from exports/经理确认/0012-周建明.xlsx",
                ),
                to_folder=True,
            ),
            Verb(
                "check",
                Title(
                    "关账前检查:数据、认领、目标、等级、方案。",
                    "Before closing: files, claims, quotas, grades, plans.",
                ),
                ("commission check 2026-03",),
            ),
            Verb(
                "close",
                Title("按现有数据计算一个月并关账。", "Run a month on what is known now and close it."),
                (
                    "commission close 2026-03",
                    "commission close 2026-03 --accept unclaimed --reason 客户已确认下月认领",
                ),
            ),
            Verb(
                "approve",
                Title("记录某人批准本月最新草稿。", "Record that somebody approves the newest draft of a month."),
                ("commission approve 2026-03 --by 李总", "commission approve 2026-03 --by 李总 --note 已核对"),
            ),
            Verb(
                "pay",
                Title(
                    "写出已关账月份的发放表;记录实发,并列出与应发的差异。",
                    "Write the payroll file of a closed month; record what was paid, and how it differs.",
                ),
                (
                    "commission pay 2026-03",
                    "commission pay 2026-03 -o 发放表-3月.xlsx",
                    "commission pay 2026-03 -O csv -o exports/2026-03",
                    "commission pay 2026-03 --from 实发.xlsx",
                    "commission pay 2026-03 --paid",
                ),
                to_folder=True,
            ),
            Verb(
                "reopen",
                Title("重开最近一个已关账的月份。", "Open the newest closed month again."),
                ("commission reopen 2026-03 --reason 漏导退款",),
            ),
            Verb(
                "restate",
                Title(
                    "让一个已关账的月份改按今天的方案与指标重算;差异计入未关账的月份。",
                    "Recompute a closed month by today's plans and metrics; the open month posts the difference.",
                ),
                (
                    "commission restate 2026-02 --reason 一季度费率签批有误",
                    "commission restate 2026-02 --undo --reason 批错月份",
                    "commission restate 2026 --accept-calculation --reason 升级",
                ),
            ),
            Verb(
                "verify",
                Title(
                    "用当时的数据重算已关账的运行,逐字节比较。",
                    "Compute closed runs again from what they knew, byte for byte.",
                ),
                ("commission verify", "commission verify 2026-03", "commission verify 12"),
            ),
        ),
    ),
    Group(
        "export",
        "salescli.cli.export",
        "numbers",
        Title("导出:月报工作簿、每人的提成明细。", "Exports: the workbook of a period, a statement for each person."),
        (
            Verb(
                "workbook",
                Title(
                    "写一本月报:封面、达成、走势、提成、待办、说明。",
                    "Write the workbook of a period: cover, attainment, trend, commission, what waits, notes.",
                ),
                ("export workbook 2026-03 -o 月报-3月.xlsx", "export workbook 2026-Q1 -o q1.xlsx --lang en"),
            ),
            Verb(
                "statements",
                Title(
                    "每人写一个提成明细文件,附计算过程和来源。",
                    "Write a statement file for each person, with how it came about and its sources.",
                ),
                ("export statements 2026-03 -o exports/2026-03", "export statements 2026-03 -o exports/html -O html"),
                to_folder=True,
            ),
        ),
    ),
)

TABLE = Table(COMMANDS, GROUPS)
