"""What the words of a message already tell: facts with the characters they rest on, so that nobody is asked twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from triage import journeys
from triage.conversation.scene import Scene
from triage.facts import Evidence, Status, Value, is_so
from triage.questions import WORRIES
from triage.request import Child, ages_of

IN_WORDS = "danger_in_words"
"""Remembered when an immediate danger stood in particular words, not only in the tone of a whole message."""
PART = 0.75

DANGER_ORDER = ("none", "safeguarding_concern", "immediate_danger")

HARM_OF_CATEGORY: dict[str, tuple[str, Value]] = {
    "fgm": ("fgm", "at_risk"),
    "forced_marriage": ("forced_marriage_or_honour", True),
    "honour_based_abuse": ("forced_marriage_or_honour", True),
    "trafficking": ("exploitation", True),
    "child_sexual_exploitation": ("exploitation", True),
    "county_lines": ("exploitation", True),
    "radicalisation": ("radicalisation", "vulnerable"),
    "fabricated_illness": ("fabricated_illness", True),
    "physical_abuse": ("physical_harm", True),
    "emotional_abuse": ("emotional_harm", True),
    "neglect": ("neglect", True),
    "sexual_abuse_family": ("sexual_harm", True),
    "sexual_abuse_peer": ("sexual_harm", True),
    "sexual_abuse_online": ("sexual_harm", True),
    "sexual_abuse": ("sexual_harm", True),
    "self_harm": ("self_harm", True),
    "suicidal_thoughts": ("self_harm", True),
    "domestic_abuse": ("domestic_abuse", True),
    "allegation_against_staff": ("staff_allegation", True),
    "unborn_baby": ("unborn_at_risk", True),
}
"""Categories of the safety screen in the vocabulary of facts. The screen marks a message; which facts are in it is read by the
understanding, and only where both see the same harm it is more than a guess (asking.firm_harms)."""

NEVER_FROM_WORDS = frozenset({"service_agreement"})
"""Agreement is pressed or confirmed, never read out of a sentence (law.md C01)."""


SAYS_NOTHING = frozenset({("needs", "none"), ("needs", "one")})
"""That somebody named one need is no sign that there is no other: these wait for the question."""


def listen(scene: Scene) -> Scene:
    """Note everything that the message's understanding holds."""
    if not scene.turn.understanding:
        return scene
    for hear in (_danger, _hints, _who, _ages, _places, _worker, _consent, _concerns):
        scene = hear(scene, scene.turn.understanding)
    return scene


def listen_for_danger(scene: Scene) -> Scene:
    """Only what the safety screen hears, and the harms of which screen and understanding both speak: a name and an hour in
    another language tell nothing else that could be relied on."""
    heard = scene.turn.understanding
    harms = {HARM_OF_CATEGORY[c][0] for c in heard.get("danger_categories", ()) if c in HARM_OF_CATEGORY}
    marked = [hint for hint in heard.get("facts", ()) if hint["name"] in harms]
    return _hints(_danger(scene, heard), {**heard, "facts": marked})


def raised(now: str, heard: str) -> str:
    """Danger is raised, never lowered by a later message."""
    return max(now, heard, key=DANGER_ORDER.index)


def certain_danger(scene: Scene) -> bool:
    """Whether this very message holds an immediate danger that the screen is sure of."""
    heard = scene.turn.understanding
    return heard.get("danger") == "immediate_danger" and not heard.get("uncertain")


def danger_in_particular_words(scene: Scene) -> bool:
    """Whether it stands in a part of this very message, not only in the tone of the whole."""
    spans = (end - start for start, end, _ in scene.turn.understanding.get("danger_evidence", ()))
    return certain_danger(scene) and any(length < PART * len(scene.turn.text) for length in spans)


