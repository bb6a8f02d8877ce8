"""Tables of what the bot understands.

    python -m bot.evaluation [--diet [EPOCHS]] [--picture docs/intents.svg]

`--diet` also trains stock DIET on the same intents: 30 epochs take some minutes on an idle core, 100 are Rasa's own setting.
Sets: the project's own in `tests/data/`, and labelled examples beside the repository where there are any. Of the sets
called unseen only totals are printed, so that nobody is tempted to mend what they show.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.evaluation import sets, tables
from bot.evaluation.picture import confusion_svg
from bot.evaluation.scores import Found, Share
from bot.evaluation.sets import OWN, Example
from bot.text import concerns
from bot.text.learned import learned
from bot.text.reading import read as reading_of
from bot.text.understand import understand


def main() -> int:
    options = _options()
    beside = sets.examples_folder()
    for name, file in (
        ("own held-out set", OWN / "extraction_test.jsonl"),
        ("labelled examples", beside / "extraction.jsonl"),
    ):
        if examples := sets.extraction(file):
            _understanding(f"{name}, {len(examples)} messages", examples)
    if examples := sets.extraction(OWN / "extraction_unseen.jsonl"):
        _print(f"Understanding, unseen, {len(examples)} messages, totals", tables.understanding(examples, understand))
    _intents(sets.intents(OWN / "intents_test.jsonl"), sets.intents(OWN / "intents_unseen.jsonl"), options)
    for name, files in (
        ("own held-out set", [OWN / "safety_test.jsonl"]),
        ("labelled examples", [beside / "danger.jsonl", beside / "benign.jsonl"]),
    ):
        if examples := sets.safety(*files):
            _print(f"Safety screen, {name}, {len(examples)} messages", tables.danger(examples, understand))
    _speed()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation", description="Measure what the bot understands.")
    parser.add_argument("--diet", type=int, nargs="?", const=30, metavar="EPOCHS", help="compare with stock DIET")
    parser.add_argument("--picture", type=Path, help="write the confusion matrix of intents to this SVG file")
    return parser.parse_args()


def _understanding(name: str, examples: list[Example]) -> None:
    _print(f"Understanding, {name}", tables.understanding(examples, understand))
    _print("  by speaker", tables.by_group(examples, understand, lambda e: str(e.expect["speaker_role"])))
    _print("  by length", tables.by_group(examples, understand, tables.length_band))
    if any(example.group for example in examples):
        _print("  by way of writing", tables.by_group(examples, understand, lambda e: e.group))
    _print("  by concern", tables.by_concern(examples, understand))
    _print("  ablation (concerns)", (f"  {how:22} F1 {_concerns_f1(examples, by):.3f}" for how, by in ABLATION.items()))
    _print("  ten worst", tables.worst(examples, understand))


def _phrases_only(text: str) -> list[str]:
    return concerns.decide(concerns.spotted(reading_of(text), str(understand(text)["speaker_role"])), {})


def _classifier_only(text: str) -> list[str]:
    return concerns.decide([], learned(text).concerns)


def _both(text: str) -> list[str]:
    return list(understand(text)["concerns"])


ABLATION: dict[str, Callable[[str], list[str]]] = {
    "phrases only": _phrases_only,
    "classifier only": _classifier_only,
    "both": _both,
}


def _concerns_f1(examples: list[Example], by: Callable[[str], list[str]]) -> float:
    found = Found()
    for example in examples:
        found.add(example.expect["concerns"], by(example.text))
    return found.f1


def _intents(known: list[Example], unseen: list[Example], options: argparse.Namespace) -> None:
    """Ours and, if asked for, stock DIET's on both sets, in one run; the picture shows the first."""
    true = [str(example.expect["intent"]) for example in known + unseen]
    answers = {"ours": [str(understand(example.text)["intent"]) for example in known + unseen]}
    if options.diet:
        from bot.evaluation.diet import diet_intents

        answers["stock DIET"] = diet_intents(known + unseen, epochs=options.diet)
    for name, part in (("own held-out set", slice(0, len(known))), ("unseen", slice(len(known), None))):
        lines = [f"  {who:12} right {_right(true[part], said[part])}" for who, said in answers.items()]
        _print(f"Intents, {name}, {len(true[part])} messages, {len(set(true[part]))} intents", lines)
    if options.picture:
        pairs = list(zip(true, answers["ours"], strict=True))[: len(known)]
        title = "Intents: what it was (rows), what was said (columns)"
        options.picture.write_text(confusion_svg(pairs, title), encoding="utf-8")
        print(f"  confusion matrix: {options.picture}")


def _right(true: list[str], said: list[str]) -> Share:
    return Share(sum(a == b for a, b in zip(true, said, strict=True)), len(true))


def _speed() -> None:
    texts = [e.text for e in sets.extraction(OWN / "extraction_test.jsonl")]
    forty = [" ".join(f"{a} {b} {c}".split()[:40]) for a, b, c in zip(texts, texts[1:], texts[2:], strict=False)]
    _print("Speed of the whole understanding, 40 words, one thread", [tables.speed(understand, forty)])


def _print(title: str, lines: Iterable[str]) -> None:
    print(f"\n{title}")
    for line in lines:
        print(line)


if __name__ == "__main__":
    sys.exit(main())
