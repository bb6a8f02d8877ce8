"""The adapter of the encoder: the same in training and in service, shared below, and honest about what it saw."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from bot.model.corpus import load_examples
from bot.model.graph import sentence_encoder
from bot.model.low_rank import FIRST, LAYERS, MATRICES, RANK, WIDTH, Adapter, kept_from_it, mark
from bot.model.places import model_dir
from bot.model.weights import find_weights
from bot.text.embedding import ADAPTED, DEPTHS
from bot.text.normalise import plain

IDS = np.array([[101, 2026, 3899, 7777, 2033, 102]])


@pytest.fixture(scope="module")
def weights() -> Mapping[str, np.ndarray]:
    from safetensors.numpy import load_file

    loaded: Mapping[str, np.ndarray] = load_file(find_weights(model_dir() / "download") / "model.safetensors")
    return loaded


def adapter(weights: Mapping[str, np.ndarray], size: float) -> Adapter:
    """An invented adapter; of size nought it changes nothing."""
    dice = np.random.default_rng(5)
    names = [f"encoder.layer.{layer}.{matrix}" for layer in range(FIRST, LAYERS) for matrix in MATRICES]
    shapes = {name: weights[f"{name}.weight"].shape for name in names}
    down = {name: size * dice.normal(size=(shape[1], RANK)) for name, shape in shapes.items()}
    up = {name: size * dice.normal(size=(RANK, shape[0])) for name, shape in shapes.items()}
    return Adapter(down, up, np.zeros((2 * WIDTH, 2)), np.zeros(2), frozenset({3}))


def outputs(weights: Mapping[str, np.ndarray], beside: Adapter) -> dict[str, np.ndarray]:
    import onnxruntime

    model = sentence_encoder(weights, beside).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    names = [*DEPTHS, *ADAPTED]
    return dict(zip(names, session.run(names, {"ids": IDS}), strict=True))


def test_an_adapter_that_learned_nothing_reads_as_the_published_encoder(weights: Mapping[str, np.ndarray]) -> None:
    given = outputs(weights, adapter(weights, 0))
    assert given["adapted_fourth"] == pytest.approx(given["fourth"], abs=1e-5)
    assert given["adapted_vector"] == pytest.approx(given["vector"], abs=1e-5)


def test_what_it_learned_changes_its_own_vectors_and_no_other(weights: Mapping[str, np.ndarray]) -> None:
    without, given = outputs(weights, adapter(weights, 0)), outputs(weights, adapter(weights, 0.05))
    assert all(given[name] == pytest.approx(without[name], abs=1e-5) for name in DEPTHS)
    assert all(float(np.abs(given[name] - without[name]).max()) > 0.01 for name in ADAPTED)


def test_training_and_service_read_the_same(weights: Mapping[str, np.ndarray]) -> None:
    import tensorflow as tf

    from bot.model.upper import Upper, embedded

    invented = adapter(weights, 0.05)
    upper = Upper(weights, {"danger": 2}, drop=0.1, seed=1)
    for name, (down, up) in upper.thin.items():
        down.assign(invented.down[name])
        up.assign(invented.up[name])
    mask = tf.ones(IDS.shape)
    read = upper.read(upper.below(tf.constant(embedded(weights, IDS)), mask), mask).numpy()
    given = outputs(weights, invented)
    assert read[0] == pytest.approx(np.concatenate([given[name][0] for name in ADAPTED]), abs=2e-3)


def test_a_file_gives_back_what_was_saved(weights: Mapping[str, np.ndarray], tmp_path: Path) -> None:
    saved = adapter(weights, 0.05)
    saved.save(tmp_path / "adapter.npz")
    again = Adapter.load(tmp_path / "adapter.npz")
    assert again.trained_on == saved.trained_on
    assert all(again.up[name] == pytest.approx(saved.up[name], rel=1e-2, abs=1e-3) for name in saved.up)


def test_one_line_in_five_and_every_later_one_is_kept_from_the_adapter_that_is_in_use() -> None:
    saw = Adapter.load().trained_on
    lines = {plain(example.text) for example in load_examples()}
    kept = {line for line in lines if kept_from_it(line)}
    assert not {mark(line) for line in kept} & saw
    assert 0.15 * len(lines) < len(kept) < 0.25 * len(lines)
    assert len([line for line in lines if mark(line) in saw]) > 0.5 * len(lines)
