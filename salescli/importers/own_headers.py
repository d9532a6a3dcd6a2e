"""Headers that speak for one type alone, types that are taken for others without one, and headers that say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from salescli.importers.names import Header, Vocabulary, parse_header

if TYPE_CHECKING:
    from salescli.importers.recognise import Match

# What looks like something else, as a refund like a receipt and a contact like a person: never without a header that
# only such types know, as 退款日期 or 联系人姓名, or a sheet or file that is called so.
LOOK_ALIKE = frozenset(
    {
        "refund", "allocation", "delivery", "adjustment", "dispute", "deduction", "pool-share", "payment-made",
        "confirmation",
        "lead", "contact", "campaign", "activity", "complaint", "survey", "quote", "invoice",
    }
)  # fmt: skip

# What many kinds of sheets carry beside what they are about: no type that has no such field is less likely for it.
SAYS_NOTHING = frozenset(
    {
        "联系人", "联系人姓名", "contactname", "contact", "电话", "联系电话", "手机", "手机号", "phone", "mobile",
        "邮箱", "email", "微信", "地址", "省份", "城市", "city", "标题", "主题", "网址", "recordid",
    }
)  # fmt: skip


def is_own(match: Match, headers: Sequence[Header], vocabulary: Vocabulary) -> bool:
    """Tell whether a type that looks like another one is meant: by a header that only such types know, as 退款日期."""
    return match.type.name not in LOOK_ALIKE or has_own_header(match, headers, vocabulary)


def has_own_header(
    match: Match, headers: Sequence[Header], vocabulary: Vocabulary, *, with_numbers: bool = True
) -> bool:
    """Tell whether a header is known to no other type, types that look like others aside, or is its number's title.

    Other sheets refer to a record by its number: without `with_numbers` that is no proof.
    """
    others = LOOK_ALIKE if match.type.name in LOOK_ALIKE else frozenset()
    for name, index in match.columns.items():
        header = headers[index].name
        each = match.type[name]
        knowing = vocabulary.known.get(header, set())
        if knowing and knowing <= others | {match.type.name}:
            return True
        if (
            with_numbers
            and name in match.type.key
            and not each.ref
            and header in {parse_header(title).name for title in each.title}
        ):
            return True
    return False
