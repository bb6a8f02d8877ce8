"""Check your answers: every line of what would be sent, in the person's words, each one changeable."""

from __future__ import annotations

from dataclasses import dataclass, replace

from triage.consent import ConsentKind
from triage.conversation.agreeing import labels_heard
from triage.conversation.asking import wording
from triage.conversation.household import home_words
from triage.conversation.pairing import has_open_pairs
from triage.conversation.reaching import WAYS
from triage.conversation.scene import Scene
from triage.conversation.step import Step, chosen, labels
from triage.facts import Fact, Status, is_so
from triage.questions import NO_WORRIES, WORRIES, question_of
from triage.request import Child, Route, ages_of

NOT_SHOWN = frozenset({"child_identified", "youngest_age", "oldest_age", "service_agreement", "danger_now", NO_WORRIES})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the summary: the step that changes it, its label, and the answer as it stands in the record."""

    step: str
    label: str
    answer: str


def summary(scene: Scene) -> tuple[Line, ...]:
    """What would be sent. Everything here comes from the record, nothing from the dialogue."""
    lines = [*_story(scene), *_children(scene), *_facts(scene), *_consents(scene), *_reaching(scene), *_voices(scene)]
    return tuple(line for line in lines if line.answer)


def _line(scene: Scene, step: str, answer: str | None) -> Line:
    return Line(step, scene.ports.words.text(f"utter_line_{step}", audience=scene.audience), answer or "")


def _story(scene: Scene) -> list[Line]:
    return [_line(scene, "story", scene.request.story)]


def _children(scene: Scene) -> list[Line]:
    children = scene.request.children
    names = ", ".join(_named(scene, child) for child in children if child.name)
    school = ", ".join(dict.fromkeys(child.school for child in children if child.school))
    ages = ", ".join(_age(scene, age) for age in ages_of(children))
    open_ = (
        scene.ports.words.text("utter_line_whose_age", audience=scene.audience) if has_open_pairs(children) else None
    )
    return [
        _line(scene, "child_ages", ages),
        _line(scene, "child_names", "; ".join(filter(None, (names, school, open_)))),
        _line(scene, "place", scene.request.place),
        _line(scene, "home_address", home_words(scene)),
    ]


def _named(scene: Scene, child: Child) -> str:
    """Of several children each with the age that is theirs, so that a wrong one is seen."""
    if len(scene.request.children) == 1 or child.age is None:
        return str(child.name)
    return f"{child.name} ({_age(scene, child.age)})"


def _age(scene: Scene, age: int) -> str:
    return scene.ports.words.text("utter_unborn", audience=scene.audience) if age == -1 else str(age)


def _facts(scene: Scene) -> list[Line]:
    facts = scene.request.facts.latest()
    worries = _worries(scene, facts)
    told = [f for f in facts.values() if f.value is not None and f.name not in NOT_SHOWN and f.name not in WORRIES]
    steps = dict.fromkeys(question_of(f.name) for f in told if question_of(f.name) not in {"child_ages", "place"})
    return [*worries, *(_line(scene, step, ", ".join(wording(scene, step))) for step in steps)]


def _worries(scene: Scene, facts: dict[str, Fact]) -> list[Line]:
    offered = labels(scene, "utter_ask_worries")
    there = [name for name in WORRIES if name in facts and is_so(facts[name].value)]
    said = "; ".join(
        offered.get(name, scene.ports.words.text(f"utter_line_{name}", audience=scene.audience)) for name in there
    )
    none = offered.get(NO_WORRIES, "") if NO_WORRIES in facts and facts[NO_WORRIES].value is True else ""
    danger = facts.get("danger_now")
    now = offered.get("danger_now", "") if danger is not None and danger.value is True else ""
    return [_line(scene, "worries", "; ".join(filter(None, (now, said))) or none)]


def _consents(scene: Scene) -> list[Line]:
    value = scene.known.get("service_agreement")
    agreed = labels_heard(scene).get(str(value), "") if value is not None else ""
    offered = labels(scene, "utter_ask_sharing")
    latest = {r.agency: r.value for r in scene.request.consents if r.kind is ConsentKind.SHARING}
    shared = [offered.get(f"share:{agency}", str(agency)) for agency, v in latest.items() if v == "given"]
    nobody = offered.get("share:none", "") if latest and not shared else ""
    return [_line(scene, "service_agreement", agreed), _line(scene, "sharing", "; ".join(shared) or nobody)]


def _reaching(scene: Scene) -> list[Line]:
    safe = scene.request.safe_contact
    who = ", ".join(filter(None, (safe.name_to_use, safe.phone, safe.email, safe.hours)))
    offered = labels(scene, "utter_ask_safe_ways")
    ways = "; ".join(offered.get(f"contact:{way}", way) for way, field in WAYS.items() if getattr(safe, field))
    if scene.answered("safe_ways") and not ways:
        ways = offered.get("contact:none", "")
    return [
        _line(scene, "contact", who),
        _line(scene, "safe_ways", "" if scene.professional else ways),
        _line(scene, "must_not_know", safe.must_not_know),
    ]


def _voices(scene: Scene) -> list[Line]:
    request = scene.request
    voice = next((child.voice for child in request.children if child.voice), None)
    wishes = ". ".join(filter(None, (request.wishes, request.strengths)))
    return [_line(scene, "wishes", wishes), _line(scene, "child_voice", voice)]


def _check_due(scene: Scene) -> bool:
    return (
        scene.route not in {Route.INFORMATION, Route.EMERGENCY, Route.OTHER_AUTHORITY}
        and not scene.sent
        and not scene.answered(CHECK.name)
    )


def _ask_check(scene: Scene) -> Scene:
    return _show(scene, "utter_check_answers", _send_label(scene))


def _ask_check_so_far(scene: Scene) -> Scene:
    """Half-way nothing can be sent yet: the same lines, with a way on instead."""
    return _show(scene, "utter_check_so_far", scene.ports.words.text("utter_label_go_on", audience=scene.audience))


def _show(scene: Scene, response: str, onward: str) -> Scene:
    lines = summary(scene)
    text = "\n".join(f"{line.label}: {line.answer}" for line in lines)
    changes = tuple((f"change:{line.step}", _change(scene, line)) for line in lines)
    choices = (
        ("send", onward),
        *changes,
        ("leave", scene.ports.words.text("utter_label_leave", audience=scene.audience)),
    )
    rows = [{"step": line.step, "label": line.label, "answer": line.answer} for line in lines]
    return scene.say(response, "summary", values={"summary": text}, choices=choices, data={"lines": rows})


def _change(scene: Scene, line: Line) -> str:
    return scene.ports.words.text("utter_label_change", audience=scene.audience, values={"what": line.label})


def _send_label(scene: Scene) -> str:
    return scene.ports.words.text("utter_label_send", audience=scene.audience)


def _take_check(scene: Scene) -> Scene | None:
    """Yes or send sends; no or a line's name changes. Anything else is not an answer to this."""
    lines = summary(scene)
    changes = {f"change:{line.step}": line.label for line in lines}
    pressed = chosen(scene, {"send": _send_label(scene), "yes": "Yes", "no": "No", **changes}, "check_answers")
    if pressed in {"send", "yes"}:
        return confirmed(scene)
    if pressed == "no":
        return scene.say("utter_which_to_change", "statement").on(scene.dialogue.again("check_answers"))
    return scene.on(scene.dialogue.again(pressed.removeprefix("change:"))) if pressed in changes else None


def confirmed(scene: Scene) -> Scene:
    """What was read back and not objected to is confirmed."""
    heard = scene.request.facts.unconfirmed()
    facts = [replace(fact, status=Status.CONFIRMED, at=scene.turn.at) for fact in heard]
    return replace(scene, request=scene.request.note(*facts))


CHECK = Step("check_answers", _check_due, _ask_check, _take_check)
CHECK_SO_FAR = replace(CHECK, ask=_ask_check_so_far)
