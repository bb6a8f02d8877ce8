"""The conversation: told once, asked little. `take_turn` answers one message; see docs/explanation/how-a-turn-works.md."""

from triage.conversation.taking import take_turn

__all__ = ["take_turn"]
