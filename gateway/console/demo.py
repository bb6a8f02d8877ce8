"""Invented members of staff for trying the console on one machine. Never offered beyond loopback."""

from __future__ import annotations

from triage.permissions import Officer, Role


def _officer(id_: str, name: str, *roles: Role) -> Officer:
    return Officer(id_, name, frozenset(roles))


OFFICERS = (
    _officer("ada", "Ada Okafor", Role.OFFICER),
    _officer("ben", "Ben Hartley", Role.OFFICER),
    _officer("mina", "Mina Rahman", Role.MANAGER),
    _officer("grace", "Grace Lindqvist", Role.SAFEGUARDING_LEAD),
    _officer("tom", "Tom Ferreira", Role.AUDITOR),
    _officer("ivy", "Ivy Castell", Role.ADMINISTRATOR),
    _officer("ravi", "Ravi Menon", Role.PHONE_OPERATOR),
)


def named(officer_id: str) -> Officer | None:
    return next((officer for officer in OFFICERS if officer.id == officer_id), None)
