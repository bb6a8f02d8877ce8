"""Draws HTML pages: one template environment with the GOV.UK macros and our own pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import govuk_frontend_jinja
from aiohttp import web
from jinja2 import ChainableUndefined, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from markupsafe import Markup, escape

from gateway.numbers import Numbers
from gateway.settings import Settings

HERE = Path(__file__).resolve().parent
_BULLET = re.compile(r"^\s*[-•*]\s+")


def environment() -> Environment:
    """The GOV.UK macros ask for parameters of parameters that are not there, hence the chainable undefined."""
    loader = PrefixLoader(
        {
            "govuk_frontend_jinja": PackageLoader(govuk_frontend_jinja.__name__),
            "webchat": FileSystemLoader(HERE / "channels" / "webchat" / "templates"),
        }
    )
    env = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=ChainableUndefined
    )
    env.filters["words"] = words
    return env


def words(text: str) -> Markup:
    """Stored words as paragraphs and lists. Everything is escaped; nothing becomes a link."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return Markup("").join(_block(block.split("\n")) for block in blocks if block.strip())


def _block(lines: list[str]) -> Markup:
    html = Markup("")
    while lines:
        bullets = _while(lines, bullet=True)
        plain = _while(lines[len(bullets) :], bullet=False)
        lines = lines[len(bullets) + len(plain) :]
        if bullets:
            items = Markup("").join(Markup("<li>{}</li>").format(_BULLET.sub("", b)) for b in bullets)
            html += Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(items)
        if plain:
            html += Markup('<p class="govuk-body">{}</p>').format(Markup("<br>").join(escape(p) for p in plain))
    return html


def _while(lines: list[str], *, bullet: bool) -> list[str]:
    taken = []
    for line in lines:
        if bool(_BULLET.match(line)) is not bullet:
            break
        taken.append(line)
    return taken


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders templates with what every page holds: names, numbers, where the built files are."""

    env: Environment
    settings: Settings
    numbers: Numbers
    static: str  # "/static/<fingerprint>": a new build has a new address

    def html(self, template: str, **context: Any) -> str:
        authority = context.pop("authority", None) or self.settings.authority
        numbers = self.numbers.for_authority(authority)
        shared: Mapping[str, Any] = {"settings": self.settings, "numbers": numbers, "static": self.static}
        return self.env.get_template(template).render({**shared, **context})

    def response(self, template: str, status: int = 200, **context: Any) -> web.Response:
        return web.Response(text=self.html(template, **context), status=status, content_type="text/html")


PAGES = web.AppKey("pages", Pages)
