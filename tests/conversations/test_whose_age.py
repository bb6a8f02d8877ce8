"""A name and an age stand together only as they were told: a wrong age on a child's record is worse than an open question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rehearsal import Talk
from tests.conversations.answering import STORY, until
from triage.conversation.pairing import Told, aged_anew, has_open_pairs, paired, told_names
from triage.request import Child, ages_of


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tom 7 and Lily 4", [("Tom", 7), ("Lily", 4)]),
        ("Tom is 7, Lily who is 4", [("Tom", 7), ("Lily", 4)]),
        ("Tom (7), Lily (4)", [("Tom", 7), ("Lily", 4)]),
        ("Tom, 7, Lily, 4", [("Tom", 7), ("Lily", 4)]),
        ("Tom 7 Lily 4", [("Tom", 7), ("Lily", 4)]),
        ("Lily aged four & Tom aged seven", [("Lily", 4), ("Tom", 7)]),
        ("7 year old Tom and the 4 year old is called Lily", [("Tom", 7), ("Lily", 4)]),
        ("my son Tom is 7", [("Tom", 7)]),
        ("Ann 8 months", [("Ann", 0)]),
        ("Ann 18 months old, Tom 7 years old", [("Ann", 1), ("Tom", 7)]),
        ("Tom and Lily who is 4", [("Tom", None), ("Lily", 4)]),
        ("Tom and Lily", [("Tom", None), ("Lily", None)]),
        ("Tom, Lily, 7, 4", [("Tom", None), ("Lily", None)]),
        ("Tom and Lily, 7 and 4", [("Tom", None), ("Lily", None)]),
        ("Tom year 2", [("Tom", None)]),
        ("Tom born 12/3/2017, Lily 1.2.2020", [("Tom", None), ("Lily", None)]),
        ("Mary Ann O'Neil and Zoë-Jane", [("Mary Ann O'Neil", None), ("Zoë-Jane", None)]),
        ("7 and 4", []),
        ("", []),
    ],
)
def test_what_is_told_in_the_same_words_belongs_together(text: str, told: list[tuple[str, int | None]]) -> None:
    assert [(one.name, one.age) for one in told_names(text)] == told


def children(*ages: int | None) -> tuple[Child, ...]:
    return tuple(Child(i, age=age) for i, age in enumerate(ages, start=1))


def named(
    there: tuple[Child, ...], *told: str | tuple[str, int]
) -> list[tuple[str | None, int | None, tuple[int, ...]]]:
    given = [Told(*one) if isinstance(one, tuple) else Told(one) for one in told]
    return [(child.name, child.age, child.one_of) for child in paired(there, given)]


class TestWhereItWasTold:
    def test_each_name_goes_to_the_child_of_its_age_whatever_the_order(self) -> None:
        assert named(children(4, 7), ("Tom", 7), ("Lily", 4)) == [("Lily", 4, ()), ("Tom", 7, ())]

    def test_one_that_is_told_leaves_the_other(self) -> None:
        assert named(children(4, 7), "Tom", ("Lily", 4)) == [("Lily", 4, ()), ("Tom", 7, ())]

    def test_a_new_age_is_a_child_more(self) -> None:
        assert named(children(4), ("Tom", 7)) == [(None, 4, ()), ("Tom", 7, ())]

    def test_a_new_age_for_the_same_name_is_a_correction(self) -> None:
        assert named(paired(children(7), [Told("Tom")]), ("tom", 8)) == [("tom", 8, ())]


class TestWhereThereIsNoChoice:
    def test_one_name_and_one_child(self) -> None:
        assert named(children(8), "Alfie") == [("Alfie", 8, ())]

    def test_twins(self) -> None:
        assert named(children(4, 4), "Tom", "Lily") == [("Tom", 4, ()), ("Lily", 4, ())]

    def test_names_where_no_age_was_told(self) -> None:
        assert named((), "Tom", "Lily") == [("Tom", None, ()), ("Lily", None, ())]

    def test_a_baby_that_is_not_born_is_not_called_anything_yet(self) -> None:
        assert named(children(-1, 4), "Tom") == [(None, -1, ()), ("Tom", 4, ())]


class TestWhereNobodySaid:
    def test_no_name_gets_an_age(self) -> None:
        assert named(children(4, 7), "Tom", "Lily") == [("Tom", None, (4, 7)), ("Lily", None, (4, 7))]

    def test_children_are_neither_lost_nor_counted_twice(self) -> None:
        some = paired(children(2, 4, 7), [Told("Tom"), Told("Lily")])
        assert len(some) == 3
        assert sorted(ages_of(some)) == [2, 4, 7]
        assert has_open_pairs(some)

    def test_a_name_more_is_a_child_more(self) -> None:
        more = paired(children(4, 7), [Told("Tom"), Told("Lily"), Told("Sam")])
        assert [child.name for child in more] == ["Tom", "Lily", "Sam"]
        assert sorted(ages_of(more)) == [4, 7]

    def test_saying_it_afterwards_settles_it(self) -> None:
        open_ = paired(children(4, 7), [Told("Tom"), Told("Lily")])
        assert named(open_, ("Tom", 7), ("Lily", 4)) == [("Lily", 4, ()), ("Tom", 7, ())]

    def test_saying_it_of_one_settles_the_other(self) -> None:
        open_ = paired(children(4, 7), [Told("Tom"), Told("Lily")])
        assert named(open_, ("Tom", 7)) == [("Lily", 4, ()), ("Tom", 7, ())]

    def test_a_name_that_is_put_right_keeps_its_age_and_two_new_ones_are_open(self) -> None:
        there = paired(children(4, 7), [Told("Lily", 4), Told("Tom", 7)])
        assert named(there, "Tom", "Lilly") == [("Lilly", 4, ()), ("Tom", 7, ())]
        assert named(there, "Ben", "Ida") == [("Ben", None, (4, 7)), ("Ida", None, (4, 7))]

    def test_nobody_is_renamed_by_a_name_that_is_added(self) -> None:
        there = paired(children(4, 7), [Told("Lily", 4), Told("Tom", 7)])
        assert named(there, "Sam") == [("Lily", 4, ()), ("Tom", 7, ()), ("Sam", None, ())]


class TestAgesThatArePutRight:
    def test_what_was_right_stays_and_the_one_that_is_left_is_clear(self) -> None:
        there = (Child(1, "Oli", 7), Child(2, "Maya", 3))
        assert [(c.name, c.age) for c in aged_anew(there, (7, 4))] == [("Oli", 7), ("Maya", 4)]

    def test_two_new_ages_belong_to_nobody_yet(self) -> None:
        there = (Child(1, "Oli", 8), Child(2, "Maya", 2))
        assert [(c.age, c.one_of) for c in aged_anew(there, (7, 4))] == [(None, (4, 7)), (None, (4, 7))]


NAMES = st.lists(st.sampled_from(["Tom", "Lily", "Sam", "Ida"]), unique=True, max_size=4)


@given(st.lists(st.integers(-1, 17), max_size=5), NAMES, NAMES)
def test_whatever_is_told_in_whatever_order_no_age_is_lost_and_nobody_is_paired_twice(
    ages: list[int], first: list[str], then: list[str]
) -> None:
    some = paired(paired(children(*ages), [Told(name) for name in first]), [Told(name) for name in then])
    assert sorted(ages_of(some)) == sorted(ages)
    assert set(then) <= {child.name for child in some}
    assert [child.number for child in some] == list(range(1, len(some) + 1))
    guessed = [child for child in some if child.name and child.age is not None]
    assert len(set(ages) - {-1}) <= 1 or len(guessed) <= 1 + ages.count(-1), "several ages, none told of a name"


@given(st.text(max_size=300))
def test_any_text_at_all_is_read(text: str) -> None:
    assert all(one.name for one in told_names(text))


class TestInTheConversation:
    def asked(self) -> Talk:
        talk = Talk().start().say(STORY, speaker_role="parent", child_ages=[7, 4])
        return until(talk, "child_names")

    def test_two_names_in_one_breath_are_kept_without_ages_and_read_back_with_the_question(self) -> None:
        talk = self.asked().say("Tom and Lily")
        assert [(c.name, c.age, c.one_of) for c in talk.request.children] == [
            ("Tom", None, (4, 7)), ("Lily", None, (4, 7)),
        ]  # fmt: skip
        until(talk, "check_answers")
        assert "who is how old" in talk.text()
        talk.press("change:child_names").say("Tom 7, Lily 4", child_ages=[7, 4])
        assert {(c.name, c.age) for c in talk.request.children} == {("Tom", 7), ("Lily", 4)}
        assert "who is how old" not in until(talk, "check_answers").text()
        assert "Tom (7)" in talk.text()

    def test_names_with_their_ages_are_paired_as_told(self) -> None:
        talk = self.asked().say("Tom 7 and Lily 4", child_ages=[7, 4])
        assert {(c.name, c.age) for c in talk.request.children} == {("Tom", 7), ("Lily", 4)}

    def test_an_age_that_is_said_again_is_no_child_more(self) -> None:
        talk = self.asked().say("Tom and Lily").say("my 7 year old hates bedtime", child_ages=[7])
        assert len(talk.request.children) == 2

    @pytest.mark.parametrize(
        ("text", "schools"),
        [
            ("Tom goes to Oak Primary and Lily goes to Elm Infants", {"Tom": "Oak Primary", "Lily": "Elm Infants"}),
            ("Tom at Oak Primary, Lily at Elm Infants", {"Tom": "Oak Primary", "Lily": "Elm Infants"}),
            ("Tom and Lily at Oak Primary", {"Tom": "Oak Primary", "Lily": "Oak Primary"}),
            ("Tom 7 at Oak Primary, Lily 4", {"Tom": "Oak Primary", "Lily": None}),
            ("Tom, Lily at St Peter and Paul, Nuneaton", {"Tom": "St Peter and Paul", "Lily": "St Peter and Paul"}),
        ],
    )
    def test_each_child_has_the_school_that_was_told_and_none_is_lost(self, text: str, schools: dict[str, str]) -> None:
        children = self.asked().say(text).request.children
        assert {child.name: child.school for child in children} == schools

    def test_a_school_that_is_put_right_takes_the_place_of_the_old_one(self) -> None:
        talk = until(self.asked().fill(names="Tom 7, Lily 4", school="Oak Primary"), "check_answers")
        talk.press("change:child_names").fill(names="Tom, Lily", school="Elm Infants")
        assert [child.school for child in talk.request.children] == ["Elm Infants", "Elm Infants"]
        assert {(c.name, c.age) for c in talk.request.children} == {("Tom", 7), ("Lily", 4)}

    def test_services_are_still_found_for_their_ages(self) -> None:
        known = self.asked().say("Tom and Lily").request.facts.known()
        assert (known["youngest_age"], known["oldest_age"]) == (4, 7)
