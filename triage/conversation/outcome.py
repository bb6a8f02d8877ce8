"""What happens next, in plain words: who, by when, what if it gets worse, and how to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from triage import journeys
from triage.clocks import decide_by, friendly, is_open
from triage.conversation.scene import Scene
from triage.conversation.sending import propose, send
from triage.facts import is_so
from triage.ports import Service
from triage.request import Level, Route, ages_of

AT_MOST = 5
CONCERN_OF_FACT = {
    "send_advice_wanted": "send_disability",
    "short_break_wanted": "send_disability",
    "separated_parents_dispute": "family_separation",
    "parenting_support_needed": "parenting_behaviour",
    "domestic_abuse": "domestic_abuse",
    "self_harm": "child_mental_health",
}
"""Facts that name a need which the directory knows by another word."""


def finish(scene: Scene) -> Scene:
    """Nothing more is due: information is given now, everything else was sent or is sent now."""
    if scene.route == Route.INFORMATION:
        return inform(scene)
    if scene.route == Route.OTHER_AUTHORITY:
        return elsewhere(scene)
    return tell_outcome(send(scene))


def inform(scene: Scene) -> Scene:
    """At most five services that fit, with why; nobody has to say who they are (law.md C21)."""
    scene = _looked_at(propose(scene))
    services = find_services(scene)
    response = "utter_outcome_information" if services else "utter_outcome_information_none"
    scene = scene.say(response, "outcome", values={**_values(scene), "services": "\n".join(_service_line(scene, s) for s in services)},
                      data={"services": [service.id for service in services]})  # fmt: skip
    return _done(scene)


def _looked_at(scene: Scene) -> Scene:
    """Where the screen heard a concern that nobody named, a person reads it all the same, and they are told so."""
    if scene.request.danger == "none" or scene.request.state != "draft":
        return scene
    scene = scene.with_request(state="abandoned").happened("conversation.concern_seen", scene.request.danger)
    return scene.say("utter_read_by_a_person")


def find_services(scene: Scene) -> tuple[Service, ...]:
    heard = (concern for fact, concern in CONCERN_OF_FACT.items() if scene.known.get(fact) is True)
    wanted = tuple(dict.fromkeys((*scene.request.concerns, *heard)))
    ages = ages_of(scene.request.children)
    found = scene.ports.directory.find(
        concerns=wanted,
        ages=ages,
        authority=scene.request.authority,
        place=scene.request.place,
        on=scene.turn.at.date(),
        limit=AT_MOST,
        wish=scene.request.story or "",
    )
    return tuple(found)[:AT_MOST]


def _service_line(scene: Scene, service: Service) -> str:
    values = {"name": service.name, "summary": service.summary, "contact": service.contact, "why": _why(scene, service)}
    return scene.ports.words.text("utter_service_line", audience=scene.audience, values=values)


def _why(scene: Scene, service: Service) -> str:
    """Why this one: the needs it helps with, or the age it is for."""
    words = scene.ports.words
    helps = [words.text(f"utter_concern_{concern}", audience=scene.audience) for concern in service.why[:2]]
    if helps:
        return words.text("utter_why_concern", audience=scene.audience, values={"concerns": ", ".join(helps)})
    return words.text("utter_why_age" if service.fits_age else "utter_why_any", audience=scene.audience)


def elsewhere(scene: Scene) -> Scene:
    """Another council serves the place: its name and number, nothing sent to them. A danger is read here all the same."""
    scene = _looked_at(propose(scene))
    name, number = scene.dialogue.other_authority or ("", "")
    response = "utter_outcome_other_authority" if name else "utter_outcome_other_authority_unknown"
    return _done(scene.say(response, "outcome", values={**_values(scene), "council": name, "council_number": number}))


def tell_outcome(scene: Scene) -> Scene:
    """The route in plain words. A professional also reads the level, the clause and what to file."""
    scene = scene.say(_response(scene), "outcome", values=_values(scene), data=_file_copy(scene))
    if not opening_now(scene):
        scene = scene.say("utter_out_of_hours", values=_values(scene))
    scene = _services_beside(scene)
    if _wants_to_hear_of_silence(scene):
        scene = scene.say("utter_family_not_told")
    elif _harmed_at_home(scene):
        scene = scene.say("utter_home_not_told")
    return _done(scene.say("utter_if_worse", values=_values(scene)).say("utter_how_to_withdraw", values=_values(scene)))


def _wants_to_hear_of_silence(scene: Scene) -> bool:
    """That nothing goes to the family calms whoever tells from outside, or fears them. A parent who told of harm and
    asked for a call would read it as nobody calling; what they hear is for an officer to decide."""
    feared = is_so(scene.known.get("forced_marriage_or_honour")) or is_so(scene.known.get("fgm"))
    outside = scene.known.get("requester") not in journeys.OF_THE_FAMILY
    return scene.request.do_not_tell_family and (outside or feared)


def _harmed_at_home(scene: Scene) -> bool:
    """A parent who told of sexual harm fears a letter or a call that the wrong person sees. It is true while the mark
    stands, and names no more than that: a call to them can still follow."""
    return scene.request.do_not_tell_family and is_so(scene.known.get("sexual_harm"))


def _services_beside(scene: Scene) -> Scene:
    """While somebody waits for a service, what they can use today."""
    if scene.route not in {Route.EARLY_RESPONDERS, Route.TARGETED_SUPPORT} or scene.professional:
        return scene
    services = find_services(scene)[:3]
    lines = "\n".join(_service_line(scene, service) for service in services)
    return scene.say("utter_services_meanwhile", values={"services": lines}) if services else scene


def _response(scene: Scene) -> str:
    if scene.route == Route.MASH_REFERRAL:
        harm = scene.settled.level == Level.SIGNIFICANT_HARM
        return "utter_outcome_mash_harm" if harm else "utter_outcome_mash_need"
    if _held(scene):
        return "utter_outcome_held"
    return f"utter_outcome_{scene.route}"


def _held(scene: Scene) -> bool:
    """A service without the agreement it needs, as the pack says: an officer looks, and nothing starts."""
    needs = scene.route in {Route.EARLY_RESPONDERS, Route.TARGETED_SUPPORT}
    return needs and scene.settled.indication.proceeds == "no"


def opening_now(scene: Scene) -> bool:
    hours = scene.ports.words.numbers(scene.request.authority).get("hours_front_door", "")
    return is_open(hours, scene.turn.at, scene.ports.calendar) is not False


def _values(scene: Scene) -> dict[str, str]:
    indication = scene.settled.indication
    return {
        "reference": scene.request.reference or "",
        "by_when": friendly(decide_by(scene.route, scene.turn.at, scene.ports.calendar)),
        "offer": offer_words(indication),
        "level": str(indication.label),
        "clauses": _clauses(indication, scene.ports.policies.sources),
        "next_step": (indication.next_step or {}).get("family", ""),
    }


def offer_words(indication: Any) -> str:
    """The authority's own service by its title, with how long it lasts where the pack says so."""
    title, duration = indication.offer_title or "", indication.duration
    return f"{title}, {duration}" if title and duration else title


def _clauses(indication: Any, sources: Mapping[str, Mapping[str, Any]]) -> str:
    """Why, with the clause: what a professional may check and file. Of the thresholds met only the highest counts."""
    told = [reason for reason in indication.reasons if reason.certain and reason.staff]
    thresholds = [reason for reason in told if reason.kind == "threshold"][:2]
    others = [reason for reason in told if reason.kind != "threshold"]
    cited = (f"- {r.staff} ({sources[r.source]['title']}, {r.clause})" for r in (*thresholds, *others))
    return "\n".join(dict.fromkeys(cited))


def _file_copy(scene: Scene) -> dict[str, object]:
    """A record to file, for professionals: never a family's words about anybody else."""
    if not scene.professional or scene.request.proposal is None:
        return {}
    return {"record": {"reference": scene.request.reference, "level": scene.settled.level, "route": scene.route,
                       "pack": scene.request.proposal.pack, "sent_at": scene.turn.at.isoformat()}}  # fmt: skip


def _done(scene: Scene) -> Scene:
    return scene.on(replace(scene.dialogue, outcome_told=True, asking=None))
