"""Nobody has to name anybody yet: one gentle line, the first time that a message holds more than is needed (features, row 31)."""

from __future__ import annotations

import re

from triage.conversation.scene import Scene
from triage.request import Route

NOT_YET = "utter_no_names_yet"
ASKED_FOR = frozenset({"child_names", "home_address", "contact", "safe_ways", "must_not_know", "place", "safe_until"})
"""Questions whose answer is a name, a number or a place."""
ADDRESS = re.compile(
    r"\b\d{1,4}[a-z]?,? (?:[a-z'’]+ ){1,2}(road|street|avenue|lane|close|drive|crescent|terrace|court|gardens|rd|st|ave)\b",
    re.I,
)
NUMBERS = frozenset({"phone", "email", "number", "birth"})


def say_that_names_can_wait(scene: Scene, *, asked: str | None) -> Scene:
    """Said beside an ordinary question only: never beside danger, and not in answer to a question (`asked`) for it."""
    if scene.sent or scene.route == Route.EMERGENCY or any(say.kind == "safety" for say in scene.said):
        return scene
    wanted = asked in ASKED_FOR or scene.turn.choice is not None or bool(scene.turn.answers)
    return scene if wanted or not tells_who(scene) else scene.say_once(NOT_YET)


def tells_who(scene: Scene) -> bool:
    """Whether the words hold a full name, a number or an address. A first name alone is how people talk."""
    text = scene.turn.text
    found = [(kind, text[start:end]) for start, end, kind in scene.turn.understanding.get("private", ())]
    named = any(kind in NUMBERS or (kind == "name" and len(words.split()) > 1) for kind, words in found)
    return named or bool(ADDRESS.search(text))
