"""The children and the home: nobody left out, and only once somebody will act (hazards H20, H21)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from triage.conversation import likeness
from triage.conversation.asking import ages_in
from triage.conversation.listening import note_ages, with_children
from triage.conversation.pairing import Told, paired, told_names
from triage.conversation.scene import Scene
from triage.conversation.step import Step, asks, chosen, labels, words_given
from triage.facts import Status
from triage.request import Route, ages_of

ACTS = frozenset({Route.EARLY_RESPONDERS, Route.TARGETED_SUPPORT, Route.MASH_REFERRAL, Route.EXISTING_WORKER})


def somebody_acts(scene: Scene) -> bool:
    return scene.route in ACTS


def acts_or_hurries(scene: Scene) -> bool:
    """Also in an emergency these few are asked, after 999 and where the child is."""
    return somebody_acts(scene) or scene.route == Route.EMERGENCY


def _once(name: str, when: Callable[[Scene], bool] = somebody_acts) -> Callable[[Scene], bool]:
    return lambda scene: when(scene) and not scene.answered(name)


def _take_other_children(scene: Scene) -> Scene | None:
    ages = tuple(int(age) for age in scene.turn.understanding.get("child_ages", ())) or ages_in(scene.turn.text)
    if ages and not scene.turn.choice:
        scene = with_children(scene, _beyond(scene, ages))
        return note_ages(scene, Status.STATED, scene.whole_message())
    answer = chosen(scene, labels(scene, "utter_ask_other_children"), "other_children")
    if answer == "yes":
        return scene.on(scene.dialogue.again("other_children_ages"))
    return scene if answer else None


def _beyond(scene: Scene, ages: tuple[int, ...]) -> list[int]:
    """All ages named, on top of those already there (an age said again is the same child)."""
    return [*(age for age in ages_of(scene.request.children) if age not in ages), *ages]


def _take_more_ages(scene: Scene) -> Scene | None:
    ages = ages_in(str(scene.turn.answers.get("other_children_ages", scene.turn.text)))
    if ages:
        scene = with_children(scene, _beyond(scene, ages))
        return note_ages(scene, Status.STATED, scene.whole_message())
    return scene if scene.turn.choice or likeness.unknown_word(scene.turn.text) else None


GOES_TO = r"\b(?:goes to|at|attends|school is|school:)\s+"
SCHOOL = re.compile(rf"{GOES_TO}(?P<school>[^,.;]+)", re.I)
EACH_WITH_ITS_OWN = re.compile(rf"(?:[,;\n]|\band\b)(?=(?:(?!\band\b)[^,;])*{GOES_TO})", re.I)


def _take_names(scene: Scene) -> Scene:
    """A school in its own field is everybody's; in words it belongs to those who are named with it."""
    text = words_given(scene, "names") or ""
    several = len(re.findall(GOES_TO, text, re.I)) > 1
    pieces = [_at_school(piece) for piece in (EACH_WITH_ITS_OWN.split(text) if several else [text])]
    told = [one for named_here, after, _ in pieces for one in (*named_here, *after)]
    everybody = words_given(scene, "school") if "school" in scene.turn.answers else None
    if not told:
        everybody = everybody or pieces[0][2]
    scene = named(scene, told, everybody)
    own = {one.name: school for named_here, _, school in pieces if school for one in named_here}
    children = (replace(child, school=own.get(child.name or "") or child.school) for child in scene.request.children)
    return scene.with_request(children=tuple(children))


def _at_school(piece: str) -> tuple[list[Told], list[Told], str | None]:
    """Who is named in these words, who after the school (only with an age: else it is the school's town), and the school."""
    found = SCHOOL.search(piece)
    if not found:
        return told_names(piece), [], None
    after = [one for one in told_names(piece[found.end() :]) if one.age is not None]
    return told_names(piece[: found.start()]), after, found["school"].strip()


def named(scene: Scene, told: Sequence[Told], school: str | None) -> Scene:
    """Give the children their names, each with the age that was told of it; a name more is a child more."""
    children = paired(scene.request.children, told)
    if school:
        children = tuple(replace(child, school=school) for child in children)
    scene = scene.with_request(children=children)
    scene = scene.note({"child_identified": True}, Status.STATED) if told else scene
    return note_ages(scene, Status.STATED, scene.whole_message()) if any(one.age is not None for one in told) else scene


def _ask_names(scene: Scene) -> Scene:
    fields = [
        {"name": "names", "kind": "text", "label": "utter_label_names"},
        {"name": "school", "kind": "text", "label": "utter_label_school"},
    ]
    return scene.say("utter_ask_child_names", "question", form={"fields": fields})


def _take_home(scene: Scene) -> Scene:
    where = words_given(scene, "home")
    if where is None:
        return scene
    return scene.with_request(household=(*scene.request.household, {"kind": "home", "words": where}))


def home_words(scene: Scene) -> str | None:
    return next((item["words"] for item in reversed(scene.request.household) if item.get("kind") == "home"), None)


OTHER_CHILDREN = Step(
    "other_children",
    lambda scene: (
        _once("other_children")(scene)
        and scene.known.get("youngest_age") is not None
        and scene.audience != "young_person"
    ),
    asks("utter_ask_other_children"),
    _take_other_children,
)
MORE_AGES = Step("other_children_ages", lambda scene: False, asks("utter_ask_other_children_ages"), _take_more_ages)
NAMES = Step("child_names", _once("child_names", acts_or_hurries), _ask_names, _take_names, open=True)
HOME = Step("home_address", _once("home_address"), asks("utter_ask_home_address"), _take_home, open=True)
