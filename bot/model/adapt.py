"""Trains the adapter of the sentence encoder: `python -m bot.model.adapt`. About ten minutes of one core.

It learns five things at once from the project's own lines: danger, its category, who writes, what about, and what is
meant. Only the answer on danger is kept; the others make the layers hear more than one thing. One line in five is kept
from it, so that the judge that rests on it is calibrated on lines that it never saw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf
from tokenizers import Tokenizer

from bot.model.build import TOKENIZER, build_encoder
from bot.model.corpus import load_examples
from bot.model.low_rank import WIDTH, Adapter, kept_from_it, mark
from bot.model.understanding import intent_examples, written_lines
from bot.model.upper import Upper, embedded
from bot.model.weights import find_weights
from bot.text.concerns import CONCERNS
from bot.text.normalise import plain
from bot.text.screen.result import CONCERN, IMMEDIATE

EPOCHS, RATE, DROP, DECAY, SEED = 4, 1e-3, 0.1, 0.01, 3
"""Four times over all lines: of two to seven, lines of another hand were heard best about there."""
WARM_UP = 0.08
"""Share of all steps over which the rate rises; then it falls to nought."""
TOKENS, TOKENS_READ = 500, 3000
"""Of one batch, in learning and in reading."""
LONGEST = 96
"""Tokens read of one line."""
WEIGHTS = {"danger": 1.0, "category": 0.3, "concerns": 0.3, "speaker": 0.3, "intent": 0.3}
SEVERAL = frozenset({"danger", "concerns"})
"""Questions to which several labels may be true."""
SOFTENED = 0.04
"""Share of certainty taken from every answer: lines are labelled by people."""

STATES, MASK = tf.TensorSpec([None, None, WIDTH]), tf.TensorSpec([None, None])
"""Of a batch: states of tokens, and where in it there is text."""

Answers = Mapping[str, frozenset[str]]
"""The true labels of one line, for the questions that it answers."""


@dataclass(frozen=True)
class Lines:
    texts: Sequence[str]
    truth: Mapping[str, np.ndarray]  # of each question (texts, labels); nan where a line does not answer it


def lines() -> Lines:
    """All lines that the adapter may see, with what each of them answers."""
    seen = [(text, answers) for text, answers in _every_line() if not kept_from_it(text)]
    return Lines([text for text, _ in seen], {name: _truth(name, [a for _, a in seen]) for name in WEIGHTS})


def _every_line() -> Iterator[tuple[str, Answers]]:
    for example in load_examples():
        danger = {CONCERN: {"harm"}, IMMEDIATE: {"harm", "now"}}.get(example.label, set())
        yield plain(example.text), {"danger": frozenset(danger), "category": frozenset({example.kind})}
    for line in written_lines():
        yield plain(line.text), {"concerns": line.concerns, "speaker": frozenset({line.speaker})}
    for text, intent in intent_examples():
        yield plain(text), {"intent": frozenset({intent})}


def _truth(question: str, answers: Sequence[Answers]) -> np.ndarray:
    labels = _labels(question, answers)
    none = [np.nan] * len(labels)
    rows = [[label in own[question] for label in labels] if question in own else none for own in answers]
    return np.array(rows, dtype=np.float32)


def _labels(question: str, answers: Sequence[Answers]) -> Sequence[str]:
    fixed: Mapping[str, Sequence[str]] = {"danger": ("harm", "now"), "concerns": CONCERNS}
    return fixed.get(question) or sorted(set().union(*(own.get(question, ()) for own in answers)))


def states_of(
    texts: Sequence[str], upper: Upper, weights: Mapping[str, np.ndarray], tokenizer: Any
) -> list[np.ndarray]:
    """What the layers without adapters leave of each token of each text: it never changes, so it is worked out once."""
    ids = [np.array(one.ids) for one in tokenizer.encode_batch(list(texts))]
    below = tf.function(upper.below, input_signature=[STATES, MASK], autograph=False)
    found: list[np.ndarray] = [np.zeros(0)] * len(ids)
    for batch in batches(ids, TOKENS_READ, np.random.default_rng(0)):
        several, mask = padded([ids[n][:, None] for n in batch])
        left = below(embedded(weights, several[:, :, 0].astype(int)), mask).numpy()
        for n, states in zip(batch, left, strict=True):
            found[n] = states[: len(ids[n])].astype(np.float16)
    return found


def learn(
    upper: Upper, states: Sequence[np.ndarray], truth: Mapping[str, np.ndarray], report: Callable[[str], None]
) -> None:
    """Moves the adapters and heads; the same inputs give the same figures on the same machine."""
    tf.random.set_seed(SEED)
    dice = np.random.default_rng(SEED)
    steps = EPOCHS * len(batches(states, TOKENS, np.random.default_rng(SEED)))
    optimizer = tf.keras.optimizers.AdamW(RATE, weight_decay=DECAY, global_clipnorm=1.0)
    step = _step(upper, optimizer, truth)
    for epoch in range(EPOCHS):
        losses = []
        for batch in batches(states, TOKENS, dice):
            optimizer.learning_rate.assign(RATE * _pace(int(optimizer.iterations), steps))
            losses.append(float(step(*padded([states[n] for n in batch]), *(rows[batch] for rows in truth.values()))))
        report(f"{epoch + 1} of {EPOCHS}: loss {np.mean(losses):.3f}")


def _pace(done: int, steps: int) -> float:
    return min((done + 1) / (WARM_UP * steps), max(0.02, 1 - done / steps))


def _step(upper: Upper, optimizer: Any, truth: Mapping[str, np.ndarray]) -> Callable[..., Any]:
    specs = [STATES, MASK, *(tf.TensorSpec([None, rows.shape[1]]) for rows in truth.values())]
    moved = upper.trainable_variables

    @tf.function(input_signature=specs, autograph=False)  # type: ignore[misc]  # TensorFlow has no types
    def step(states: Any, mask: Any, *wanted: Any) -> Any:
        with tf.GradientTape() as tape:
            given = upper.answers(upper.read(states, mask, learning=True), learning=True)
            loss = sum(WEIGHTS[name] * _loss(name, rows, given[name]) for name, rows in zip(truth, wanted, strict=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, moved), moved, strict=True))
        return loss

    return step


def _loss(question: str, wanted: Any, given: Any) -> Any:
    """Mean over the batch; a line that does not answer the question counts as nought."""
    asked = tf.cast(~tf.math.is_nan(wanted[:, 0]), tf.float32)
    wanted = tf.where(tf.math.is_nan(wanted), tf.zeros_like(wanted), wanted)
    if question in SEVERAL:
        soft = wanted * (1 - SOFTENED) + SOFTENED / 2
        lost = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(soft, given), axis=1)
    else:
        soft = wanted * (1 - SOFTENED) + SOFTENED / wanted.shape[1]
        lost = tf.nn.softmax_cross_entropy_with_logits(soft, given)
    return tf.reduce_sum(lost * asked) / tf.cast(tf.shape(given)[0], tf.float32)


def batches(texts: Sequence[np.ndarray], tokens: int, dice: np.random.Generator) -> list[list[int]]:
    """Numbers of texts of about the same length, so many tokens together, in an order that the dice decide."""
    lengths = np.array([len(text) for text in texts])
    found: list[list[int]] = [[]]
    for n in np.argsort(lengths + dice.uniform(0, 3, len(lengths))).tolist():
        if found[-1] and (len(found[-1]) + 1) * max(lengths[n], *lengths[found[-1]]) > tokens:
            found.append([])
        found[-1].append(n)
    dice.shuffle(found)
    return found


def padded(states: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Texts of different length as one array, and where in it there is text."""
    longest = max(len(one) for one in states)
    whole = np.zeros((len(states), longest, states[0].shape[1]), np.float32)
    mask = np.zeros((len(states), longest), np.float32)
    for n, one in enumerate(states):
        whole[n, : len(one)] = one
        mask[n, : len(one)] = 1
    return whole, mask


def train(report: Callable[[str], None] = print) -> Adapter:
    from safetensors.numpy import load_file

    folder, found = build_encoder(), lines()
    weights = load_file(find_weights(folder / "download") / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    upper = Upper(weights, {name: rows.shape[1] for name, rows in found.truth.items()}, drop=DROP, seed=SEED)
    report(f"{len(found.texts)} lines")
    learn(upper, states_of(found.texts, upper, weights, tokenizer), found.truth, report)
    return _kept(upper, found)


def _kept(upper: Upper, found: Lines) -> Adapter:
    head, offset = (part.numpy() for part in upper.heads["danger"])
    down = {name: pair[0].numpy() for name, pair in upper.thin.items()}
    up = {name: pair[1].numpy() for name, pair in upper.thin.items()}
    return Adapter(down, up, head, offset, frozenset(map(mark, found.texts)))


if __name__ == "__main__":
    train().save()
