"""What is said while the service starts: one line a step, with the seconds it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

WIDTH = 46


def to_terminal(text: str) -> None:
    print(text, flush=True)


@dataclass(frozen=True, slots=True)
class Progress:
    """Says things. `say` prints a line; `seconds` is a clock that only runs forwards."""

    say: Callable[[str], None] = to_terminal
    seconds: Callable[[], float] = time.monotonic

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Say that a step is done and how long it took, or that it failed."""
        began = self.seconds()
        try:
            yield
        except BaseException:
            self.say(f"  {what:<{WIDTH}}FAILED after {self.seconds() - began:.1f} s")
            raise
        self.say(f"  {what:<{WIDTH}}done in {self.seconds() - began:.1f} s")
