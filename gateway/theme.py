"""The council's colour, and whether white words on it can be read (WCAG 2.2, relative luminance)."""

from __future__ import annotations

import re

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def contrast_with_white(colour: str) -> float:
    """Contrast ratio, 1 to 21. Raises ValueError unless the colour is written #rrggbb."""
    return 1.05 / (_luminance(colour) + 0.05)


def _luminance(colour: str) -> float:
    if not _HEX.fullmatch(colour):
        raise ValueError(f"a colour is written like #1f5a54, not {colour!r}")
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def stylesheet(colour: str) -> str:
    """The only style that is not built beforehand: one custom property, chosen by the council."""
    return f":root{{--fd-brand:{colour};--govuk-brand-colour:{colour}}}\n"
