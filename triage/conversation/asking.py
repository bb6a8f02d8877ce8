"""The policy questions: the engine says which still matter; this says how each is put and heard."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from triage import journeys
from triage.conversation import likeness, plainly
from triage.conversation.listening import HARM_OF_CATEGORY, certain_danger, located, note_ages, with_children
from triage.conversation.meaning import meant
from triage.conversation.pairing import aged_anew
from triage.conversation.scene import Scene
from triage.conversation.step import Step, asks_all, chosen, labels, ticks
from triage.facts import Status, Value, is_so
from triage.questions import NO_WORRIES, UNASKED, WORRIES, choice_of, facts_of, ticked, value_of
from triage.request import Route

SAFETY = frozenset(
    {
        "danger_now", "worries", "physical_harm_kind", "neglect_pattern", "domestic_abuse_pattern",
        "self_harm_pattern", "missing_pattern", "left_alone_pattern",
    }
)  # fmt: skip
HEARD = "utter_ask_heard"
ALWAYS = SAFETY | {"requester", "wants"}
ENOUGH = {"family": 7, "young_person": 6, "public": 6, "professional": 8}
"""After so many policy questions only safety is still asked; the rest counts as ordinary and an officer sees it."""

NEVER = frozenset({"service_agreement", "informing_unsafe"})
"""Asked by the consent steps, in their own words."""

STATUS = {"not_known": Status.NOT_KNOWN, "skip": Status.NOT_SAID, "not_said": Status.NOT_SAID}


def next_question(scene: Scene) -> str | None:
    """The question whose answer can change most; None when nothing more matters."""
    if scene.route == Route.EMERGENCY:
        return None
    if only_information(scene):
        return "place" if _nowhere_yet(scene) else None
    if not scene.answered("worries") and not (scene.settled.safeguarding and firm_harms(scene)):
        return "worries"  # while no harm is sure this list always matters, and comes before everything else
    if _abuse_only_read(scene):
        return "domestic_abuse_pattern"
    who = journeys.asked_as(scene.request.audience, scene.known.get("requester"))
    names = scene.policy.ask(scene.known, on=scene.turn.at.date(), audience=who, never=_closed(scene))
    return _first(scene, [name for name in names if name not in NEVER and not scene.answered(name)], who)


def _nowhere_yet(scene: Scene) -> bool:
    """Whether neither the door they came through nor their words say which area's services to name."""
    return scene.request.authority is None and scene.request.place is None and not scene.answered("place")


def _abuse_only_read(scene: Scene) -> bool:
    """Whether how the abuse stands was only read out of words: how it is now is asked each time (hazard H02).
    What was read as serious stands."""
    pattern = scene.request.facts.latest().get("domestic_abuse_pattern")
    guessed = pattern is not None and pattern.status is Status.INFERRED and pattern.value != "serious_or_escalating"
    return guessed and not scene.answered("domestic_abuse_pattern")


def only_information(scene: Scene) -> bool:
    """Somebody who wants to know something, has no worry to tell and manages: the answer is owed now (law.md C21)."""
    wish = scene.known.get("wants") == "information" and scene.known.get("impact") == "managing"
    return wish and scene.answered("worries") and scene.route == Route.INFORMATION


def _closed(scene: Scene) -> set[str]:
    in_vain = scene.request.facts.asked_in_vain()
    return {*in_vain, *scene.dialogue.answered, *NEVER}


def _first(scene: Scene, names: Sequence[str], who: str) -> str | None:
    if scene.dialogue.policy_questions >= ENOUGH[who]:
        names = [name for name in names if name in ALWAYS]
    if scene.settled.safeguarding:  # harm was told: only how bad and how urgent it is, no list of other worries
        where = ["place"] if _nowhere_yet(scene) else []  # without it nobody can be told whom to ring
        names = [*where, *(name for name in names if name in SAFETY and name != "worries")]
    return names[0] if names else None


def question_step(name: str) -> Step:
    """The step of one policy question."""
    take = {"worries": _take_worries, "child_ages": _take_ages, "place": _take_place}.get(name)
    return Step(name, due=lambda scene: True, ask=_ask(name), take=take or (lambda scene: _take_choice(scene, name)))


