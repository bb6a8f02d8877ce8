"""What must be said before anything else when danger or harm is heard (law.md C44, C50-C54, M01-M03, hazards H01, H17).

Lines are said once. 999 comes first; never more than one further safety line in a turn, so that nobody has to search.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from triage.conversation.listening import certain_danger, danger_in_particular_words, raised
from triage.conversation.scene import Scene
from triage.conversation.step import Step, asks, chosen, labels, words_given
from triage.conversation.story import keep_words
from triage.facts import Status, Value, is_so
from triage.questions import value_of
from triage.request import Route
from triage.turn import Say

Known = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Line:
    """A safety line: its response, and when it is called for."""

    response: str
    when: Callable[[Scene], bool]
    kind: str = "safety"


def _has(*names: str) -> Callable[[Scene], bool]:
    return lambda scene: any(is_so(scene.known.get(name)) for name in names)


def _professional(condition: Callable[[Scene], bool]) -> Callable[[Scene], bool]:
    return lambda scene: scene.professional and condition(scene)


def _known_fgm_duty(scene: Scene) -> bool:
    return scene.known.get("fgm") == "known" and scene.known.get("profession") in {"teacher", "health", "social_work"}


def _police(scene: Scene) -> bool:
    return scene.known.get("profession") == "police"


def _parents_apart(scene: Scene) -> bool:
    """Two people with a say who live apart: neither is shown what the other writes (law.md D08)."""
    apart = scene.known.get("separated_parents_dispute") is True
    return not scene.professional and (apart or scene.known.get("service_agreement") == "other_parent_disagrees")


def _urgent_for_professional(scene: Scene) -> bool:
    return scene.professional and scene.settled.safeguarding and scene.route != Route.EMERGENCY


LINES = (
    Line("utter_self_harm", lambda s: _has("self_harm")(s) and not s.professional),
    Line("utter_fgm_duty", _professional(_known_fgm_duty)),
    Line("utter_one_chance", _has("forced_marriage_or_honour")),
    Line("utter_fabricated_illness", _professional(_has("fabricated_illness"))),
    Line("utter_staff_allegation", _professional(_has("staff_allegation"))),
    Line("utter_phone_now_police", lambda s: _urgent_for_professional(s) and _police(s)),
    Line("utter_phone_now", lambda s: _urgent_for_professional(s) and not _police(s)),
    Line("utter_young_person_safety", lambda s: s.audience == "young_person" and s.settled.safeguarding),
    Line(
        "utter_domestic_abuse_safety",
        lambda s: _has("domestic_abuse")(s) and s.known.get("domestic_abuse_pattern") != "past_and_safe_now",
    ),
    Line("utter_concern_heard", lambda s: s.settled.safeguarding and not s.professional),
    Line("utter_prevent", _has("radicalisation")),
    Line("utter_private_fostering", _has("private_fostering"), "statement"),
    Line("utter_no_recourse", _has("no_recourse"), "statement"),
    Line("utter_parents_apart", _parents_apart, "statement"),
    Line("utter_phone_here", lambda s: NO_NUMBER_YET in s.dialogue.told and s.request.authority is not None),
)


NO_NUMBER_YET = "number_of_nowhere"
"""Remembered when somebody was told to ring before it was known which council's front door is theirs."""

WELCOMES = {
    "relative": "utter_stay_unnamed",
    "public": "utter_stay_unnamed",
    "anonymous": "utter_stay_unnamed",
    "child_under_16": "utter_young_person_welcome",
    "young_person_16_17": "utter_young_person_welcome",
}
"""What somebody has to know as soon as it is clear who they are."""


def keep_safe(scene: Scene) -> Scene:
    """Put the danger line first when it is called for, then who they are talking to, then at most one safety line."""
    scene = _welcomed(danger_first(scene))
    if scene.route == Route.EMERGENCY:
        return scene  # 999 was said; nothing else may stand in its way
    for line in LINES:
        if line.response not in scene.dialogue.told and line.when(scene):
            return _tell(scene, line)
    return scene


def _welcomed(scene: Scene) -> Scene:
    response = WELCOMES.get(str(scene.known.get("requester")))
    return scene.say_once(response) if response and not scene.sent and not _asks_for_their_own(scene) else scene


def _asks_for_their_own(scene: Scene) -> bool:
    """A grandparent who looks for a playgroup needs no word about courts: that is for whoever tells of a harm."""
    calm = not scene.settled.safeguarding and scene.request.danger == "none"
    return scene.known.get("requester") == "relative" and calm


def _tell(scene: Scene, line: Line) -> Scene:
    """One line; lines of the same sort that it stands for are not said later either."""
    same = {
        "utter_one_chance",
        "utter_young_person_safety",
        "utter_concern_heard",
        "utter_domestic_abuse_safety",
        "utter_self_harm",
    }
    told = tuple(same - {"utter_self_harm"}) if line.response in same else (line.response,)
    if scene.request.authority is None:
        told = (*told, NO_NUMBER_YET)
    return scene.say(line.response, line.kind).on(scene.dialogue.tells(line.response, *told))


def danger_first(scene: Scene) -> Scene:
    """999 in the same turn as the first sign, whichever question was open.

    The bot's own rule already says it when the screen is sure; here it is said for what was pressed or worked out.
    """
    if certain_danger(scene):
        return (
            _alarmed(scene).say("utter_emergency_next", "safety")
            if "utter_danger" not in scene.dialogue.told
            else scene
        )
    if scene.route != Route.EMERGENCY or "utter_danger" in scene.dialogue.told:
        return scene
    first = (Say("utter_danger", "safety"), Say("utter_emergency_next", "safety"))
    return replace(_alarmed(scene), said=(*first, *scene.said))


