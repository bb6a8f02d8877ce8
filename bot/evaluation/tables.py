"""The tables of `make eval`, each made from examples and what was understood of them."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bot.evaluation.scores import Found, Share
from bot.evaluation.sets import Example

Understood = dict[str, Any]
Reader = Callable[[str], Understood]
LISTS = ("child_ages", "places", "concerns")
SINGLE = ("speaker_role", "already_has_worker", "consent")
LENGTHS = ((1, 5), (6, 15), (16, 40), (41, 10_000))


def understanding(examples: list[Example], read: Reader) -> Iterator[str]:
    """Precision, recall and F1 of what is a list, shares of what is one value."""
    seen = [(example, read(example.text)) for example in examples]
    for key in LISTS:
        found = _found(seen, key)
        yield f"  {key:20} F1 {found.f1:.3f}   precision {found.precision}   recall {found.recall}"
    for key in SINGLE:
        yield f"  {key:20} right {Share(sum(got[key] == e.expect[key] for e, got in seen), len(seen))}"


def by_concern(examples: list[Example], read: Reader) -> Iterator[str]:
    seen = [(set(e.expect["concerns"]), set(read(e.text)["concerns"])) for e in examples]
    for concern in sorted({c for expected, _ in seen for c in expected}):
        one = Found()
        for expected, given in seen:
            one.add(expected & {concern}, given & {concern})
        yield f"  {concern:26} F1 {one.f1:.2f}   recall {one.recall}"


def by_group(examples: list[Example], read: Reader, group: Callable[[Example], str]) -> Iterator[str]:
    """Speaker and concerns for each group, to see whom the service understands less well."""
    groups: dict[str, list[tuple[Example, Understood]]] = defaultdict(list)
    for example in examples:
        groups[group(example)].append((example, read(example.text)))
    for name, seen in sorted(groups.items()):
        right = Share(sum(got["speaker_role"] == e.expect["speaker_role"] for e, got in seen), len(seen))
        yield f"  {name or '-':22} concerns F1 {_found(seen, 'concerns').f1:.2f}   speaker {right}"


def danger(examples: list[Example], read: Reader) -> Iterator[str]:
    """Recall at both levels and false alarms, with Wilson intervals, and recall by category, speaker and length."""
    seen = [(e, read(e.text)["danger"]) for e in examples]
    now = [got for e, got in seen if e.expect["danger"] == "immediate_danger"]
    harm = [(e, got) for e, got in seen if e.expect["danger"] in ("immediate_danger", "safeguarding_concern")]
    calm = [got for e, got in seen if e.expect["danger"] == "none"]
    yield f"  immediate danger, recall        {Share(sum(g == 'immediate_danger' for g in now), len(now))}"
    yield f"  immediate danger, not flagged   {Share(sum(g == 'none' for g in now), len(now))}"
    yield f"  any disclosure, raised          {Share(sum(g != 'none' for _, g in harm), len(harm))}"
    yield f"  false alarm, immediate          {Share(sum(g == 'immediate_danger' for g in calm), len(calm))}"
    yield f"  false alarm, any level          {Share(sum(g != 'none' for g in calm), len(calm))}"
    for name, group in (("category", _category), ("speaker", _speaker), ("length", length_band)):
        yield from _raised(name, harm, group)


def _raised(name: str, harm: list[tuple[Example, str]], group: Callable[[Example], str]) -> Iterator[str]:
    hits: dict[str, list[bool]] = defaultdict(list)
    for example, got in harm:
        hits[group(example)].append(got != "none")
    yield f"  raised by {name}:"
    for key, raised in sorted(hits.items()):
        yield f"    {key or '-':36} {Share(sum(raised), len(raised))}"


def _category(example: Example) -> str:
    return str(example.expect["category"])


def _speaker(example: Example) -> str:
    return example.group


def length_band(example: Example) -> str:
    words = len(example.text.split())
    low, high = next(band for band in LENGTHS if band[0] <= max(words, 1) <= band[1])
    return f"{low:>3} to {high} words" if high < 10_000 else f"{low:>3} words and more"


def worst(examples: list[Example], read: Reader, *, most: int = 10) -> Iterator[str]:
    """The messages with the most wrong, each with what was expected and what was said."""
    wrong = []
    for example in examples:
        got = read(example.text)
        faults = [
            f"{k}: {example.expect[k]} -> {got[k]}" for k in (*LISTS, *SINGLE) if _differs(example.expect[k], got[k])
        ]
        wrong.append((len(faults), example, faults))
    for count, example, faults in sorted(wrong, key=lambda one: -one[0])[:most]:
        if count:
            yield f"  {example.id}: {example.text[:110]}"
            yield from (f"      {fault}" for fault in faults)


def _differs(expected: Any, got: Any) -> bool:
    return set(expected) != set(got) if isinstance(expected, list) else bool(expected != got)


def _found(seen: Iterable[tuple[Example, Understood]], key: str) -> Found:
    found = Found()
    for example, got in seen:
        found.add(example.expect[key], got[key])
    return found


def speed(read: Reader, texts: list[str]) -> str:
    """Median and 95th percentile of one message, in milliseconds, on one core."""
    taken = []
    for text in texts:
        began = time.perf_counter()
        read(text)
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return f"  median {statistics.median(taken):.1f} ms, 95th percentile {taken[int(len(taken) * 0.95)]:.1f} ms, {len(taken)} messages"
