"""How somebody in a test answers whatever is asked, until it is over."""

from __future__ import annotations

from typing import Any

from benchmarks.rehearsal import Talk

STORY = "My son will not sleep and I am worn out"
KNIFE: dict[str, Any] = {
    "danger": "immediate_danger",
    "danger_categories": ["weapon"],
    "danger_evidence": [[0, 5, "weapon"]],
}
"""What the screen says of words about a knife, as the part of a message that holds them."""

PRESSED: dict[str, str] = {
    "worries": "no_worries_like_these",
    "impact": "daily_life",
    "wants": "ongoing_help",
    "needs": "several",
    "help_so_far": "tried_self_help_or_universal",
    "existing_worker": "none",
    "read_back": "yes",
    "service_agreement": "consent:given",
    "family_knows": "yes",
    "sharing": "share:school",
    "other_children": "no",
    "safe_ways": "contact:call",
    "safe_to_talk": "yes",
    "danger_now": "no",
    "informing_unsafe": "no",
    "check_answers": "send",
}
SAID = {
    "place": "Nuneaton",
    "child_ages": "8",
    "child_names": "Alfie",
    "home_address": "1 Oak Road",
    "contact": "Leanne, 07700 900111",
    "wishes": "help with bedtime",
    "child_voice": "he is scared of the dark",
    "must_not_know": "no one",
}


def parent() -> Talk:
    return Talk().start().say(STORY, speaker_role="parent", child_ages=[8])


def go_through(talk: Talk, most: int = 30, **other: str) -> Talk:
    """Answer whatever is asked until it is over."""
    for _ in range(most):
        if talk.over:
            return talk
        answer_one(talk, **other)
    raise AssertionError(f"not over after {most} answers; still asking {talk.asking}")


def until(talk: Talk, step: str, **other: str) -> Talk:
    """Answer until `step` is asked."""
    for _ in range(30):
        if talk.asking == step:
            return talk
        answer_one(talk, **other)
    raise AssertionError(f"{step} was never asked; still asking {talk.asking}")


def answer_one(talk: Talk, **other: str) -> Talk:
    asking = talk.asking or ""
    pressed = other.get(asking) or PRESSED.get(asking)
    if pressed:
        return talk.press(pressed)
    return talk.say(SAID[asking]) if asking in SAID else talk.press("not_known")
