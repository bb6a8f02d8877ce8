"""`frontdoor policy`: the gates of the packs, and the engine at a terminal. One module for each thing that is asked of it."""

from gateway.commands.policy import comparing, deciding, gates, pages, replaying, signing
from gateway.commands.policy.shared import app

__all__ = ["app", "comparing", "deciding", "gates", "pages", "replaying", "signing"]
