"""What follows when an officer corrects a fact: the proposal is worked out anew, beside the earlier one.

The pack and the day stay those of the earlier proposal, so that the correction alone makes the difference. What was
heard as danger stays heard, and a mark that the family must not be told stays: only new grounds change either, upwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from triage.conversation.dialogue import dialogue_from
from triage.conversation.listening import IN_WORDS, raised
from triage.conversation.sending import proposal_of
from triage.facts import Fact, FactBook
from triage.ports import Conversation, Policy
from triage.request import Level, Proposal, RequestForService, Route
from triage.routing import Settled, settle
from triage.safe_contact import grounds_for_silence

CORRECTED = "corrected"
"""Key of the kept indication: the fact whose correction made this proposal."""


@dataclass(frozen=True, slots=True)
class Change:
    """Two proposals, one after the other, and the fact between them."""

    fact: str
    before: Proposal
    after: Proposal

    @property
    def moves(self) -> bool:
        return (self.before.level, self.before.route) != (self.after.level, self.after.route)


def changes(kept: tuple[Proposal, ...]) -> tuple[Change, ...]:
    """Of all proposals of a request, oldest first: those that a correction made, each with the one before it."""
    made = ((old, new) for old, new in pairwise(kept) if CORRECTED in new.indication)
    return tuple(Change(str(new.indication[CORRECTED]), old, new) for old, new in made)


def corrected(
    request: RequestForService, fact: Fact, policy: Policy | None, chat: Conversation | None, at: datetime
) -> RequestForService:
    """The request with the fact noted and the proposal of the same dated policy for it.

    Without an earlier proposal, or without its pack, the fact alone is noted. The decision is not touched.
    """
    noted = request.note(fact)
    before = request.proposal
    if before is None or policy is None:
        return noted
    settled = settle(noted.facts.known(), policy, on=before.on, danger=_floor(request, before, chat))
    made = proposal_of(settled, policy, at)
    kept = {**made.indication, CORRECTED: fact.name}
    return _raised(noted, settled, replace(made, on=before.on, indication=kept))


def _floor(request: RequestForService, before: Proposal, chat: Conversation | None) -> str:
    """What was heard in particular words, or had been proposed as danger, is looked at whatever is corrected."""
    in_words = chat is not None and IN_WORDS in dialogue_from(chat.dialogue).told
    return request.danger if in_words else "immediate_danger" if before.level is Level.IMMEDIATE_DANGER else "none"


def _raised(request: RequestForService, settled: Settled, proposal: Proposal) -> RequestForService:
    danger = "immediate_danger" if proposal.route is Route.EMERGENCY else "none"
    before = replace(request, facts=FactBook(request.facts.noted[:-1]))
    new = grounds_for_silence(request.facts.known(), flags=settled.indication.flags) - _known_grounds(before)
    return replace(
        request,
        proposal=proposal,
        danger=raised(request.danger, danger),
        do_not_tell_family=request.do_not_tell_family or bool(new),
    )


def _known_grounds(before: RequestForService) -> frozenset[str]:
    """Those that stood before the correction: where named officers cleared the mark, they knew of these."""
    flags = before.proposal.indication.get("flags") or () if before.proposal else ()
    return grounds_for_silence(before.facts.known(), flags=flags)
