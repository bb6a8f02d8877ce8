"""The conversation in a terminal, over the same HTTP API that everybody uses."""
