"""Secrets that came back, compared."""

from __future__ import annotations

import hmac


def same_secret(given: str, ours: str) -> bool:
    """Without telling by its time how much was right. Compared as bytes: a stranger may send any letter."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), ours.encode())
