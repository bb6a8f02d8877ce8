from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from gateway.serve.ports import LOOPBACK, PortBusy, any_free_port, claim, is_free, private_port


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as somebody:
        somebody.bind((LOOPBACK, 0))
        somebody.listen()
        yield int(somebody.getsockname()[1])


def test_a_taken_public_port_is_refused_with_what_to_do(taken: int) -> None:
    with pytest.raises(PortBusy, match=rf"Port {taken} is in use, so the front door cannot start.*PORT=…"):
        claim(taken, what="the front door", setting="PORT")


def test_a_free_port_is_claimed() -> None:
    port = any_free_port()
    assert claim(port, what="the front door", setting="PORT") == port


def test_a_private_port_that_was_asked_for_is_never_changed(taken: int) -> None:
    with pytest.raises(PortBusy, match="FRONTDOOR_BOT_PORT"):
        private_port(taken, usual=5005, what="the bot", setting="FRONTDOOR_BOT_PORT")


def test_a_private_port_nobody_asked_for_moves_aside(taken: int) -> None:
    port = private_port(None, usual=taken, what="the bot", setting="FRONTDOOR_BOT_PORT")
    assert port != taken
    assert is_free(port)
