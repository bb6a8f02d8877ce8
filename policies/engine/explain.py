"""Explain, second half: an indication in plain English. Warm and short for families; exact, with the clause, for staff."""

from __future__ import annotations

from collections.abc import Mapping

from policies.engine.indication import Clock, Indication, Reason

_FAMILY_KINDS = ("threshold", "routing", "consent", "duty")


def explain(indication: Indication, reader: str, titles: Mapping[str, str] | None = None) -> list[str]:
    """Lines of text. `reader` is "family" or "staff"; `titles` gives the names of the sources, by key."""
    return _for_family(indication) if reader == "family" else _for_staff(indication, titles or {})


def _for_family(indication: Indication) -> list[str]:
    """What was understood and what comes next. Levels and rules keep their names to themselves."""
    lines = [reason.family for kind in _FAMILY_KINDS for reason in _decisive(indication, kind) if reason.family]
    if indication.offer_title:
        lines.append(
            f"What we suggest: {indication.offer_title}." + (f" {indication.duration}." if indication.duration else "")
        )
    if indication.next_step:
        lines.append(indication.next_step["family"])
    if indication.route is None:
        lines.append("We may ask you a little more, so that the right people can help.")
    return list(dict.fromkeys(lines))


def _for_staff(indication: Indication, titles: Mapping[str, str]) -> list[str]:
    lines = [
        f"{indication.pack} on {indication.on}",
        f"Level: {indication.label} ({indication.level}). Could be: {', '.join(indication.could_be)}.",
        f"Route: {indication.route or _undecided(indication.standing_route)}. Offer: {indication.offer or _undecided(indication.standing_offer)}.",
        f"Consent: {indication.consent or _undecided(indication.standing_consent)}.",
    ]
    if indication.next_step:
        lines.append(f"Next: {indication.next_step['staff']} Contact: {indication.contact}.")
    lines.append("Because:")
    lines += [_staff_reason(reason, titles) for reason in indication.reasons if reason.kind not in ("offer", "also")]
    lines += [_staff_clock(clock, titles) for clock in indication.clocks]
    if indication.matters:
        lines.append(f"Answers that can still change this: {', '.join(indication.matters)}.")
    return lines


def _decisive(indication: Indication, kind: str) -> list[Reason]:
    return [reason for reason in indication.reasons if reason.kind == kind]


def _undecided(standing: str | None) -> str:
    return f"undecided ({standing} if nothing more is said)"


def _staff_reason(reason: Reason, titles: Mapping[str, str]) -> str:
    said = f" Said: {', '.join(reason.facts)}." if reason.facts else ""
    feared = f" Counts until known: {', '.join(reason.presumed)}." if reason.presumed else ""
    return f"- {reason.rule}: {reason.staff or reason.rests_on} [{titles.get(reason.source, reason.source)}, {reason.clause}]{said}{feared}"


def _staff_clock(clock: Clock, titles: Mapping[str, str]) -> str:
    measure, cited = clock.measure, clock.measure.citation
    limit = f"{clock.figure.shown()} {measure.unit.replace('_', ' ')} from {measure.starts.replace('_', ' ')}"
    return f"- Time limit: {measure.what}, {limit} [{titles.get(cited.source, cited.source)}, {cited.clause}]"
