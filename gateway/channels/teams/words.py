"""The few words that only Teams needs. All others come from the conversation itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TeamsWords:
    you_answered: str = "You answered"
    form_filled: str = "The form was filled in."
    old_card: str = "That question was answered before. Go on below, or type *new* to begin a new request."
    nothing_came: str = "Nothing came through. Type your answer, or press one of the buttons above."
    trouble: str = (
        "Something went wrong here, and it isn't your fault. If a child is in danger now, ring 999. "
        "What you wrote before is kept. Try again in a minute, or ring the front door."
    )
    too_much: str = "That was a lot at once. Wait a minute, then send it again. If a child is in danger now, ring 999 and don't wait."
    not_your_tenant: str = "Your organisation is not set up for this service. Ask the council's children's services."

    def go_on_there(self, link: str) -> str:
        return (
            f"Go on in your browser: {link}\n\nThe link works once, within 30 minutes. The conversation goes on there."
        )
