"""Which ports the parts listen on. A port that was asked for and is taken is refused; a default moves aside."""

from __future__ import annotations

import socket

LOOPBACK = "127.0.0.1"


class PortBusy(Exception):
    """Somebody else listens there. Says which port, for what, and what to do."""


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen on the port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def claim(port: int, *, what: str, setting: str, host: str = LOOPBACK) -> int:
    """The port, if it is free."""
    if not is_free(port, host):
        raise PortBusy(
            f"Port {port} is in use, so {what} cannot start. Stop what uses it, or choose another: {setting}=…"
        )
    return port


def private_port(asked: int | None, *, usual: int, what: str, setting: str) -> int:
    """A loopback port for a part that only we talk to: the one asked for, else the usual one, else any free one."""
    if asked is not None:
        return claim(asked, what=what, setting=setting)
    return usual if is_free(usual) else any_free_port()


def any_free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
