"""Teams chats kept in the records, through the unit of work that the gateway is handed."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from gateway.channels.teams.threads import Thread
from gateway.units import Units


@dataclass(frozen=True, slots=True)
class StoredThreads:
    units: Units

    def get(self, tenant: str, chat: str) -> Thread | None:
        with self.units() as unit:
            row = unit.door.thread(tenant, chat)
        return Thread(*row) if row else None

    def put(self, thread: Thread) -> None:
        with self.units() as unit:
            unit.door.put_thread(astuple(thread))
            unit.commit()
