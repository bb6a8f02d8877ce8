"""Builds the sentence encoder once: verified weights → ONNX graph → int8, cached by content.

`python -m bot.model.build` builds it and everything that is trained on it, and prints the folder. A second
run finds all in the cache and takes no time.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from bot.model.places import ROOT, model_dir
from bot.model.weights import PUBLISHED_SHA256, find_weights

ENCODER, TOKENIZER, STAMP = "encoder.onnx", "tokenizer.json", "encoder.stamp.json"
RECIPE = tuple(ROOT / "bot" / "model" / name for name in ("graph.py", "build.py", "low_rank.py", "adapter.npz"))


def build_encoder(folder: Path | None = None) -> Path:
    """The folder with encoder and tokenizer, built if the recipe or the weights changed."""
    folder = folder or model_dir()
    stamp = _stamp()
    if not _is_current(folder, stamp):
        folder.mkdir(parents=True, exist_ok=True)
        _build(find_weights(folder / "download"), folder)
        (folder / STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    return folder


def _stamp() -> dict[str, str]:
    """What the encoder is made of: a change of any part builds it again."""
    recipe = hashlib.sha256(b"".join(path.read_bytes() for path in RECIPE)).hexdigest()
    return {"weights": PUBLISHED_SHA256, "recipe": recipe}


def _is_current(folder: Path, stamp: dict[str, str]) -> bool:
    written = folder / STAMP
    parts = all((folder / name).is_file() for name in (ENCODER, TOKENIZER, STAMP))
    return parts and json.loads(written.read_text(encoding="utf-8")) == stamp


def _build(weights: Path, folder: Path) -> None:
    """Built beside the cache and moved in whole, so that a broken build is never served."""
    import onnx  # only needed here: the running bot needs ONNX Runtime alone
    from safetensors.numpy import load_file

    from bot.model.graph import sentence_encoder
    from bot.model.low_rank import Adapter

    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        full, small = Path(scratch) / "full.onnx", Path(scratch) / "int8.onnx"
        onnx.save(sentence_encoder(load_file(weights / "model.safetensors"), Adapter.load()), str(full))
        _quantise(full, small)
        shutil.copyfile(weights / TOKENIZER, folder / TOKENIZER)
        small.replace(folder / ENCODER)


def _quantise(full: Path, small: Path) -> None:
    """int8 with one scale per output channel: cosine to full precision 0.99, a scale per tensor 0.94."""
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic

    fused_nodes_have = {"DefaultTensorType": TensorProto.FLOAT}
    quantize_dynamic(full, small, per_channel=True, weight_type=QuantType.QInt8, extra_options=fused_nodes_have)


def build_all() -> Path:
    """Encoder, safety judge, and the classifiers of understanding."""
    from bot.model.train import build_judge
    from bot.model.understanding import build as build_understanding

    folder = build_encoder()
    build_judge(folder)
    build_understanding()
    return folder


if __name__ == "__main__":
    print(build_all())
