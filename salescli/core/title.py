"""Names for people, in Chinese and English."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Title(NamedTuple):
    """What a thing is called in each language.

    >>> Title("商机", "Deal").text("zh")
    '商机'
    """

    zh: str
    en: str

    def text(self, language: Language) -> str:
        """Return the name in one language."""
        return self.zh if language == "zh" else self.en
