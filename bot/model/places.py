"""Where model files live. Two settings, both optional, both read once per process."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def model_dir() -> Path:
    """What was built: encoder, tokenizer, judge. Setting FRONTDOOR_MODEL_DIR."""
    return Path(os.environ.get("FRONTDOOR_MODEL_DIR", ROOT / ".build" / "model"))


def weights_setting() -> Path | None:
    """A folder with `model.safetensors` and `tokenizer.json`, for hosts without a package index."""
    chosen = os.environ.get("FRONTDOOR_MODEL_WEIGHTS")
    return Path(chosen) if chosen else None
