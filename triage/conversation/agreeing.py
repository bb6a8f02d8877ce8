"""Consent: four separate records, taken by a pressed choice or a typed label, read back, never guessed (law.md C01-C69).

Refusal is kept as an answer. It is no sign of harm and stops no safeguarding route: the pack decides what follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from triage import journeys
from triage.consent import AGREES, ConsentKind, ConsentRecord
from triage.conversation import likeness
from triage.conversation.scene import Scene
from triage.conversation.step import Step, asks, asks_all, chosen, labels, ticks
from triage.facts import Status
from triage.request import Route

WORDING = "2026-11-22"
"""Version of the consent words in bot/domain/responses/consent.yml; a test holds the two together."""

NOTHING_TO_AGREE = frozenset({Route.INFORMATION, Route.EMERGENCY, Route.OTHER_AUTHORITY})
AGENCIES = ("school", "health", "family_services")


def needs_agreement(scene: Scene) -> bool:
    """Whether anybody's agreement can still matter: a service below significant harm."""
    return scene.route not in NOTHING_TO_AGREE and not scene.settled.safeguarding


def may_agree(scene: Scene) -> bool:
    """Only somebody with a say is asked to agree; a child under 16 is asked for their wish, not judged."""
    requester = scene.known.get("requester")
    if scene.professional:
        return True
    return requester not in journeys.PUBLIC and requester != "carer_without_pr"


def _consent_due(scene: Scene) -> bool:
    return needs_agreement(scene) and may_agree(scene) and not scene.answered("service_agreement")


def _ask_consent(scene: Scene) -> Scene:
    return scene.say("utter_ask_service_agreement", "question", values=_offer_words(scene))


def _offer_words(scene: Scene) -> dict[str, str]:
    return {"route_words": scene.ports.words.text(f"utter_route_{scene.route}", audience=scene.audience)}


def _take_consent(scene: Scene) -> Scene | None:
    offered = labels(scene, "utter_ask_service_agreement")
    if scene.turn.choice or scene.turn.answers:
        pressed = chosen(scene, offered, "service_agreement")
        return agree(scene, _value(pressed)) if pressed in offered else None
    exact = next((c for c, label in offered.items() if likeness.tidy(label) == likeness.tidy(scene.turn.text)), None)
    if exact:
        return agree(scene, _value(exact))
    meant = _meant(scene, offered)
    return scene.on(replace(scene.dialogue, consent_heard=meant)) if meant else None


def _value(choice: str | None) -> str:
    return str(choice).removeprefix("consent:")


def _meant(scene: Scene, offered: Mapping[str, str]) -> str | None:
    """What free words seem to say. It is only ever a question back, never a record."""
    if likeness.unknown_word(scene.turn.text):
        return "not_asked"
    plain = likeness.best(scene.turn.text, offered)
    if plain:
        return _value(plain)
    if not scene.professional and likeness.says_yes(scene.turn.text):
        return "given"
    if not scene.professional and likeness.says_no(scene.turn.text):
        return "refused"
    heard = scene.turn.understanding.get("consent", "unknown")
    return heard if heard in {"given", "refused"} else None


def agree(scene: Scene, value: str) -> Scene:
    """Write down what was pressed, by whom, under which words."""
    scene = scene.note({"service_agreement": value}, Status.CONFIRMED)
    records = [_record(scene, ConsentKind.SERVICE, value)] if _counts(scene) else []
    informed = _informed(scene, value)
    if informed:
        records.append(_record(scene, ConsentKind.INFORMED, informed))
    scene = replace(scene, request=scene.request.agree(*records))
    if scene.professional and value == "unsafe_to_ask":
        scene = scene.note({"informing_unsafe": True}, Status.STATED)
    return scene.on(replace(scene.dialogue.settled("service_agreement"), consent_heard=None))


