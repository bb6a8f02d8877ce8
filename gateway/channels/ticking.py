"""What was ticked in a list, read the same way by every channel. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

NOTHING = "Fill in at least one of these"
NONE = frozenset({"none", "no_worries_like_these"})


def is_none(choice: str) -> bool:
    """A tick box that says that none of the others fits."""
    return choice in NONE or choice.endswith(":none")


def none_label(field: Mapping[str, Any]) -> str | None:
    """The words of the box for none of them, where the list has one."""
    return next((str(c["label"]) for c in field.get("choices") or () if is_none(c["id"])), None)


def ticked(field: Mapping[str, Any], given: Sequence[str]) -> tuple[list[str] | None, str | None]:
    """(ids, what is wrong in words). Where a box for none of them stands, ticking nothing says nothing; both contradict."""
    none = none_label(field)
    if none and not given:
        return None, f"Tick what fits, or “{none}”"
    if len(given) > 1 and any(map(is_none, given)):
        return None, f"Tick what fits, or only “{none}”"
    return list(given), None
