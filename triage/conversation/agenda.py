"""What is still to be asked, in order. The first step that is due is the next question; there is no other script."""

from __future__ import annotations

from dataclasses import replace

from triage.conversation import agreeing, checking, equality, household, leaving, reaching, safety, story, voice
from triage.conversation.asking import next_question, policy_question_asked, question_step
from triage.conversation.scene import Scene
from triage.conversation.step import Step
from triage.request import Route

BEFORE = (safety.DANGER_NOW, story.STORY, safety.SAFE_TO_TALK)
"""Before the policy questions: is anybody in danger, what is going on, is it safe to talk."""

AFTER = (
    safety.DOUBT_LEFT,
    agreeing.STEPPING,
    story.READ_BACK,
    safety.SAFE_UNTIL,
    agreeing.INFORMING,
    agreeing.CONFIRM,
    agreeing.CONSENT,
    agreeing.FAMILY_KNOWS,
    agreeing.SHARING,
    household.OTHER_CHILDREN,
    household.NAMES,
    household.HOME,
    voice.VOICE,
    voice.WISHES,
    reaching.CONTACT,
    reaching.SAFE_WAYS,
    reaching.MUST_NOT_KNOW,
    checking.CHECK,
)
"""After them: each asks only where somebody will act, and only once."""

ON_REQUEST = (household.MORE_AGES, leaving.WITHDRAW, equality.EQUALITY)
FIXED = {step.name: step for step in (*BEFORE, *AFTER, *ON_REQUEST)}


def step_named(name: str) -> Step:
    """A step by its name; any other name is a policy question's."""
    return FIXED.get(name) or question_step(name)


def next_step(scene: Scene) -> Step | None:
    """The first thing due, what the person wants to change before everything else."""
    if scene.dialogue.forced:
        return _wanted_again(scene)
    for step in BEFORE:
        if step.due(scene):
            return step
    question = next_question(scene)
    if question is not None:
        return policy_question_asked(question)
    after = (reaching.CONTACT, *AFTER) if scene.route == Route.EMERGENCY else AFTER
    return next((step for step in after if step.due(scene)), None)


def _wanted_again(scene: Scene) -> Step:
    """What the person wants to change. Answers looked over half-way are no answers about to be sent."""
    step = step_named(scene.dialogue.forced[0])
    if step is not checking.CHECK or scene.sent:
        return step
    then = next_step(scene.on(replace(scene.dialogue, forced=scene.dialogue.forced[1:])))
    return step if then in (None, checking.CHECK) else checking.CHECK_SO_FAR