def _counts(scene: Scene) -> bool:
    """A child's own wish is kept as a fact; only an officer can say whether it is an agreement (law.md C66).
    Of somebody young who did not say how old they are, the same."""
    return scene.audience != "young_person" or scene.known.get("requester") == "young_person_16_17"


def _informed(scene: Scene, value: str) -> str | None:
    if not scene.professional:
        return None if scene.audience == "young_person" else "yes"
    return {"unsafe_to_ask": "unsafe", "not_asked": "no", "cannot_reach": "no"}.get(value, "yes")


def _record(
    scene: Scene, kind: ConsentKind, value: str, agency: str | None = None, reason: str | None = None
) -> ConsentRecord:
    by = journeys.by(scene.audience, scene.known.get("requester"), scene.known.get("oldest_age"))
    return ConsentRecord(kind, value, by, scene.turn.at, WORDING, scene.turn.channel, agency, reason)


DOUBTED = "agreement_doubted"
"""Remembered when somebody said no to what was written down: it is put once more, and then left open."""


def _confirm_due(scene: Scene) -> bool:
    return _consent_due(scene) and scene.dialogue.consent_heard in labels_heard(scene)


def labels_heard(scene: Scene) -> dict[str, str]:
    return {c.removeprefix("consent:"): label for c, label in labels(scene, "utter_ask_service_agreement").items()}


def _ask_confirm(scene: Scene) -> Scene:
    label = labels_heard(scene)[str(scene.dialogue.consent_heard)]
    return scene.say("utter_ask_confirm_agreement", "question", values={"answer": label, **_offer_words(scene)})


def _take_confirm(scene: Scene) -> Scene | None:
    offered = labels(scene, "utter_ask_service_agreement")
    pressed = chosen(scene, offered, "service_agreement")
    if pressed in offered and scene.turn.choice:
        return agree(scene, _value(pressed))
    answer = chosen(scene, {"yes": "Yes", "no": "No"}, "confirm_agreement")
    if answer == "yes":
        return agree(scene, str(scene.dialogue.consent_heard)).on(
            replace(scene.dialogue.settled("service_agreement"), consent_heard=None)
        )
    if answer == "no" and DOUBTED not in scene.dialogue.told:
        return scene.on(replace(scene.dialogue.tells(DOUBTED), consent_heard=None))
    return _left_open(scene) if answer else None


def _left_open(scene: Scene) -> Scene:
    """Nobody is asked round and round: what they want stays unknown, nothing starts, and an officer sees that."""
    scene = scene.note({"service_agreement": None}, Status.NOT_KNOWN).say("utter_agreement_open")
    return scene.on(replace(scene.dialogue.settled("service_agreement"), consent_heard=None))


def _sharing_due(scene: Scene) -> bool:
    """Of whoever said yes; with whom to speak about a child under 16 is settled with them by a person (law.md C66)."""
    agreed = scene.known.get("service_agreement") in AGREES and _counts(scene)
    return agreed and not scene.professional and needs_agreement(scene) and not scene.answered("sharing")


def _take_sharing(scene: Scene) -> Scene | None:
    offered = labels(scene, "utter_ask_sharing")
    marked = ticks(scene, offered, "sharing", none="share:none")
    if marked is None:
        return None
    records = [
        _record(scene, ConsentKind.SHARING, "given" if f"share:{name}" in marked else "refused", agency=name)
        for name in AGENCIES
    ]
    return replace(scene, request=scene.request.agree(*records))


def _family_knows_due(scene: Scene) -> bool:
    asked_for_another = scene.known.get("requester") in {"relative", "public"}
    return asked_for_another and needs_agreement(scene) and not scene.answered("family_knows")


