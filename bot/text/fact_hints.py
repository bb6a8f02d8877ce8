"""What a message lets us infer in the vocabulary of `policies/facts.yml`, each with the words it rests on.

These are inferences: they are noted as such, read back, and never treated as an answer. Phrases of `lexicons/facts.yml` give
most of them; a few follow from what was already understood (who speaks, how old the children are, how many concerns).
Of several bands that fit, the worst stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.text.found import Found
from bot.text.patterns import Phrase, lexicon, phrases
from bot.text.reading import Reading
from bot.text.scope import said
from bot.text.workers import Workers

FactValue = bool | int | str


@dataclass(frozen=True)
class Hint:
    """A fact of the vocabulary and the value that the words suggest."""

    name: str
    value: FactValue


@dataclass(frozen=True)
class Context:
    """What was understood before."""

    role: str
    ages: list[Found[int]]
    concerns: list[str]
    worker: Workers
    spotted: list[Found[str]]


def find_facts(reading: Reading, context: Context) -> list[Found[Hint]]:
    """One hint for each fact at most, in the order of the words."""
    hints: dict[str, Found[Hint]] = {}
    for hint in (
        *_from_words(reading, context.role),
        *_from_ages(context),
        *_from_role(context),
        *_from_worker(context),
    ):
        hints.setdefault(hint.value.name, hint)
    for hint in _from_concerns(context, reading, set(hints)):
        hints.setdefault(hint.value.name, hint)
    kept = [hint for name, hint in hints.items() if name not in _KIND_OF or _true(hints.get(_KIND_OF[name]))]
    return sorted(kept, key=lambda hint: hint.start)


_KIND_OF = {
    "self_harm_pattern": "self_harm", "physical_harm_kind": "physical_harm", "neglect_pattern": "neglect",
    "domestic_abuse_pattern": "domestic_abuse", "missing_pattern": "missing", "left_alone_pattern": "left_alone",
}  # fmt: skip
"""How bad a worry is counts only where the worry itself was said."""


def _true(hint: Found[Hint] | None) -> bool:
    return hint is not None and hint.value.value is True


def _from_words(reading: Reading, role: str) -> Iterator[Found[Hint]]:
    """Values are tried in the order of the lexicon, worst first."""
    for name, values in _lexicon("@yp " if role == "young_person" else "@adult ").items():
        for value, group in values:
            if match := said(reading.plain, group):
                place = reading.found(match.start(), match.end(), name)
                yield Found(place.start, place.end, Hint(name, value))
                break


def _from_ages(context: Context) -> Iterator[Found[Hint]]:
    if context.ages:
        youngest = min(context.ages, key=lambda age: age.value)
        oldest = max(context.ages, key=lambda age: age.value)
        yield Found(youngest.start, youngest.end, Hint("youngest_age", youngest.value))
        yield Found(oldest.start, oldest.end, Hint("oldest_age", oldest.value))


_REQUESTER = {
    "parent": "parent",
    "step_parent": "carer_without_pr",
    "foster_carer": "carer_without_pr",
    "relative": "relative",
    "friend_or_neighbour": "public",
    "school": "professional",
    "early_years": "professional",
    "health": "professional",
    "police": "professional",
    "other_professional": "professional",
}
_PROFESSION = {"school": "teacher", "early_years": "early_years", "health": "health", "police": "police"}


def _from_role(context: Context) -> Iterator[Found[Hint]]:
    requester = _REQUESTER.get(context.role)
    if context.role == "young_person":
        own = max((age.value for age in context.ages), default=None)
        requester = None if own is None else ("young_person_16_17" if own >= 16 else "child_under_16")
    if requester:
        yield Found(0, 0, Hint("requester", requester))
    if context.role in _PROFESSION:
        yield Found(0, 0, Hint("profession", _PROFESSION[context.role]))


def _from_worker(context: Context) -> Iterator[Found[Hint]]:
    worker = context.worker
    if worker.known is not None and worker.kind and worker.evidence:
        yield Found(worker.evidence.start, worker.evidence.end, Hint("existing_worker", worker.kind))


_SAME_NAME = {
    "neglect": "neglect", "domestic_abuse": "domestic_abuse", "missing": "missing", "parental_conflict": "parental_conflict",
    "private_fostering": "private_fostering", "parent_in_prison": "parent_in_prison", "unemployment": "adult_out_of_work_or_in_debt",
    "debt_poverty": "adult_out_of_work_or_in_debt", "health_condition": "health_problems", "parent_mental_health": "health_problems",
    "child_mental_health": "health_problems", "substance_misuse_parent": "health_problems", "parenting_behaviour": "parenting_support_needed",
    "routines_sleep": "parenting_support_needed",
}  # fmt: skip
_NEED_GROUPS = (
    {"parenting_behaviour", "routines_sleep", "school_behaviour"}, {"school_attendance"}, {"send_disability"},
    {"child_mental_health", "bereavement", "bullying"}, {"parent_mental_health"}, {"domestic_abuse", "parental_conflict", "family_separation"},
    {"substance_misuse_parent"}, {"substance_misuse_child", "offending_asb"}, {"neglect"}, {"housing"}, {"debt_poverty", "unemployment"},
    {"young_carer"}, {"immigration_nrpf"}, {"health_condition"}, {"isolation", "pregnancy_parenting_start"}, {"parent_in_prison"},
)  # fmt: skip
SEVERAL = 3
"""Different needs from which one plan is needed rather than one service."""


def _from_concerns(context: Context, reading: Reading, known: set[str]) -> Iterator[Found[Hint]]:
    for concern in context.concerns:
        name = _SAME_NAME.get(concern)
        at = next((one for one in context.spotted if one.value == concern), None)
        if name and name not in known and at:
            yield Found(at.start, at.end, Hint(name, True))
    groups = sum(bool(group & set(context.concerns)) for group in _NEED_GROUPS)
    if "needs" not in known and groups:
        yield Found(0, len(reading.at), Hint("needs", "several" if groups >= SEVERAL else "one"))


@lru_cache(2)
def _lexicon(mark: str) -> dict[str, list[tuple[FactValue, tuple[Phrase, ...]]]]:
    """The phrases for anybody, and those that bear the mark of this kind of speaker."""
    return {
        name: [(value, phrases(_fitting(sources, mark))) for value, sources in values.items()]
        for name, values in lexicon("facts").items()
    }


def _fitting(sources: list[str], mark: str) -> list[str]:
    return [source.removeprefix(mark) for source in sources if source.startswith(mark) or not source.startswith("@")]
