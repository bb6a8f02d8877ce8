"""From the YAML of a condition to its syntax tree. One mapping holds one thing; every mistake is named with its line."""

from __future__ import annotations

from dataclasses import dataclass

from policies.engine.conditions import ALWAYS, All, Any, AtLeast, Between, Condition, FlagUp, Is, Not, Outcome, leaves
from policies.engine.nodes import Node
from policies.engine.vocabulary import LEVELS, ROUTES, Fact, Vocabulary

MOST_DEPTH = 12
MOST_LEAVES = 400
WORDS = ("all", "any", "not", "at_least", "flag", "level", "consent", "route")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition of one kind of rule may name beside facts: a subset of flag, level, consent, route."""

    vocabulary: Vocabulary
    may_name: frozenset[str]


def read_condition(node: Node, scope: Scope) -> Condition:
    """The syntax tree. Raises PackError."""
    condition = _read(node, scope, 1)
    count = sum(1 for _ in leaves(condition))
    if count > MOST_LEAVES:
        node.fail(f"at most {MOST_LEAVES} leaves in a condition", f"{count} leaves")
    return condition


def _read(node: Node, scope: Scope, depth: int) -> Condition:
    if depth > MOST_DEPTH:
        node.fail(f"at most {MOST_DEPTH} levels in a condition", "very deep nesting")
    if node.value == "always":
        return ALWAYS
    entries = node.entries("always, or a mapping such as {physical_harm: yes}")
    if set(entries) == {"at_least", "of"}:
        return _at_least(entries, scope, depth)
    if len(entries) != 1:
        node.fail(
            "one thing in a mapping (combine with all or any)",
            f"{len(entries)} things ({', '.join(list(entries)[:6])})",
        )
    word, inner = next(iter(entries.items()))
    match word:
        case "all":
            return All(_parts(inner, scope, depth))
        case "any":
            return Any(_parts(inner, scope, depth))
        case "not":
            return Not(_read(inner, scope, depth + 1))
        case "flag" | "level" | "consent" | "route":
            return _earlier(word, inner, scope)
        case _:
            return _leaf(word, inner, scope)


def _parts(node: Node, scope: Scope, depth: int) -> tuple[Condition, ...]:
    items = node.items("a list of conditions")
    if not items:
        node.fail("one condition or more", "an empty list")
    return tuple(_read(item, scope, depth + 1) for item in items)


def _at_least(entries: dict[str, Node], scope: Scope, depth: int) -> Condition:
    parts = _parts(entries["of"], scope, depth)
    return AtLeast(entries["at_least"].whole(1, len(parts)), parts)


def _earlier(word: str, node: Node, scope: Scope) -> Condition:
    if word not in scope.may_name:
        node.fail(
            "a fact" + "".join(f", {w}" for w in sorted(scope.may_name)), f"{word}, which is not read yet at this point"
        )
    if word == "flag":
        return FlagUp(node.name())
    if word == "consent":
        return Outcome("consent", frozenset(_chosen(node, None)))
    return Outcome(word, frozenset(_chosen(node, LEVELS if word == "level" else ROUTES)))


def _chosen(node: Node, ordered: tuple[str, ...] | None) -> tuple[str, ...]:
    """The values meant by a value, `one_of`, or (where there is an order) `at_least` and `at_most`."""
    if isinstance(node.value, str):
        return (node.choice(ordered) if ordered else node.name(),)
    entries = node.keyed([], ["is", "one_of"] + (["at_least", "at_most"] if ordered else []))
    if set(entries) == {"is"}:
        return _chosen(entries["is"], ordered)
    if set(entries) == {"one_of"}:
        items = entries["one_of"].items("a list of values")
        if not items or len({str(item.value) for item in items}) != len(items):
            entries["one_of"].fail("one value or more, each once")
        return tuple(item.choice(ordered) if ordered else item.name() for item in items)
    if not entries or not set(entries) <= {"at_least", "at_most"} or ordered is None:
        node.fail("is, one_of" + (", at_least or at_most" if ordered else ""))
    least = ordered.index(entries["at_least"].choice(ordered)) if "at_least" in entries else 0
    most = ordered.index(entries["at_most"].choice(ordered)) if "at_most" in entries else len(ordered) - 1
    if least > most:
        node.fail("a range that holds a value", "an empty range")
    return ordered[least : most + 1]


def _leaf(name: str, node: Node, scope: Scope) -> Condition:
    fact = scope.vocabulary.facts.get(name)
    if fact is None:
        node.fail(f"{', '.join(WORDS)}, or a fact of facts.yml", f'the unknown fact "{name}"')
    if fact.is_number:
        return _number(fact, node)
    return Is(name, frozenset(_values(fact, node)))


def _values(fact: Fact, node: Node) -> tuple[str, ...]:
    if fact.type != "band" and isinstance(node.value, dict) and {"at_least", "at_most"} & set(node.value):
        node.fail("is or one_of (only bands and numbers have an order)")
    values = _chosen(node, fact.values)
    if len(values) == len(fact.values):
        node.fail("some of the values, not all of them", "a test that holds whatever is said")
    return values


def _number(fact: Fact, node: Node) -> Condition:
    if isinstance(node.value, str):
        exact = node.whole(fact.least, fact.most)
        return Between(fact.name, exact, exact)
    entries = node.keyed([], ["is", "one_of", "at_least", "at_most"])
    if set(entries) == {"is"}:
        return _number(fact, entries["is"])
    if set(entries) == {"one_of"}:
        return Any(tuple(_number(fact, item) for item in entries["one_of"].items("a list of numbers")))
    if not entries or not set(entries) <= {"at_least", "at_most"}:
        node.fail("is, one_of, at_least or at_most")
    least = entries["at_least"].whole(fact.least, fact.most) if "at_least" in entries else fact.least
    most = entries["at_most"].whole(fact.least, fact.most) if "at_most" in entries else fact.most
    if least > most or (least, most) == (fact.least, fact.most):
        node.fail("a range that holds some numbers and not all")
    return Between(fact.name, least, most)
