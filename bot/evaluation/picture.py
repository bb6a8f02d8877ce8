"""A confusion matrix as an SVG picture: rows are what it was, columns what was said; the darker, the more."""

from __future__ import annotations

from collections import Counter
from html import escape

CELL, LEFT, TOP = 22, 190, 170


def confusion_svg(pairs: list[tuple[str, str]], title: str) -> str:
    labels = sorted({label for pair in pairs for label in pair})
    counts, rows = Counter(pairs), Counter(true for true, _ in pairs)
    width, height = LEFT + CELL * len(labels) + 20, TOP + CELL * len(labels) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img" font-family="sans-serif" font-size="11">',
        f"<title>{escape(title)}</title>",
    ]
    for n, label in enumerate(labels):
        x, y = LEFT + CELL * n, TOP + CELL * n
        parts.append(f'<text x="{LEFT - 6}" y="{y + 15}" text-anchor="end">{escape(label)} ({rows[label]})</text>')
        parts.append(f'<text transform="translate({x + 15},{TOP - 6}) rotate(-60)">{escape(label)}</text>')
    for r, true in enumerate(labels):
        for c, said in enumerate(labels):
            parts.append(_cell(LEFT + CELL * c, TOP + CELL * r, counts[true, said], rows[true], true == said))
    return "\n".join([*parts, "</svg>", ""])


def _cell(x: int, y: int, count: int, of: int, right: bool) -> str:
    share = count / of if of else 0.0
    light = round(96 - 55 * share)
    fill = f"hsl({130 if right else 10},{45 if count else 0}%,{light}%)"
    number = f'<text x="{x + 11}" y="{y + 15}" text-anchor="middle">{count}</text>' if count else ""
    return f'<rect x="{x}" y="{y}" width="{CELL - 1}" height="{CELL - 1}" fill="{fill}"/>{number}'
