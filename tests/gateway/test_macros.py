"""Our templates use the GOV.UK macros of govuk-frontend-jinja; they must draw what govuk-frontend itself draws.

The npm package ships, for each component, example options with the HTML they lead to.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from gateway.pages import environment
from tests.conftest import missing

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
USED = [
    "button", "checkboxes", "date-input", "error-message", "error-summary", "exit-this-page", "fieldset",
    "hint", "input", "label", "radios", "skip-link", "textarea",
]  # fmt: skip


class Canonical(HTMLParser):
    """Markup without the differences that no browser sees: order of attributes, white space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, sorted((name, " ".join((value or "").split())) for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            self.parts.append(text)


def canonical(html: str) -> list[Any]:
    parser = Canonical()
    parser.feed(html)
    return parser.parts


def macro_name(component: str) -> str:
    return "govuk" + "".join(word.capitalize() for word in component.split("-"))


@pytest.mark.parametrize("component", USED)
def test_the_macro_draws_what_govuk_frontend_draws(component: str) -> None:
    file = COMPONENTS / component / "fixtures.json"
    if not file.is_file():
        missing("govuk-frontend with its example options", "npm (then run npm ci)")
    name = macro_name(component)
    source = (
        f'{{% from "govuk_frontend_jinja/components/{component}/macro.html" import {name} %}}{{{{ {name}(options) }}}}'
    )
    template = environment().from_string(source)
    fixtures = json.loads(file.read_text("utf-8"))["fixtures"]
    assert fixtures
    for fixture in fixtures:
        drawn = template.render(options=fixture["options"])
        assert canonical(drawn) == canonical(fixture["html"]), fixture["name"]


def test_the_versions_that_mirror_each_other_are_pinned() -> None:
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert package["dependencies"]["govuk-frontend"] == "6.3.0"
    assert "govuk-frontend-jinja==4.1.0" in project


def test_every_macro_that_a_template_uses_is_compared() -> None:
    templates = "".join(path.read_text("utf-8") for path in (ROOT / "gateway").rglob("webchat/templates/*.html"))
    used = set(re.findall(r"govuk_frontend_jinja/components/([a-z-]+)/macro", templates))
    assert used <= set(USED)
