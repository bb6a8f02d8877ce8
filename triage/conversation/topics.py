"""What is said between the questions: who reads this, are you a robot, I want a person. Then the open question again."""

from __future__ import annotations

import re
from collections.abc import Callable

from triage.conversation.leaving import leave, wants_human
from triage.conversation.scene import Scene

ANSWERS: dict[str, str] = {
    "question_privacy": "utter_topic_privacy",
    "question_consent": "utter_topic_consent",
    "question_next": "utter_topic_next",
    "question_hours": "utter_topic_hours",
    "question_word_meaning": "utter_topic_word_meaning",
    "are_you_a_robot": "utter_topic_robot",
    "thanks": "utter_topic_thanks",
    "complaint": "utter_topic_complaint",
    "abuse": "utter_topic_abuse",
    "off_topic": "utter_topic_off_topic",
    "other_language": "utter_topic_other_language",
    "greet": "utter_topic_greet",
}
"""Topics that have one answer. Each answer ends nothing: the open question follows it."""

FISHING = re.compile(
    r"\bwho (reported|told|referred|rang|called|grassed|made)\b|\bclose (the|my|our) case\b|\bwhere (is|are) (she|he|they) (living|staying|now)\b"
    r"|\bwhat (did|has) (she|he|they) (say|said|told)\b|\bshow me .*\b(referral|record|case|request)s?\b"
)
"""Questions about somebody else's contact with us: nothing is told, nothing is changed (law.md D06)."""

MOVES: dict[str, Callable[[Scene], Scene]] = {
    "want_human": wants_human,
    "stop_leave": leave,
    "go_back": lambda scene: back(scene),
    "change_answer": lambda scene: change(scene),
}
NO_STORY = frozenset({*ANSWERS, *MOVES, "affirm", "deny", "dont_know", "rather_not_say"})


SHORT = 8
ENOUGH = 2
"""After so many remarks on one question the next words count as its answer, whatever they look like."""


LEAVES = re.compile(
    r"\b(stop|leave|leaving|quit|exit|bye|goodbye|close (this|the|it|chat)|forget (it|this)|never ?mind|log ?out|sign ?out"
    r"|end (this|the|it|chat)|go(tta| to| now)|(got|have|need) to go|later|tomorrow|another time|not now|enough|done|finish(ed)?"
    r"|delete|give up|don'?t want to|cancel|no more|call it a day)\b"
)
ASKS = re.compile(
    r"\?|^(who|what|when|where|why|how|which|is|are|can|could|do|does|did|will|would|should)\b"
    r"|\b(who|what|how|when) (will|can|does|do|is|are)\b"
)
PERSON = re.compile(
    r"\b(human|real (person|one)|a person|people|an? (officer|adviser|advisor|agent|operator|social worker)|staff"
    r"|(talk|speak|chat) (to|with) (a |an |some|any|the |your |you\b)|(call|ring|phone) (me|you|back|the |some|us)|call ?back"
    r"|(phone|telephone) number|number (to|i can)|(someone|somebody|anyone|anybody) (to |can |could |there|please)|not a (robot|computer|machine|bot))"
)
CHANGES = re.compile(
    r"\b(chang\w*|wrong|mistake\w*|correct\w*|edit|back|undo|previous|before|meant|typo|different|not right|redo|again|actually|earlier|last)\b"
)
QUESTIONS = frozenset(intent for intent in ANSWERS if intent.startswith("question_"))


def says_so(scene: Scene) -> bool:
    """Whether the words bear out what the message was taken for: nobody is sent away, or told the opening hours, for
    words that only sound a little like it ("he won't get dressed", "it closed in June")."""
    plain = scene.turn.text.casefold().replace("’", "'").strip()
    if scene.turn.understanding.get("language", "en") != "en":
        return True
    if scene.turn.intent == "stop_leave":
        return bool(LEAVES.search(plain))
    if scene.turn.intent in {"go_back", "change_answer"}:
        return bool(CHANGES.search(plain))
    if scene.turn.intent == "want_human":
        return bool(PERSON.search(plain)) and scene.dialogue.misses < ENOUGH
    return scene.turn.intent not in QUESTIONS or bool(ASKS.search(plain))


def is_command(text: str) -> bool:
    """Text that is written for a machine. It tells nothing and moves nothing."""
    return text.lstrip().startswith(("/", "{", "["))


def is_remark(scene: Scene) -> bool:
    """Whether a message asks or remarks something of its own: short, or with a question mark. Long ones tell something."""
    if scene.turn.intent in MOVES:
        return len(scene.turn.text.split()) <= 2 * SHORT
    return scene.turn.intent in ANSWERS and ("?" in scene.turn.text or len(scene.turn.text.split()) <= SHORT)


def interrupts(scene: Scene) -> bool:
    """The same while any words would do as an answer: only a real question, or a wish to move, is none."""
    return is_remark(scene) and says_so(scene) and (scene.turn.intent in MOVES or "?" in scene.turn.text)


def fishing(scene: Scene) -> Scene | None:
    """A short question about somebody else's contact with us. Long messages tell a story and may use such words."""
    short = len(scene.turn.text.split()) <= 2 * SHORT
    if not short or not FISHING.search(scene.turn.text.casefold()):
        return None
    return scene.say("utter_cannot_tell").happened("person.fished")


def topic(scene: Scene) -> Scene | None:
    """The answer to an interruption; None where the message is none."""
    if is_command(scene.turn.text):
        return None
    if not says_so(scene):
        return None
    if scene.turn.intent in MOVES:
        return MOVES[scene.turn.intent](scene)
    response = ANSWERS.get(scene.turn.intent)
    if response is None or scene.dialogue.misses >= ENOUGH:
        return None
    return scene.say(response).on(scene.dialogue.missed())


NOT_GONE_BACK_TO = frozenset({"story", "confirm_agreement"})
"""The story is added to, never put again; "may I write that down?" belongs to the question about agreement itself."""


def back(scene: Scene) -> Scene:
    """To the question before; what was answered there stands until it is answered again."""
    before = [name for name in scene.dialogue.answered if name not in NOT_GONE_BACK_TO]
    if scene.sent or not before:
        return scene.say("utter_nothing_before")
    return scene.on(scene.dialogue.again(before[-1]))


def change(scene: Scene) -> Scene:
    """Which answer? The summary shows them all, each with its own way to change it."""
    if scene.sent or not scene.dialogue.answered:
        return scene.say("utter_nothing_before")
    return scene.say("utter_which_to_change").on(scene.dialogue.again("check_answers"))
