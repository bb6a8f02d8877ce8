"""One rule, five readings: decide, explain, prove, ask, compare. Pure: the day and the facts are always passed in."""

from policies.engine.editions import Edition
from policies.engine.entries import Offer
from policies.engine.errors import CaseFailed, NoPackInForce, NotAFact, PackError, PolicyError, ProofFailed
from policies.engine.indication import Clock, Indication, Reason
from policies.engine.localities import Locality, OtherAuthority
from policies.engine.packs import Pack, PolicySet

__all__ = [
    "CaseFailed",
    "Clock",
    "Edition",
    "Indication",
    "Locality",
    "NoPackInForce",
    "NotAFact",
    "Offer",
    "OtherAuthority",
    "Pack",
    "PackError",
    "PolicyError",
    "PolicySet",
    "ProofFailed",
    "Reason",
]
