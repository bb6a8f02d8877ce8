"""Taking one turn: listen, keep safe, take the answer, ask what is due next, keep all of it in one transaction."""

from __future__ import annotations

from dataclasses import replace

from triage.conversation import equality, topics
from triage.conversation.agenda import next_step, step_named
from triage.conversation.asking import firm_harms
from triage.conversation.checking import summary
from triage.conversation.dialogue import CHECK, dialogue_from
from triage.conversation.heard import say_what_was_heard
from triage.conversation.leaving import leave, wants_human, wants_withdrawal
from triage.conversation.listening import certain_danger, listen
from triage.conversation.outcome import finish
from triage.conversation.own_age import hear_own_age
from triage.conversation.safety import danger_first, keep_safe, notice_doubt
from triage.conversation.scene import Ports, Scene
from triage.conversation.sending import keep_from_family, propose
from triage.conversation.sparing import say_that_names_can_wait
from triage.conversation.step import Step
from triage.conversation.story import is_story, keep_words, tell
from triage.conversation.taken_over import only_danger, only_listens
from triage.facts import Status
from triage.ports import (
    AuditEvent,
    Conversation,
    Directory,
    Ids,
    Policies,
    UnitOfWork,
    UnitOfWorkFactory,
    Words,
    WorkingDays,
)
from triage.request import RequestForService, Route
from triage.turn import Say, Turn

TWICE = 2
"""After so many answers that were not understood, the question counts as not known and the talk goes on."""


def take_turn(
    turn: Turn,
    *,
    uow: UnitOfWorkFactory,
    policies: Policies,
    ids: Ids,
    directory: Directory,
    calendar: WorkingDays,
    words: Words,
) -> list[Say]:
    """Answer one message. All that was learned is stored before anything is said."""
    ports = Ports(policies, ids, directory, calendar, words)
    with uow() as work:
        conversation = _conversation(work, turn)
        request = work.requests.for_conversation(turn.conversation_id) or _draft(turn, conversation, ids)
        before = Scene(turn, request, dialogue_from(conversation.dialogue), ports)
        said = before.dialogue.said_to(turn.message_id)
        if said is not None:  # its answer was lost on the way: nothing is noted a second time
            return _spoken(replace(before, said=said))
        scene = respond(before)
        _keep(work, conversation, before, scene)
        work.commit()
    return _spoken(scene)


def respond(scene: Scene) -> Scene:
    """The whole turn as one function of what was known before."""
    if only_listens(scene):
        return only_danger(_heard(scene))
    if scene.turn.choice == "start":
        return _open(scene)
    scene = _pick_up(_listened(scene))
    moved = _moved(scene)
    before = scene.dialogue.asking
    taken = say_what_was_heard(keep_safe(_answered(scene) if moved is None else moved))
    taken = keep_from_family(say_that_names_can_wait(taken, asked=before))
    return _on_the_desk(taken if _stays(taken) else go_on(taken))


def _listened(scene: Scene) -> Scene:
    return hear_own_age(listen(notice_doubt(equality.only_ticked(scene))))


def _heard(scene: Scene) -> Scene:
    """Words are added to the story: they may answer the officer, not us. What was pressed or filled in is taken,
    and so is any answer to whether somebody is in danger now."""
    heard = _listened(_pick_up(scene))
    ours = heard.turn.choice is not None or bool(heard.turn.answers) or heard.dialogue.asking == "danger_now"
    return _on_the_desk(keep_from_family(danger_first(_answered(heard) if ours else tell(heard))))


def _on_the_desk(scene: Scene) -> Scene:
    """Where harm was told the proposal follows in that very turn, in a draft and after sending, whatever is being asked:
    an officer may have to act on it as it stands."""
    if scene.settled.safeguarding and firm_harms(scene) and scene.request.danger == "none":
        scene = scene.with_request(danger="safeguarding_concern").happened("danger.raised", "a harm was named")
    worrying = scene.request.danger != "none"
    there = scene.request.proposal
    same = there is not None and (there.route, there.level) == (scene.route, scene.settled.level)
    return propose(scene) if worrying and not same else scene


def _open(scene: Scene) -> Scene:
    if "utter_opening" in scene.dialogue.told:
        return go_on(scene.say("utter_welcome_back"))
    if scene.professional:
        scene = scene.note({"requester": "professional"}, Status.STATED)
    return go_on(scene.say_once("utter_opening"))


def _pick_up(scene: Scene) -> Scene:
    """Somebody who left and writes again is back: what was set aside is a draft again."""
    return scene.with_request(state="draft") if scene.request.state == "abandoned" and not scene.sent else scene


CONTROLS = {"leave": leave, "human": wants_human, "back": topics.back, "undo": topics.back, "equality": equality.wanted}


def _moved(scene: Scene) -> Scene | None:
    """A control that was pressed, or words that interrupt; None when the message is an answer."""
    choice = scene.turn.choice
    if choice in CONTROLS:
        return CONTROLS[choice](scene)
    if choice and choice.startswith("change:"):
        return _change(scene, choice.removeprefix("change:"))
    if choice == "withdraw" or (choice is None and wants_withdrawal(scene)):
        return scene.on(scene.dialogue.again("withdraw")) if scene.sent else leave(scene)
    if choice or scene.turn.answers or certain_danger(scene):
        return None
    return topics.fishing(scene) or (None if _answers_plainly(scene) else topics.topic(scene))


