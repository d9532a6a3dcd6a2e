"""What identifies a record beside its number: tax id, phone, e-mail, domain of a website, in one spelling each.

Free mail providers and portals identify nobody; nor does a value that is too short or the same figure all over.
"""

from __future__ import annotations

import re
import unicodedata

_SHARED = """
gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk yahoo.co.jp ymail.com
aol.com icloud.com me.com mac.com proton.me protonmail.com gmx.de gmx.net gmx.com web.de t-online.de mail.com
mail.ru yandex.ru yandex.com qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com yeah.net sina.com
sina.cn vip.sina.com sohu.com 139.com 189.cn wo.cn aliyun.com 21cn.com tom.com naver.com hanmail.net
rediffmail.com orange.fr free.fr libero.it facebook.com linkedin.com twitter.com x.com instagram.com weibo.com
taobao.com tmall.com 1688.com alibaba.com jd.com wixsite.com wordpress.com blogspot.com example.com test.com
"""
_SHARED_DOMAINS = frozenset(_SHARED.split())
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)")


def tax_id_of(text: str) -> str:
    """Return a tax id or credit code by its letters and digits, or "" where it cannot be one.

    >>> tax_id_of("9131 0000-ma1k3yjx7b")
    '91310000MA1K3YJX7B'
    """
    bare = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).upper()
    return bare if len(bare) >= 8 and len(set(bare)) > 2 else ""


def phone_of(text: str) -> str:
    """Return the digits of a phone number without its country code, or "" where they are too few.

    >>> phone_of("+86 138-0013-8000"), phone_of("(021) 6888 0001"), phone_of("12345")
    ('13800138000', '2168880001', '')
    """
    plain = unicodedata.normalize("NFKC", text)
    digits = re.sub(r"\D", "", re.split(r"[;,/、]|转|ext", plain)[0])
    if plain.lstrip().startswith(("+86", "0086", "86-", "86 ")):
        digits = digits.removeprefix("00").removeprefix("86")
    digits = digits.lstrip("0")
    return digits if len(digits) >= 7 and len(set(digits)) > 2 else ""


def email_of(text: str) -> str:
    """Return an e-mail address in lower case, or "".

    >>> email_of(" Li.Na@Example.org ")
    'li.na@example.org'
    """
    bare = unicodedata.normalize("NFKC", text).strip().casefold()
    return bare if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", bare) else ""


def domain_of(text: str) -> str:
    """Return the domain of a website or e-mail address that belongs to one company, or "".

    >>> domain_of("https://www.acme.com/cn/about"), domain_of("sales@acme.com"), domain_of("li@qq.com")
    ('acme.com', 'acme.com', '')
    """
    bare = unicodedata.normalize("NFKC", text).strip().casefold().rpartition("@")[2]
    match = _DOMAIN.match(bare)
    return match[1] if match and match[1] not in _SHARED_DOMAINS else ""
