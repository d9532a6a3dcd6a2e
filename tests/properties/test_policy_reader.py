"""Laws of the policy reader: whatever is in the file, the answer is a value or problems with a place."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from salescli.messages import hint, sentence
from salescli.policy.reader import Document, read_document
from salescli.policy.tree import parse_tree
from tests.unit.policy.sample import SOUND, Plan

SIGNS = list("：，％　%{}[]:-#\"'|>&*!@`?,~\t\n\r  0a5万\x85\u2028\ufeff\\")


def check(document: Document[Plan]) -> None:
    assert (document.value is None) == bool(document.errors)
    lines = document.text.count("\n") + document.text.count("\r") + document.text.count("\x85") + 2
    lines += document.text.count("\u2028") + document.text.count("\u2029")
    for one in document.problems:
        assert 0 <= one.where.line <= lines or not document.text, "a text that was refused is not kept"
        for language in ("zh", "en"):
            assert sentence(one, language)
            hint(one, language)
    places = [one.sort_key() for one in document.problems]
    assert places == sorted(places)


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    check(read_document(data, Plan, "f"))


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(read_document(text, Plan, "f"))


@given(st.lists(st.sampled_from(SIGNS), max_size=60).map("".join))
def test_any_signs(text: str) -> None:
    check(read_document(text, Plan, "f"))


@given(st.integers(0, 2**32))
def test_a_sound_policy_with_slips(seed: int) -> None:
    """Change, insert, drop or copy a few characters of a policy that was sound."""
    chance = random.Random(seed)
    signs = list(SOUND)
    for _ in range(chance.randint(1, 4)):
        index = chance.randrange(len(signs))
        kind = chance.random()
        if kind < 0.4:
            signs[index] = chance.choice(SIGNS)
        elif kind < 0.7:
            signs.insert(index, chance.choice(SIGNS))
        elif kind < 0.9:
            del signs[index]
        else:
            other = chance.randrange(len(signs))
            signs[index : index + 3] = signs[other : other + 9]
    check(read_document("".join(signs), Plan, "f"))


scalar = st.text("abc019,. 万", min_size=1).map(str.strip).filter(bool)
quoted = scalar.map(lambda text: (f'"{text}"', text))
trees = st.recursive(
    quoted,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4).map(
            lambda items: ("[" + ", ".join(text for text, _ in items) + "]", [value for _, value in items])
        )
        | st.dictionaries(scalar, inner, min_size=1, max_size=4).map(
            lambda items: (
                "{" + ", ".join(f'"{key}": {text}' for key, (text, _) in items.items()) + "}",
                {key: value for key, (_, value) in items.items()},
            )
        )
    ),
    max_leaves=12,
)


@given(trees)
def test_text_is_kept_and_every_value_has_its_place(tree: tuple[str, object]) -> None:
    text, value = tree
    read = parse_tree(text, "f")
    assert read.problems == []
    assert read.root == value
    for path, span in read.values.items():
        here = read.root
        for part in path:
            here = here[part]
        if isinstance(here, str):
            assert text[span.start : span.end] == f'"{here}"'
            assert (span.line, span.column) == (1, span.start + 1)