def _danger(scene: Scene, heard: Mapping[str, Any]) -> Scene:
    danger = heard.get("danger", "none")
    if danger == "none":
        return scene
    if danger == "immediate_danger" and heard.get("uncertain"):
        danger = "safeguarding_concern"
    categories = tuple(dict.fromkeys((*scene.request.danger_categories, *heard.get("danger_categories", ()))))
    if raised(scene.request.danger, danger) != scene.request.danger:
        scene = scene.happened("danger.raised", danger, categories=list(categories))
    scene = scene.with_request(danger=raised(scene.request.danger, danger), danger_categories=categories)
    if danger != "immediate_danger":
        return scene
    spans = [(start, end) for start, end, _ in heard.get("danger_evidence", ())]
    first = min(spans, key=lambda span: span[1] - span[0], default=(0, len(scene.turn.text)))
    if first[1] - first[0] < PART * len(scene.turn.text):
        scene = scene.on(scene.dialogue.tells(IN_WORDS))
    scene = _infer(scene, "danger_now", True, *first)
    return scene.on(scene.dialogue.unanswered("danger_now"))


def _hints(scene: Scene, heard: Mapping[str, Any]) -> Scene:
    marked = heard.get("danger", "none") != "none"
    for hint in heard.get("facts", ()):
        if _counts(hint, marked) and not _an_effect(scene, hint) and not _stranger(scene, heard, hint):
            scene = _infer(
                scene, hint["name"], hint["value"], hint.get("start", 0), hint.get("end", len(scene.turn.text))
            )
    return scene


def _counts(hint: Mapping[str, Any], marked: bool) -> bool:
    """That something is happening *now* needs the screen's ear as well; otherwise it is asked."""
    if hint["value"] == "now" and not marked:
        return False
    return hint["name"] not in NEVER_FROM_WORDS and (hint["name"], hint["value"]) not in SAYS_NOTHING


def _an_effect(scene: Scene, hint: Mapping[str, Any]) -> bool:
    """What follows from the trouble is no further need: asked for the effect, people name lost shifts and lost sleep."""
    return scene.dialogue.asking == "impact" and hint["name"] in {"needs", "adult_out_of_work_or_in_debt"}


def _stranger(scene: Scene, heard: Mapping[str, Any], hint: Mapping[str, Any]) -> bool:
    """At the families' door somebody is a professional only where their words say so: "school keep ringing me" does not."""
    works = hint["value"] in journeys.WORKERS or hint["name"] == "profession"
    if not works or scene.request.audience == "professional":
        return False
    if scene.known.get("requester") not in (None, *journeys.WORKERS):
        return True
    speaks = heard.get("speaker_role", "unknown") not in {*journeys.ROLES, "young_person", "unknown"}
    return not (speaks and heard.get("speaker_evidence"))


def _who(scene: Scene, heard: Mapping[str, Any]) -> Scene:
    role = heard.get("speaker_role", "unknown")
    span = tuple(next(iter(heard.get("speaker_evidence", ())), (0, 0)))[:2]
    if scene.professional:
        if role in journeys.PROFESSIONS and (heard.get("speaker_evidence") or scene.request.audience == "professional"):
            scene = _infer(scene, "profession", journeys.PROFESSIONS[role], *span)
        return scene
    standing = journeys.standing(role, tuple(heard.get("child_ages", ())))
    return _infer(scene, "requester", standing, *span) if standing else scene


def _ages(scene: Scene, heard: Mapping[str, Any]) -> Scene:
    ages = [int(age) for age in heard.get("child_ages", ())]
    if not ages or scene.dialogue.asking in {"child_ages", *WHERE_AND_HOW}:
        return scene
    scene = _put_right(scene, ages)
    scene = with_children(scene, [age for age in ages if age not in _denied(scene)])
    span = tuple(next(iter(heard.get("age_evidence", ())), (0, len(scene.turn.text))))[:2]
    return note_ages(scene, Status.INFERRED, _evidence(scene, *span))


NO_AGE = re.compile(r"\bnot (\d{1,2})\b")


def _denied(scene: Scene) -> set[int]:
    return {int(number) for number in NO_AGE.findall(scene.turn.text)}


def _put_right(scene: Scene, ages: list[int]) -> Scene:
    """ "He is 11, not 10" is the same child."""
    there = [child.age for child in scene.request.children]
    new = [age for age in ages if age not in _denied(scene) and age not in there]
    wrong = next((child for child in scene.request.children if child.age in _denied(scene)), None)
    if wrong is None or len(new) != 1:
        return scene
    right = replace(wrong, age=new[0])
    return scene.with_request(children=tuple(right if c is wrong else c for c in scene.request.children))


