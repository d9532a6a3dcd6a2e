"""Names that an import introduced and that are another name but for legal form, spaces or width: listed, not merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from salescli.core.quoting import shell_word
from salescli.core.records.model import RecordType
from salescli.core.title import Title
from salescli.errors import Problem, problem
from salescli.services.context import Context
from salescli.store.entities import COMPANIES, present_names

SHOWN = 3


def note_alike(context: Context, introduced: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Return a note for each type with introduced names that are nearly another one; the work is that of one scan."""
    notes = []
    for type_name, texts in introduced.items():
        kind = context.store.registry[type_name]
        groups = _groups(context, kind, texts)
        if not groups:
            continue
        shown = [f"`{'` = `'.join(names)}`" for names in groups[:SHOWN]]
        more = len(groups) - SHOWN
        zh, en = "、".join(shown), ", ".join(shown)
        names = Title(f"{zh} 等", f"{en} and {more} more") if more > 0 else Title(zh, en)
        first = " ".join(shell_word(name) for name in groups[0])
        values = {"count": len(groups), "type": kind.titles, "names": names, "name": kind.name, "first": first}
        notes.append(problem("introduced-alike", severity="note", **values))
    return notes


def _groups(context: Context, kind: RecordType, texts: Sequence[str]) -> list[list[str]]:
    """Return names that have one key, at least one of which was introduced; those that were there before come first."""
    from salescli.core.matching.company import company_key, name_key

    read = company_key if kind.name in COMPANIES else name_key
    fresh = dict.fromkeys(texts)
    wanted = {key for text in fresh if (key := read(text))}
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name in (*(name for name in present_names(context.store, kind) if name not in fresh), *fresh):
        if (key := read(name)) in wanted:
            found[key][name] = None
    return [list(names) for names in found.values() if len(names) > 1]
