"""A step: something to ask for, when it is due, and how its answer is taken.

The conversation has no script. At each turn the first step that is due is asked (agenda.py); whatever the person says
is offered to the step that waits. `take` gives the scene with the answer in it, or None where it did not understand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from triage.conversation import likeness, plainly
from triage.conversation.meaning import meant
from triage.conversation.scene import Scene

UNKNOWN = likeness.UNKNOWN


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    due: Callable[[Scene], bool]
    ask: Callable[[Scene], Scene]
    take: Callable[[Scene], Scene | None]
    open: bool = False  # takes any words: a question or a remark inside them is not an interruption


def labels(scene: Scene, response: str) -> Mapping[str, str]:
    return scene.ports.words.labels(response, audience=scene.audience, channel=scene.turn.channel)


def chosen(scene: Scene, offered: Mapping[str, str], name: str) -> str | None:
    """The choice that the person pressed, filled in or plainly typed; `not_known` and `not_said` always count."""
    pressed = scene.turn.choice or _single(scene.turn.answers.get(name))
    if pressed is not None:
        return pressed if pressed in offered or pressed in UNKNOWN else None
    return typed(scene.turn.text, offered, name) or _by_intent(scene, offered, name)


def typed(text: str, offered: Mapping[str, str], question: str) -> str | None:
    """The choice that typed words stand for: its own label, what people say instead, yes and no, likeness last."""
    if not text.strip():
        return None
    if exact := likeness.exact(text, offered):
        return exact
    if question in plainly.RAISES:
        return _weighed(text, offered, question)
    if unknown := likeness.unknown_word(text):
        return unknown
    if (value := meant(question, text)) in offered:
        return value
    if "yes" in offered and plainly.asks(text):  # "ok, and where is a playgroup" sends and confirms nothing
        return None
    says = (("yes", likeness.says_yes), ("no", likeness.says_no))
    return next((word for word, said in says if word in offered and said(text)), None) or likeness.best(text, offered)


def _weighed(text: str, offered: Mapping[str, str], question: str) -> str | None:
    """To a question of safety a likeness of words is no answer, and "yes I don't know what to do" is a yes."""
    value = plainly.weighed(question, text)
    if value != plainly.RAISES[question]:
        value = likeness.unknown_word(text) or value
    return value if value in offered or value in UNKNOWN else None


INTENTS = {"dont_know": "not_known", "rather_not_say": "not_said", "affirm": "yes", "deny": "no"}
SHORT = 6


def _by_intent(scene: Scene, offered: Mapping[str, str], name: str) -> str | None:
    """Short words that none of our lists has, but that were understood all the same. What they are like answers no
    question of safety, and no words that ask for something of their own say yes or no."""
    word = INTENTS.get(scene.turn.intent)
    if word not in UNKNOWN and (name in plainly.RAISES or plainly.asks(scene.turn.text)):
        return None
    short = 0 < len(scene.turn.text.split()) <= SHORT
    return word if short and (word in UNKNOWN or word in offered) else None


def ticks(scene: Scene, offered: Mapping[str, str], name: str, none: str) -> tuple[str, ...] | None:
    """All that the person ticked, pressed or named; `(none,)` for nothing of it; None where not understood."""
    filled = scene.turn.answers.get(name)
    if filled is not None:
        given = [filled] if isinstance(filled, str) else [str(value) for value in filled]
        return tuple(value for value in given if value in offered or value in UNKNOWN) or (none,)
    if scene.turn.choice is not None:
        return (scene.turn.choice,) if scene.turn.choice in offered or scene.turn.choice in UNKNOWN else None
    if unknown := likeness.unknown_word(scene.turn.text):
        return (unknown,)
    if named := likeness.several(scene.turn.text, offered):
        return named
    says_none = plainly.only_no if name in LOWERED_BY_NONE else likeness.says_no
    return (none,) if says_none(scene.turn.text) else None


LOWERED_BY_NONE = frozenset({"worries"})
"""Lists of which "none" takes care away: "nobody feeds them" is no none."""


def words_given(scene: Scene, field: str) -> str | None:
    """What was typed or filled in for a question that takes any words; None when it was passed over."""
    filled = _single(scene.turn.answers.get(field))
    if filled is not None:
        return filled.strip() or None
    if scene.turn.choice is not None or not scene.turn.text.strip():
        return None
    return None if likeness.unknown_word(scene.turn.text) else scene.turn.text.strip()


def asks(response: str, kind: str = "question") -> Callable[[Scene], Scene]:
    """A question whose words and choices are all in its response."""
    return lambda scene: scene.say(response, kind)


def asks_all(response: str, name: str) -> Callable[[Scene], Scene]:
    """A question with several answers at once: a list to tick, and beside it what passes it over."""

    def ask(scene: Scene) -> Scene:
        options = [{"id": i, "label": label} for i, label in labels(scene, response).items() if i not in UNKNOWN]
        form = {"fields": [{"name": name, "kind": "many", "label": response, "choices": options}]}
        return scene.say(response, "question", form=form)

    return ask


def _single(value: object) -> str | None:
    if isinstance(value, (list, tuple)):
        return str(value[0]) if value else None
    return None if value is None else str(value)
