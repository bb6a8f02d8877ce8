"""What a parent or a school told over the API arrives on an officer's desk with its reasons, and the officer's word is the one that counts."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import httpx2
import pytest

from tests.conversations.test_over_http import FAMILY, SCHOOL, Person
from tests.stack import Stack, Talk

pytestmark = pytest.mark.stack

SENT = sorted(set(FAMILY) - {"information"})
"""Who only wanted to know something leaves nothing to decide."""
CITED = {
    "early_responders": "Children and Family Wellbeing|Working together|Children Act|thresholds",
    "targeted_support": "Strengthening Families|thresholds",
    "mash_referral": "Children Act 1989",
    "emergency": "999|emergency|Working together|Children Act",
}


@dataclass
class Desk:
    """A signed-in officer's browser."""

    http: httpx2.Client
    token: str = ""

    @classmethod
    def of(cls, url: str, officer: str) -> Desk:
        desk = cls(httpx2.Client(base_url=url, follow_redirects=True, timeout=30))
        desk.http.post("/console/sign-in", data={"officer": officer})
        return desk

    def page(self, path: str, **query: str) -> str:
        answer = self.http.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return html.unescape(answer.text)

    def find(self, reference: str) -> str:
        """The address of the one request with this reference, as the queue links to it; alarms of others ring above it."""
        queue = self.page("/console", q=reference).partition('<table id="queue">')[2]
        [path] = set(re.findall(r'href="(/console/requests/\w+)"', queue))
        return str(path)

    def decide(self, path: str, **form: str) -> str:
        shown = self.page(path)
        hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', shown) for name in ("csrf", "version")}
        fields = {name: found.group(1) for name, found in hidden.items() if found}
        answer = self.http.post(f"{path}/decision", data={**fields, **form})
        assert answer.status_code == 200, answer.text
        return html.unescape(answer.text)


def sent(stack: Stack, audience: str, route: str) -> Talk:
    opening, who = (FAMILY if audience == "family" else SCHOOL)[route]
    who = Person((*who.presses, "send"), who.ticks, who.words, who.in_danger)
    talk = who.hold(Talk.begin(stack.url, audience=audience), opening)
    assert talk.request["reference"]
    return talk


@pytest.mark.parametrize("audience", ["family", "professional"])
@pytest.mark.parametrize("route", SENT)
def test_it_arrives_with_its_reasons_and_is_confirmed_or_overridden(stack: Stack, audience: str, route: str) -> None:
    talk = sent(stack, audience, route)
    desk = Desk.of(stack.url, "ada")
    path = desk.find(str(talk.request["reference"]))
    shown = desk.page(path)
    assert re.search(CITED[route], shown), "no reason names its source"
    if audience == "family":
        after = desk.decide(path, action="confirm")
        assert "Your decision is recorded." in after
        assert re.search(r"Agreed with the proposal</strong>: [^<]*by Ada Okafor", after), (
            "the decision stands with its officer"
        )
    else:
        after = desk.decide(path, action="no_further_action", reason="Already with the family's social worker.")
        assert "Already with the family's social worker." in after


def test_who_only_wanted_to_know_leaves_nothing_to_decide(stack: Stack) -> None:
    for audience, people in (("family", FAMILY), ("professional", SCHOOL)):
        opening, who = people["information"]
        talk = who.hold(Talk.begin(stack.url, audience=audience), opening)
        assert not talk.request.get("reference")
