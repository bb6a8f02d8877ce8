"""The whole service for a test: the real bot, the real actions, the real gateway, each a process that can be stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gateway.serve import model
from gateway.serve.parts import Part, Plan
from gateway.serve.plan import ServeSettings, make_plan
from gateway.settings import Settings
from tests.seen import Seen

START_S = 240


@dataclass
class Stack:
    plan: Plan
    extra_env: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.plan.address

    @property
    def database_url(self) -> str:
        return self.plan.database_url

    def start(self, *names: str) -> None:
        """Start parts (all, unless named) and wait until each says that it is ready."""
        parts = [part for part in self.plan.parts() if not names or part.name in names]
        for part in parts:
            self.running[part.name] = self._launch(part)
        for part in parts:
            self._wait_until_ready(part)

    def stop(self, name: str) -> None:
        process = self.running.pop(name)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)

    def stop_all(self) -> None:
        for name in list(self.running):
            self.stop(name)

    def pid(self, name: str) -> int:
        return self.running[name].pid

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """The part is stopped inside the block and back after it."""
        self.stop(name)
        try:
            yield
        finally:
            self.start(name)

    def _launch(self, part: Part) -> subprocess.Popen[bytes]:
        part.log.parent.mkdir(parents=True, exist_ok=True)
        env = {**os.environ, **part.env, **self.extra_env}
        with part.log.open("ab") as log:
            return subprocess.Popen(part.command, cwd=self.plan.root, env=env, stdout=log, stderr=log)

    def _wait_until_ready(self, part: Part) -> None:
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            if self.running[part.name].poll() is not None:
                break
            try:
                with urllib.request.urlopen(part.health, timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)  # the part has no other way to say that it is up
        raise AssertionError(f"the {part.name} did not start:\n{part.log.read_text()[-3000:]}")


def make_stack(root: Path, folder: Path, models: Path, **env: str) -> Stack:
    """A stack on free ports with an empty database in `folder`; trained models are shared between test runs."""
    from tests.conftest import free_port

    settings = Settings(data_dir=folder, port=free_port(), host="127.0.0.1", officer_demo=True)
    serving = ServeSettings(bot_port=free_port(), actions_port=free_port())
    plan = replace(make_plan(settings, serving, root=root), model=model.model_path(root, models))
    if not plan.model.exists():
        plan.model.parent.mkdir(parents=True, exist_ok=True)
        model.train(plan.bot_python, root, plan.model)
    return Stack(plan, env)


class Refused(AssertionError):
    """The API said no. `problem` is its problem document."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status}: {problem}")
        self.status, self.problem = status, problem


@dataclass
class Talk(Seen):
    """One conversation over the public HTTP API, as a council's own site would hold it."""

    url: str

    @classmethod
    def begin(
        cls, url: str, audience: str = "family", authority: str | None = "warwickshire", channel: str = "web"
    ) -> Talk:
        talk = cls(url)
        body = {"channel": channel, "audience": audience, **({"authority": authority} if authority else {})}
        begun = talk.call("POST", "/api/v1/conversations", body)
        talk.id, talk.token = begun["id"], begun["token"]
        talk.hear(begun)
        return talk

    def say(self, text: str) -> Talk:
        return self._send({"text": text})

    def press(self, choice: str) -> Talk:
        return self._send({"choice": choice})

    def fill(self, **answers: Any) -> Talk:
        return self._send({"answers": answers})

    def _send(self, body: dict[str, Any]) -> Talk:
        self.hear(self.call("POST", f"/api/v1/conversations/{self.id}/messages", body))
        return self

    def call(self, method: str, path: str, body: Any = None, token: str | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        if token or self.token:
            headers["Authorization"] = f"Bearer {token or self.token}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                content = response.read()
        except urllib.error.HTTPError as error:
            raise Refused(error.code, json.loads(error.read() or b"{}")) from None
        return json.loads(content) if content else {}
