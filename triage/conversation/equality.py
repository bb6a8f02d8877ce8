"""A few optional questions about the person, once a request is sent: whether some groups are served worse (law.md A17).

Never asked before, never needed, skipped in one press. The answers go to a table of their own: no rule and no officer
reads them, and the words of the message that held them are not kept.
"""

from __future__ import annotations

from dataclasses import replace

from triage.conversation.scene import Scene
from triage.conversation.step import Step, labels
from triage.conversation.story import is_story, tell
from triage.request import Route

QUESTIONS = ("ethnicity", "disability", "first_language", "sex")
ABOUT_THEMSELVES = frozenset({"parent", "pregnant_person", "carer_without_pr"})
CALM = frozenset({Route.EARLY_RESPONDERS, Route.TARGETED_SUPPORT, Route.MASH_REFERRAL, Route.EXISTING_WORKER})


def offer(scene: Scene) -> Scene:
    """Only to somebody who wrote about their own family, and never beside danger or harm."""
    welcome = scene.known.get("requester") in ABOUT_THEMSELVES and scene.route in CALM
    if (
        not welcome
        or not scene.sent
        or scene.settled.safeguarding
        or scene.request.danger != "none"
        or scene.request.do_not_tell_family
    ):
        return scene
    return scene.say_once("utter_equality_offer")


def wanted(scene: Scene) -> Scene:
    """They pressed that they would like to answer."""
    return scene.on(scene.dialogue.again("equality")) if scene.sent else scene.say("utter_nothing_before")


def _ask(scene: Scene) -> Scene:
    fields = [
        {"name": name, "kind": "one", "label": f"utter_label_{name}", "choices": _options(scene, name)}
        for name in QUESTIONS
    ]
    return scene.say("utter_ask_equality", "question", form={"fields": fields})


def _options(scene: Scene, name: str) -> list[dict[str, str]]:
    return [{"id": choice, "label": label} for choice, label in labels(scene, f"utter_label_{name}").items()]


def _take(scene: Scene) -> Scene:
    """What was ticked, of what was offered. Anything else closes the questions; words that tell something are added."""
    given = {name: str(scene.turn.answers[name]) for name in QUESTIONS if scene.turn.answers.get(name)}
    kept = {name: answer for name, answer in given.items() if answer in labels(scene, f"utter_label_{name}")}
    if kept:
        return replace(scene, circumstances=kept).say("utter_equality_thanks")
    if scene.turn.choice is None and is_story(scene):
        return tell(scene).say("utter_added").happened("request.added")
    return scene.say("utter_equality_skipped")


EQUALITY = Step("equality", lambda scene: False, _ask, _take, open=True)