def with_children(scene: Scene, ages: Iterable[int]) -> Scene:
    """Add the children of these ages who are not there yet. Nobody is taken away."""
    there = Counter(ages_of(scene.request.children))
    missing = Counter(ages) - there
    new = tuple(sorted(missing.elements()))
    first = len(scene.request.children) + 1
    children = tuple(Child(first + i, age=age) for i, age in enumerate(new))
    return scene.with_request(children=scene.request.children + children)


def note_ages(scene: Scene, status: Status, evidence: Evidence | None) -> Scene:
    ages = ages_of(scene.request.children)
    if not ages:
        return scene
    return scene.note({"youngest_age": min(ages), "oldest_age": max(ages)}, status, evidence)


def _places(scene: Scene, heard: Mapping[str, Any]) -> Scene:
    if scene.dialogue.asking == "home_address" and scene.request.locality:
        return scene  # an address within the area that they named is no other area
    for i, place in enumerate(heard.get("places", ())):
        spans = heard.get("place_evidence", ())
        span = tuple(spans[i])[:2] if i < len(spans) else (0, len(scene.turn.text))
        scene = located(scene, place, Status.INFERRED, _evidence(scene, *span))
    return scene


def located(scene: Scene, place: str, status: Status, evidence: Evidence | None) -> Scene:
    """Find which authority serves the place. A place that nobody knows is kept in the person's words."""
    found = scene.ports.policies.locate(place)
    if found is None:
        return scene.with_request(place=scene.request.place or place)
    if hasattr(found, "number"):
        scene = scene.on(replace(scene.dialogue, other_authority=(str(found.name), str(found.number))))
        return scene.with_request(place=place).note({"place": "other_authority"}, status, evidence)
    scene = scene.with_request(place=place, authority=str(found.authority), locality=found.locality)
    return scene.note({"place": "in_area"}, status, evidence)


def _worker(scene: Scene, heard: Mapping[str, Any]) -> Scene:
    if heard.get("already_has_worker") is False:
        return _infer(scene, "existing_worker", "none", 0, len(scene.turn.text))
    return scene


def _consent(scene: Scene, heard: Mapping[str, Any]) -> Scene:
    word = heard.get("consent", "unknown")
    return scene if word == "unknown" else scene.on(replace(scene.dialogue, consent_heard=word))


WHERE_AND_HOW = frozenset({"home_address", "contact", "safe_ways", "must_not_know"})
"""Asked for these, people give the number of a house, a telephone and an hour: "my sister's, 14 Mill Lane" is no child."""

TELLS_NO_NEED = frozenset(
    {"wants", "place", "service_agreement", "confirm_agreement", "sharing", "family_knows", "child_names", "home_address",
     "contact", "safe_ways", "must_not_know", "check_answers", "withdraw"}
)  # fmt: skip
"""Questions whose answer is about reaching somebody or what they would like: "email me a link" is no worry about the web."""


def _concerns(scene: Scene, heard: Mapping[str, Any]) -> Scene:
    if scene.dialogue.asking in TELLS_NO_NEED:
        return scene
    concerns = tuple(dict.fromkeys((*scene.request.concerns, *heard.get("concerns", ()))))
    return scene.with_request(concerns=concerns)


def _infer(scene: Scene, name: str, value: Value, start: int, end: int) -> Scene:
    """Note an inference where nothing is known yet: a later remark does not change what was understood before.

    A worry is the exception: words that disclose it count, whatever was ticked or understood before.
    """
    before = scene.request.facts.get(name)
    discloses = (name in WORRIES or name == "danger_now") and is_so(value)
    known = before is not None and before.value is not None
    if before is not None and (before.value == value or (known and not discloses)):
        return scene
    return scene.note({name: value}, Status.INFERRED, _evidence(scene, start, end))


def _evidence(scene: Scene, start: int, end: int) -> Evidence:
    return Evidence(scene.turn.message_id, start, end, scene.turn.text[start:end])