def _ask(name: str) -> Callable[[Scene], Scene]:
    response = words_of(name)
    if name == "worries":
        return asks_all(response, name)

    def ask(scene: Scene) -> Scene:
        if response == HEARD:
            heard = scene.ports.words.text(f"utter_line_{name}", audience=scene.audience)
            return scene.say(response, "question", values={"what": heard})
        return scene.say(response, "question")

    return ask


def words_of(question: str) -> str:
    """The response that asks it: its own, or the one for whatever was only heard."""
    return HEARD if question in UNASKED - {"stepping"} else f"utter_ask_{question}"


def _take_choice(scene: Scene, question: str) -> Scene | None:
    choice = chosen(scene, labels(scene, words_of(question)), question)
    facts = facts_of(question)
    if choice in STATUS:
        return _in_vain(scene, question, STATUS[choice])
    if choice is not None:
        noted = {fact: value_of(fact, choice) for fact in facts}
        return _after_the_wish(scene.note(noted, Status.STATED, scene.whole_message()), question)
    return scene if _just_heard(scene, facts) else None


def _in_vain(scene: Scene, question: str, status: Status) -> Scene:
    """Asked, and still unknown: what they wish for speaks for how it is, where it says anything."""
    effect = _effect_of_wish(scene) if question == "impact" else None
    if effect:
        return scene.note({"impact": effect}, Status.INFERRED, scene.whole_message())
    if question == "wants" and scene.known.get("impact") == "managing" and not firm_harms(scene):
        return scene.note({"wants": "information"}, Status.INFERRED, scene.whole_message())
    if question == "domestic_abuse_pattern" and _abuse_only_read(scene):
        return scene  # what their own words said stands, unconfirmed
    return scene.note(dict.fromkeys(facts_of(question)), status)


def _effect_of_wish(scene: Scene) -> str | None:
    """Who only wants to know something and cannot say that it hurts anybody, manages; who wants a worker alongside for a
    while is not looking for a leaflet: it is in the way of daily life until somebody has looked."""
    wish = scene.known.get("wants")
    if wish == "ongoing_help":
        return "daily_life"
    return "managing" if wish == "information" and not firm_harms(scene) else None


def _after_the_wish(scene: Scene, question: str) -> Scene:
    """The same when the wish comes after the question about the effect, which they could not answer."""
    asked = scene.request.facts.latest().get("impact")
    in_vain = question == "wants" and asked is not None and asked.value is None
    return _in_vain(scene, "impact", Status.NOT_KNOWN) if in_vain else scene


def _just_heard(scene: Scene, facts: Sequence[str]) -> bool:
    """Whether the understanding of this very message already settled one of the facts."""
    return any(
        (fact := scene.request.facts.get(name)) and fact.value is not None and fact.at == scene.turn.at
        for name in facts
    )


def _take_worries(scene: Scene) -> Scene | None:
    offered = labels(scene, "utter_ask_worries")
    if scene.turn.choice is None and meant("worries", scene.turn.text) and not _just_heard(scene, tuple(WORRIES)):
        return note_worries(scene, frozenset({NO_WORRIES}), frozenset(offered))
    marked = ticks(scene, offered, "worries", none=NO_WORRIES)
    if marked is None:
        return _heard_worries(scene) or _reassured(scene)
    if marked[0] in STATUS:
        return scene.note({NO_WORRIES: None}, STATUS[marked[0]])
    return note_worries(scene, frozenset(marked), frozenset(offered))


def note_worries(scene: Scene, marked: frozenset[str], shown: frozenset[str]) -> Scene:
    """What is ticked stands beside what was disclosed before: leaving a box empty takes nothing back.

    Somebody who asks to change the list may take a tick away, but not what the safety screen heard in their words.
    """
    values: dict[str, Value | None] = dict(ticked(marked, shown))
    for name in _disclosed(scene):
        if values.get(name) in (False, "no", "none"):
            del values[name]
    if "danger_now" in shown:
        values["danger_now"] = "danger_now" in marked or scene.known.get("danger_now") is True
    return scene.note(values, Status.STATED, scene.whole_message())


def firm_harms(scene: Scene) -> set[str]:
    """Worries that are more than a guess of ours: said by the person, or read in a message that the screen marked for the same."""
    facts = scene.request.facts.latest()
    there = {name for name in WORRIES if is_so(scene.known.get(name))}
    return {name for name in there if facts[name].status is not Status.INFERRED or name in _marked(scene)}


