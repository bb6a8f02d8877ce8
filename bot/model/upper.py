"""The upper half of the sentence encoder with low-rank adapters, in TensorFlow: for training them, never for service.

The weights stay as published. Beside each matrix of the upper layers stands a product of two thin ones (LoRA, Hu and
others 2021), which is all that training moves. `bot.model.graph` adds the products to the matrices once for service.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from bot.model.low_rank import FIRST, HEAD_READS_AFTER, HEAD_SCALE, HEADS, LAYERS, MATRICES, RANK, SCALE, WIDTH

EPSILON = 1e-12
FAINT = -1e9
"""Added to the attention that a token would pay to the empty places of its batch."""
Tensor = Any
"""TensorFlow has no types."""


class Upper(tf.Module):  # type: ignore[misc]  # TensorFlow has no types
    """Layers from FIRST on, over the states that the layers below leave of each token; one head for each question."""

    def __init__(
        self, weights: Mapping[str, np.ndarray], questions: Mapping[str, int], *, drop: float, seed: int
    ) -> None:
        super().__init__()
        self.drop = drop
        self.fixed = {name: tf.constant(value) for name, value in weights.items() if name.startswith("encoder.")}
        self.turned = {name: tf.constant(np.ascontiguousarray(weights[name].T)) for name in _matrices(self.fixed)}
        dice = np.random.default_rng(seed)
        self.thin = {name: _thin(*weights[f"{name}.weight"].shape, dice) for name in adapted_matrices()}
        self.heads = {name: _head(size, dice) for name, size in questions.items()}

    def below(self, states: Tensor, mask: Tensor) -> Tensor:
        """The states after the layers that have no adapters."""
        for layer in range(FIRST):
            states = self._layer(states, mask, f"encoder.layer.{layer}", learning=False)
        return states

    def read(self, states: Tensor, mask: Tensor, *, learning: bool = False) -> Tensor:
        """Of each text the means after the layers of HEAD_READS_AFTER, each of unit length, side by side."""
        means = []
        for layer in range(FIRST, LAYERS):
            states = self._layer(states, mask, f"encoder.layer.{layer}", learning=learning)
            if layer + 1 in HEAD_READS_AFTER:
                means.append(tf.math.l2_normalize(_mean(states, mask), axis=1))
        return tf.concat(means, axis=1)

    def answers(self, read: Tensor, *, learning: bool = False) -> dict[str, Tensor]:
        """The score of every label of every question."""
        seen = tf.nn.dropout(HEAD_SCALE * read, 2 * self.drop) if learning else HEAD_SCALE * read
        return {name: tf.matmul(seen, weight) + offset for name, (weight, offset) in self.heads.items()}

    def _layer(self, x: Tensor, mask: Tensor, name: str, *, learning: bool) -> Tensor:
        def drop(states: Tensor) -> Tensor:
            return tf.nn.dropout(states, self.drop) if learning else states

        mixed = self._linear(self._attended(x, mask, name), f"{name}.attention.output.dense")
        x = self._norm(x + drop(mixed), f"{name}.attention.output.LayerNorm")
        wide = tf.nn.gelu(self._linear(x, f"{name}.intermediate.dense"))
        return self._norm(x + drop(self._linear(wide, f"{name}.output.dense")), f"{name}.output.LayerNorm")

    def _attended(self, x: Tensor, mask: Tensor, name: str) -> Tensor:
        parts = (self._linear(x, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
        query, key, value = (_by_head(part) for part in parts)
        unseen = (1 - mask[:, None, None, :]) * FAINT
        paid = tf.nn.softmax(tf.matmul(query, key, transpose_b=True) / math.sqrt(WIDTH / HEADS) + unseen)
        return tf.reshape(tf.transpose(tf.matmul(paid, value), [0, 2, 1, 3]), tf.shape(x))

    def _linear(self, x: Tensor, name: str) -> Tensor:
        flat = tf.reshape(x, [-1, self.turned[f"{name}.weight"].shape[0]])
        y = tf.matmul(flat, self.turned[f"{name}.weight"]) + self.fixed[f"{name}.bias"]
        if name in self.thin:
            down, up = self.thin[name]
            y += SCALE * tf.matmul(tf.matmul(flat, down), up)
        return tf.reshape(y, [tf.shape(x)[0], tf.shape(x)[1], y.shape[1]])

    def _norm(self, x: Tensor, name: str) -> Tensor:
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        weight, bias = self.fixed[f"{name}.weight"], self.fixed[f"{name}.bias"]
        return (x - mean) * tf.math.rsqrt(variance + EPSILON) * weight + bias


def embedded(weights: Mapping[str, np.ndarray], ids: np.ndarray) -> np.ndarray:
    """The states of tokens before the first layer, shape (texts, tokens, WIDTH)."""
    places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    x = weights["embeddings.word_embeddings.weight"][ids] + places[: ids.shape[1]]
    flat = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + EPSILON)
    states: np.ndarray = flat * weights["embeddings.LayerNorm.weight"] + weights["embeddings.LayerNorm.bias"]
    return states.astype(np.float32)


def adapted_matrices() -> Sequence[str]:
    return [f"encoder.layer.{layer}.{matrix}" for layer in range(FIRST, LAYERS) for matrix in MATRICES]


def _matrices(fixed: Mapping[str, Tensor]) -> Sequence[str]:
    return [name for name, value in fixed.items() if len(value.shape) == 2]


def _thin(out: int, into: int, dice: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Two thin matrices whose product is nought until they have learned."""
    down = dice.normal(0, 1 / math.sqrt(into), (into, RANK)).astype(np.float32)
    return tf.Variable(down), tf.Variable(np.zeros((RANK, out), np.float32))


def _head(size: int, dice: np.random.Generator) -> tuple[Tensor, Tensor]:
    weight = dice.normal(0, 0.02, (len(HEAD_READS_AFTER) * WIDTH, size)).astype(np.float32)
    return tf.Variable(weight), tf.Variable(np.zeros(size, np.float32))


def _by_head(x: Tensor) -> Tensor:
    parted = tf.reshape(x, [tf.shape(x)[0], tf.shape(x)[1], HEADS, WIDTH // HEADS])
    return tf.transpose(parted, [0, 2, 1, 3])


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    return tf.reduce_sum(states * mask[:, :, None], axis=1) / tf.reduce_sum(mask, axis=1, keepdims=True)