def _alarmed(scene: Scene) -> Scene:
    danger = raised(scene.request.danger, "immediate_danger")
    if danger != scene.request.danger:
        scene = scene.happened("danger.raised", danger).with_request(danger=danger)
    return scene.on(scene.dialogue.tells("utter_danger"))


# ---- "Is anyone in danger right now?": once, lightly, when the screen is in two minds ---------------------------


LIGHT_CHECK, DOUBTED = "light_check", "doubted"
"""Remembered: the screen was unsure, so ask; or the list of worries is still to come and asks it by itself."""


def _danger_now_due(scene: Scene) -> bool:
    """Once after 999 was said, to know whether it is now; once, lightly, for each time the screen was in two minds."""
    if scene.answered("danger_now") or scene.sent:
        return False
    fact = scene.request.facts.get("danger_now")
    if fact is not None and fact.value is True:
        return fact.status is Status.INFERRED
    return LIGHT_CHECK in scene.dialogue.told


def _doubt_left(scene: Scene) -> bool:
    """The list of worries that would have asked it never came."""
    asked = scene.answered("danger_now") or scene.request.facts.get("danger_now") is not None
    return DOUBTED in scene.dialogue.told and not asked and not scene.sent


def _ask_danger_now(scene: Scene) -> Scene:
    after = scene.known.get("danger_now") is True
    return scene.say("utter_ask_danger_after_999" if after else "utter_ask_danger_now", "question")


A_SENTENCE = 5


def _take_danger_now(scene: Scene) -> Scene | None:
    said = chosen(scene, labels(scene, "utter_ask_danger_now"), "danger_now")
    plainly_not = said == "no" and not danger_in_particular_words(scene)  # asked and answered: that outweighs a tone
    answer = "yes" if certain_danger(scene) and not plainly_not else said
    if answer is None:
        return None
    if answer in {"yes", "no"}:
        scene = scene.on(scene.dialogue.tells(SAFE_IN_WORDS)) if len(scene.turn.text.split()) >= A_SENTENCE else scene
        return scene.note({"danger_now": value_of("danger_now", answer)}, Status.STATED, scene.whole_message())
    if scene.known.get("danger_now") is True:
        return scene  # what was heard stands: not knowing is no all-clear
    return scene.note({"danger_now": None}, Status.NOT_KNOWN).say("utter_if_in_danger", "safety")


def notice_doubt(scene: Scene) -> Scene:
    """Remember that the screen was unsure of these words, so that one light question follows them.

    Danger that was denied before is asked about again where words for it are found, not for a mere tone. The answer
    to the question itself raises no new one.
    """
    heard = scene.turn.understanding
    if not heard.get("uncertain") or scene.dialogue.asking == "danger_now":
        return scene
    marked = heard.get("danger", "none") != "none"
    if not marked and not scene.sent and not scene.answered("worries"):
        return scene.on(scene.dialogue.tells(DOUBTED))
    in_words = marked or bool(heard.get("danger_categories"))
    return _ask_again(scene) if in_words else scene.on(scene.dialogue.tells(LIGHT_CHECK))


def doubt_is_a_concern(scene: Scene) -> Scene:
    """Where nobody can be asked whether there is danger, the higher of two readings stands until a person has looked."""
    concern = raised(scene.request.danger, "safeguarding_concern")
    if not scene.turn.understanding.get("uncertain") or concern == scene.request.danger:
        return scene
    return scene.happened("danger.raised", concern).with_request(danger=concern)


def _ask_again(scene: Scene) -> Scene:
    dialogue = scene.dialogue.tells(LIGHT_CHECK).unanswered("danger_now")
    return scene.on(dialogue.again("danger_now") if scene.sent else dialogue)


def _safe_until_due(scene: Scene) -> bool:
    """Of a professional with a possible harm: where the children are, with whom, and until when that is sure."""
    urgent = _urgent_for_professional(scene) and not scene.sent
    return urgent and not scene.answered("safe_until") and SAFE_IN_WORDS not in scene.dialogue.told


def _take_safe_until(scene: Scene) -> Scene:
    return keep_words(scene) if words_given(scene, "safe_until") else scene


SAFE_IN_WORDS = "safe_in_words"
"""Remembered when the question about danger was answered in a sentence, which says this already."""
SAFE_UNTIL = Step("safe_until", _safe_until_due, asks("utter_ask_safe_until"), _take_safe_until, open=True)
DANGER_NOW = Step("danger_now", _danger_now_due, _ask_danger_now, _take_danger_now)
DOUBT_LEFT = replace(DANGER_NOW, due=_doubt_left)


# ---- a child on their own: is it safe to talk? (law.md C68, D05) -------------------------------------------------


def _safe_to_talk_due(scene: Scene) -> bool:
    return (
        scene.known.get("requester") == "child_under_16"
        and scene.route != Route.INFORMATION
        and not scene.answered("safe_to_talk")
    )


def _take_safe_to_talk(scene: Scene) -> Scene | None:
    answer = chosen(scene, labels(scene, "utter_ask_safe_to_talk"), "safe_to_talk")
    if answer == "no":
        later = scene.dialogue.again("safe_to_talk")
        return scene.say("utter_not_safe_to_talk", "safety").on(later)
    return scene if answer else None


SAFE_TO_TALK = Step("safe_to_talk", _safe_to_talk_due, asks("utter_ask_safe_to_talk"), _take_safe_to_talk)