def _change(scene: Scene, step: str) -> Scene:
    """Only what was answered or is shown can be changed, and only before it is sent."""
    there = {*scene.dialogue.answered, *(line.step for line in summary(scene))}
    if scene.sent or step not in there or step == "confirm_agreement":
        return scene.say("utter_nothing_before")
    return scene.on(scene.dialogue.again(step))


def _answers_plainly(scene: Scene) -> bool:
    """Whether words that look like an interruption are really the answer to the open question."""
    asking = scene.dialogue.asking
    if asking is None:
        return is_story(scene) and not topics.is_remark(scene)
    step = step_named(asking)
    if step.open:
        return not topics.interrupts(scene) and (asking != "story" or is_story(scene))
    return scene.turn.intent not in topics.NO_STORY or step.take(scene) is not None


def _stays(scene: Scene) -> bool:
    """After a goodbye there is nothing to ask."""
    return any(say.response.startswith(("utter_left", "utter_not_safe_to_talk")) for say in scene.said)


def _answered(scene: Scene) -> Scene:
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
    if not (is_story(scene) or certain_danger(scene) or (scene.sent and any(c.isalpha() for c in scene.turn.text))):
        return scene
    scene = tell(scene)
    return scene.say("utter_added").happened("request.added") if scene.sent else scene


def go_on(scene: Scene) -> Scene:
    """Ask what is due; where nothing is, say what happens next."""
    step = next_step(scene) if not scene.sent or scene.dialogue.forced else None
    if step is not None:
        return step.ask(scene.on(replace(scene.dialogue, asking=step.name, misses=_misses(scene, step))))
    if scene.sent:
        return _after_sending(scene)
    if scene.dialogue.outcome_told and scene.route == Route.INFORMATION and _said_something(scene):
        return scene
    return equality.offer(finish(scene))


def _misses(scene: Scene, step: Step) -> int:
    return scene.dialogue.misses if scene.dialogue.asking == step.name else 0


def _said_something(scene: Scene) -> bool:
    return bool(scene.said)


def _after_sending(scene: Scene) -> Scene:
    """A sent request stays open for more words; what they change is put before the officer."""
    scene = propose(scene)
    return scene if scene.said else scene.say("utter_anything_else")


# ---- keeping -----------------------------------------------------------------------------------------------------


def _conversation(work: UnitOfWork, turn: Turn) -> Conversation:
    found = work.conversations.get(turn.conversation_id)
    if found is not None:
        return found
    new = Conversation(turn.conversation_id, "", turn.channel, turn.audience, turn.at, last_at=turn.at)
    work.conversations.add(new, AuditEvent(turn.at, "bot", "conversation.started", f"conversation:{new.id}"))
    return work.conversations.get(turn.conversation_id) or new


def _draft(turn: Turn, conversation: Conversation, ids: Ids) -> RequestForService:
    return RequestForService(
        id=ids.new(),
        conversation_id=conversation.id,
        created_at=turn.at,
        channel=conversation.channel,
        audience=conversation.audience,
        authority=conversation.authority,
        language=conversation.language,
    )


def _keep(work: UnitOfWork, conversation: Conversation, before: Scene, scene: Scene) -> None:
    turn = scene.turn
    if scene.request != before.request or before.request.version == 0:
        noted = AuditEvent(
            turn.at, "person", "request.noted", f"request:{scene.request.id}", data={"message": turn.message_id}
        )
        work.requests.save(scene.request, noted)
    for event in scene.events:
        work.audit(event)
    if scene.circumstances is not None:
        _keep_apart(work, scene)
    changed = replace(
        conversation,
        authority=scene.request.authority or conversation.authority,  # whose numbers stand on its pages
        dialogue=scene.dialogue.took(turn.message_id, scene.said).as_data(),
        state=_state(scene),
        last_at=turn.at,
    )
    work.conversations.save(
        changed, AuditEvent(turn.at, "bot", "conversation.went_on", f"conversation:{conversation.id}")
    )


def _keep_apart(work: UnitOfWork, scene: Scene) -> None:
    """Optional answers about the person go to a table of their own, and out of the message that brought them."""
    about, conversation = f"request:{scene.request.id}", f"conversation:{scene.turn.conversation_id}"
    answered = AuditEvent(scene.turn.at, "person", "equality.answered", about)
    blanked = AuditEvent(scene.turn.at, "system", "message.blanked", conversation, "kept apart")
    work.equality.keep(scene.request.id, scene.circumstances or {}, answered)
    work.conversations.blank(scene.turn.message_id, blanked)


def _state(scene: Scene) -> str:
    if any(say.response.startswith("utter_left") for say in scene.said) and not scene.sent:
        return "left"
    return "sent" if scene.sent else "open"


def _spoken(scene: Scene) -> list[Say]:
    about = {"audience": scene.audience, "state": _state(scene)}
    numbers = dict(scene.ports.words.numbers(scene.request.authority))
    return [replace(say, values={**numbers, **say.values}, data={**about, **say.data}) for say in scene.said]
