"""Settings that change who is believed and what is counted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from gateway.console.settings import ConsoleEnvironment
from gateway.settings import Settings
from gateway.theme import contrast_with_white

ROOT = Path(__file__).resolve().parents[2]


async def test_behind_a_proxy_each_visitor_is_counted_apart(start: Any) -> None:
    client = await start(trusted_proxies="127.0.0.1", start_rate="1/minute")

    async def begin(address: str) -> int:
        headers = {"X-Forwarded-For": address, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "help.example.gov.uk"}
        return (await client.post("/api/v1/conversations", json={}, headers=headers)).status

    assert [await begin("203.0.113.5"), await begin("203.0.113.5"), await begin("203.0.113.6")] == [201, 429, 201]


async def test_without_a_declared_proxy_nobody_chooses_an_address(start: Any) -> None:
    client = await start(start_rate="1/minute")
    headers = {"X-Forwarded-For": "203.0.113.5"}
    statuses = [(await client.post("/api/v1/conversations", json={}, headers=headers)).status for _ in range(2)]
    assert statuses == [201, 201]  # this machine itself is not counted


async def test_the_health_check_needs_no_proxy(start: Any) -> None:
    client = await start(trusted_proxies="127.0.0.1")
    assert (await client.get("/health")).status == 200
    assert (await (await client.get("/ready")).json())["status"] == "ok"


@pytest.mark.redis
async def test_several_gateways_count_together_in_redis(start: Any, redis_url: str) -> None:
    one = await start(redis_url=redis_url, message_rate="1/minute")
    other = await start.again(redis_url=redis_url, message_rate="1/minute")
    begun = await (await one.post("/api/v1/conversations", json={})).json()
    url, headers = f"/api/v1/conversations/{begun['id']}/messages", {"Authorization": f"Bearer {begun['token']}"}
    assert (await one.post(url, json={"text": "x"}, headers=headers)).status == 200
    assert (await other.post(url, json={"text": "x"}, headers=headers)).status == 429


def test_a_colour_on_which_white_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValidationError, match="cannot be read by everybody"):
        Settings(brand_colour="#ffcc00")
    with pytest.raises(ValidationError, match="written like"):
        Settings(brand_colour="teal")


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#ffffff") == pytest.approx(1)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)


async def test_the_council_chooses_its_colour_and_name(start: Any) -> None:
    client = await start(brand_colour="#003078", council_name="Exampleshire <Council>")
    assert "--fd-brand:#003078" in await (await client.get("/static/theme.css")).text()
    assert "Exampleshire &lt;Council&gt;" in await (await client.get("/")).text()


def test_the_environment_is_read() -> None:
    environment = {**os.environ, "PORT": "18123", "FRONTDOOR_TRUSTED_PROXIES": "10.0.0.1, 10.0.0.2"}
    code = "from gateway.settings import Settings as S; s = S(); print(s.port, *s.trusted_proxies)"
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert out.stdout.split() == ["18123", "10.0.0.1", "10.0.0.2"]


@pytest.mark.parametrize("way", ["webhook", "case_system"])
def test_nothing_leaves_for_another_system_unsigned(way: str) -> None:
    with pytest.raises(ValidationError, match=f"FRONTDOOR_CONSOLE_{way.upper()}_KEY"):
        ConsoleEnvironment(**{f"{way}_url": "https://cases.example.gov.uk/in"})
    both = {f"{way}_url": "https://cases.example.gov.uk/in", f"{way}_key": "a long random word"}
    assert ConsoleEnvironment(**both).alarm_emails == ()


def test_the_reference_page_names_every_setting() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
    named = set(re.findall(r"FRONTDOOR_[A-Z_]+", page))
    fields = {f"FRONTDOOR_{name.upper()}" for name in Settings.model_fields}
    assert fields - named == set()
