"""Every journey by who is speaking × outcome × agreement that can occur, each a whole conversation over the HTTP API.

The table is made from three lists and from what may be asked of whom; the rows of the agreement table
(law.md C01-C69) are named beside the outcomes that they lead to. Rasa itself is left out here: see http_without_rasa.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient, TestServer

from gateway.app import build_app
from gateway.settings import Settings
from records.bootstrap import migrate, unit_of_work_factory
from tests.conversations.http_without_rasa import DomainBot, Talk
from triage.consent import ConsentKind
from triage.journeys import PUBLIC
from triage.request import RequestForService

MOST = 32
FAMILY_AGREEMENTS = ("given", "refused", "not_asked", "other_parent_disagrees", "young_person_refuses")
YOUNG_AGREEMENTS = ("given", "child_refuses_parent_contact", "refused", "not_asked")
STAFF_AGREEMENTS = ("given", "not_asked", "refused", "cannot_reach", "unsafe_to_ask")
TOLD = ("told", "untold", "unsafe_to_tell")
NOBODY_ASKED = ("-",)


@dataclass(frozen=True)
class Speaker:
    """Somebody who writes: what their first words are understood to say, and what they may be asked about agreement."""

    name: str
    standing: str
    agreements: tuple[str, ...]
    ages: tuple[int, ...] = (8,)
    audience: str = "family"
    profession: str | None = None
    also: str | None = None

    @property
    def facts(self) -> list[dict[str, Any]]:
        named = {"requester": self.standing, "profession": self.profession, self.also: True}
        return [{"name": name, "value": value, "start": 0, "end": 4} for name, value in named.items() if name and value]


SPEAKERS = (
    Speaker("a parent", "parent", FAMILY_AGREEMENTS),
    Speaker("a separated parent", "parent", FAMILY_AGREEMENTS, also="separated_parents_dispute"),
    Speaker("a pregnant person", "pregnant_person", FAMILY_AGREEMENTS, ages=(-1,)),
    Speaker("a young person of 17", "young_person_16_17", YOUNG_AGREEMENTS, ages=(17,)),
    Speaker("a child of 14", "child_under_16", YOUNG_AGREEMENTS, ages=(14,)),
    Speaker("a carer without a legal say", "carer_without_pr", NOBODY_ASKED),
    Speaker("a relative", "relative", TOLD),
    Speaker("a neighbour", "public", TOLD),
    Speaker("somebody unnamed", "anonymous", NOBODY_ASKED),
    Speaker("a teacher", "professional", STAFF_AGREEMENTS, audience="professional", profession="teacher"),
    Speaker("a nursery", "professional", STAFF_AGREEMENTS, (3,), "professional", "early_years"),
    Speaker("a health visitor", "professional", STAFF_AGREEMENTS, (1,), "professional", "health"),
    Speaker("a police officer", "professional", STAFF_AGREEMENTS, audience="professional", profession="police"),
    Speaker("a charity", "professional", STAFF_AGREEMENTS, audience="professional", profession="voluntary"),
    Speaker(
        "a worker of the authority", "own_worker", STAFF_AGREEMENTS, audience="professional", profession="social_work"
    ),
)


@dataclass(frozen=True)
class Outcome:
    """Where a conversation is meant to go, and the answers that lead there."""

    name: str
    presses: tuple[str, ...]
    worry: str = "no_worries_like_these"
    asks_agreement: bool = True
    place: str = "Nuneaton"


OUTCOMES = (
    Outcome("information", ("information", "managing"), asks_agreement=False),
    Outcome("early help", ("short_help", "starting", "one")),
    Outcome("targeted support", ("ongoing_help", "daily_life", "several")),
    Outcome("child in need", ("social_work_assessment", "serious_without_help")),
    Outcome("significant harm", (), worry="sexual_harm", asks_agreement=False),
    Outcome("emergency", (), worry="danger_now", asks_agreement=False),
    Outcome("a worker who is there", ("ongoing_help", "daily_life", "several", "social_worker")),
    Outcome("another council", ("ongoing_help", "daily_life", "several"), place="Birmingham", asks_agreement=False),
)
CALM = ("none", "no", "not_known", "skip", "not_said")


@dataclass(frozen=True)
class Row:
    speaker: Speaker
    outcome: Outcome
    agreement: str

    def __str__(self) -> str:
        return f"{self.speaker.name}, {self.outcome.name}, {self.agreement}"


ROWS = [
    Row(speaker, outcome, agreement)
    for speaker, outcome in product(SPEAKERS, OUTCOMES)
    if not (
        outcome.name == "a worker who is there" and speaker.standing in PUBLIC
    )  # they cannot know, and are not asked
    for agreement in (speaker.agreements if outcome.asks_agreement else NOBODY_ASKED)
]


@dataclass
class Ended:
    """A conversation at its end, as it was seen and as it was kept."""

    row: Row
    talk: Talk
    kept: RequestForService

    @property
    def route(self) -> str | None:
        return self.kept.proposal.route.value if self.kept.proposal else None

    @property
    def consent(self) -> str | None:
        return self.kept.proposal.consent_outcome if self.kept.proposal else None

    def agreed(self, kind: ConsentKind) -> list[str]:
        return [record.value for record in self.kept.consents if record.kind is kind]


def answer(row: Row, talk: Talk) -> dict[str, Any]:
    """What this person sends next: the form's answer, the choice that their row names, or a few words."""
    offered, question = talk.choices, talk.question
    if "worries" in talk.field_names:
        return {"answers": {"worries": [row.outcome.worry]}}
    if "phone" in talk.field_names:
        given = {"contact_name": "Leanne", "phone": "07700 900111"}
        return {"answers": {name: value for name, value in given.items() if name in talk.field_names}}
    wished = next(
        (choice for choice in (*_said_to(row, question), *row.outcome.presses, *_always(row)) if choice in offered),
        None,
    )
    if wished:
        return {"choice": wished}
    if re.search("Which town|Where does the child live|Where do|area", question):
        return {"text": row.outcome.place}
    return (
        {"choice": next(choice for choice in CALM if choice in offered)} if set(CALM) & set(offered) else {"text": "8"}
    )


