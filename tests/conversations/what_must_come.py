"""Where each journey must end: its route, and the row of the agreement table that applies (law.md C01-C69)."""

from __future__ import annotations

from tests.conversations.every_journey import Row

HARM = {"significant harm", "emergency"}
ROUTES = {
    "information": "information",
    "early help": "early_responders",
    "targeted support": "targeted_support",
    "child in need": "mash_referral",
    "significant harm": "mash_referral",
    "emergency": "emergency",
    "a worker who is there": "existing_worker",
    "another council": "other_authority",
}
NOTHING_TO_SEND = {"information", "other_authority"}


def route_of(row: Row) -> str:
    """Where it goes: as its outcome says, but for two answers about agreement that change what may happen."""
    if row.agreement == "unsafe_to_ask":
        return "mash_referral"  # treated as significant harm until a social worker says otherwise
    below_need = row.outcome.name in {"early help", "targeted support", "a worker who is there"}
    if row.agreement == "refused" and row.speaker.standing == "parent" and below_need:
        return "information"  # the service stops, and nothing is sent
    return ROUTES[row.outcome.name]


def consent_of(row: Row) -> str:
    """The row of the agreement table that applies."""
    if row.outcome.name == "information":
        return "information_now"
    if row.outcome.name == "emergency":
        return "show_999_now_and_mash"
    if row.outcome.name == "significant harm":
        return "mash_s47_path_do_not_contact_family"
    return _below_harm(row)


def _below_harm(row: Row) -> str:
    need, agreement = row.outcome.name == "child in need", row.agreement
    match row.speaker.standing:
        case "parent":
            return {
                "given": "propose_section_17_assessment" if need else "propose_help",
                "refused": "officer_hold_no_service" if need else "stop_service_give_information",
                "other_parent_disagrees": "one_consent_is_enough_officer_hold",
                "young_person_refuses": "talk_to_the_young_person_first",
            }.get(agreement, "ask_explain_record")
        case "pregnant_person":
            if agreement in {"given", "other_parent_disagrees"}:  # before birth nobody else has a say
                return "propose_pre_birth_help"
            return "information_and_officer_hold" if agreement == "refused" else "ask_explain_record"
        case "young_person_16_17":
            agreed = agreement in {"given", "child_refuses_parent_contact"}
            return "propose_on_own_agreement" if agreed else "talk_to_the_young_person_first"
        case "child_under_16":
            without = agreement == "child_refuses_parent_contact"
            return "accept_and_hold_safe_contact_only" if without else "accept_and_hold_for_competence"
        case "carer_without_pr":
            return "take_request_find_who_can_agree"
        case "relative" | "public":
            return "information_and_officer_hold_identity_protected"
        case "anonymous":
            return "record_and_officer_hold"
    return {
        "given": "propose_section_17_assessment" if need else "propose_help",
        "refused": "hold_social_worker_decides" if need else "advice_to_referrer",
        "cannot_reach": "hold_attempts_recorded" if need else "hold_consent_outstanding",
        "unsafe_to_ask": "treat_as_significant_harm",
    }.get(agreement, "hold_consent_outstanding_clock_runs" if need else "hold_consent_outstanding")
