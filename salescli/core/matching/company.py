"""A company's name without its legal form: what two spellings of one company have in common.

Equality of keys is meant to be strong evidence. So only what states a legal form goes (有限公司, Co., Ltd., GmbH), and
what may tell two companies apart stays: places, branches (分公司), 集团 and Group, 控股 and Holdings, numbers, lines of
business. What is merely similar is the subject of `likeness`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_HAN = "\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
_DOTTED = re.compile(r"(?<![^\W_])(?:[a-z][./] ?){1,4}[a-z](?![^\W_])")
_MARKED_FORM = re.compile(r"\((?:株|有|有限合伙|普通合伙|特殊普通合伙|个体工商户|个人独资)\)")
_HAN_FIRST = re.compile(rf"[{_HAN}]")
_TOKEN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+|&|\+")
_HAN_FORM = re.compile(
    r"股份有限责任公司|股份有限公司|有限责任公司|有限責任公司|责任有限公司|責任有限公司|有限公司|股份合作公司"
    r"|株式会社|株式會社|有限会社|合同会社"
)
_HAN_END = re.compile(r"(?:股份公司|(?<![分子总總母])公司|(?<!有限)有限|股份)$")
_LATIN_FORMS = tuple(
    tuple(form.split())
    for form in sorted(
        """
        limited liability company|public limited company|private limited company|private limited|limited company
        joint stock company|company limited|company inc|and co kg|and co kgaa|and co ohg|and co ltd|and company limited
        sdn bhd|pty ltd|pty limited|pte ltd|pte limited|pvt ltd|pvt limited|p ltd|sp z oo|spolka z oo|sa de cv|sab de cv
        kabushiki kaisha|godo kaisha|co ltd|co limited|co inc|co llc|coltd|co|company|ltd|limited|inc|incorporated|corp
        corporation|llc|llp|lllp|lp|plc|gmbh|mbh|ag|kg|kgaa|ohg|gbr|ug|ev|se|sa|sas|sasu|sarl|srl|spa|sl|slu|bv|nv|vof
        ab|oy|oyj|aps|as|asa|kk|gk|ooo|oao|zao|pao|jsc|ojsc|pjsc|doo|kft|zrt|nyrt|sro|ltda|lda|eirl|tbk|bhd|pty|pte|pvt
        """.replace("\n", "|").split("|"),
        key=lambda text: -len(text.split()),
    )
    if form.strip()
)
_FORMS_BY_END: dict[str, list[tuple[str, ...]]] = {}
for _form in _LATIN_FORMS:
    _FORMS_BY_END.setdefault(_form[-1], []).append(_form)
_LIMITED = frozenset(("gmbh", "ag", "ug", "mbh", "se", "kg"))


@lru_cache(maxsize=65536)
def company_key(name: str) -> str:
    """Return a company's name for exact comparison: width, case, spaces, punctuation and legal form do not count.

    Never empty for a name with a letter or digit: a name that is nothing but a legal form keeps it.

    >>> company_key("华为技术(深圳)有限公司") == company_key("华为技术 深圳 股份有限公司")
    True
    >>> company_key("Sanofi S.A."), company_key("Contoso Co., Ltd.")
    ('sanofi', 'contoso')
    >>> company_key("华为技术有限公司北京分公司")
    '华为技术北京分公司'
    """
    return _joined(_own_tokens(name)) or _joined(_tokens(plain_text(name)))


def company_words(name: str) -> str:
    """Return the words of a company's name in alphabetical order, without its legal form, for likeness.

    >>> company_words("Shanghai Port Logistics Co., Ltd.") == company_words("Port Logistics (Shanghai)")
    True
    """
    return " ".join(sorted(_own_tokens(name) or _tokens(plain_text(name))))


def name_key(name: str) -> str:
    """Return any other name for exact comparison: width, case, spaces and punctuation do not count.

    >>> name_key("GTX Pro") == name_key("gtx-pro"), name_key("GTX Plus") == name_key("GTX+")
    (True, False)
    """
    return _joined(_tokens(plain_text(name)))


@lru_cache(maxsize=65536)
def _own_tokens(name: str) -> tuple[str, ...]:
    text = _MARKED_FORM.sub(" ", plain_text(name))
    tokens = _without_forms(_tokens(_DOTTED.sub(_without_dots, text)))
    return tuple(tokens[1:] if len(tokens) > 1 and tokens[0] == "the" else tokens)


def plain_text(name: str) -> str:
    """Return a name with width, case and Latin accents folded; punctuation stays.

    >>> plain_text("Ｎestlé（中国）")
    'nestle(中国)'
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    return text if text.isascii() else "".join(map(_without_accent, text))


@lru_cache(maxsize=8192)  # names share their letters
def _without_accent(letter: str) -> str:
    """Only Latin letters lose their marks: が is not か, й is not и."""
    if letter.isascii() or len(parts := unicodedata.normalize("NFD", letter)) == 1:
        return letter
    return parts[0] if "a" <= parts[0] <= "z" else letter


def _without_dots(match: re.Match[str]) -> str:
    return re.sub(r"[./ ]", "", match[0])


def _tokens(text: str) -> list[str]:
    """Split into runs of one script; Chinese goes on across spaces and brackets, having no words to keep apart."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text.replace("'", "").replace("’", "")):
        if tokens and _is_han(token) and _is_han(tokens[-1]):
            tokens[-1] += token
        else:
            tokens.append("and" if token == "&" else token)
    return tokens


def _is_han(token: str) -> bool:
    return _HAN_FIRST.match(token) is not None


def _without_forms(tokens: list[str]) -> list[str]:
    """Take legal forms off: Chinese ones wherever they stand, Latin ones at the end, as long as something is left."""
    han = [_without_han_form(token) if _is_han(token) else token for token in tokens]
    left = [token for token in han if token] or tokens
    while (shorter := _one_form_less(left)) is not None:
        left = shorter
    if _is_han(left[-1]) if left else False:
        left = [*left[:-1], _without_han_end(left[-1], is_alone=len(left) == 1)]
    return [token for token in left if token]


def _without_han_form(token: str) -> str:
    return _HAN_FORM.sub("", token)


def _without_han_end(token: str, is_alone: bool) -> str:
    """Take a bare 公司 off the end; `上海公司` keeps it, for `上海` is another thing."""
    shorter = _HAN_END.sub("", token)
    return shorter if len(shorter) >= (3 if is_alone else 0) else token


def _one_form_less(tokens: list[str]) -> list[str] | None:
    for form in _FORMS_BY_END.get(tokens[-1], ()) if tokens else ():
        rest = tokens[: -len(form)]
        if len(tokens) <= len(form) or tuple(tokens[-len(form) :]) != form:
            continue
        if form[0] == "and":
            return rest if rest[-1] in _LIMITED or form[-1] == "kg" else None
        if rest[-1] == "and":
            return [*rest, "co"] if form in (("company",),) else None
        return rest
    return None


def _joined(tokens: Iterable[str]) -> str:
    """Join without spaces, save between figures: `Store 1 2` is not `Store 12`."""
    text = ""
    for token in tokens:
        text += f" {token}" if text and text[-1].isdigit() and token[0].isdigit() else token
    return text
