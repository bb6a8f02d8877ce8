"""Reading many texts at set-up: the encoder keeps to one thread for each text, and every core reads texts of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def on_every_core(read: Callable[[str], T], texts: Sequence[str]) -> list[T]:
    """What `read` makes of each text, in the order of the texts."""
    with ThreadPoolExecutor(os.cpu_count()) as readers:
        return list(readers.map(read, texts))