def _marked(scene: Scene) -> set[str]:
    """The harms that the safety screen heard, by its categories."""
    return {HARM_OF_CATEGORY[c][0] for c in scene.request.danger_categories if c in HARM_OF_CATEGORY}


def _disclosed(scene: Scene) -> set[str]:
    """Worries that an empty box does not take back. A mere guess is settled by the box, a tick by taking it away."""
    return firm_harms(scene) & _marked(scene) if _changing(scene, "worries") else firm_harms(scene)


def _heard_worries(scene: Scene) -> Scene | None:
    """A worry told in words answers the list; what was not named stays unknown."""
    if not _just_heard(scene, tuple(WORRIES)):
        return None
    return scene.note({NO_WORRIES: False}, Status.STATED, scene.whole_message())


def _reassured(scene: Scene) -> Scene | None:
    """Somebody who told a harm and answers the list with "he is in prison, we are safe at home" has answered it: how that
    harm stands is asked next, in its own question. Never so where the screen hears danger now."""
    told = any(is_so(scene.known.get(name)) for name in WORRIES)
    if not told or certain_danger(scene) or plainly.weighed("danger_now", scene.turn.text) != "no":
        return None
    return scene.note({"danger_now": False, NO_WORRIES: False}, Status.STATED, scene.whole_message())


AGE = re.compile(r"(\d{1,2})\s*(months?|mths?|weeks?|wks?)?")
UNBORN = re.compile(r"\b(unborn|pregnant|expecting|on the way|due in|not born)\b")


def ages_in(text: str) -> tuple[int, ...]:
    """Ages in completed years in a short answer: `8, 18 months and one on the way` is 8, 1 and -1."""
    plain = likeness.tidy(text)
    ages = [_years(int(number), unit) for number, unit in AGE.findall(plain)]
    return tuple(age for age in ages if age <= 25) + ((-1,) if UNBORN.search(plain) else ())


def _years(number: int, unit: str) -> int:
    if unit.startswith("m"):
        return number // 12
    return number // 52 if unit.startswith("w") else number


def _take_ages(scene: Scene) -> Scene | None:
    given = scene.turn.answers.get("child_ages", scene.turn.text)
    text = ", ".join(map(str, given)) if isinstance(given, (list, tuple)) else str(given)
    ages = tuple(int(age) for age in scene.turn.understanding.get("child_ages", ())) or ages_in(text)
    if ages:
        if _changing(scene, "child_ages"):
            scene = scene.with_request(children=aged_anew(scene.request.children, ages))
        scene = with_children(scene, ages)
        return note_ages(scene, Status.STATED, scene.whole_message())
    choice = scene.turn.choice or likeness.unknown_word(text)
    return scene.note({"youngest_age": None, "oldest_age": None}, STATUS[choice]) if choice in STATUS else None


def _changing(scene: Scene, step: str) -> bool:
    return step in scene.dialogue.forced


def _take_place(scene: Scene) -> Scene | None:
    choice = scene.turn.choice or likeness.unknown_word(scene.turn.text)
    if choice in STATUS:
        return scene.note({"place": None}, STATUS[choice])
    text = str(scene.turn.answers.get("place", scene.turn.text)).strip()
    if not text or choice is not None:
        return None
    named = scene.turn.understanding.get("places") or [text]
    found = located(scene, str(named[0]), Status.STATED, scene.whole_message())
    if found.request.facts.get("place") is not scene.request.facts.get("place") or _just_heard(scene, ("place",)):
        return found
    return found.note({"place": "unknown_place"}, Status.STATED, scene.whole_message())


def wording(scene: Scene, question: str) -> tuple[str, ...]:
    """The answer to a question in its own words, for reading back."""
    offered: Mapping[str, str] = labels(scene, words_of(question))
    values = [scene.known.get(fact) for fact in facts_of(question)]
    return tuple(offered.get(choice_of(value), str(value)) for value in values if value is not None)


def counted(scene: Scene) -> Scene:
    return scene.on(replace(scene.dialogue, policy_questions=scene.dialogue.policy_questions + 1))


def policy_question_asked(name: str) -> Step:
    step = question_step(name)
    return replace(step, ask=lambda scene: counted(step.ask(scene)))
