"""What each question settles: the part of `policies/facts.yml` that a conversation needs to hear an answer.

Most questions settle the one fact of their own name; only the others are listed. A test compares this with the
vocabulary, so that the two cannot drift.
"""

from __future__ import annotations

from triage.facts import Value

SETTLES: dict[str, tuple[str, ...]] = {
    "money_and_work": ("adult_out_of_work_or_in_debt",),
    "child_ages": ("youngest_age", "oldest_age"),
}

YES_NO = frozenset(
    {
        "danger_now", "physical_harm", "sexual_harm", "emotional_harm", "neglect", "domestic_abuse", "exploitation",
        "self_harm", "missing", "left_alone", "dangerous_adult", "harm_to_other_children", "forced_marriage_or_honour",
        "fabricated_illness", "nobody_to_care", "medical_care_refused", "injury_not_mobile", "unborn_at_risk",
        "no_worries_like_these", "needs_clear", "family_breakdown", "violent_to_family", "no_recourse",
        "parent_in_prison", "asylum_unaccompanied", "private_fostering", "parenting_support_needed",
        "parental_conflict", "adult_out_of_work_or_in_debt", "health_problems", "youth_concern", "short_break_wanted",
        "send_advice_wanted", "separated_parents_dispute", "has_pr", "court_order", "staff_allegation",
        "homeless_16_17", "account_contradicts", "informing_unsafe", "child_identified", "assessment_in_place", "antenatal_vulnerability_form",
    }
)  # fmt: skip
"""Facts whose value is yes or no."""

UNASKED = frozenset(
    {
        "violent_to_family", "no_recourse", "parent_in_prison", "asylum_unaccompanied", "parenting_support_needed",
        "parental_conflict", "youth_concern", "short_break_wanted", "send_advice_wanted", "separated_parents_dispute",
        "account_contradicts", "court_order", "homeless_16_17", "child_identified", "stepping",
        "antenatal_vulnerability_form",
    }
)  # fmt: skip
"""Facts that no question words: they are only ever heard, and can be taken back when they are read back."""

WORRIES: dict[str, Value] = {
    "physical_harm": False, "sexual_harm": False, "emotional_harm": False, "neglect": False, "domestic_abuse": False,
    "exploitation": False, "self_harm": False, "missing": False, "left_alone": False, "dangerous_adult": False,
    "harm_to_other_children": False, "forced_marriage_or_honour": False, "fgm": "no", "fabricated_illness": False,
    "radicalisation": "none", "nobody_to_care": False, "medical_care_refused": False, "injury_not_mobile": False,
    "unborn_at_risk": False, "family_breakdown": False, "private_fostering": False, "staff_allegation": False,
}  # fmt: skip
"""The tick-list of worries, with what each is worth when somebody saw it and did not tick it."""

TICKS: dict[str, tuple[str, Value]] = {
    "fgm": ("fgm", "at_risk"),
    "fgm_known": ("fgm", "known"),
    "radicalisation": ("radicalisation", "vulnerable"),
    "radicalisation_active": ("radicalisation", "active"),
}
"""Ticks that stand for something else than `yes`."""

NO_WORRIES = "no_worries_like_these"


def facts_of(question: str) -> tuple[str, ...]:
    """The facts that an answer to `question` settles."""
    if question == "worries":
        return (*WORRIES, NO_WORRIES)
    return SETTLES.get(question, (question,))


def question_of(fact: str) -> str:
    """The question that words `fact` (the fact's own name where none of ours does)."""
    if fact in WORRIES or fact == NO_WORRIES:
        return "worries"
    return next((question for question, facts in SETTLES.items() if fact in facts), fact)


def value_of(fact: str, choice: str) -> Value:
    """What a pressed choice is worth: yes and no of yes-no facts, else the choice's own name."""
    return choice == "yes" if fact in YES_NO and choice in {"yes", "no"} else choice


def choice_of(value: Value) -> str:
    """The other way round: the choice that stands for a value."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def ticked(ticks: frozenset[str], shown: frozenset[str]) -> dict[str, Value]:
    """What a tick-list says: ticked worries are there, shown and unticked ones are not."""
    base = {name: WORRIES[name] for name in WORRIES if name in shown}
    named = {name for name in ticks if name in WORRIES or name in TICKS}
    chosen = dict(TICKS.get(name, (name, True)) for name in sorted(named))
    return {**base, **chosen, NO_WORRIES: not named}
