"""What a caller is asked on the telephone has the right kind of field: a day is picked, or said in the caller's words."""

from __future__ import annotations

from types import SimpleNamespace

from benchmarks.rehearsal import words
from gateway.channels.transcript import Asked
from gateway.console.pages.phone import _answers
from gateway.console.templating import render
from gateway.console.visit import Visit


def call_page(console, *fields: dict, foremost: tuple[tuple[str, str], ...] = ()) -> str:
    officer = SimpleNamespace(name="Ravi Menon")
    visit = SimpleNamespace(may=lambda permission: False)
    asked = Asked(1, foremost, foremost, fields)
    return render(
        "call.html", visit=visit, officer=officer, csrf="c", conversation_id="c1", token="t", key="k", messages=[],
        on_offer=asked,
    )  # fmt: skip


def answers(console, **form: str) -> dict[str, object]:
    named = {name.replace("__", ":"): value for name, value in form.items()}
    return dict(
        _answers(Visit(console, None, None, form=named, many={name: (value,) for name, value in named.items()}))
    )


def test_a_day_is_picked_from_a_calendar_and_may_be_said_in_words(console):
    page = call_page(console, {"name": "due", "kind": "date", "label": "When is the baby due?"})
    assert '<input type="date" id="f-due" name="field:due">' in page
    assert 'name="about:field:due"' in page


def test_what_was_picked_is_a_day_and_wins_over_the_words(console):
    assert answers(console, field__due="2027-02-01", about__field__due="soon") == {"due": "2027-02-01"}
    assert answers(console, field__due="", about__field__due="in the spring") == {"due": "in the spring"}


def test_a_number_to_call_and_an_address_have_their_own_fields(console):
    page = call_page(console, {"name": "phone", "kind": "phone", "label": "Number"},
                     {"name": "email", "kind": "email", "label": "E-mail"},
                     {"name": "story", "kind": "long_text", "label": "More"})  # fmt: skip
    assert 'name="field:phone" type="tel"' in page
    assert 'name="field:email" type="email"' in page
    assert '<textarea id="f-story"' in page


def test_what_can_be_ticked_in_a_list_is_not_a_button_as_well(console):
    ways = {"name": "ways", "kind": "many", "label": "Which are safe?", "choices": [{"id": "text", "label": "Text me"}]}
    page = call_page(console, ways, foremost=(("text", "Text me"), ("not_known", "I don't know")))
    assert page.count("Text me") == 1
    assert 'value="not_known"' in page


def test_a_caller_is_not_told_that_a_person_is_a_computer():
    assert "not a person" not in words().text("utter_opening", audience="family", channel="phone")
