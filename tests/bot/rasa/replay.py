"""Play fixed conversations against a served model and print all that was said and kept, without times.

    python -m tests.bot.rasa.replay MODEL

Run once with the adjustments and once without (FRONTDOOR_STOCK_RASA=1): the two must print the same.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from bot import launch

TURNS = [
    {"choice": "start"},
    {"text": "my son is 7"},
    {"text": "who reads this?"},
    {"text": "he is hitting her right now"},
    {"answers": {"name": "Ada", "more": "he is hitting me"}},
    {"text": "", "choice": "yes"},
    {"text": "/restart"},
    {"text": ""},
    {"text": "maybe he is hitting the roof"},
    {"text": "my son is 7", "audience": "professional"},
]


class FakeActions(BaseHTTPRequestHandler):
    """An action server that repeats what it was told of the turn."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        message = call["tracker"]["latest_message"]
        told = {name: message[name] for name in ("text", "intent", "understanding", "metadata")}
        custom = {"kind": "question", "values": {}, "data": {"told": told, "slots": call["tracker"]["slots"]}}
        self.answer(
            {
                "events": [
                    {"event": "slot", "name": "audience", "value": "young_person"},
                    {"event": "followup", "name": "action_listen"},
                ],
                "responses": [{"response": "utter_ask_danger_now", "custom": custom}],
            }
        )

    def answer(self, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def main(model: str) -> None:
    launch.prepare_rasa()
    server = HTTPServer(("127.0.0.1", 0), FakeActions)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps(asyncio.run(played(model, f"http://127.0.0.1:{server.server_port}/webhook")), indent=1))


async def played(model: str, actions_url: str) -> list[Any]:
    from rasa.utils.endpoints import EndpointConfig

    from bot.components import sentence_vector
    from bot.runtime import reading
    from tests.bot.rasa.bot_kit import make_bot, understood

    reading.understood = understood
    sentence_vector.put_vector = lambda message, words: None
    bot = make_bot(model, action_endpoint=EndpointConfig(actions_url))
    found: list[Any] = []
    for told in TURNS:
        replies = await bot.turn_soon(**told)
        tracker = await bot.agent.tracker_store.retrieve(bot.sender)
        kept = [{**event.as_dict(), "timestamp": None} for event in tracker.events]
        found.append({"shown": replies.shown, "complete": replies.complete, "kept": kept})
    return found


if __name__ == "__main__":
    main(sys.argv[1])
