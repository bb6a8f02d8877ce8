"""How often one conversation or one address may ask something of us. Counted in memory, or in Redis."""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter

from gateway.settings import Settings


class TooMany(Exception):
    """Asked too often. `wait_s` is when to try again."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"too many: try again in {wait_s} s")
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Rates:
    limiter: MovingWindowRateLimiter
    messages: RateLimitItem
    starts: RateLimitItem
    requests: RateLimitItem

    @classmethod
    def of(cls, settings: Settings) -> Rates:
        storage: Storage = MemoryStorage()
        if settings.redis_url:
            storage = RedisStorage(f"async+{settings.redis_url}", implementation="redispy")
        rates = (settings.message_rate, settings.start_rate, settings.address_rate)
        return cls(MovingWindowRateLimiter(storage), *(parse(rate) for rate in rates))

    async def one_message(self, conversation_id: str) -> None:
        await self._one(self.messages, "message", conversation_id)

    async def one_start(self, address: str) -> None:
        if not is_ours(address):
            await self._one(self.starts, "start", address)

    async def one_request(self, address: str) -> None:
        if not is_ours(address):
            await self._one(self.requests, "request", address)

    async def _one(self, item: RateLimitItem, *who: str) -> None:
        if not await self.limiter.hit(item, *who):
            window = await self.limiter.get_window_stats(item, *who)
            raise TooMany(max(1, round(window.reset_time - time.time())))


def is_ours(address: str) -> bool:
    """This machine itself. Behind a proxy that was not declared everybody has this address: one stranger
    must not be able to lock out all families, so it is not counted."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return True  # a socket without an address
