"""Who may do what, down to the field. Deny by default; every refusal is a sentence.

Two questions are kept apart: what a *role* allows (`check_role`/`may_role`), and whether this
*request* is within somebody's reach (`check_reach`/`may_reach`: authority, locality, own family).
Whether a step is possible *now* is a third question, answered in `triage.lifecycle`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from triage.request import RequestForService


class Permission(StrEnum):
    READ_QUEUE = "read_queue"
    READ_REQUEST = "read_request"
    READ_CONTACT = "read_contact"  # phone, e-mail, who must not know
    READ_REPORTER = "read_reporter"  # name of somebody who asked to stay anonymous
    DECIDE = "decide"
    ASSIGN_OTHERS = "assign_others"
    ALLOCATE = "allocate"
    STEP = "step"  # step up, step down, reviews, closing after work
    WRITE_LETTER = "write_letter"
    CLEAR_DO_NOT_TELL = "clear_do_not_tell"
    EXPORT = "export"
    ACKNOWLEDGE = "acknowledge"
    ENTER_BY_PHONE = "enter_by_phone"
    READ_OVERSIGHT = "read_oversight"
    REVIEW_SAMPLE = "review_sample"
    REVIEW_CANDIDATES = "review_candidates"  # read marked words, and say whether they may train the next version
    READ_AUDIT = "read_audit"
    HOLD_RECORD = "hold_record"
    SUBJECT_ACCESS = "subject_access"
    MANAGE_RETENTION = "manage_retention"
    MANAGE_OFFICERS = "manage_officers"
    SWITCH_OFF = "switch_off"
    READ_SAFETY_CASE = "read_safety_case"
    SIGN_SAFETY_CASE = "sign_safety_case"
    READ_RULES = "read_rules"
    DRAFT_RULES = "draft_rules"  # change a copy of the thresholds, and sign it; what decides is changed by deploying


class Role(StrEnum):
    OFFICER = "officer"
    MANAGER = "manager"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    PHONE_OPERATOR = "phone_operator"


_OFFICER = frozenset(
    {
        Permission.READ_QUEUE,
        Permission.READ_REQUEST,
        Permission.READ_CONTACT,
        Permission.READ_REPORTER,
        Permission.DECIDE,
        Permission.STEP,
        Permission.WRITE_LETTER,
        Permission.EXPORT,
        Permission.ACKNOWLEDGE,
        Permission.ENTER_BY_PHONE,
        Permission.READ_RULES,
    }
)
_MANAGER = _OFFICER | {
    Permission.ASSIGN_OTHERS,
    Permission.ALLOCATE,
    Permission.READ_OVERSIGHT,
    Permission.REVIEW_SAMPLE,
    Permission.REVIEW_CANDIDATES,
    Permission.HOLD_RECORD,
    Permission.SUBJECT_ACCESS,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: _OFFICER,
    Role.MANAGER: _MANAGER,
    Role.SAFEGUARDING_LEAD: _MANAGER
    | {
        Permission.CLEAR_DO_NOT_TELL,
        Permission.READ_AUDIT,
        Permission.SWITCH_OFF,
        Permission.READ_SAFETY_CASE,
        Permission.SIGN_SAFETY_CASE,
        Permission.DRAFT_RULES,
    },
    Role.AUDITOR: frozenset(
        {
            Permission.READ_QUEUE,
            Permission.READ_REQUEST,
            Permission.READ_OVERSIGHT,
            Permission.REVIEW_SAMPLE,
            Permission.READ_AUDIT,
            Permission.READ_SAFETY_CASE,
            Permission.READ_RULES,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.MANAGE_OFFICERS,
            Permission.MANAGE_RETENTION,
            Permission.SWITCH_OFF,
            Permission.READ_AUDIT,
            Permission.READ_SAFETY_CASE,
            Permission.SIGN_SAFETY_CASE,
            Permission.READ_RULES,
        }
    ),
    Role.PHONE_OPERATOR: frozenset({Permission.ENTER_BY_PHONE}),
}


class NotAllowed(Exception):
    """A person may not do this. The message is a sentence that may be shown to them."""


@dataclass(frozen=True, slots=True)
class Officer:
    """A member of staff. Empty `authorities` or `localities` means all of them.

    `own_family` holds the ids of requests that concern the officer's own family or friends.
    """

    id: str
    name: str
    roles: frozenset[Role]
    authorities: frozenset[str] = frozenset()
    localities: frozenset[str] = frozenset()
    own_family: frozenset[str] = frozenset()
    email: str | None = None
    active: bool = True

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset().union(*(GRANTS[role] for role in self.roles)) if self.active else frozenset()


def check_role(officer: Officer, permission: Permission) -> None:
    if permission not in officer.permissions:
        raise NotAllowed(f"Your role does not allow this ({permission.value.replace('_', ' ')}).")


def may_role(officer: Officer, permission: Permission) -> bool:
    return permission in officer.permissions


def check_reach(officer: Officer, request: RequestForService) -> None:
    """Own family first: that block must hold for every role."""
    if request.id in officer.own_family:
        raise NotAllowed("This request concerns your own family or friends. Somebody else must deal with it.")
    if officer.authorities and request.authority is not None and request.authority not in officer.authorities:
        raise NotAllowed("This request belongs to another authority.")
    if officer.localities and request.locality is not None and request.locality not in officer.localities:
        raise NotAllowed("This request belongs to another locality.")


def may_reach(officer: Officer, request: RequestForService) -> bool:
    return _holds(check_reach, officer, request)


def check_request(officer: Officer, permission: Permission, request: RequestForService) -> None:
    """What every page about one request calls: the role allows it and the request is in reach."""
    check_role(officer, permission)
    check_reach(officer, request)


def may_request(officer: Officer, permission: Permission, request: RequestForService) -> bool:
    return _holds(check_request, officer, permission, request)


def check_second_person(officer: Officer, first: str) -> None:
    """Clearing a do-not-tell flag takes two people; the second is a safeguarding lead."""
    check_role(officer, Permission.CLEAR_DO_NOT_TELL)
    if officer.id == first:
        raise NotAllowed("A second person must agree: you cannot agree to your own request.")


def may_second_person(officer: Officer, first: str) -> bool:
    return _holds(check_second_person, officer, first)


def _holds(check: Callable[..., None], *args: object) -> bool:
    try:
        check(*args)
    except NotAllowed:
        return False
    return True
