"""The telephone numbers that a rule's own line may name, from the one list (data/services/numbers.yml)."""

from __future__ import annotations

from pathlib import Path

import yaml

LIST = Path(__file__).resolve().parents[2] / "data" / "services" / "numbers.yml"


def numbers(path: Path = LIST) -> dict[str, str]:
    """`number_<name>` for each line of the list."""
    lines = yaml.safe_load(path.read_text(encoding="utf-8"))["numbers"]
    return {f"number_{name}": str(line["number"]) for name, line in lines.items()}
