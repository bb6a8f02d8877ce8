"""What the three kinds of training share: files of arrays that are never half written, and sparse rows."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np


def save_whole(path: Path, arrays: Mapping[str, Any]) -> None:
    """Written beside the old file and moved in whole or not at all, for a service that starts meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        part = Path(scratch) / path.name
        np.savez(part, **arrays)
        part.replace(path)


def sparse_rows(rows: Sequence[tuple[np.ndarray, np.ndarray]], columns: int) -> Any:
    """A `csr_matrix` (SciPy has no types) of rows that are each given as places and values."""
    from scipy.sparse import csr_matrix  # only for training: the running bot has no need of SciPy

    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    places, values = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    return csr_matrix((values, places, ends), shape=(len(rows), columns))
