"""A few optional questions about the person, once a request is sent: whether some groups are served worse (law.md A17).

Never asked before, never needed, skipped in one press. The answers go to a table of their own: no rule and no officer
reads them, and the words of the message that held them are not kept.
"""

from __future__ import annotations

from dataclasses import replace

from triage import journeys
from triage.conversation.scene import Scene
from triage.conversation.step import Step, labels
from triage.conversation.story import is_story, keep_words, tell
from triage.request import Route

QUESTIONS = ("ethnicity", "disability", "first_language", "sex")
CALM = frozenset({Route.EARLY_RESPONDERS, Route.TARGETED_SUPPORT, Route.MASH_REFERRAL, Route.EXISTING_WORKER})


def offer(scene: Scene) -> Scene:
    """Only to somebody who wrote about their own family, and never beside danger or harm."""
    welcome = scene.known.get("requester") in journeys.OF_THE_FAMILY and scene.route in CALM
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


def only_ticked(scene: Scene) -> Scene:
    """Ticks in answer to these questions are codes and no words: no fact about a family is read out of them."""
    answers = scene.dialogue.asking == EQUALITY.name and scene.turn.answers
    ticked = answers and not _written(scene)
    return replace(scene, turn=replace(scene.turn, understanding={})) if ticked else scene


def _ticked(scene: Scene) -> dict[str, str]:
    given = {name: str(scene.turn.answers[name]) for name in QUESTIONS if scene.turn.answers.get(name)}
    return {name: answer for name, answer in given.items() if answer in labels(scene, f"utter_label_{name}")}


def _written(scene: Scene) -> str:
    """Words that came where only a tick was offered."""
    ticked = _ticked(scene)
    return "\n".join(str(words) for name, words in scene.turn.answers.items() if words and name not in ticked)


def _take(scene: Scene) -> Scene:
    """What was ticked, of what was offered. Anything else closes the questions; words that tell something are added.

    The message with the ticks is blanked, so whatever was written beside them is kept with the story first: nobody's
    words are lost to the officer.
    """
    kept, written = _ticked(scene), _written(scene)
    if kept and written:
        scene = replace(keep_words(replace(scene, turn=replace(scene.turn, text=written))), turn=scene.turn)
        scene = scene.happened("request.added")
    if kept:
        return replace(scene, circumstances=kept).say("utter_equality_thanks")
    if scene.turn.choice is None and is_story(scene):
        return tell(scene).say("utter_added").happened("request.added")
    return scene.say("utter_equality_skipped")


EQUALITY = Step("equality", lambda scene: False, _ask, _take, open=True)
