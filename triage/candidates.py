"""What an officer marks for the next training, and what a second look makes of it. Nothing is used without a person's say.

A candidate begins as "marked" and ends as "kept" or "dropped". From the second look on nothing leads back to the request:
its id, the message's, the note and who marked it are taken away (they stay in the audit trail of the request).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from triage.deciding import ChoiceIncomplete
from triage.masking import mask
from triage.permissions import NotAllowed

KINDS = {"missed_danger": "missed danger", "false_alarm": "false alarm", "wrong_fact": "wrong fact"}
MARKED, KEPT, DROPPED = "marked", "kept", "dropped"
WHOLE = "all"  # in place of a message's id: everything that the person wrote

CATEGORIES = {
    "immediate_danger": (
        "abduction_in_progress", "baby_or_child_unresponsive_or_alone", "child_missing_now", "overdose_suicide_now",
        "sexual_assault_just_happened", "violence_in_progress", "weapon",
    ),
    "safeguarding_concern": (
        "allegation_against_staff", "child_sexual_exploitation", "county_lines", "domestic_abuse", "emotional_abuse",
        "fabricated_illness", "fgm", "forced_marriage", "honour_based_abuse", "neglect",
        "parent_unable_to_keep_child_safe", "physical_abuse", "radicalisation", "self_harm", "sexual_abuse_family",
        "sexual_abuse_online", "sexual_abuse_peer", "suicidal_thoughts", "trafficking", "unborn_baby",
    ),
    "none": (),
}  # fmt: skip
"""The labels of the safety screen's training files, with their categories (data/safety/README.md)."""
_FILES = {"immediate_danger": "immediate_marked", "safeguarding_concern": "concern_marked", "none": "benign_marked"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One message that the computer read wrongly, in masked words.

    `heard` and `heard_categories`: what the safety screen had made of the conversation when it was marked.
    """

    id: str
    request_id: str | None
    message_id: str | None  # WHOLE: not one message but all of them
    authority: str | None
    kind: str
    state: str
    speaker: str
    words: str
    heard: str
    heard_categories: Sequence[str]
    fact: str | None  # of a wrong fact: its name
    note: str
    marked_by: str | None
    marked_at: datetime | None
    label: str | None = None
    category: str | None = None
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None


def check_mark(kind: str, fact: str, facts: Iterable[str]) -> str | None:
    """The fact of a wrong fact, None for the other kinds. Raises ChoiceIncomplete."""
    if kind not in KINDS:
        raise ChoiceIncomplete({"kind": "Choose what went wrong."})
    if kind != "wrong_fact":
        return None
    if fact not in set(facts):
        raise ChoiceIncomplete({"fact": "Choose which fact is wrong."})
    return fact


def kept(candidate: Candidate, words: str, label: str, category: str, *, by: str, at: datetime) -> Candidate:
    """To be exported: in the reviewer's words, masked once more. Raises ChoiceIncomplete, NotAllowed."""
    if by == candidate.marked_by:
        raise NotAllowed("You marked this yourself. A second person must read it before it is kept.")
    if not words.strip():
        raise ChoiceIncomplete({"words": "Without words there is nothing to learn from: drop it."})
    if label not in CATEGORIES:
        raise ChoiceIncomplete({"label": "Choose what the computer should have made of these words."})
    if category not in (CATEGORIES[label] or ("",)):
        raise ChoiceIncomplete({"category": "Choose the category that goes with the label."})
    return replace(
        _without_way_back(candidate), state=KEPT, words=mask(words.strip()), label=label, category=category or None,
        reviewed_by=by, reviewed_at=at,
    )  # fmt: skip


def dropped(candidate: Candidate, *, by: str, at: datetime) -> Candidate:
    """Never to be used: the words go at once."""
    return replace(
        _without_way_back(candidate), state=DROPPED, words="", label=None, category=None, reviewed_by=by, reviewed_at=at
    )


def _without_way_back(candidate: Candidate) -> Candidate:
    return replace(candidate, request_id=None, message_id=None, note="", marked_by=None, marked_at=None)


def training_files(candidates: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    """What was kept, by the training file that it belongs in: one file holds one label and category."""
    found: dict[str, list[Candidate]] = {}
    for one in candidates:
        if one.state == KEPT and one.label is not None:
            name = _FILES[one.label] + (f"_{one.category}" if one.category else "")
            found.setdefault(name, []).append(one)
    return dict(sorted(found.items()))
