"""What a number format says beside the figure: the sign of a currency, a unit, and by how much it is shown smaller.

`[$€-407]` and `"US$"#,##0` name a currency that no cell holds; `0.00"万元"` shows the figure 12 as 12.00万元; `0!.0,`
and `0.00,,` show a figure divided, and change nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from salescli.importers.amounts.currency_names import SIGNS, unit_currency
from salescli.importers.names import parse_header

_PIECES = re.compile(r'"([^"]*)"|[\\!](.)|\[\$([^\]-]*)(?:-([^\]]*))?\]|\[[^\]]*\]|[_*].|([;])|(.)', re.DOTALL)
_DIGITS = frozenset("0#?")
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True)))
_CODE = re.compile(r"[A-Z]{3}")
_REGIONS = {
    "409": "US", "804": "CN", "411": "JP", "C04": "HK", "3C09": "HK", "404": "TW", "C09": "AU", "1009": "CA",
    "C0C": "CA", "1409": "NZ", "1004": "SG", "4809": "SG", "1404": "MO",
}  # fmt: skip
_OF_REGION = {
    "$": {"US": "USD", "HK": "HKD", "TW": "TWD", "AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "MO": "MOP"},
    "¥": {"CN": "CNY", "JP": "JPY"},
}


class Shown(NamedTuple):
    """What a format shows: a currency's sign and the one code it means ("": several), and the unit it writes out.

    `divisor` is how many times smaller than it is the figure appears.
    """

    sign: str = ""
    code: str = ""
    unit: int = 1
    divisor: int = 1


@lru_cache(maxsize=1024)
def parse_format(code: str) -> Shown | None:
    """Read a number format; None where it says nothing of currency and unit.

    >>> parse_format('"US$"#,##0.00'), parse_format("[$€-2] #,##0"), parse_format("#,##0.00")
    (Shown(sign='US$', code='USD', unit=1, divisor=1), Shown(sign='€', code='EUR', unit=1, divisor=1), None)
    >>> parse_format('0.00"万元"'), parse_format('0!.0,"万"')
    (Shown(sign='', code='', unit=10000, divisor=1), Shown(sign='', code='', unit=10000, divisor=10000))
    """
    for section in _sections(code):
        found = _read_section(section)
        if found != Shown():
            return found
    return None


def _sections(code: str) -> list[list[re.Match[str]]]:
    """Split a format into what holds for figures above zero, below it, for zero and for text."""
    sections: list[list[re.Match[str]]] = [[]]
    for piece in _PIECES.finditer(code):
        if piece[5]:
            sections.append([])
        else:
            sections[-1].append(piece)
    return sections


def _read_section(pieces: list[re.Match[str]]) -> Shown:
    literals, shape, sign, code = [""], "", "", ""
    for piece in pieces:
        quoted, escaped, currency, locale, bare = piece[1], piece[2], piece[3], piece[4], piece[6]
        if currency is not None:
            sign, code = (sign, code) if sign else _sign_of(currency, locale or "", is_symbol=True)
        elif quoted is not None or escaped or (bare and bare not in "0#?.,;%/@ " and not _is_latin(bare)):
            text = quoted if quoted is not None else escaped or bare
            literals[-1] += text
            shape += "." if text == "." else ""
            continue
        elif bare:
            shape += {".": "p"}.get(bare, bare)
        literals.append("")
    words = [unicodedata.normalize("NFKC", each).strip() for each in literals if each.strip()]
    if not _DIGITS & set(shape) and "General" not in shape:
        return Shown()
    for word in () if sign else words:
        sign, code = _sign_of(word) if not sign else (sign, code)
    units = [unit for word in words if (unit := parse_header(f"({word})").unit) is not None and unit != 1]
    return Shown(sign, code, units[0] if units else 1, _divisor(shape))


def _is_latin(letter: str) -> bool:
    """Letters without quotes are the format's own: days, months, General, 1E+05."""
    return letter.isascii() and letter.isalpha()


def _sign_of(word: str, locale: str = "", *, is_symbol: bool = False) -> tuple[str, str]:
    """Return the sign in a word, and the one currency that it means; a place (`-409`, `-en-US`) tells dollars apart."""
    text = unicodedata.normalize("NFKC", word).strip().upper()
    if code := unit_currency(text):
        return text, code
    if is_symbol and _CODE.fullmatch(text):
        return text, text
    found = _SIGN.search(text)
    if found is None or (found[0].isalpha() and found[0].isascii() and found[0] != text):
        return ("", "")
    fitting = SIGNS[found[0]]
    if len(fitting) == 1:
        return found[0], fitting[0]
    region = _REGIONS.get(locale.upper().lstrip("0")[-4:], locale.upper().rpartition("-")[2])
    return found[0], _OF_REGION.get(found[0], {}).get(region, "")


def _divisor(shape: str) -> int:
    """Return what a figure is divided by: 1,000 for a comma after the last digit, 10 for a digit after a written point.

    `p` is the point that separates decimals, `.` one that is only written.

    >>> _divisor("#,##0p00"), _divisor("0p00,,"), _divisor("0.0,"), _divisor("0.0000")
    (1, 1000000, 10000, 10000)
    """
    digits = [at for at, piece in enumerate(shape) if piece in _DIGITS]
    if not digits:
        return 1
    commas = len(shape) - digits[-1] - 1 - len(shape[digits[-1] + 1 :].lstrip(","))
    before = shape.partition("p")[0]  # commas may also stand before the point that is one
    commas += len(before) - len(before.rstrip(",")) if "p" in shape else 0
    written = shape.find(".")
    tenths = sum(1 for at in digits if at > written) if written >= 0 and "p" not in shape else 0
    return int("1" + "000" * commas + "0" * tenths)
