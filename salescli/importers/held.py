"""Every type held against a header, for explanations: what recognition chose from, and what it left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salescli.importers.names import Vocabulary, parse_header
from salescli.importers.own_headers import is_own
from salescli.importers.recognise import Match, is_possible, match_type, name_evidence


@dataclass(frozen=True, slots=True)
class Held:
    """A type held against a header, for explanations: its score with what names say, and whether it may be meant.

    `why_not` is `missing` where it lacks required fields, `not-own` where no header speaks of it alone.
    """

    match: Match
    score: float
    evidence: float
    why_not: str = ""


def compare_types(
    texts: Sequence[str], vocabulary: Vocabulary, sheet: str, stem: str, maps: Mapping[str, str]
) -> list[Held]:
    """Return every type that knows a column, by score: what `recognise` chose from, and what it left out."""
    headers = [parse_header(text) for text in texts]
    evidence = name_evidence(vocabulary, sheet, stem)
    found = []
    for each in vocabulary.types:
        match = match_type(each, headers, vocabulary, maps)
        named = evidence.get(each.name, 0.0)
        match.evidence = named
        if not match.columns:
            continue
        may_be = is_possible(match, headers, vocabulary)
        is_meant = bool(named) or is_own(match, headers, vocabulary)
        why_not = "" if may_be and is_meant else "missing" if not may_be else "not-own"
        found.append(Held(match, match.score + named, named, why_not))
    return sorted(found, key=lambda one: (-one.score, bool(one.why_not)))
