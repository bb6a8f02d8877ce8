"""Sending: the request gets its reference and its proposal, and waits for an officer. Nothing here decides (law.md A04)."""

from __future__ import annotations

from datetime import datetime

from triage.conversation.agreeing import lawful_basis
from triage.conversation.scene import Scene
from triage.ports import Policy
from triage.request import Level, Proposal, Route
from triage.routing import Settled
from triage.safe_contact import grounds_for_silence

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


def propose(scene: Scene) -> Scene:
    """Put the indication with its route beside the request, as it stands now."""
    scene = keep_from_family(scene)
    proposal = proposal_of(scene.settled, scene.policy, scene.turn.at)
    role = str(scene.known.get("profession") if scene.professional else scene.known.get("requester") or "unknown")
    return scene.with_request(proposal=proposal, requester_role=role)


def keep_from_family(scene: Scene) -> Scene:
    """Settled in every turn, because whoever goes away now has said it all the same.

    Nothing in a talk takes it back. Where named officers cleared it, only what they did not know of raises it again.
    """
    grounds = grounds_for_silence(
        scene.known,
        flags=scene.settled.indication.flags,
        heard=scene.request.danger_categories,
        harmed_teller=scene.settled.safeguarding and scene.audience == "young_person",
    )
    new = sorted(grounds - {name.removeprefix(SILENT) for name in scene.dialogue.told})
    if not new:
        return scene
    scene = scene.on(scene.dialogue.tells(*(SILENT + name for name in new)))
    if scene.request.do_not_tell_family:
        return scene
    return scene.with_request(do_not_tell_family=True).happened("do_not_tell.set", "what was told", grounds=new)


SILENT = "silent:"
"""Remembered with each ground on which the family must not hear."""


def proposal_of(settled: Settled, policy: Policy, at: datetime) -> Proposal:
    """The engine's answer as a proposal: kept whole, so that it can be replayed under the same pack."""
    indication = settled.indication
    consent = indication.consent or indication.standing_consent
    offer = indication.offer or indication.standing_offer
    return Proposal(
        at=at,
        pack=_full_name(policy),
        on=at.date(),
        level=Level(settled.level),
        route=Route(settled.route),
        offer=offer,
        consent_outcome=consent,
        indication={**indication.as_data(), "unsure": list(settled.unsure)},
    )


def _full_name(policy: Policy) -> str:
    return f"{policy.name}@{policy.version}"


def send(scene: Scene) -> Scene:
    """Make it a request that an officer sees. Sending twice changes nothing."""
    if scene.sent:
        return propose(scene)
    scene = propose(scene)
    sent = scene.request.agree(lawful_basis(scene))
    scene = scene.with_request(
        consents=sent.consents, sent_at=scene.turn.at, state="sent", reference=reference(scene.ports.ids.new())
    )
    return scene.happened("request.sent", route=scene.route, pack=_full_name(scene.policy))


def reference(random_id: str) -> str:
    """A short code that says nothing (law.md D07): eight letters and digits that cannot be misread."""
    number = int.from_bytes(random_id.encode(), "big") % len(ALPHABET) ** 8
    letters = []
    for _ in range(8):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"
