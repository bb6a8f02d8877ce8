"""The word lists that lie beside the judges as `<name>.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml


def word_lists(name: str) -> dict[str, Any]:
    """The file `<name>.yml` of this folder as data."""
    data: dict[str, Any] = yaml.safe_load((Path(__file__).parent / f"{name}.yml").read_text(encoding="utf-8"))
    return data


def any_of(lists: Mapping[str, Sequence[str]], name: str) -> re.Pattern[str]:
    """A pattern for any entry of one list, each a regular expression, as whole words."""
    return re.compile(r"\b(?:" + "|".join(lists[name]) + r")\b")
