"""The story in the person's own words, and reading back what was understood from it."""

from __future__ import annotations

import re
from dataclasses import replace

from triage.conversation import likeness
from triage.conversation.asking import wording
from triage.conversation.scene import Scene
from triage.conversation.step import Step, asks, chosen
from triage.conversation.topics import NO_STORY, is_command
from triage.facts import Fact, Status
from triage.questions import UNASKED, question_of
from triage.request import Route

WORDS = re.compile(r"[^\W\d_]{2,}")
MILD = frozenset({"no", "none", "fine", "settled", "able", "managing", "not_sure", "information"})
SEEN_LATER = frozenset({"youngest_age", "oldest_age", "place", "danger_now", "requester", "profession"})
"""Read back with everything else at check your answers, not in a question of its own."""


def is_story(scene: Scene) -> bool:
    """Whether a message tells something: a few real words that are not a command or small talk."""
    text = scene.turn.text.strip()
    if is_command(text) or likeness.unknown_word(text):
        return False
    if len(WORDS.findall(text)) < 3:
        return bool(scene.turn.understanding.get("concerns"))
    return scene.turn.intent not in NO_STORY or len(text.split()) > 14


def keep_words(scene: Scene) -> Scene:
    """What is told later is added, never put in place of what came first."""
    before, text = scene.request.story or "", scene.turn.text.strip()
    return scene if text in before else scene.with_request(story="\n".join(filter(None, (before, text))))


def tell(scene: Scene) -> Scene:
    """Keep the words, and hear a question for information in them."""
    scene = keep_words(scene)
    return _as_a_wish_to_know(scene) if wants_to_know(scene) else scene


ASKS = re.compile(
    r"\?|\b(where|how (do|can|to)|can (i|we|you|anyone|anybody|my)|is there|are there|who do|what('s| is| are) |looking for|any (good )?(links?|groups?|ideas)"
    r"|do i (have|need)|wondered if|just (want|wanted|need|after|asking|wondering))\b"
)
NEEDS_MORE = re.compile(
    r"\b(struggl\w+|can'?t cope|cannot cope|desperate|at breaking point|need help|please help|refer\w*|assessment)\b"
)


def wants_to_know(scene: Scene) -> bool:
    """Whether the message asks something and asks for nothing else."""
    plain = scene.turn.text.casefold().replace("’", "'")
    return scene.turn.intent == "ask_for_information" and bool(ASKS.search(plain)) and not NEEDS_MORE.search(plain)


def _as_a_wish_to_know(scene: Scene) -> Scene:
    """A question about a group, a place or a right, where nothing else was told: managing, and wanting to know."""
    if scene.request.danger != "none" or "wants" in scene.known:
        return scene
    scene = scene.note({"wants": "information"}, Status.INFERRED, scene.whole_message())
    if scene.request.concerns or "impact" in scene.known:
        return scene
    return scene.note({"impact": "managing"}, Status.INFERRED, scene.whole_message())


def _story_due(scene: Scene) -> bool:
    return scene.request.story is None and not scene.answered("story") and scene.route != Route.EMERGENCY


def _take_story(scene: Scene) -> Scene | None:
    filled = scene.turn.answers.get("story")
    if filled:
        return scene.with_request(story=str(filled).strip())
    if scene.turn.choice in {"not_known", "not_said", "skip"}:
        return scene
    if scene.turn.choice is not None:
        return None
    if "story" in scene.dialogue.forced:
        return scene.with_request(story=scene.turn.text.strip()) if is_story(scene) else None
    return tell(scene) if is_story(scene) else None


def understood(scene: Scene) -> tuple[Fact, ...]:
    """What was read out of words and weighs something: offered for a yes or no before anybody acts on it."""
    return tuple(fact for fact in scene.request.facts.unconfirmed() if _weighs(fact))


def _weighs(fact: Fact) -> bool:
    return not (fact.value in MILD or fact.value is False or fact.name in SEEN_LATER)


def _read_back_due(scene: Scene) -> bool:
    acts = scene.route not in {Route.INFORMATION, Route.EMERGENCY}
    return (
        acts
        and not scene.professional
        and bool(understood(scene))
        and not scene.answered("read_back")
        and not scene.sent
    )


def _ask_read_back(scene: Scene) -> Scene:
    lines = "\n".join(_line(scene, fact) for fact in understood(scene))
    return scene.say("utter_ask_read_back", "question", values={"summary": lines})


def _line(scene: Scene, fact: Fact) -> str:
    words = scene.ports.words
    question = question_of(fact.name)
    if question == "worries" or question in UNASKED:
        return words.text(f"utter_line_{fact.name}", audience=scene.audience)
    label = words.text(f"utter_line_{question}", audience=scene.audience)
    return f"{label}: {', '.join(wording(scene, question))}"


def _take_read_back(scene: Scene) -> Scene | None:
    answer = chosen(scene, {"yes": "Yes", "no": "No"}, "read_back")
    if answer == "yes" or answer in {"not_known", "not_said", "skip"}:
        return confirm(scene) if answer == "yes" else scene
    if answer == "no":
        doubted = understood(scene)
        if len(doubted) == 1 and doubted[0].name in UNASKED:  # it would only be asked again in the same words
            return scene.note({doubted[0].name: False}, Status.STATED, scene.whole_message())
        steps = tuple(dict.fromkeys(question_of(fact.name) for fact in understood(scene)))
        return scene.on(scene.dialogue.again(*steps))
    return None


def confirm(scene: Scene) -> Scene:
    facts = [replace(fact, status=Status.CONFIRMED, at=scene.turn.at) for fact in understood(scene)]
    return replace(scene, request=scene.request.note(*facts))


STORY = Step("story", _story_due, asks("utter_ask_story"), _take_story, open=True)
READ_BACK = Step("read_back", _read_back_due, _ask_read_back, _take_read_back)
