"""Name and contact, asked only when somebody will act; every way of contact is no until it was said to be safe (D03)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from triage.conversation import likeness, plainly
from triage.conversation.household import somebody_acts
from triage.conversation.plausible import email_in, looks_like_email, looks_like_phone, phone_in
from triage.conversation.scene import Scene
from triage.conversation.step import UNKNOWN, Step, asks, asks_all, labels, ticks, words_given
from triage.request import Route

KINDS = {"contact_name": "text", "phone": "phone", "email": "email", "hours": "text"}
URGENT = {"where_now": "text", "phone": "phone"}
"""While somebody is in danger nothing else is asked: where the child is, and one number."""
FILLER = re.compile(
    r"\b(my|name|is|i'm|im|i am|it's|its|call me|number|phone|mobile|email|e-mail|text|ring|call|on|at|me|first|direct line|and|the|only|please|no voicemail)\b",
    re.I,
)
NO_NAME = re.compile(
    r"\d|\b(any|time|times|morning|afternoon|evening|night|after|before|weekdays?|weekends?|leave|voicemail|work|school|best|her|him|do|not|don'?t|off|from|shift|collar)\b",
    re.I,
)
REFUSES = re.compile(
    r"\b(anonymous|no name|don'?t want to (give|leave)|refuses?|not giving|rather not|prefer not)\b|^(no|none|skip)\b",
    re.I,
)
WAYS = {
    "call": "safe_call",
    "text": "safe_text",
    "voicemail": "safe_voicemail",
    "email": "safe_email",
    "letter": "safe_letter",
}


def _contact_due(scene: Scene) -> bool:
    return (somebody_acts(scene) or scene.route == Route.EMERGENCY) and not scene.answered("contact")


def _ask_contact(scene: Scene) -> Scene:
    urgent = scene.route == Route.EMERGENCY
    kinds = URGENT if urgent else KINDS
    fields = [{"name": name, "kind": kind, "label": f"utter_label_{name}"} for name, kind in kinds.items()]
    fields = [field | _given_before(scene, field["name"]) for field in fields]
    response = "utter_ask_contact_emergency" if urgent else "utter_ask_contact"
    return scene.say(response, "question", form={"fields": fields})


GIVEN = {"contact_name": "name_to_use", "phone": "phone", "email": "email", "hours": "hours"}


def _given_before(scene: Scene, field: str) -> dict[str, str]:
    """Who changes one answer does not write the others again: what was left empty would be lost."""
    known = getattr(scene.request.safe_contact, GIVEN.get(field, ""), None)
    if known is None and field == "contact_name" and scene.audience == "young_person":
        known = next((child.name for child in scene.request.children if child.name), None)  # they said it a moment ago
    return {"value": known} if known else {}


def _take_contact(scene: Scene) -> Scene:
    answers = scene.turn.answers
    if where := str(answers.get("where_now") or "").strip():
        scene = _where_now(scene, where)
    if any(name in answers for name in KINDS):
        return _reached(scene, *(str(answers.get(name) or "").strip() or None for name in KINDS))
    if "where_now" in answers:
        return scene
    text = words_given(scene, "contact")
    if text is not None and scene.route == Route.EMERGENCY:
        scene = _where_now(scene, text)
    if text is None or (REFUSES.search(text) and not phone_in(text)):
        return scene.with_request(anonymous=scene.known.get("requester") in {"public", "relative", "anonymous"})
    times = scene.turn.understanding.get("times") or []
    hours = _when(text) or "; ".join(words for _, _, words in times) or None
    phone, email = phone_in(text), email_in(text)
    where_only = scene.route == Route.EMERGENCY and not (phone or email)  # asked where the child is: that is no name
    name = None if where_only else _name_in(text)
    if WITHOUT_EMAIL in scene.dialogue.told:  # only the address was asked for: what was given before stands
        before = scene.request.safe_contact
        name, phone, hours = before.name_to_use or name, phone or before.phone, hours or before.hours
    return _number_wanted(_reached(scene, name, phone, email, hours), text)


def _where_now(scene: Scene, words: str) -> Scene:
    return scene.with_request(household=(*scene.request.household, {"kind": "where_now", "words": words}))


def _number_wanted(scene: Scene, text: str) -> Scene:
    """Somebody who says how to be reached and forgot the number is asked for it once; what they said stands."""
    if (
        scene.route == Route.EMERGENCY
        or reachable(scene)
        or not MEANS.search(text)
        or WITHOUT_NUMBER in scene.dialogue.told
    ):
        return scene
    return scene.say_once(WITHOUT_NUMBER).on(scene.dialogue.tells(WITHOUT_NUMBER).again("contact"))


WITHOUT_NUMBER = "utter_which_number"
MEANS = re.compile(r"\b(phone|call|ring|text|e-?mail|mobile|voice ?mail|whatsapp)\b", re.I)


def _name_in(text: str) -> str | None:
    """What is left of `text first, 07700 900111, Leanne` without the number and the small words."""
    rest = text
    for found in (phone_in(text), email_in(text)):
        rest = rest.replace(found, " ") if found else rest
    parts = (FILLER.sub(" ", part) for part in re.split(r"[,;.\n]", rest))
    names = [" ".join(part.split()) for part in parts if not NO_NAME.search(part)]
    return next((name for name in names if name and len(name.split()) <= 4), None)


WHEN = re.compile(
    r"[^,;.]*\b(any ?time|mornings?|afternoons?|evenings?|after|before|weekdays?|weekends?|between|voice ?mails?|messages?"
    r"|do not|don'?t|never|only|not)\b[^,;.]*",
    re.I,
)


def _when(text: str) -> str | None:
    """When, and how not: whatever somebody says about reaching them is kept in their words."""
    plain = text.replace(phone, " ") if (phone := phone_in(text)) else text
    return "; ".join(part.group().strip() for part in WHEN.finditer(plain)) or None


def _reached(scene: Scene, name: str | None, phone: str | None, email: str | None, hours: str | None) -> Scene:
    before = scene.request.safe_contact
    if WITHOUT_NUMBER in scene.dialogue.told and not reachable(scene):  # the number that was still to come
        name, hours = name or before.name_to_use, "; ".join(filter(None, (before.hours, hours))) or None
    safe = replace(before, phone=phone, email=email, name_to_use=name, hours=hours)
    if scene.professional:  # the words ask for a number and an address at work that we may use
        safe = replace(safe, safe_call=phone is not None, safe_email=email is not None)
    scene = scene.with_request(safe_contact=safe, requester_name=name or scene.request.requester_name)
    return _doubted(scene)


def _doubted(scene: Scene) -> Scene:
    """A slip of the thumb is named once, kindly; what was typed is kept, and nobody is held up."""
    phone, email = scene.request.safe_contact.phone, scene.request.safe_contact.email
    if phone and not looks_like_phone(phone):
        scene = scene.say_once("utter_phone_doubted")
    if email and not looks_like_email(email):
        scene = scene.say_once("utter_email_doubted")
    return scene


def reachable(scene: Scene) -> bool:
    return bool(scene.request.safe_contact.phone or scene.request.safe_contact.email)


def _ways_due(scene: Scene) -> bool:
    return somebody_acts(scene) and not scene.professional and reachable(scene) and not scene.answered("safe_ways")


def _take_ways(scene: Scene) -> Scene | None:
    """Only what was named is safe. A don't know is a no."""
    marked = ticks(scene, labels(scene, "utter_ask_safe_ways"), "safe_ways", none="contact:none")
    if marked is None:
        return None
    chosen = {name.removeprefix("contact:") for name in marked if name not in UNKNOWN}
    kept = _unless_refused(scene.turn.text, chosen)
    safe: dict[str, Any] = {field: way in kept for way, field in WAYS.items()}
    scene = scene.with_request(safe_contact=replace(scene.request.safe_contact, **safe))
    return _email_wanted(scene) if "email" in kept else scene


