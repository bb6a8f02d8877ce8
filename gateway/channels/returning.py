"""Leave and come back: a code that opens one conversation once, for a while, and shows nothing to anybody else.

The same mechanism carries a Teams conversation over to the web form (a link with a code in it).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from gateway.channels.store import NoSuchConversation, hash_of
from gateway.units import Units
from triage.ports import AuditEvent, Clock

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else when copied by hand
GROUPS, LETTERS = 3, 4  # 30^12: about 59 bits
LIFE = timedelta(days=7)
LINK_LIFE = timedelta(minutes=30)


class NoSuchCode(Exception):
    """Unknown, used, or over: which of these is never said."""


@dataclass(frozen=True, slots=True)
class Returning:
    """Blocking: call from a thread."""

    units: Units
    clock: Clock

    def give(self, conversation_id: str, token: str, life: timedelta = LIFE) -> str:
        """A code for one's own open conversation; earlier codes end. Raises NoSuchConversation."""
        code, now = new_code(), self.clock.now()
        with self.units() as unit:
            conversation = unit.conversations.get(conversation_id)
            if conversation is None or conversation.token_hash != hash_of(token) or conversation.state == "left":
                raise NoSuchConversation
            unit.door.add_code(_hash(code), conversation_id, now, now + life)
            unit.audit(AuditEvent(now, "person", "conversation.code_given", f"conversation:{conversation_id}"))
            unit.commit()
        return code

    def come_back(self, typed: str) -> tuple[str, str]:
        """(conversation id, fresh token). The old page or chat can no longer speak. Raises NoSuchCode."""
        now, token = self.clock.now(), secrets.token_urlsafe(32)
        with self.units() as unit:
            conversation_id = unit.door.use_code(_hash(typed), now)
            conversation = unit.conversations.get(conversation_id) if conversation_id else None
            if conversation is None or conversation.state == "left":
                raise NoSuchCode
            event = AuditEvent(now, "person", "conversation.returned", f"conversation:{conversation.id}")
            unit.conversations.save(replace(conversation, token_hash=hash_of(token), last_at=now), event)
            unit.commit()
        return conversation.id, token


def new_code() -> str:
    """Three groups of four letters and digits, as in K7QM-2XRP-9DTH."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    return "-".join(groups)


def _hash(code: str) -> str:
    """Case, spaces and hyphens do not matter to somebody who copies it by hand."""
    letters = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
