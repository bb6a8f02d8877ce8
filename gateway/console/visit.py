"""One visit of a signed-in officer: who, with which form, to which request. Handlers take nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from aiohttp import web

from gateway.console.services import Console
from gateway.console.templating import render
from gateway.console.words import person
from triage.desk import Session
from triage.desk_ports import DeskUnit
from triage.permissions import Officer, Permission, check_request, may_role
from triage.request import RequestForService

T = TypeVar("T")
PATIENCE_S = 60.0


class NotFound(Exception):
    """There is nothing here, or it is not for you: which of these is never said."""


@dataclass(frozen=True, slots=True)
class Visit:
    console: Console
    officer: Officer
    session: Session
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # form fields with several values
    loop: asyncio.AbstractEventLoop | None = None  # handlers run in a thread; what must be awaited runs there

    @property
    def actor(self) -> str:
        return f"officer:{self.officer.id}"

    def may(self, permission: str) -> bool:
        return may_role(self.officer, Permission(permission))

    def page(self, template: str, status: int = 200, **values: Any) -> web.Response:
        values = {"named": self._names(), **values}
        text = render(template, visit=self, officer=self.officer, csrf=self.session.csrf, **values)
        return web.Response(text=text, content_type="text/html", charset="utf-8", status=status)

    def _names(self) -> Callable[[str | None], str]:
        """An officer's name for the id that records keep; looked up only by a page that asks."""

        @cache
        def names() -> dict[str, str]:
            with self.console.units.reading() as unit:
                return {one.id: one.name for one in unit.desk.officers.all()}

        def named(officer_id: str | None) -> str:
            return names().get(person(officer_id), person(officer_id)) if officer_id else person(officer_id)

        return named

    def wait_for(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of something asynchronous, from this handler's own thread."""
        assert self.loop is not None, "set by the guard"
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE_S)

    def ring(self, conversation_id: str) -> None:
        """Tell an open chat page that there is news, on the thread where it listens."""
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self.console.ring, conversation_id)

    def go(self, location: str) -> web.Response:
        return web.Response(status=303, headers={"Location": location})

    def request(self, unit: DeskUnit, permission: Permission, *, why: str) -> RequestForService:
        """The one way to a request: it exists, the role allows it, it is in reach, and the read is on record."""
        found = unit.requests.get(self.path["request_id"])
        if found is None:
            raise NotFound
        check_request(self.officer, permission, found)
        unit.audit(self.console.event(self.actor, "request.read", f"request:{found.id}", why))
        return found

    @contextmanager
    def on_request(self, permission: Permission, *, why: str) -> Iterator[tuple[DeskUnit, RequestForService]]:
        """The request and its transaction for one piece of work: kept together, or not at all where anything is raised."""
        with self.console.units() as unit:
            yield unit, self.request(unit, permission, why=why)
            unit.commit()


Handler = Callable[[Visit], web.Response]


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the console and what it takes to go there. The guard walks nothing but this table."""

    method: str
    path: str
    permission: Permission
    handler: Handler
