"""Builds the services of the gateway. With `app.py` the only place here that knows records."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from gateway.channels.bell import Bell
from gateway.channels.bot_client import Bot, BotClient
from gateway.channels.conversing import Conversing
from gateway.channels.delivery import Delivery
from gateway.channels.fallback import FallbackWords
from gateway.channels.store import ConversationStore, Label, no_label
from gateway.channels.threads import Threads
from gateway.numbers import load_numbers
from gateway.security.rates import Rates
from gateway.services import Services
from gateway.settings import ROOT, Settings
from gateway.words import NoSuchWords, Words
from records.bootstrap import unit_of_work_factory
from records.kept import waiting_conversations
from records.unit_of_work import SqlUnitOfWork

log = logging.getLogger(__name__)


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class RandomIds:
    def new(self) -> str:
        return uuid.uuid4().hex


def bot_client(settings: Settings, http: aiohttp.ClientSession) -> BotClient:
    return BotClient(http, settings.bot_url.rstrip("/"), settings.launch_key, settings.bot_timeout_s)


def build_services(settings: Settings, bot: Bot) -> Services:
    """Everything but the bot's connection, which lives and dies with the running application."""
    units, clock, ids = unit_of_work_factory(settings.database), SystemClock(), RandomIds()
    numbers, bell = load_numbers(), Bell()
    store = ConversationStore(units, clock, ids, label_of(Words.load(ROOT)))
    threads = Threads.for_database(settings.database)
    delivery = Delivery(store, bot, bell, threads)
    conversing = Conversing(store, delivery, FallbackWords(numbers), settings.bot_patience_s, threads)
    rates = Rates.of(settings)
    return Services(
        settings,
        units,
        conversing,
        delivery,
        _waiting(units),
        bell,
        numbers,
        authorities(settings.policies_dir),
        rates,
        clock,
        ids,
    )


def authorities(policies_dir: Path) -> frozenset[str]:
    """Those with a policy pack: one folder each."""
    return frozenset(path.name for path in (policies_dir / "packs").iterdir() if path.is_dir())


def label_of(words: Words) -> Label:
    def label(response: str, audience: str) -> str:
        try:
            return words.text(response, audience=audience)
        except NoSuchWords:
            log.error("no words for %s: its plain name is shown", response)
            return no_label(response, audience)

    return label


def _waiting(units: Callable[[], SqlUnitOfWork]) -> Callable[[], Sequence[str]]:
    def waiting() -> Sequence[str]:
        with units() as unit:
            return waiting_conversations(unit.connection)

    return waiting
