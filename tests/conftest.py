"""Real servers for the tests that need them: each on loopback, on a free port, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stack import Stack

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI") == "true"


BESIDE = ROOT.parent / "shared"
"""Source documents and labelled examples, which are no part of this repository."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What compares with papers outside the repository is left out where they are not; each such test has a sibling that needs none."""
    if BESIDE.is_dir():
        return
    left_out = [item for item in items if item.get_closest_marker("beside")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def missing(what: str, package: str) -> None:
    """In CI nothing is skipped: what is not there is a failure that says what to install."""
    sentence = f"{what} is not on this machine: install the system package {package}"
    if CI:
        pytest.fail(sentence)
    pytest.skip(sentence)


def wait_until(ready: Callable[[], bool], *, seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return
        time.sleep(0.1)  # polling a server process that has no other way to say that it is up
    pytest.fail(f"{what} did not start within {seconds:.0f} s")


def listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _postgres_bin() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def _as_postgres(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: a container's tests run it as its own user."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    binaries = _postgres_bin()
    if binaries is None:
        missing("PostgreSQL", "postgresql")
    # not in pytest's own folder: that is closed to every other user, and the server runs as its own
    folder = Path(tempfile.mkdtemp(prefix="frontdoor-postgres-"))
    folder.chmod(0o755)
    data, port = folder / "data", free_port()
    data.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        shutil.chown(data, "postgres")
    run = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "cwd": "/"}
    subprocess.run(_as_postgres([str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "frontdoor"]), **run)
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
    control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
    subprocess.run(_as_postgres([*control, "-o", options, "start"]), **{**run, "stderr": subprocess.DEVNULL})
    yield f"postgresql+psycopg://frontdoor@127.0.0.1:{port}/postgres"
    subprocess.run(_as_postgres([*control, "-m", "immediate", "stop"]), **{**run, "check": False})
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """A fresh, empty database for one test; it goes with the server."""
    import psycopg

    name = f"t{os.getpid()}_{time.monotonic_ns()}"
    admin = postgres_server.replace("+psycopg", "")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return postgres_server.rsplit("/", 1)[0] + f"/{name}"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/frontdoor.db"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Both databases in turn: what the records promise holds on each."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = shutil.which("redis-server")
    if server is None:
        missing("Redis", "redis-server")
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    command = [str(server), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: listening(port), seconds=15, what="redis-server")
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    missing("Chromium", "chromium")
    raise AssertionError("unreachable")


@pytest.fixture(scope="session")
def eval_folder() -> Path | None:
    """The labelled examples, where they stand beside the checkout; the tests also mean something without."""
    folder = Path(os.environ.get("FRONTDOOR_EVAL", ROOT.parent / "shared" / "eval"))
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole service, started once; each test begins its own conversations."""
    from tests.stack import make_stack  # here, because tests/bot runs without the service's packages

    running = make_stack(ROOT, tmp_path_factory.mktemp("stack"), ROOT / ".build" / "stack")
    try:
        running.start()
        yield running
    finally:
        running.stop_all()