def _said_to(row: Row, question: str) -> tuple[str, ...]:
    """Answers to questions of yes and no, by their words."""
    if re.search("danger", question):
        return ("yes",) if row.outcome.name == "emergency" else ("no",)
    if re.search("parents know", question):
        return {"told": ("yes",), "unsafe_to_tell": ("unsafe",)}.get(row.agreement, ("no",))
    if re.search("good time|what I understood|Is that right|write that down|legal", question):
        return ("yes",)
    return ()


def _always(row: Row) -> tuple[str, ...]:
    return (f"consent:{row.agreement}", "send", "share:school", "contact:call", row.speaker.standing)


async def hold_all(folder: Path) -> dict[str, Ended]:
    settings = Settings(
        data_dir=folder, authority="warwickshire", message_rate="100000/minute", start_rate="100000/minute",
        address_rate="100000/minute",
    )  # fmt: skip
    migrate(settings.database)
    bot = DomainBot(settings)
    app = await build_app(settings, lambda _settings, _http: bot, rooms=())
    async with TestClient(TestServer(app)) as client:
        return {str(row): await hold(row, client, bot, settings.database) for row in ROWS}


async def hold(row: Row, client: Any, bot: DomainBot, database: str) -> Ended:
    story = f"We could do with some help. ({row})"
    bot.means[story] = {"facts": row.speaker.facts, "child_ages": list(row.speaker.ages)}
    talk = await Talk(client).begin(channel="web", audience=row.speaker.audience)
    await talk.send(text=story)
    for _ in range(MOST):
        if talk.over:
            break
        await talk.send(**answer(row, talk))
    else:
        raise AssertionError(f"{row}: no end; still asking {talk.question!r}")
    with unit_of_work_factory(database)() as work:
        kept = work.requests.for_conversation(talk.id)
    assert kept is not None
    return Ended(row, talk, kept)
