"""The picture of a pack: from each level to the routes and offers that it can reach. Plain SVG, drawn from the proofs' diagrams."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from policies.engine.compiled import Compiled
from policies.engine.entries import Offer
from policies.engine.ground import Ground
from policies.engine.vocabulary import LEVELS

WIDTH, HEIGHT, GAP, TOP = 250, 44, 14, 56
STEP = HEIGHT + GAP
COLUMNS = (20, 330, 640)
GRAVEST_FIRST = (
    "emergency",
    "mash_referral",
    "targeted_support",
    "early_responders",
    "information",
    "existing_worker",
    "other_authority",
)
STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#1d2b2a}.head{font-weight:600}.box{fill:#f4f7f6;stroke:#1f5a54;stroke-width:1.5}"
    ".way{fill:none;stroke:#1f5a54;stroke-width:1.5;opacity:.55}"
)


def ways(compiled: Compiled, ground: Ground) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Which routes each level can reach, and which offers each route: only what some situation does reach."""
    to_route: set[tuple[str, str]] = set()
    to_offer: set[tuple[str, str]] = set()
    for level, _, at in ground.at_levels():
        to_route |= {(level, route) for route, ref in at.routes.items() if ground.meets(ref, level)}
        to_offer |= {
            (offer.route, offer.name)
            for offer in compiled.edition.of(Offer)
            if ground.meets(at.offers[offer.name], level)
        }
    return to_route, to_offer


def picture(compiled: Compiled, ground: Ground, title: str) -> str:
    """The SVG. Text is real text, so that it can be read aloud, searched and enlarged."""
    to_route, to_offer = ways(compiled, ground)
    labels = compiled.edition.labels
    levels = {level: labels.get(level, level.replace("_", " ")) for level in reversed(LEVELS)}
    routes = {route: route.replace("_", " ") for route in GRAVEST_FIRST if any(route == other for _, other in to_route)}
    titles = {offer.name: offer.title for offer in compiled.edition.of(Offer)}
    offers = {name: titles[name] for route in routes for name in titles if (route, name) in to_offer}
    columns = (levels, routes, offers)
    height = TOP + max(map(len, columns)) * STEP + 10
    at_offer = {name: TOP + i * STEP for i, name in enumerate(offers)}
    at_route = {route: _middle([at_offer[name] for other, name in to_offer if other == route]) for route in routes}
    at_level = {
        level: TOP + i * max(STEP, (height - TOP - STEP) // (len(levels) - 1)) for i, level in enumerate(levels)
    }
    places = (at_level, at_route, at_offer)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {COLUMNS[2] + WIDTH + 180} {height}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        *(
            f'<text class="head" x="{x}" y="32">{head}</text>'
            for x, head in zip(COLUMNS, ("Level of need", "Route", "Offer"), strict=True)
        ),
        *_lines(to_route, places[0], places[1], COLUMNS[0] + WIDTH, COLUMNS[1]),
        *_lines(to_offer, places[1], places[2], COLUMNS[1] + WIDTH, COLUMNS[2]),
        *(
            _box(x, place[name], text, 180 if x == COLUMNS[2] else 0)
            for x, column, place in zip(COLUMNS, columns, places, strict=True)
            for name, text in column.items()
        ),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _middle(places: list[int]) -> int:
    return (min(places) + max(places)) // 2


def _lines(
    pairs: Iterable[tuple[str, str]], left: dict[str, int], right: dict[str, int], x1: int, x2: int
) -> list[str]:
    middle = (x1 + x2) // 2
    found = []
    for a, b in sorted(pairs):
        y1, y2 = left[a] + HEIGHT // 2, right[b] + HEIGHT // 2
        found.append(f'<path class="way" d="M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"/>')
    return found


def _box(x: int, y: int, text: str, wider: int) -> str:
    width = WIDTH + wider
    shown = text if len(text) <= width // 8 else text[: width // 8 - 1].rstrip() + "…"
    return f'<g><title>{escape(text)}</title><rect class="box" x="{x}" y="{y}" width="{width}" height="{HEIGHT}" rx="6"/><text x="{x + 12}" y="{y + 27}">{escape(shown)}</text></g>'
