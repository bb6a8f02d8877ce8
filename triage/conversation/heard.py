"""After the story: one thank-you that says what was heard, so that a person sees at once that they were listened to."""

from __future__ import annotations

from triage.conversation.scene import Scene
from triage.request import Route

HEARD = "utter_story_heard"
PLAIN = "utter_story_heard_only"
ASKED_WITH_CARE = frozenset(
    {
        "domestic_abuse",
        "neglect",
        "physical_harm",
        "sexual_harm",
        "exploitation",
        "radicalisation",
        "substance_misuse_parent",
        "parent_in_prison",
        "private_fostering",
        "immigration_nrpf",
    }
)
"""Worries that a guess from words must not put into somebody's mouth: they are asked, in their own question."""


def say_what_was_heard(scene: Scene) -> Scene:
    """Once, after the first words that were kept as a story. Where harm was told, safety has its own words; who only
    wants to know something gets the answer itself."""
    if not _story_just_told(scene) or scene.said or scene.route == Route.EMERGENCY:
        return scene
    if scene.turn.understanding.get("language", "en") != "en":
        return scene.say("utter_topic_other_language").on(scene.dialogue.tells(HEARD))
    if scene.request.danger != "none" or scene.known.get("wants") == "information":
        return scene.on(scene.dialogue.tells(HEARD))
    noted = "; ".join((*_children(scene), *_place(scene), *_worries(scene)))
    return scene.say(HEARD if noted else PLAIN, values={"noted": noted}).on(scene.dialogue.tells(HEARD))


def _story_just_told(scene: Scene) -> bool:
    wrote = bool(scene.turn.text.strip()) and scene.turn.choice is None
    return wrote and scene.request.story is not None and not scene.sent and HEARD not in scene.dialogue.told


def _children(scene: Scene) -> list[str]:
    ages = [child.age for child in scene.request.children if child.age is not None]
    known = [_word(scene, "utter_unborn") if age == -1 else str(age) for age in ages]
    return [f"{_word(scene, 'utter_line_child_ages')}: {', '.join(known)}"] if known else []


def _place(scene: Scene) -> list[str]:
    return [scene.request.place] if scene.request.place else []


def _worries(scene: Scene) -> list[str]:
    told = (concern for concern in scene.request.concerns if concern not in ASKED_WITH_CARE)
    return [_word(scene, f"utter_concern_{concern}") for concern in told]


def _word(scene: Scene, response: str) -> str:
    return scene.ports.words.text(response, audience=scene.audience)
