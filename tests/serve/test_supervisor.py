from __future__ import annotations

import asyncio
import itertools
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from gateway.serve import process, supervisor
from gateway.serve.parts import Part
from gateway.serve.ports import any_free_port
from gateway.serve.progress import Progress
from gateway.serve.supervisor import PartFailed, Supervisor, answers_once, waits

FAKE = Path(__file__).with_name("fake_part.py")


def part(tmp_path: Path, *manner: str, name: str = "bot") -> Part:
    port = any_free_port()
    command = (sys.executable, str(FAKE), str(port), *manner)
    return Part(name, command, f"http://127.0.0.1:{port}/", {"FRONTDOOR_BOT_KEY": "a-key"}, tmp_path / f"{name}.log")


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
async def watching(tmp_path: Path, said: list[str]) -> AsyncIterator[Supervisor]:
    one = Supervisor(tmp_path, Progress(say=said.append))
    yield one
    await one.end()


async def is_up(one: Part) -> bool:
    async with aiohttp.ClientSession() as http:
        return await answers_once(http, one)


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.05)


async def test_all_parts_are_up_when_the_start_is_over_and_each_step_says_its_time(
    watching: Supervisor, tmp_path: Path, said: list[str]
) -> None:
    parts = [part(tmp_path, name=name) for name in ("bot", "actions")]
    await watching.begin(parts)
    assert [await is_up(one) for one in parts] == [True, True]
    assert sorted(line.split("done in")[0].strip() for line in said) == ["Starting the actions", "Starting the bot"]


async def test_the_key_reaches_a_part_through_its_environment_only(watching: Supervisor, tmp_path: Path) -> None:
    one = part(tmp_path)
    await watching.begin([one])
    assert "a-key" in one.log.read_text()
    assert not any("a-key" in word for word in one.command)


async def test_a_part_that_cannot_start_is_named_with_the_end_of_its_log(watching: Supervisor, tmp_path: Path) -> None:
    with pytest.raises(PartFailed, match=r"(?s)The gateway ended with code 1.*the moon is full"):
        await watching.begin([part(tmp_path, "die", name="gateway")])


async def test_a_part_that_is_never_ready_is_not_waited_for_without_end(watching: Supervisor, tmp_path: Path) -> None:
    watching.ready_within_s = 0.5
    with pytest.raises(PartFailed, match="was not ready"):
        await watching.begin([part(tmp_path, "never-ready")])


async def test_somebody_elses_part_on_our_port_is_not_taken_for_ours(watching: Supervisor, tmp_path: Path) -> None:
    theirs = replace(part(tmp_path, name="theirs"), env={"FRONTDOOR_BOT_KEY": "their-key"})
    await watching.begin([theirs])
    ours = replace(part(tmp_path), health=theirs.health, command=(sys.executable, str(FAKE), "0", "die"))
    with pytest.raises(PartFailed, match="The bot ended"):
        await watching.begin([ours])


async def test_a_crashed_part_is_started_again(
    watching: Supervisor, tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "waits", lambda: itertools.repeat(0.1))
    one = part(tmp_path)
    await watching.begin([one])
    first = watching.running["bot"].pid
    watch = asyncio.create_task(watching.watch([one]))
    watching.running["bot"].kill()

    async def again() -> bool:
        return watching.running["bot"].pid != first and await is_up(one)

    await until(again)
    watch.cancel()
    assert any("The bot ended with code -9" in line for line in said)


def test_waits_grow_to_half_a_minute_and_no_further() -> None:
    assert list(itertools.islice(waits(), 7)) == [1, 2, 4, 8, 16, 30, 30]


async def test_a_part_that_does_not_listen_is_ended_all_the_same(watching: Supervisor, tmp_path: Path) -> None:
    one = part(tmp_path, "deaf")
    await watching.begin([one])
    child = watching.running["bot"]
    await process.stop(child, patience_s=0.3)
    assert child.returncode == -9


async def test_the_end_stops_every_part(watching: Supervisor, tmp_path: Path) -> None:
    parts = [part(tmp_path, name=name) for name in ("bot", "actions", "gateway")]
    await watching.begin(parts)
    await watching.end()
    assert [await is_up(one) for one in parts] == [False, False, False]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends orphans on Linux only")
async def test_no_part_outlives_a_supervisor_that_was_killed_outright(tmp_path: Path) -> None:
    one = part(tmp_path)
    code = (
        "import asyncio, os, signal, sys, pathlib\n"
        "from gateway.serve import process\n"
        "from gateway.serve.parts import Part\n"
        "async def main():\n"
        f"    child = await process.start(Part('bot', {one.command!r}, '', {dict(one.env)!r}, pathlib.Path({str(one.log)!r})), pathlib.Path('.'))\n"
        "    print(child.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout is not None
    child = int(await parent.stdout.readline())
    await until(lambda: is_up(one))
    parent.kill()
    await parent.wait()
    await until(lambda: is_gone(child))


async def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return b"Z" in Path(f"/proc/{pid}/stat").read_bytes().split(b")")[-1][:3]
