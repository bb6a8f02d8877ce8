"""Taking one turn: listen, keep safe, take the answer, ask what is due next, keep all of it in one transaction."""

from __future__ import annotations

from dataclasses import replace

from triage.conversation import equality, topics
from triage.conversation.agenda import next_step, step_named
from triage.conversation.answering import answer
from triage.conversation.asking import firm_harms
from triage.conversation.checking import summary
from triage.conversation.dialogue import CHECK, dialogue_from
from triage.conversation.heard import say_what_was_heard
from triage.conversation.keeping import conversation_of, draft_of, keep, state_of
from triage.conversation.leaving import leave, wants_human, wants_withdrawal
from triage.conversation.listening import certain_danger, listen, listen_for_danger
from triage.conversation.outcome import finish
from triage.conversation.own_age import hear_own_age
from triage.conversation.safety import danger_first, doubt_is_a_concern, keep_safe, notice_doubt
from triage.conversation.scene import Ports, Scene
from triage.conversation.sending import keep_from_family, propose
from triage.conversation.sparing import say_that_names_can_wait
from triage.conversation.step import Step
from triage.conversation.story import is_story, tell
from triage.conversation.taken_over import only_danger, only_listens
from triage.facts import Status
from triage.ports import (
    Directory,
    Ids,
    Policies,
    UnitOfWorkFactory,
    Words,
    WorkingDays,
)
from triage.request import Route
from triage.turn import Say, Turn


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
        conversation = conversation_of(work, turn)
        request = work.requests.for_conversation(turn.conversation_id) or draft_of(turn, conversation, ids)
        before = Scene(turn, request, dialogue_from(conversation.dialogue), ports)
        said = before.dialogue.said_to(turn.message_id)
        if said is not None:  # its answer was lost on the way: nothing is noted a second time
            return _spoken(replace(before, said=said))
        scene = respond(before)
        keep(work, conversation, before, scene)
        work.commit()
    return _spoken(scene)


def respond(scene: Scene) -> Scene:
    """The whole turn as one function of what was known before."""
    if scene.dialogue.only_a_call:
        return _beside_a_call(scene)
    if only_listens(scene):
        return only_danger(_heard(scene))
    if scene.turn.choice == "start":
        return _open(scene)
    scene = _pick_up(_listened(scene))
    moved = _moved(scene)
    before = scene.dialogue.asking
    taken = say_what_was_heard(keep_safe(answer(scene) if moved is None else moved))
    taken = keep_from_family(say_that_names_can_wait(taken, asked=before))
    return _on_the_desk(taken if _stays(taken) else go_on(taken))


def _beside_a_call(scene: Scene) -> Scene:
    """What is typed beside the number for a call in another language: danger is heard, and nothing is asked."""
    heard = keep_from_family(danger_first(doubt_is_a_concern(listen_for_danger(scene))))
    # something is said in any case: a turn without an answer would be taken again for ever
    return _on_the_desk(heard).say("utter_added", choices=())


def _listened(scene: Scene) -> Scene:
    return hear_own_age(listen(notice_doubt(equality.only_ticked(scene))))


def _heard(scene: Scene) -> Scene:
    """Words are added to the story: they may answer the officer, not us. What was pressed or filled in is taken,
    and so is any answer to whether somebody is in danger now."""
    heard = _listened(_pick_up(scene))
    ours = heard.turn.choice is not None or bool(heard.turn.answers) or heard.dialogue.asking == "danger_now"
    return _on_the_desk(keep_from_family(danger_first(answer(heard) if ours else tell(heard))))


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


def go_on(scene: Scene) -> Scene:
    """Ask what is due; where nothing is, say what happens next."""
    step = next_step(scene) if not scene.sent or scene.dialogue.forced else None
    if step is not None:
        # nothing is sent that was not looked over after the last answer
        scene = scene.on(scene.dialogue.unanswered(CHECK))
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


def _spoken(scene: Scene) -> list[Say]:
    about = {"audience": scene.audience, "state": state_of(scene)}
    numbers = dict(scene.ports.words.numbers(scene.request.authority))
    return [replace(say, values={**numbers, **say.values}, data={**about, **say.data}) for say in scene.said]
