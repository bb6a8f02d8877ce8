"""Which name has which age: as it was told, and where it was not told left open. Pure.

"Tom 7 and Lily 4" pairs; "Tom and Lily" beside the ages 4 and 7 does not: a wrong age on a child's record is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from triage.request import Child

UNBORN = -1
LONGEST_NAME = 4  # words
LONGEST_PART = 80  # characters: longer than any name with its age
GAPS = re.compile(r"[,;/&+\n]|\band\b")
DATES = re.compile(
    r"\b(?:born |dob |d\.o\.b\.? )?(?:on |in )?\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:born|dob) (?:in )?\d{4}\b", re.I
)
CLASS = re.compile(r"\b(?:in )?(?:year|yr|class|flat|room|number|no)\.? ?\d+\b", re.I)
"""Numbers that are no age."""
COUNTED = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen",
)  # fmt: skip
NUMBER = rf"(?P<n>\d{{1,2}}|{'|'.join(COUNTED)})"
UNIT = r"(?P<unit>months?|mths?|mo|weeks?|wks?)?(?: ?(?:years?|yrs?|y/?o|yo))?(?:[ -]?old)?"
LED = r"(?:(?:my|our|the|his|her|their|called) )?(?:(?:eldest|oldest|youngest|middle(?: one)?|son|daughter|boy|girl|child|baby|twins?|names? (?:is|are))(?:'s| is| are)?(?: called| named)? )?"
NAME = r"(?P<name>[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,3}?)"
IS = r"[ ,:=(-]*(?:(?:who(?:'?s| is)|is|'s|aged?|age is|nearly|just) ?)*[ :=(-]*"
NAME_AGE = re.compile(rf"{LED}{NAME}{IS}\b{NUMBER} ?{UNIT}\)?", re.I)
AGE_NAME = re.compile(
    rf"(?:(?:my|our|the) )?{NUMBER}[ -]?(?:(?P<unit>months?|weeks?)|years?|yrs?|y/?o|yo)(?:[ -]old)?,?(?: is)?(?: called| named)? {NAME}",
    re.I,
)
ONLY_AGE = re.compile(rf"(?:aged? )?{NUMBER} ?{UNIT}", re.I)
ONLY_NAME = re.compile(rf"{LED}(?P<name>.+)", re.I)
SEVERAL = re.compile(r"(?<=\d)\)?\s+(?=[^\W\d_]+ ?(?:is |aged? |\()?\d)")
"""Between "Tom 7" and "Lily 4" where nothing else stands between them."""


@dataclass(frozen=True, slots=True)
class Told:
    """A name as it was told, with the age that was told of it, where one was."""

    name: str
    age: int | None = None


def told_names(text: str) -> list[Told]:
    """The children that are named in an answer, in order."""
    parts = [part.strip(" .()-") for part in GAPS.split(SEVERAL.sub(", ", CLASS.sub(" ", DATES.sub(" ", text))))]
    parts = [" ".join(part.split()) for part in parts if part]
    return _alternating(parts) or [told for part in parts if (told := _told(part))]


def _alternating(parts: Sequence[str]) -> list[Told]:
    """ "Tom, 7, Lily, 4": each age follows its name. "Tom, Lily, 7, 4" is no such list."""
    names, ages = parts[::2], [ONLY_AGE.fullmatch(part) for part in parts[1::2]]
    plain = len(names) == len(ages) > 0 and not any(any(c.isdigit() for c in name) for name in names)
    if not plain or not all(ages):
        return []
    return [Told(_name(name), _years(age)) for name, age in zip(names, ages, strict=True) if age]


def _told(part: str) -> Told | None:
    if len(part) > LONGEST_PART or ONLY_AGE.fullmatch(part):
        return None  # whose age it is was not said
    if found := NAME_AGE.fullmatch(part) or AGE_NAME.fullmatch(part):
        return Told(_name(found["name"]), _years(found))
    name = _name(part)
    return Told(name) if name and len(name.split()) <= LONGEST_NAME else None


def _name(part: str) -> str:
    found = ONLY_NAME.fullmatch(part)
    return (found["name"] if found else part).removesuffix("'s").removesuffix("’s").strip(" .,'-")


def _years(found: re.Match[str]) -> int:
    said, unit = found["n"].casefold(), (found["unit"] or "").casefold()
    number = int(said) if said.isdecimal() else COUNTED.index(said)
    return 0 if unit.startswith("w") else number // 12 if unit.startswith("m") else number


def paired(children: Sequence[Child], told: Sequence[Told]) -> tuple[Child, ...]:
    """The children with these names. Nobody is taken away; what was told of one name and its age stands."""
    told = [*told, *_named_before(children, told)]
    there, open_ = _spread(children), []
    for one in told:
        place = _place(there, one, told)
        if place is not None:
            there[place] = replace(there[place], name=one.name, age=there[place].age if one.age is None else one.age)
        elif one.age is not None:
            there.append(Child(0, name=one.name, age=one.age))
        else:
            open_.append(one.name)
    return tuple(replace(child, number=i) for i, child in enumerate(_share(there, open_, told), start=1))


def _named_before(children: Sequence[Child], told: Sequence[Told]) -> list[Told]:
    """Names whose age is still open and which a shorter answer ("Tom is 7") leaves out: they are still there."""
    before = [child.name for child in children if child.one_of and child.name]
    if len(told) >= len(before):
        return []
    return [Told(name) for name in before if not any(_same(name, one.name) for one in told)]


def _spread(children: Sequence[Child]) -> list[Child]:
    """Those whose pairing is open, with their ages one by one and without their names: these are told anew."""
    ages = iter(next((child.one_of for child in children if child.one_of), ()))
    return [replace(child, name=None, age=next(ages, None), one_of=()) if child.one_of else child for child in children]


def _place(there: Sequence[Child], one: Told, told: Sequence[Told]) -> int | None:
    """Whom the words mean: the child of this name, else one of this age, else one whose name is told anew."""
    named = [i for i, child in enumerate(there) if _same(child.name, one.name)]
    if named or one.age is None:
        return named[0] if named else None
    free = _free(there, told)
    meant = [i for i in free if there[i].age == one.age] or [i for i in free if there[i].name is not None]
    return meant[0] if meant else None


def _free(there: Sequence[Child], told: Sequence[Told]) -> list[int]:
    """Places of the children to be named: first those without a name; those with another one only where all are told anew."""
    anew = len(told) >= sum(child.name is not None for child in there)
    others = [i for i, child in enumerate(there) if not any(_same(child.name, one.name) for one in told)]
    return sorted((i for i in others if anew or there[i].name is None), key=lambda i: there[i].name is not None)


def _same(name: str | None, other: str) -> bool:
    return name is not None and name.casefold() == other.casefold()


def _share(there: list[Child], names: Sequence[str], told: Sequence[Told]) -> list[Child]:
    """The names whose age was not told, among the children who are left: only where there is no choice is one taken."""
    free = sorted(_free(there, told))
    born = [i for i in free if there[i].age != UNBORN]
    free = born if len(names) <= len(born) else free
    ages = tuple(sorted(age for i in free if (age := there[i].age) is not None))
    if not ages or _no_choice(names, [there[i] for i in free]):
        return _in_order(there, names, free)
    places = [there[i] for i in free] + [Child(0) for _ in names[len(free) :]]
    whose = [*names, *[None] * len(places)]
    open_ = [replace(child, name=name, age=None, one_of=ages) for child, name in zip(places, whose, strict=False)]
    return [child for i, child in enumerate(there) if i not in free] + open_


def _no_choice(names: Sequence[str], children: Sequence[Child]) -> bool:
    """No name, one name for one child, or children who are all of one age."""
    one_age = len({child.age for child in children}) == 1
    return not names or (len(names) <= len(children) and one_age)


def _in_order(there: list[Child], names: Sequence[str], free: Sequence[int]) -> list[Child]:
    for i, name in zip(free, names, strict=False):
        there[i] = replace(there[i], name=name)
    return there + [Child(0, name=name) for name in names[len(free) :]]


def aged_anew(children: Sequence[Child], ages: Sequence[int]) -> tuple[Child, ...]:
    """The children who have a name, with the ages that stand now. An age that was right stays with its child; one name and
    one age that are left belong together; of more than that nobody said whose is whose."""
    left, kept = list(ages), [replace(child, one_of=()) for child in children if child.name]
    for i, child in enumerate(kept):
        if child.age in left:
            left.remove(child.age)
        else:
            kept[i] = replace(child, age=None)
    without = [child for child in kept if child.age is None]
    return tuple(child if child.age is not None else _aged(child, without, left) for child in kept)


def _aged(child: Child, without: Sequence[Child], left: Sequence[int]) -> Child:
    if len(set(left)) == 1 and len(without) == len(left):
        return replace(child, age=left[0])
    return replace(child, one_of=tuple(sorted(left)))


def has_open_pairs(children: Sequence[Child]) -> bool:
    """Whether it is still open which of them is how old."""
    return any(child.one_of for child in children)
