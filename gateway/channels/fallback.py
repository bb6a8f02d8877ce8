"""What a person is told when the bot cannot answer. It promises only what is true: the message is stored."""

from __future__ import annotations

from gateway.numbers import Numbers, PageNumbers
from triage.ports import Conversation


class FallbackWords:
    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers

    def __call__(self, conversation: Conversation) -> str:
        return f"{urgent(self._numbers.for_authority(conversation.authority))}\n\n{KEPT}"


KEPT = (
    "This page cannot answer just now. Your message is kept. Leave this page open, "
    "or write again in a few minutes. To talk to a person, call the number above."
)


def urgent(numbers: PageNumbers) -> str:
    """The two calls that matter when nothing else works."""
    first = f"If someone is in danger now, call {numbers.emergency.number}. If you cannot speak, press 55 when asked."
    if numbers.is_one_line:
        return f"{first}\n\nTo talk to {numbers.day.owner}, call {numbers.day.number}."
    night = f"At night and at weekends, call {numbers.night.number}."
    return f"{first}\n\nTo talk to {numbers.day.owner}, call {numbers.day.number}. {night}"
