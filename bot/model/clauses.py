"""Training clauses (`data/nlu/labelled/clauses.yaml`): one worry each, with the people in it named in three ways."""

from __future__ import annotations

from pathlib import Path

import yaml

_NAMES = (
    {"c": "my son", "m": "his mum", "d": "his dad"},
    {"c": "a girl", "m": "the mother", "d": "the father"},
    {"c": "he", "m": "she", "d": "he"},
)


def plain_clauses(folder: Path) -> list[tuple[str, frozenset[str]]]:
    """Every clause by itself with its concern; those under `none` have none."""
    clauses = yaml.safe_load((folder / "clauses.yaml").read_text(encoding="utf-8"))
    return [
        (clause.format(**names), frozenset({concern}) - {"none"})
        for concern, own in clauses.items()
        for clause in own
        for names in _NAMES
    ]
