"""Every problem of policy files is reproduced: named, at its place, with a sentence in both languages."""

from __future__ import annotations

import pytest

from salescli.messages import catalogue, hint, policy, sentence
from tests.errors.policy_files import FILES, REPRODUCERS, SOUND, Kind, read_policy

# Of a library's type that no policy has, and of files that `check` finds in the folders.
BY_OTHER_MEANS = {"unfit-value", "unknown-policy", "policy-not-read"}


@pytest.mark.parametrize("kind", SOUND)
def test_the_sound_file_has_no_problem(kind: Kind) -> None:
    assert not read_policy(kind, SOUND[kind].encode(), FILES[kind])


@pytest.mark.parametrize("name", REPRODUCERS)
def test_problem_is_reported(name: str) -> None:
    made = REPRODUCERS[name]
    found = made.read()
    assert name in [one.name for one in found]
    for one in found:
        assert one.where.file == FILES[made.kind]
        for language in ("zh", "en"):
            assert "<" not in sentence(one, language) + hint(one, language), "a value lacks"


def test_every_sentence_of_policies_has_a_reproducer() -> None:
    assert set(policy.MESSAGES) - set(REPRODUCERS) == BY_OTHER_MEANS
    assert set(REPRODUCERS) <= set(catalogue())
