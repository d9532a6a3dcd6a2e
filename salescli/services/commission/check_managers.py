"""Points of the list before closing that managers answer: what they do not confirm, pots that no sheet shares."""

from __future__ import annotations

from typing import Any

from salescli.core.title import Title
from salescli.messages import sentence
from salescli.reports.commission.checklist import Detail
from salescli.services.commission.check_state import Check
from salescli.services.commission.places import Places
from salescli.store.entities import labels
from salescli.store.state import fetch_images

POT_SHEETS = "pool-sheet-"


def look_at_confirmations(check: Check) -> None:
    """Whose commission a manager does not confirm, by the newest answer; no point where no manager has answered."""
    kind = check.context.store.registry["confirmation"]
    newest: dict[tuple[str, int], tuple[int, int, dict[str, Any]]] = {}
    for entity, one in fetch_images(check.context.store, kind, "month = ?", (check.period.label,)).items():
        if one["said"]:
            mark, told = (one["plan"], one["person"]), (_number(one["run"]), entity, one)
            newest[mark] = max(newest.get(mark, told), told, key=lambda each: each[:2])
    if not newest:
        return
    refused = [(entity, one) for _, entity, one in newest.values() if one["said"] == "no"]
    people = {person for _, one in refused for person in (one["person"], one["by"]) if person is not None}
    names = labels(check.context.store, check.context.store.registry["person"], people)
    sources = Places(check.context).of_all(kind) if refused else {}
    for entity, one in sorted(refused, key=lambda each: (names.get(each[1]["person"], ""), each[1]["plan"])):
        by, note = names.get(one["by"], ""), one["note"] or ""
        zh = ":".join(filter(None, (f"{by}未确认(运行 #{one['run']},{one['plan']})", note)))
        en = ": ".join(filter(None, (f"{by or 'a manager'} says no (run #{one['run']}, {one['plan']})", note)))
        called = names.get(one["person"], "")
        check.details.append(Detail("confirmations", called, Title(zh, en), None, sources.get(entity, "")))
    said = Title(f"共 {len(newest)} 份答复", f"{len(newest)} answers in all")
    title = Title("经理未确认", "Not confirmed by managers")
    check.add("confirmations", title, "look" if refused else "ok", said, len(refused))


def look_at_pots(check: Check) -> None:
    """Pots that no sheet shares, or one that does not spend them; no point where there is none.

    What is an error stops the closing by itself.
    """
    found = [each for each in check.done.problems if each.name.startswith(POT_SHEETS)]
    for each in found:
        said = Title(sentence(each, "zh"), sentence(each, "en"))
        check.details.append(Detail("pots", str(each.values.get("manager", "")), said))
    if found:
        said = Title("没有可用的分配表", "without a sheet that shares them")
        check.add("pots", Title("待分配的奖金包", "Pots to share out"), "look", said, len(found))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
