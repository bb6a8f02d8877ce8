"""Measured claims. Each module prints its own table and can be run alone: `python -m benchmarks.policy`."""