def _email_wanted(scene: Scene) -> Scene:
    """An email is no way without an address: asked for once, beside what was given before."""
    if scene.request.safe_contact.email or WITHOUT_EMAIL in scene.dialogue.told:
        return scene
    return scene.say_once(WITHOUT_EMAIL).on(scene.dialogue.tells(WITHOUT_EMAIL).again("contact"))


WITHOUT_EMAIL = "utter_which_email"


def _unless_refused(text: str, chosen: set[str]) -> set[str]:
    """`Text is fine but no voicemail` names voicemail to forbid it."""
    plain = likeness.tidy(text)
    return {w for w in chosen if not re.search(rf"\b(no|not|never|don'?t|do not)\b[^,.;]{{0,20}}\b{w}", plain)}


def _hidden_due(scene: Scene) -> bool:
    return somebody_acts(scene) and not scene.professional and reachable(scene) and not scene.answered("must_not_know")


def _take_hidden(scene: Scene) -> Scene:
    words = words_given(scene, "must_not_know")
    if words is None or plainly.only_no(words):  # "nobody must tell his dad" begins like a no, and is none
        return scene
    return scene.with_request(safe_contact=replace(scene.request.safe_contact, must_not_know=words))


CONTACT = Step("contact", _contact_due, _ask_contact, _take_contact, open=True)
SAFE_WAYS = Step("safe_ways", _ways_due, asks_all("utter_ask_safe_ways", "safe_ways"), _take_ways)
MUST_NOT_KNOW = Step("must_not_know", _hidden_due, asks("utter_ask_must_not_know"), _take_hidden, open=True)
