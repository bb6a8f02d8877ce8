"""Sessions on the server: the cookie is a random token, its hash is the key, sign-out ends it for good."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta

from gateway.console.services import Console
from triage.desk import Session
from triage.permissions import Officer

COOKIE = "frontdoor_officer"
TICK = timedelta(minutes=1)  # a session's last use is kept to the minute: a write for each click would cost every page
SECURE_COOKIE = "__Host-frontdoor_officer"


def cookie_name(console: Console) -> str:
    return SECURE_COOKIE if console.settings.secure_cookies else COOKIE


def key_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(console: Console, officer: Officer, how: str) -> str:
    """A new session. Returns its token, which exists nowhere else but in the cookie."""
    token, now = secrets.token_urlsafe(32), console.now()
    session = Session(key_of(token), officer.id, secrets.token_urlsafe(24), now, now)
    with console.units() as unit:
        event = console.event(f"officer:{officer.id}", "session.begun", f"officer:{officer.id}", how)
        unit.desk.sessions.add(session, event)
        unit.commit()
    return token


def find(console: Console, token: str) -> tuple[Session, Officer] | None:
    """The live session behind a cookie; None where it is unknown, ended, idle too long or too old."""
    now = console.now()
    with console.units.reading() as unit:
        session = unit.desk.sessions.get(key_of(token))
        if session is None or not _live(console, session):
            return None
        officer = unit.desk.officers.get(session.officer_id)
    if officer is None or not officer.active:
        return None
    if now - session.last_at >= TICK:
        _touch(console, session)
    return session, officer


def _touch(console: Console, session: Session) -> None:
    """Its last use, on the session as it is now: a sign-out in the same moment must not be undone."""
    with console.units() as unit:
        current = unit.desk.sessions.get(session.id)
        if current is not None and current.ended_at is None:
            unit.desk.sessions.touch(replace(current, last_at=console.now()))
            unit.commit()


def _live(console: Console, session: Session) -> bool:
    now, settings = console.now(), console.settings
    fresh = now - session.last_at <= settings.idle and now - session.created_at <= settings.longest
    return session.ended_at is None and fresh


def end(console: Console, session: Session) -> None:
    with console.units() as unit:
        event = console.event(f"officer:{session.officer_id}", "session.ended", f"officer:{session.officer_id}")
        unit.desk.sessions.save(replace(session, ended_at=console.now()), event)
        unit.commit()
