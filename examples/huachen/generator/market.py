"""What 华辰科技 sells and to whom: products, working days and customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.chance import Chance
from generator.people import PEOPLE

FIRST_DAY, LAST_DAY, TODAY = date(2025, 1, 1), date(2026, 3, 31), date(2026, 4, 5)


@dataclass(frozen=True)
class Product:
    """A product, its tax rate in percent, and the range of contract sizes in yuan."""

    number: str
    name: str
    line: str
    family: str
    tax: int
    price: int
    unit: str
    low: int
    high: int


PRODUCTS = (
    Product("P01", "华辰云主机", "云服务", "计算", 6, 3_600, "台·月", 60_000, 600_000),
    Product("P02", "华辰对象存储", "云服务", "存储", 6, 1_200, "TB·年", 50_000, 380_000),
    Product("P03", "华辰容器平台", "云服务", "计算", 6, 68_000, "集群·年", 90_000, 720_000),
    Product("P04", "华辰云安全防护", "云服务", "安全", 6, 45_000, "套·年", 60_000, 420_000),
    Product("P05", "华辰ERP", "软件", "管理软件", 13, 280_000, "套", 160_000, 1_200_000),
    Product("P06", "华辰CRM", "软件", "管理软件", 6, 1_800, "用户·年", 90_000, 680_000),
    Product("P07", "华辰数据中台", "软件", "数据", 6, 420_000, "套", 240_000, 1_600_000),
    Product("P08", "华辰协同办公", "软件", "管理软件", 13, 360, "用户·年", 70_000, 420_000),
    Product("P09", "超融合一体机", "硬件", "服务器", 13, 186_000, "台", 180_000, 900_000),
    Product("P10", "边缘网关", "硬件", "网络", 13, 6_800, "台", 80_000, 360_000),
)
PRODUCT_WEIGHTS = (1.6, 1.1, 1.1, 1.0, 1.0, 1.5, 0.7, 0.8, 0.7, 0.5)

_HOLIDAYS = (
    ("元旦", date(2025, 1, 1), date(2025, 1, 1)),
    ("春节", date(2025, 1, 28), date(2025, 2, 4)),
    ("清明节", date(2025, 4, 4), date(2025, 4, 6)),
    ("劳动节", date(2025, 5, 1), date(2025, 5, 5)),
    ("端午节", date(2025, 5, 31), date(2025, 6, 2)),
    ("国庆节、中秋节", date(2025, 10, 1), date(2025, 10, 8)),
    ("元旦", date(2026, 1, 1), date(2026, 1, 3)),
    ("春节", date(2026, 2, 15), date(2026, 2, 23)),
    ("清明节", date(2026, 4, 4), date(2026, 4, 6)),
    ("劳动节", date(2026, 5, 1), date(2026, 5, 5)),
    ("端午节", date(2026, 6, 19), date(2026, 6, 21)),
    ("中秋节", date(2026, 9, 25), date(2026, 9, 27)),
    ("国庆节", date(2026, 10, 1), date(2026, 10, 7)),
)
_SHIFTED = (  # weekend days worked in exchange (调休)
    date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11),
    date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10),
)  # fmt: skip


def day_off(day: date) -> str:
    """Return the name of the public holiday on a day, or nothing."""
    return next((name for name, first, last in _HOLIDAYS if first <= day <= last), "")


def is_working(day: date) -> bool:
    """Tell whether a day is worked."""
    return day in _SHIFTED or (day.weekday() < 5 and not day_off(day))


def is_shifted(day: date) -> bool:
    """Tell whether a weekend day is worked in exchange."""
    return day in _SHIFTED


def working_day(day: date) -> date:
    """Return the day itself or the next one that is worked."""
    while not is_working(day):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True)
class Customer:
    """A customer, its account manager today, and since when it is one."""

    number: str
    name: str
    group: str
    region: str
    grade: str
    industry: str
    source: str
    since: date
    owner: str
    phone: str


_CITIES = {
    "华东": ("上海", "杭州", "南京", "苏州", "宁波", "无锡", "合肥", "常州"),
    "华南": ("广州", "深圳", "佛山", "东莞", "厦门", "南宁", "珠海"),
    "华北": ("北京", "天津", "石家庄", "济南", "太原", "青岛"),
}
_AREA_CODES = {
    "上海": "021", "杭州": "0571", "南京": "025", "苏州": "0512", "宁波": "0574", "无锡": "0510", "合肥": "0551",
    "常州": "0519", "广州": "020", "深圳": "0755", "佛山": "0757", "东莞": "0769", "厦门": "0592", "南宁": "0771",
    "珠海": "0756", "北京": "010", "天津": "022", "石家庄": "0311", "济南": "0531", "太原": "0351", "青岛": "0532",
}  # fmt: skip
_BRANDS = (
    "港通", "远洋", "恒泰", "瑞丰", "锦程", "华谊", "鼎盛", "博远", "天合", "晟达", "康宁", "仁和",
    "众信", "启明", "联创", "金石", "宏图", "嘉禾", "东方", "长风", "明德", "凯旋", "百川", "云帆",
    "星河", "海澜", "永兴", "德润", "中科", "光远", "卓越", "安泰", "同济", "新锐", "融创", "佳成",
    "诚毅", "万象", "元亨", "泰和", "利民", "祥瑞", "和顺", "立信", "弘扬", "蓝海", "青松", "北辰",
    "南山", "江源", "双龙", "九州", "四维", "三江", "五丰", "六合", "七星", "八方", "十里", "千帆",
)  # fmt: skip
_INDUSTRIES = (
    ("物流", "交通物流"), ("船务", "交通物流"), ("医药", "医药健康"), ("医疗器械", "医药健康"), ("机械", "制造"),
    ("精密制造", "制造"), ("电子", "制造"), ("汽车零部件", "制造"), ("食品", "消费品"), ("服饰", "消费品"),
    ("商贸", "零售"), ("连锁超市", "零售"), ("教育科技", "教育"), ("文化传媒", "传媒"), ("新能源", "能源"),
    ("环保科技", "能源"), ("建设", "建筑"), ("融资租赁", "金融"),
)  # fmt: skip
_SOURCES = ("官网", "展会", "转介绍", "电话拓展", "渠道伙伴", "投标公告")
_COUNTS = {"华东": 58, "华南": 34, "华北": 28}
_PINNED = {
    0: ("上海港通物流有限公司", "交通物流", "0023"),
    1: ("宁波远洋船务有限公司", "交通物流", "0023"),
    2: ("苏州瑞丰精密制造有限公司", "制造", "0023"),
    3: ("杭州启明教育科技有限公司", "教育", "0058"),
}


def build_customers(chance: Chance) -> list[Customer]:
    """Draw the customers: most are old, 28 came in 2025 and 14 in the first quarter of 2026."""
    regions = [region for region, count in _COUNTS.items() for _ in range(count)]
    brands = chance.shuffled(_BRANDS) + chance.shuffled(_BRANDS)
    newcomers = _first_days(chance, len(regions))
    customers: list[Customer] = []
    names: set[str] = set()
    served: dict[str, int] = {}
    for place, region in enumerate(regions):
        name, industry, owner = _PINNED.get(place, ("", "", ""))
        while not name or name in names:
            city, (trade, industry) = chance.pick(_CITIES[region]), chance.pick(_INDUSTRIES)
            name = f"{city}{brands[place]}{trade}{chance.weighted(('有限公司', '股份有限公司'), (5, 1))}"
        names.add(name)
        brand = next((each for each in _BRANDS if each in name), "")
        owner = owner or _owner_in(region, served)
        served[owner] = served.get(owner, 0) + 1
        customers.append(
            Customer(
                number=f"C{place + 1:04d}",
                name=name,
                group=f"{brand}集团" if place % 17 == 5 else "",
                region=region,
                grade=chance.weighted(("A", "B", "C"), (2, 4, 4)),
                industry=industry,
                source=chance.pick(_SOURCES),
                since=newcomers[place],
                owner=owner,
                phone=f"{_area_code(name)}-5550{chance.between(1000, 9999)}",
            )
        )
    return customers


def _first_days(chance: Chance, count: int) -> list[date]:
    old = [date(2017, 1, 1) + timedelta(days=chance.between(0, 2600)) for _ in range(count - 42)]
    young = [date(2025, 1, 6) + timedelta(days=chance.between(0, 340)) for _ in range(28)]
    newest = [date(2026, 1, 5) + timedelta(days=chance.between(0, 70)) for _ in range(14)]
    return old[:4] + chance.shuffled([*old[4:], *young, *newest])


def _owner_in(region: str, served: dict[str, int]) -> str:
    """The account manager of the region who serves fewest customers for their strength."""
    sellers = [person for person in PEOPLE if person.region == region and person.strength]
    return min(sellers, key=lambda person: (served.get(person.number, 0) / person.strength, person.number)).number


def _area_code(name: str) -> str:
    return next((code for city, code in _AREA_CODES.items() if name.startswith(city)), "021")
