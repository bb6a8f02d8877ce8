"""The packs as they were deployed: every page and channel of one gateway reads the same ones, once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from policies.engine import PolicySet


@lru_cache(maxsize=2)
def deployed(policies: Path) -> PolicySet:
    """Takes half a second the first time: call it from a thread, never from the loop that chats wait on. Raises PackError."""
    return PolicySet.load(policies)
