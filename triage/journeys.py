"""Who is speaking, and what follows for tone and for who may be asked what (law.md C60-C69)."""

from __future__ import annotations

from triage.facts import Value

YOUNG = frozenset({"young_person_16_17", "child_under_16"})
PUBLIC = frozenset({"relative", "public", "anonymous"})
WORKERS = frozenset({"professional", "own_worker"})
OF_THE_FAMILY = frozenset({"parent", "pregnant_person", "carer_without_pr"})
ROLES: dict[str, str] = {
    "parent": "parent",
    "step_parent": "carer_without_pr",
    "foster_carer": "carer_without_pr",
    "relative": "relative",
    "friend_or_neighbour": "public",
}
"""What a role read out of words says about standing. A young person's standing also needs their age."""

PROFESSIONS: dict[str, str] = {
    "school": "teacher",
    "early_years": "early_years",
    "health": "health",
    "police": "police",
}


def audience(channel_audience: str, requester: Value | None) -> str:
    """Whose words to use: a young person and a professional get their own, whatever door they came through.

    Who says at the door that they are under 18 hears those words from the first one.
    """
    if requester in YOUNG or (requester is None and channel_audience == "young_person"):
        return "young_person"
    return "professional" if channel_audience == "professional" or requester in WORKERS else "family"


def asked_as(channel_audience: str, requester: Value | None) -> str:
    """For whom the engine chooses questions (`asked_of` in the vocabulary)."""
    if requester in PUBLIC:
        return "public"
    return audience(channel_audience, requester)


def standing(role: str, ages: tuple[int, ...]) -> str | None:
    """The standing that a role and the ages named with it speak for; None while it could be several."""
    if role != "young_person":
        return ROLES.get(role)
    own = max((age for age in ages if 5 <= age <= 17), default=None)
    if own is None:
        return None
    return "young_person_16_17" if own >= 16 else "child_under_16"


def by(request_audience: str, requester: Value | None, age: Value | None = None) -> str:
    """How a consent record names the person who spoke. The oldest age named may be a brother's or sister's."""
    if request_audience == "professional":
        return "referrer for the family"
    names = {
        "parent": "parent",
        "carer_without_pr": "carer without parental responsibility",
        "pregnant_person": "pregnant person",
        "young_person_16_17": f"young person {age if age in (16, 17) else '16-17'}",
        "child_under_16": f"child {age if isinstance(age, int) and 0 < age < 16 else 'under 16'}",
        "relative": "relative",
        "public": "member of the public",
        "anonymous": "anonymous",
        "own_worker": "worker of the authority",
    }
    return names.get(str(requester), "person asking")