def _take_family_knows(scene: Scene) -> Scene | None:
    """Nobody can agree for somebody else: this records only whether the family were told."""
    answer = chosen(scene, labels(scene, "utter_ask_family_knows"), "family_knows")
    if answer is None:
        return None
    value = {"yes": "yes", "no": "no", "unsafe": "unsafe"}.get(answer, "unknown")
    scene = scene.note({"service_agreement": "not_asked"}, Status.STATED)
    if answer == "unsafe":
        scene = scene.note({"informing_unsafe": True}, Status.STATED)
    return replace(scene, request=scene.request.agree(_record(scene, ConsentKind.INFORMED, value)))


def _informing_due(scene: Scene) -> bool:
    """Where a child may be harmed, of whoever is not of the family: is it safe to tell them? (law.md C07, C43)"""
    if not scene.settled.safeguarding or scene.route == Route.EMERGENCY:
        return False
    from_outside = scene.known.get("requester") in journeys.PUBLIC and not scene.request.do_not_tell_family
    return (scene.professional or from_outside) and "informing_unsafe" not in scene.request.facts.latest()


def _take_informing(scene: Scene) -> Scene | None:
    answer = chosen(scene, labels(scene, "utter_ask_informing_unsafe"), "informing_unsafe")
    if answer is None:
        return None
    unsafe = {"yes": True, "no": False}.get(answer)
    scene = scene.note({"informing_unsafe": unsafe}, Status.NOT_KNOWN if unsafe is None else Status.STATED)
    informed = "unsafe" if unsafe else "unknown"  # "may be told" does not say that anybody was
    return replace(scene, request=scene.request.agree(_record(scene, ConsentKind.INFORMED, informed)))


WITH_THEM = frozenset({"social_worker", "family_worker", "edge_of_care_team", "child_protection_plan"})


def _stepping_due(scene: Scene) -> bool:
    """A professional beside a worker who is there already: handing over, or asking for more?"""
    return (
        scene.professional
        and scene.known.get("existing_worker") in WITH_THEM
        and "stepping" not in scene.request.facts.latest()
    )


def _take_stepping(scene: Scene) -> Scene | None:
    answer = chosen(scene, labels(scene, "utter_ask_stepping"), "stepping")
    if answer in {"no", "up", "down"}:
        return scene.note({"stepping": answer}, Status.STATED, scene.whole_message())
    return scene.note({"stepping": None}, Status.NOT_KNOWN) if answer else None


def lawful_basis(scene: Scene) -> ConsentRecord:
    """The council's own ground, written when a request is sent; nobody ticks it (law.md C02, C03)."""
    reason = None
    if scene.settled.safeguarding:
        unsafe = scene.request.do_not_tell_family
        reason = "DPA 2018 Sch 1 para 18: " + (
            "asking would prejudice the protection" if unsafe else "consent cannot reasonably be awaited"
        )
    return _record(scene, ConsentKind.LAWFUL_BASIS, "public_task", reason=reason)


def withdrawal(scene: Scene) -> tuple[ConsentRecord, ...]:
    """Everything to which somebody said yes, in whatever words, taken back."""
    stands = {(r.kind, r.agency): r.value for r in scene.request.consents}
    agreed = (of for of, value in stands.items() if of[0] in WITHDRAWN and value in AGREES)
    return tuple(_record(scene, kind, "withdrawn", agency=agency) for kind, agency in agreed)


WITHDRAWN = (ConsentKind.SERVICE, ConsentKind.SHARING)


STEPPING = Step("stepping", _stepping_due, asks("utter_ask_stepping"), _take_stepping)
CONFIRM = Step("confirm_agreement", _confirm_due, _ask_confirm, _take_confirm)
CONSENT = Step("service_agreement", _consent_due, _ask_consent, _take_consent)
SHARING = Step("sharing", _sharing_due, asks_all("utter_ask_sharing", "sharing"), _take_sharing)
FAMILY_KNOWS = Step("family_knows", _family_knows_due, asks("utter_ask_family_knows"), _take_family_knows)
INFORMING = Step("informing_unsafe", _informing_due, asks("utter_ask_informing_unsafe"), _take_informing)
