"""A process that answers /health, or misbehaves: `fake_part.py PORT [die-after SECONDS | never-ready | die | deaf]`."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer


class Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        ours = self.headers.get("X-Frontdoor-Key") == os.environ.get("FRONTDOOR_BOT_KEY")
        self.send_response(200 if ours else 403)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def main() -> None:
    port, manner = int(sys.argv[1]), sys.argv[2:] or ["well"]
    print(f"started with {os.environ.get('FRONTDOOR_BOT_KEY', 'no key')}", flush=True)
    if manner[0] == "die":
        sys.exit("I cannot start: the moon is full")
    if manner[0] == "never-ready":
        time.sleep(600)
    if manner[0] == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if manner[0] == "die-after":
        threading.Timer(float(manner[1]), lambda: os._exit(3)).start()
    HTTPServer(("127.0.0.1", port), Health).serve_forever()


main()
