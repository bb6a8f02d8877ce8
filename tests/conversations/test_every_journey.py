"""Every journey by who is speaking × outcome × agreement that can occur, each a whole conversation over the HTTP API.

The table is made from three lists and from what may be asked of whom; the rows of the agreement table
(law.md C01-C69) are named beside the outcomes that they lead to. Rasa itself is left out here: see http_without_rasa.py.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from gateway.app import build_app
from gateway.settings import Settings
from records.bootstrap import migrate, unit_of_work_factory
from tests.conversations.http_without_rasa import DomainBot, Talk
from triage.consent import AGREES, ConsentKind
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
    if "worries" in talk.fields:
        return {"answers": {"worries": [row.outcome.worry]}}
    if "phone" in talk.fields:
        return {"answers": {"contact_name": "Leanne", "phone": "07700 900111"}}
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


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    """All of them, once; the tests look at what each left."""
    return asyncio.run(_hold_all(Path(tmp_path_factory.mktemp("journeys"))))


async def _hold_all(folder: Path) -> dict[str, Ended]:
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


ALL = pytest.mark.parametrize("row", [pytest.param(row, id=str(row)) for row in ROWS])
HARM = {"significant harm", "emergency"}
ROUTES = {
    "information": "information",
    "early help": "early_responders",
    "targeted support": "targeted_support",
    "child in need": "mash_referral",
    "significant harm": "mash_referral",
    "emergency": "emergency",
    "a worker who is there": "existing_worker",
    "another council": "other_authority",
}
NOTHING_TO_SEND = {"information", "other_authority"}


def route_of(row: Row) -> str:
    """Where it goes: as its outcome says, but for two answers about agreement that change what may happen."""
    if row.agreement == "unsafe_to_ask":
        return "mash_referral"  # treated as significant harm until a social worker says otherwise
    below_need = row.outcome.name in {"early help", "targeted support", "a worker who is there"}
    if row.agreement == "refused" and row.speaker.standing == "parent" and below_need:
        return "information"  # the service stops, and nothing is sent
    return ROUTES[row.outcome.name]


def consent_of(row: Row) -> str:
    """The row of the agreement table that applies."""
    if row.outcome.name == "information":
        return "information_now"
    if row.outcome.name == "emergency":
        return "show_999_now_and_mash"
    if row.outcome.name == "significant harm":
        return "mash_s47_path_do_not_contact_family"
    return _below_harm(row)


def _below_harm(row: Row) -> str:
    need, agreement = row.outcome.name == "child in need", row.agreement
    match row.speaker.standing:
        case "parent":
            return {
                "given": "propose_section_17_assessment" if need else "propose_help",
                "refused": "officer_hold_no_service" if need else "stop_service_give_information",
                "other_parent_disagrees": "one_consent_is_enough_officer_hold",
                "young_person_refuses": "talk_to_the_young_person_first",
            }.get(agreement, "ask_explain_record")
        case "pregnant_person":
            if agreement in {"given", "other_parent_disagrees"}:  # before birth nobody else has a say
                return "propose_pre_birth_help"
            return "information_and_officer_hold" if agreement == "refused" else "ask_explain_record"
        case "young_person_16_17":
            agreed = agreement in {"given", "child_refuses_parent_contact"}
            return "propose_on_own_agreement" if agreed else "talk_to_the_young_person_first"
        case "child_under_16":
            without = agreement == "child_refuses_parent_contact"
            return "accept_and_hold_safe_contact_only" if without else "accept_and_hold_for_competence"
        case "carer_without_pr":
            return "take_request_find_who_can_agree"
        case "relative" | "public":
            return "information_and_officer_hold_identity_protected"
        case "anonymous":
            return "record_and_officer_hold"
    return {
        "given": "propose_section_17_assessment" if need else "propose_help",
        "refused": "hold_social_worker_decides" if need else "advice_to_referrer",
        "cannot_reach": "hold_attempts_recorded" if need else "hold_consent_outstanding",
        "unsafe_to_ask": "treat_as_significant_harm",
    }.get(agreement, "hold_consent_outstanding_clock_runs" if need else "hold_consent_outstanding")


@ALL
def test_reaches_its_route(held: dict[str, Ended], row: Row) -> None:
    assert held[str(row)].route == route_of(row)


@ALL
def test_leads_to_its_row_of_the_agreement_table(held: dict[str, Ended], row: Row) -> None:
    assert held[str(row)].consent == consent_of(row)


@ALL
def test_is_sent_with_a_reference_or_is_no_request_at_all(held: dict[str, Ended], row: Row) -> None:
    ended = held[str(row)]
    if ended.route in NOTHING_TO_SEND:
        assert ended.kept.sent_at is None
        assert not ended.talk.request.get("reference")
    else:
        assert ended.kept.state == "sent"
        assert ended.talk.request["reference"] == ended.kept.reference
        assert ended.kept.reference in ended.talk.said
        assert "public_task" in ended.agreed(ConsentKind.LAWFUL_BASIS)


@ALL
def test_writes_down_agreement_as_it_was_pressed_and_from_nobody_without_a_say(
    held: dict[str, Ended], row: Row
) -> None:
    ended = held[str(row)]
    says = row.agreement in {*FAMILY_AGREEMENTS, *YOUNG_AGREEMENTS, *STAFF_AGREEMENTS}
    counts = says and row.speaker.standing != "child_under_16"  # an officer says whether a child's wish is agreement
    assert ended.agreed(ConsentKind.SERVICE) == ([row.agreement] if counts else [])
    assert set(ended.agreed(ConsentKind.SHARING)) <= {"given", "refused"}
    assert not ended.agreed(ConsentKind.SHARING) or (counts and row.agreement in AGREES)


@ALL
def test_waits_for_no_agreement_where_a_child_may_be_harmed(held: dict[str, Ended], row: Row) -> None:
    ended = held[str(row)]
    if row.outcome.name in HARM:
        assert not re.search("Do you agree\\?|agreement is needed before", ended.talk.said)
        assert ended.kept.sent_at is not None


@ALL
def test_puts_999_first_where_it_is_an_emergency_and_not_elsewhere(held: dict[str, Ended], row: Row) -> None:
    shown = held[str(row)].talk.heard
    alarmed = [message["text"] for message in shown if re.match(r"(If anyone|If a child|Call 999)", message["text"])]
    assert bool(alarmed) == (row.outcome.name == "emergency")


@ALL
def test_tells_the_level_to_professionals_only_and_leaves_no_gap(held: dict[str, Ended], row: Row) -> None:
    ended = held[str(row)]
    sent = ended.kept.sent_at is not None
    assert ("level" in ended.talk.request) == (row.speaker.audience == "professional" and sent) or not sent
    assert not re.search(r"\{\w+\}", ended.talk.said)


@ALL
def test_keeps_the_family_from_hearing_where_that_is_not_safe(held: dict[str, Ended], row: Row) -> None:
    if row.agreement in {"unsafe_to_ask", "unsafe_to_tell", "child_refuses_parent_contact"}:
        assert held[str(row)].kept.do_not_tell_family


@ALL
def test_says_who_acts_by_when_and_what_to_do_if_it_gets_worse(held: dict[str, Ended], row: Row) -> None:
    ended = held[str(row)]
    if ended.kept.sent_at is None:
        assert re.search("call 999|999\\.", ended.talk.said)
        return
    assert re.search(r"by \w+day \d|999 comes first|can't send the police", ended.talk.said)
    assert "take it back" in ended.talk.said


def test_every_row_of_the_agreement_table_below_harm_is_held() -> None:
    """The rows that the table has and no conversation can reach from the start (withdrawn) are in test_agreement.py."""
    held_rows = {(row.speaker.standing, row.outcome.name, row.agreement) for row in ROWS}
    assert len(held_rows) > 120
    assert {consent_of(row) for row in ROWS} >= {
        "information_now", "propose_help", "stop_service_give_information", "propose_section_17_assessment",
        "officer_hold_no_service", "ask_explain_record", "one_consent_is_enough_officer_hold",
        "take_request_find_who_can_agree", "propose_on_own_agreement", "talk_to_the_young_person_first",
        "accept_and_hold_for_competence", "accept_and_hold_safe_contact_only", "propose_pre_birth_help",
        "information_and_officer_hold", "hold_consent_outstanding", "advice_to_referrer",
        "hold_consent_outstanding_clock_runs", "treat_as_significant_harm", "hold_social_worker_decides",
        "hold_attempts_recorded", "information_and_officer_hold_identity_protected", "record_and_officer_hold",
        "show_999_now_and_mash", "mash_s47_path_do_not_contact_family",
    }  # fmt: skip
