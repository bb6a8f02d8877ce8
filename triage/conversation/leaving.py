"""Ways out: leave, take back what was sent, ask for a person. A sign of danger is never lost on the way."""

from __future__ import annotations

import re
from dataclasses import replace

from triage.conversation.agreeing import withdrawal
from triage.conversation.outcome import opening_now
from triage.conversation.scene import Scene
from triage.conversation.sending import propose
from triage.conversation.step import Step, asks, chosen
from triage.facts import Status
from triage.request import RequestForService
from triage.routing import SAFEGUARDING

WITHDRAWS = re.compile(
    r"\b(withdraw|cancel|take (it|that|this|my \w+) back|changed? my mind|don'?t want (this|it|you|the help|help) (any ?more|now)|stop (this|the) request)\b"
)
OPEN_STATES = frozenset({"sent", "held", "asked", "to_allocate", "unmet", "allocated"})


def worrying(request: RequestForService) -> bool:
    """Whether somebody must look at this even when the person goes away."""
    known = request.facts.known()
    harms = (
        known.get("danger_now"),
        known.get("physical_harm"),
        known.get("sexual_harm"),
        known.get("neglect"),
        known.get("self_harm"),
    )
    return request.danger != "none" or any(value is True for value in harms)


def leave(scene: Scene) -> Scene:
    """Going is always fine. What was not sent is not sent, unless a child may not be safe."""
    if scene.sent:
        return scene.say("utter_left_sent")
    if scene.settled.level in SAFEGUARDING or worrying(scene.request):
        scene = (
            propose(scene).with_request(state="abandoned").happened("conversation.left", "danger or concern was heard")
        )
        return scene.say("utter_left_with_concern", "safety")
    return scene.say("utter_left").happened("conversation.left")


def wants_human(scene: Scene) -> Scene:
    response = "utter_human_open" if opening_now(scene) else "utter_human_closed"
    return scene.say(response).happened("person.asked_for_human").on(scene.dialogue.missed())


def wants_withdrawal(scene: Scene) -> bool:
    return scene.sent and bool(WITHDRAWS.search(scene.turn.text.casefold().replace("’", "'")))


def _take_withdraw(scene: Scene) -> Scene | None:
    answer = chosen(scene, {"yes": "Yes", "no": "No"}, "withdraw")
    if answer is None:
        return None
    return withdraw(scene) if answer == "yes" else scene.say("utter_not_withdrawn")


def withdraw(scene: Scene) -> Scene:
    """Taking back stops a service and what was agreed; a safeguarding matter is still looked at, and they are told so."""
    records = withdrawal(scene)
    scene = scene.note({"service_agreement": "withdrawn"}, Status.CONFIRMED)
    scene = replace(scene, request=scene.request.agree(*records))
    if scene.request.state in OPEN_STATES:
        scene = scene.with_request(state="withdrawn")
    scene = propose(scene).happened("request.withdrawn")
    return scene.say("utter_withdrawn_but_seen" if scene.settled.safeguarding else "utter_withdrawn", "outcome")


WITHDRAW = Step("withdraw", lambda scene: False, asks("utter_ask_withdraw"), _take_withdraw)
