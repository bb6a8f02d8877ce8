"""Evidence in the words: the text of one message cut into pieces, each with the facts that rest on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact rests on characters `start` to `end` of a message. `number` is its place on the page, from 1."""

    number: int
    fact: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters under the same marks. `begins` are the marks that start here: links lead to them."""

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()


def pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """Marks may overlap; joined again, the pieces are the text. Marks outside the text are left out."""
    inside = [m for m in marks if 0 <= m.start < m.end <= len(text)]
    cuts = sorted({0, len(text), *(m.start for m in inside), *(m.end for m in inside)})
    return [_piece(text, a, b, inside) for a, b in pairwise(cuts)]


def _piece(text: str, start: int, end: int, marks: Sequence[Mark]) -> Piece:
    over = tuple(m for m in marks if m.start <= start and end <= m.end)
    return Piece(text[start:end], over, tuple(m for m in over if m.start == start))
