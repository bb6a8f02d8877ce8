"""The seven kinds of people with whom the special paths are walked, as the bot hears them, and how they begin."""

from __future__ import annotations

from typing import Any

from benchmarks.rehearsal import Talk

STORY = "Something worries me and I need to tell somebody"
WHO: dict[str, dict[str, Any]] = {
    "a parent": {"speaker_role": "parent", "child_ages": [9]},
    "a relative": {"speaker_role": "relative", "child_ages": [15]},
    "a neighbour": {"speaker_role": "friend_or_neighbour", "child_ages": [15]},
    "a child": {"speaker_role": "young_person", "child_ages": [14]},
    "a young person": {"speaker_role": "young_person", "child_ages": [17]},
    "a teacher": {"speaker_role": "school", "child_ages": [9], "audience": "professional"},
    "a health visitor": {"speaker_role": "health", "child_ages": [2], "audience": "professional"},
}


def begin(who: str, **heard: Any) -> Talk:
    told = dict(WHO[who])
    return Talk(audience=told.pop("audience", "family")).start().say(STORY, **told, **heard)
