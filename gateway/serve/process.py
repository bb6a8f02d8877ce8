"""One child process: started with its log, ended gently, then firmly."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
from pathlib import Path

from gateway.serve.parts import Part

PATIENCE_S = 8.0
"""How long a part may take to end after it was asked to."""
PR_SET_PDEATHSIG = 1
LAST_LINES = 15


async def start(part: Part, root: Path) -> asyncio.subprocess.Process:
    """Start a part in a session of its own: Ctrl-C reaches only us, and we end the parts in order."""
    part.log.parent.mkdir(parents=True, exist_ok=True)
    with part.log.open("ab") as log:
        return await asyncio.create_subprocess_exec(
            *part.command,
            cwd=root,
            env={**os.environ, **part.env},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent if sys.platform == "linux" else None,
        )


def end_with_parent() -> None:
    """If we are killed outright, the kernel ends the part too (Linux only)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


async def stop(process: asyncio.subprocess.Process, patience_s: float = PATIENCE_S) -> None:
    """Ask the whole session of a part to end; after `patience_s` seconds make it."""
    if process.returncode is not None:
        return
    send(process, signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), patience_s)
    except TimeoutError:
        send(process, signal.SIGKILL)
        await process.wait()


def send(process: asyncio.subprocess.Process, sign: signal.Signals) -> None:
    try:
        os.killpg(process.pid, sign)
    except ProcessLookupError:
        return  # it ended by itself in the meantime


def last_lines(log: Path, count: int = LAST_LINES) -> str:
    """The end of a log, for the person who has to see what went wrong."""
    if not log.exists():
        return ""
    return "\n".join(f"    {line}" for line in log.read_text(errors="replace").splitlines()[-count:])
