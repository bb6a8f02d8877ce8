"""Whose age it is: in "im 14 and my sister is 17" the age beside the words about oneself counts (law.md C65, C66)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from triage import journeys
from triage.conversation.scene import Scene
from triage.facts import Evidence, Fact, Status


def hear_own_age(scene: Scene) -> Scene:
    """A sibling's age makes nobody old enough to agree for themselves, and who says later that they are younger is."""
    heard = scene.turn.understanding
    stands = scene.request.facts.get("requester")
    if stands is None or stands.value not in journeys.YOUNG or heard.get("speaker_role") != "young_person":
        return scene
    own = own_age(heard)
    standing = journeys.standing("young_person", (own,)) if own is not None else None
    if standing in (None, stands.value) or not (standing == "child_under_16" or _of_this_turn(scene, stands)):
        return scene
    return scene.note({"requester": standing}, Status.INFERRED, _evidence(scene, heard))


def own_age(heard: Mapping[str, Any]) -> int | None:
    """The age within the words in which somebody speaks of themselves."""
    about_me = [tuple(span)[:2] for span in heard.get("speaker_evidence", ())]
    ages = [(start, end, age) for start, end, age in heard.get("age_evidence", ())]
    within = (age for start, end, age in ages if any(first <= start and end <= last for first, last in about_me))
    return next(within, None)


def _of_this_turn(scene: Scene, fact: Fact) -> bool:
    return fact.evidence is not None and fact.evidence.message_id == scene.turn.message_id


def _evidence(scene: Scene, heard: Mapping[str, Any]) -> Evidence:
    start, end = tuple(heard["speaker_evidence"][0])[:2]
    return Evidence(scene.turn.message_id, start, end, scene.turn.text[start:end])
