"""Offering a message to the open question: what it settles, what it only tells, and what was not understood."""

from __future__ import annotations

from dataclasses import replace

from triage.conversation.agenda import step_named
from triage.conversation.dialogue import CHECK
from triage.conversation.listening import certain_danger
from triage.conversation.scene import Scene
from triage.conversation.step import Step
from triage.conversation.story import is_story, keep_words, tell

TWICE = 2
"""After so many answers that were not understood, the question counts as not known and the talk goes on."""


def answer(scene: Scene) -> Scene:
    """Offer the message to the open question; words that answer nothing are kept as part of the story."""
    asking = scene.dialogue.asking
    if asking is None:
        return _more(scene)
    step = step_named(asking)
    taken = step.take(scene)
    if taken is not None:
        return _settled(_with_its_words(taken, step), step)
    if certain_danger(scene):
        return tell(scene)
    return _missed(scene, step)


KEPT_AS_ANSWERS = frozenset(
    {"service_agreement", "confirm_agreement", "sharing", "safe_ways", "check_answers", "withdraw", "place", "child_ages",
     "other_children_ages", "read_back"}
)  # fmt: skip
"""Steps whose typed answer is kept whole in a field of its own, or says nothing about the children."""


def _with_its_words(taken: Scene, step: Step) -> Scene:
    """Who types more than the answer tells something: "with nan tonight, he is in custody until four" is kept as told."""
    typed = taken.turn.choice is None and not taken.turn.answers and not step.open
    return keep_words(taken) if typed and step.name not in KEPT_AS_ANSWERS and is_story(taken) else taken


def _settled(taken: Scene, step: Step) -> Scene:
    """Close the step, unless taking its answer opened it (or another) again."""
    reopened = step.name in taken.dialogue.forced and taken.dialogue.asking is None
    heard_only = step.name == "service_agreement" and taken.dialogue.consent_heard and not taken.answered(step.name)
    if reopened or heard_only:
        return taken
    return taken.on(taken.dialogue.settled(step.name)) if taken.dialogue.asking == step.name else _quietly(taken, step)


def _quietly(taken: Scene, step: Step) -> Scene:
    """The step opened others to be asked first; it is answered all the same."""
    if step.name == "check_answers":
        return taken
    forced = taken.dialogue.forced
    return taken.on(replace(taken.dialogue.settled(step.name), forced=tuple(n for n in forced if n != step.name)))


def _missed(scene: Scene, step: Step) -> Scene:
    """Ask once more, kindly. After that the answer is not known, and nobody is kept in a circle."""
    scene = scene.on(scene.dialogue.missed())
    told = is_story(scene) and step.name != "story"
    if told:
        first = scene.request.story is None
        scene = tell(scene)
        if first:  # what was typed before it told nothing: the count begins here
            scene = scene.on(replace(scene.dialogue, misses=1))
    if scene.dialogue.misses < TWICE:
        if step.name == "story":
            return scene.say("utter_not_understood_story")
        return scene.say("utter_which_is_closest" if told else "utter_not_understood")
    if step.name == CHECK:  # nothing is sent that nobody sent
        return scene.say("utter_not_sent_yet")
    passed = step.take(_as_not_known(scene))
    if passed is None:
        return scene.say("utter_stuck").on(replace(scene.dialogue.settled(step.name), consent_heard=None))
    return replace(_settled(replace(passed, turn=scene.turn), step), turn=scene.turn).say("utter_moving_on")


def _as_not_known(scene: Scene) -> Scene:
    return replace(scene, turn=replace(scene.turn, choice="not_known", text="", understanding={}))


def _more(scene: Scene) -> Scene:
    """Something said when nothing was asked: it is added, and looked at again."""
    if scene.turn.choice == "more":
        return scene.on(scene.dialogue.again("story"))
    if scene.turn.choice == "skip" and scene.sent:  # no to the few questions offered last adds nothing to the story
        return scene.say("utter_equality_skipped")
    if not (is_story(scene) or certain_danger(scene) or (scene.sent and any(c.isalpha() for c in scene.turn.text))):
        return scene
    scene = tell(scene)
    return scene.say("utter_added").happened("request.added") if scene.sent else scene
