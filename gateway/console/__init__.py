"""The officers' console at /console: the queue, one request, deciding, and everything after."""

from gateway.console.mount import setup

__all__ = ["setup"]
