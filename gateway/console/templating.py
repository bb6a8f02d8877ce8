"""Pages from templates. Everything is escaped; no style or script is ever inline (strict CSP)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gateway.console import words

HERE = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(words.FILTERS)
    return env


def render(template: str, **values: Any) -> str:
    return environment().get_template(template).render(**values)


@lru_cache(maxsize=1)
def _text_environment() -> Environment:
    # letters are plain text: escaping belongs to the page that shows them
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=False, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.filters.update(words.FILTERS)
    return env


def render_text(template: str, **values: Any) -> str:
    return _text_environment().get_template(template).render(**values)
