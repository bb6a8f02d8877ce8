"""Strengths, wishes and the child's own voice: fields of the record, asked once, free to pass over."""

from __future__ import annotations

from dataclasses import replace

from triage import journeys
from triage.conversation.household import somebody_acts
from triage.conversation.scene import Scene
from triage.conversation.step import Step, asks, words_given


def _wishes_due(scene: Scene) -> bool:
    about_themselves = not scene.professional and scene.known.get("requester") not in journeys.PUBLIC
    return somebody_acts(scene) and about_themselves and not scene.answered("wishes")


def _ask_wishes(scene: Scene) -> Scene:
    fields = [
        {"name": "wishes", "kind": "text", "label": "utter_label_wishes"},
        {"name": "strengths", "kind": "text", "label": "utter_label_strengths"},
    ]
    return scene.say("utter_ask_wishes", "question", form={"fields": fields})


def _take_wishes(scene: Scene) -> Scene:
    filled = scene.turn.answers
    strengths = words_given(scene, "strengths") if "strengths" in filled else None
    wishes = words_given(scene, "wishes") if "wishes" in filled or not filled else None
    return scene.with_request(wishes=wishes or scene.request.wishes, strengths=strengths or scene.request.strengths)


def _voice_due(scene: Scene) -> bool:
    has_child = any(child.age is None or child.age >= 3 for child in scene.request.children)
    about_another = scene.audience != "young_person" and scene.known.get("requester") not in {"public", "anonymous"}
    return somebody_acts(scene) and has_child and about_another and not scene.answered("child_voice")


def _take_voice(scene: Scene) -> Scene:
    voice = words_given(scene, "child_voice")
    if voice is None or not scene.request.children:
        return scene
    first, *rest = scene.request.children
    return scene.with_request(children=(replace(first, voice=voice), *rest))


WISHES = Step("wishes", _wishes_due, _ask_wishes, _take_wishes, open=True)
VOICE = Step("child_voice", _voice_due, asks("utter_ask_child_voice"), _take_voice, open=True)
