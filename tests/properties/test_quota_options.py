"""Whatever is typed at `quota set` is refused, or becomes a file that reads back as what was typed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.errors import UsageError
from salescli.policy.rewrite import rewrite
from salescli.policy.targets import read_targets
from salescli.policy.tree import parse_tree
from salescli.services.quota.options import quoted, sentence
from salescli.services.quota.policy_file import key_paths, policy_text
from salescli.services.quota.request import ORDER, TargetRequest, asked_keys

SIGNS = st.text("aP01%,=+.:#-[]{}'\" 万亿年团队_\n&*!|>?", max_size=25)
SOUND = {
    ("format",): "1",
    ("targets",): "t",
    ("for_year",): "2026",
    ("metric",): "receipts",
    ("teams", "split_by"): "equal",
    ("people", "split_by"): "equal",
    ("months", "split_by"): "equal",
}
NAMES = (
    *("amount", "growth", "base", "levels", "round_to", "why", "band", "teams", "team_weights", "people_weights"),
    *("roles", "at_least", "leavers", "successors", "street_people", "months", "history", "pull", "together"),
)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(NAMES), SIGNS, max_size=5), st.lists(SIGNS, max_size=2))
def test_a_request_is_refused_or_becomes_a_file_that_reads(values, more):
    request = TargetRequest("2026", **values, fixed=tuple(more), ramp=tuple(more))
    try:
        keys = asked_keys(request, lambda text: text)
    except UsageError:
        return
    text = policy_text(SOUND | keys)
    document = read_targets(text, "t.yaml")
    assert document.plain is not None, text
    assert set(key_paths(document.plain)) == set(SOUND | keys), text


@given(st.text(max_size=30).filter(str.isprintable))
def test_a_quoted_text_reads_back_as_it_is(text):
    for written in (quoted(text), sentence(text)):
        if written and text.strip():
            expected = text if written == quoted(text) else " ".join(text.split())
            for place in (f"key: {written}\n", f"key: {{a: {written}}}\n", f"key: [{written}]\n"):
                (found,) = _texts(parse_tree(place, "").root)
                assert found == expected


@given(st.sampled_from(sorted(SOUND)), st.text("abc 1%", min_size=1, max_size=8).filter(str.strip))
def test_rewriting_one_key_leaves_all_others(path, text):
    before = policy_text(SOUND)
    after = rewrite(before, [(path, quoted(text.strip()))], ORDER)
    assert rewrite(after, [(path, SOUND[path])], ORDER) == before


def _texts(value):
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value]
