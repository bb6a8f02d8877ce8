"""Stored words in plain words for officers, and moments as they are said in England."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from gateway.calendar import LONDON, local_day

LEVELS = {
    "universal": "Universal",
    "early_help": "Early help",
    "targeted": "Targeted",
    "child_in_need": "Child in need",
    "significant_harm": "Significant harm",
    "immediate_danger": "Immediate danger",
}
ROUTES = {
    "information": "Information and advice",
    "early_responders": "Early responders",
    "targeted_support": "Targeted support",
    "mash_referral": "MASH referral",
    "emergency": "Emergency",
    "existing_worker": "The worker they have",
    "other_authority": "Another authority",
}
STATES = {
    "draft": "Being written",
    "abandoned": "Left before sending",
    "sent": "Waiting for a decision",
    "held": "On hold",
    "asked": "Question asked",
    "to_allocate": "To allocate",
    "unmet": "Unmet need",
    "allocated": "With a worker",
    "referred": "Handed to MASH or emergency",
    "transferred": "Transferred",
    "withdrawn": "Taken back by the person",
    "closed": "Closed",
}
STATUS = {
    "inferred": "read out of the words, not confirmed",
    "stated": "answered to a question",
    "confirmed": "read back and confirmed",
    "not_known": "does not know",
    "not_said": "would rather not say",
}
ACTIONS = {
    "confirm": "Agreed with the proposal",
    "override": "Decided differently",
    "hold": "Put on hold",
    "ask": "Asked the person",
    "transfer": "Transferred",
    "no_further_action": "No further action",
}
CONSENT_KINDS = {
    "service": "Agreement to a service",
    "sharing": "Agreement to share",
    "informed": "Who was told",
    "lawful_basis": "Lawful basis",
}


LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "en": "English", "gu": "Gujarati", "pa": "Punjabi", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "so": "Somali", "uk": "Ukrainian", "ur": "Urdu",
}  # fmt: skip
SOURCE = re.compile(r"\bS\d{3}\b")
ACRONYMS = {"mash": "MASH", "lado": "LADO", "fgm": "FGM", "nrpf": "NRPF", "marac": "MARAC"}


def plain(word: object) -> str:
    """A stored word as text: `early_help` is "early help"; True is "yes"; None is "not known"."""
    if isinstance(word, bool):
        return "yes" if word else "no"
    if word is None or word == "":
        return "not known"
    return " ".join(ACRONYMS.get(part, part) for part in str(word).replace("_", " ").split(" "))


def as_said(why: str) -> str:
    """A reason as somebody wrote it; one that is only a stored word becomes text."""
    return why if " " in why else plain(why)


def cited(words: str, titles: Mapping[str, str]) -> str:
    """Words with each source by its title: `S002 ¶19` is "Integration Update, ¶19". What no register knows stays."""

    def title(found: re.Match[str]) -> str:
        known = titles.get(found.group().lower())
        return f"{known}," if known else found.group()

    return SOURCE.sub(title, words)


def wording(version: str) -> str:
    """The version of the words that were agreed to, which is the day they were written."""
    try:
        return f"of {day(date.fromisoformat(version))}"
    except ValueError:
        return version


def amount(number: int, unit: str) -> str:
    """`1, "working_days"` is "1 working day"."""
    return _count(number, plain(unit).removesuffix("s"))


SMALL = {"and", "of", "on", "in", "upon", "the"}


def place(code: str | None) -> str:
    """The code of an authority or locality as its name: `nuneaton_and_bedworth` is "Nuneaton and Bedworth"."""
    if not code or code != code.lower():
        return code or ""
    words = code.replace("_", " ").split()
    return " ".join(word if word in SMALL and i else word.capitalize() for i, word in enumerate(words))


def place_code(typed: str) -> str:
    """What somebody typed as the name of an authority or locality, as it is stored."""
    return "_".join(typed.casefold().replace("-", " ").split())


def moment(at: datetime | None) -> str:
    if at is None:
        return "not yet"
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%b %Y}, {local:%H:%M}"


def day(when: date | None) -> str:
    return "no date" if when is None else f"{when:%a} {when.day} {when:%b %Y}"


def ago(at: datetime | None, now: datetime) -> str:
    """How long something has waited, in the largest unit that matters."""
    if at is None:
        return "not sent"
    waited = max(now - at, timedelta(0))
    for unit, length in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if waited >= length:
            return _count(waited // length, unit)
    return "just now"


def since(at: datetime, now: datetime) -> str:
    """For how long something goes on: "since just now", "for 5 minutes"."""
    waited = ago(at, now)
    return "since just now" if waited == "just now" else f"for {waited}"


def due(at: datetime | None, now: datetime) -> str:
    """A due time in plain words: what an officer would say across the desk."""
    if at is None:
        return "no clock yet"
    if at < now:
        return f"overdue by {ago(at, now)}" if now - at >= timedelta(minutes=1) else "due now"
    days = (local_day(at) - local_day(now)).days
    clock = f"{at.astimezone(LONDON):%H:%M}"
    if days == 0:
        return f"due today by {clock}"
    return f"due tomorrow by {clock}" if days == 1 else f"due {day(local_day(at))} by {clock}"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def person(officer_id: str | None) -> str:
    return "nobody" if not officer_id else officer_id.removeprefix("officer:")


FILTERS = {
    "plain": plain,
    "place": place,
    "as_said": as_said,
    "wording": wording,
    "amount": amount,
    "language": lambda code: LANGUAGES.get(code, code),
    "moment": moment,
    "day": day,
    "ago": ago,
    "since": since,
    "due": due,
    "person": person,
    "level": lambda name: LEVELS.get(name or "", "Not known yet"),
    "route": lambda name: ROUTES.get(name or "", "Not known yet"),
    "state": lambda name: STATES.get(name, plain(name)),
    "status": lambda name: STATUS.get(name, plain(name)),
    "action": lambda name: ACTIONS.get(name, plain(name)),
    "consent_kind": lambda name: CONSENT_KINDS.get(name, plain(name)),
}
