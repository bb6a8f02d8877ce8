"""The whole of `frontdoor serve`, in order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine

from gateway.serve import model
from gateway.serve.parts import Plan
from gateway.serve.progress import Progress
from gateway.serve.supervisor import Supervisor
from records.bootstrap import migrate


def prepare(plan: Plan, progress: Progress) -> None:
    """The data folder, the database, the model."""
    plan.data_dir.mkdir(parents=True, exist_ok=True)
    with progress.step("Database"):
        migrate(plan.database_url)
    if plan.model.exists():
        progress.say("  Dialogue model: unchanged")
        return
    with progress.step("Training the dialogue model"):
        model.train(plan.bot_python, plan.root, plan.model)


async def serve(plan: Plan, progress: Progress) -> None:
    """Start the parts, say where they are, and keep them running until we are asked to stop."""
    supervisor, parts = Supervisor(plan.root, progress), plan.parts()
    asked_to_stop = stop_signal()
    try:
        await first_of(supervisor.begin(parts), asked_to_stop.wait())
        if not asked_to_stop.is_set():
            progress.say(welcome(plan))
            await first_of(supervisor.watch(parts), asked_to_stop.wait())
    finally:
        with progress.step("Stopping everything"):
            await supervisor.end()


def stop_signal() -> asyncio.Event:
    """An event that Ctrl-C or SIGTERM sets."""
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, event.set)
    return event


async def first_of(*coroutines: Coroutine[object, object, object]) -> None:
    """Wait for the first to finish, end the others, and let an error of the first be seen."""
    tasks = [asyncio.create_task(one) for one in coroutines]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


def welcome(plan: Plan) -> str:
    lines = [
        "",
        f"  Chat      {plan.address}/",
        f"  Console   {plan.address}/console",
        f"  Data      {plan.data_dir}",
        "  Ctrl-C stops everything.",
        "",
    ]
    return "\n".join(lines)
