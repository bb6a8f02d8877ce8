"""The HTTP API: what a council's own site, a terminal or a test calls."""
