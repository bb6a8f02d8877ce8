"""Leaders see how proposals and decisions differ, who stamps, what comes again, and who waits longer."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.desk_kit import NOW, a_request, keep, proposal
from triage.oversight import (
    DecisionLine,
    RequestLine,
    Share,
    agreement,
    agreement_by,
    band,
    breakdown,
    habits,
    re_referrals,
    seeded_caught,
    timeliness,
    wilson,
)
from triage.request import Decision, Level, Route


def line(
    number=1, level="targeted", proposed="targeted", action="confirm", minutes=5.0, officer="ada", **more
) -> DecisionLine:
    return DecisionLine(
        f"r{number}", "warwickshire", officer, action, level, more.pop("route", "targeted_support"),
        NOW, NOW + timedelta(minutes=minutes), more.pop("blind", False), proposed, "targeted_support", **more,
    )  # fmt: skip


def request(number=1, **changes) -> RequestLine:
    values = {
        "id": f"r{number}", "authority": "warwickshire", "locality": "nuneaton", "channel": "web", "audience": "family",
        "language": "en", "requester_role": "parent", "state": "sent", "level": "targeted", "route": "targeted_support",
        "consent": "given", "has_voice": False, "sent_at": NOW, "opened_at": None, "decided_at": None, "due_at": None,
    }  # fmt: skip
    return RequestLine(**{**values, **changes})


def test_wilson_is_the_textbook_interval():
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)


@given(of=st.integers(1, 500), part=st.floats(0, 1))
def test_an_interval_holds_its_share_and_stays_within_bounds(of, part):
    hits = round(of * part)
    low, high = wilson(hits, of)
    assert 0 <= low <= hits / of + 1e-9
    assert hits / of - 1e-9 <= high <= 1


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(Level)),
            st.sampled_from(list(Level)),
            st.sampled_from(["confirm", "override", "hold", "ask"]),
        )
    )
)
def test_the_four_outcomes_of_agreement_are_all_there_is(pairs):
    lines = [line(n, level.value, proposed.value, action) for n, (level, proposed, action) in enumerate(pairs)]
    found = agreement(lines)
    total = found.same.hits + found.raised.hits + found.lowered.hits + found.rerouted.hits
    assert total == found.same.of == sum(action in ("confirm", "override") for _, _, action in pairs)


def test_agreement_is_counted_in_both_directions():
    lines = [line(1), line(2, "child_in_need", action="override"), line(3, "early_help", action="override"),
             line(4, action="override", route="mash_referral"), line(5, action="hold")]  # fmt: skip
    found = agreement(lines)
    assert [s.hits for s in (found.same, found.raised, found.lowered, found.rerouted)] == [1, 1, 1, 1]
    assert found.same.of == 4, "a hold judges nothing yet"


def test_a_decision_counts_under_each_rule_that_fired():
    found = agreement_by([line(rules=("a", "b")), line(2, rules=("b",))], lambda one: one.rules)
    assert {name: a.same.of for name, a in found.items()} == {"a": 1, "b": 2}


def test_ten_decisions_without_an_override_raise_the_rubber_stamp_alarm():
    nine, ten = habits([line(n) for n in range(9)]), habits([line(n) for n in range(10)])
    assert nine[0].alarm == ""
    assert "no override in 10" in ten[0].alarm


def test_deciding_within_seconds_raises_it_too():
    lines = [line(n, minutes=0.2, action="override", level="early_help") for n in range(10)]
    assert "within 12 seconds" in habits(lines)[0].alarm


def test_seeded_checks_are_caught_where_the_right_level_was_decided():
    seeded = {"r1": "child_in_need", "r2": "child_in_need"}
    assert seeded_caught([line(1, "child_in_need", action="override"), line(2)], seeded) == Share(1, 2)


def test_timeliness_counts_the_unopened():
    lines = [
        request(
            1, opened_at=NOW + timedelta(hours=1), decided_at=NOW + timedelta(hours=2), due_at=NOW + timedelta(hours=3)
        ),
        request(2, opened_at=NOW, decided_at=NOW + timedelta(hours=4), due_at=NOW + timedelta(hours=3)),
        request(3),
    ]
    found = timeliness(lines)
    assert found.decided_in_time == Share(1, 2)
    assert found.median_to_open == timedelta(minutes=30)
    assert found.unopened == 1


@pytest.mark.parametrize(("days", "name"), [(0, "within 1 month"), (31, "within 1 month"), (32, "1 to 3 months"),
                                            (180, "3 to 6 months"), (366, "6 to 12 months"), (367, None), (None, None)])  # fmt: skip
def test_re_referrals_fall_into_the_bands_of_the_policy(days, name):
    assert band(days) == name
    bands, again = re_referrals([request(again_after_days=days)])
    assert again == Share(int(name is not None), 1)
    assert sum(bands.values()) == again.hits


def test_a_group_too_small_to_be_anonymous_is_not_shown():
    lines = [request(n, language="en") for n in range(9)] + [request(9, language="pl"), request(10, language="ur")]
    found = breakdown(lines, lambda one: one.language, lambda one: True)
    assert found == {"en": Share(9, 9), "pl": None, "ur": None}


def test_one_small_group_is_hidden_with_the_next_so_that_no_sum_gives_it_away():
    sizes = {"en": 9, "so": 6, "pl": 1}
    lines = [request(n, language=language) for language, size in sizes.items() for n in range(size)]
    found = breakdown(lines, lambda one: one.language, lambda one: True)
    assert found == {"en": Share(9, 9), "pl": None, "so": None}


# ---- in the console ---------------------------------------------------------------------------------


def decide_some(console):
    for number in range(1, 4):
        level = Level.CHILD_IN_NEED if number == 3 else Level.TARGETED
        decision = Decision(NOW + timedelta(minutes=5), "ada", "override" if number == 3 else "confirm", level,
                            Route.TARGETED_SUPPORT, "Because", NOW, NOW)  # fmt: skip
        keep(console, a_request(number, decisions=(decision,), state="to_allocate", proposal=proposal()))
    keep(console, a_request(4, state="unmet"))


async def test_the_page_shows_pictures_with_words_and_tables(console, sign_in):
    decide_some(console)
    page = await (await (await sign_in("mina")).get("/console/oversight")).text()
    assert '<svg role="img"' in page
    assert page.count("<title id=") == page.count("<desc id=")
    assert "67% (21% to 94%; 2 of 3)" in page
    assert "Unmet need now" in page
    assert "several_needs" in page, "by rule"
    assert " style=" not in page


async def test_each_figure_is_also_a_csv_file(console, sign_in):
    decide_some(console)
    mina = await sign_in("mina")
    answer = await mina.get("/console/oversight/agreement.csv")
    rows = list(csv.reader(io.StringIO((await answer.read()).decode("utf-8-sig"))))
    assert rows[0][:2] == ["Group", "Decisions"]
    assert rows[1][:2] == ["all", "3"]
    assert (await mina.get("/console/oversight/nothing.csv")).status == 404


async def test_the_same_caller_again_is_a_re_referral_and_a_candidate_never_a_merge(console, sign_in):
    keep(console, a_request(1, sent_at=NOW - timedelta(days=40), created_at=NOW - timedelta(days=40)))
    keep(console, a_request(2))
    mina = await sign_in("mina")
    page = await (await mina.get("/console/requests/r2")).text()
    assert "1 to 3 months: same a child" in page.replace("&#39;", "'")
    oversight = await (await mina.get("/console/oversight")).text()
    assert "1 of 2" in oversight


async def test_a_dip_sample_review_is_kept_with_its_answers(console, sign_in):
    decide_some(console)
    tom = await sign_in("tom")
    page = await (await tom.get("/console/reviews")).text()
    assert "FD-0001" in page
    answers = dict.fromkeys(("level_right", "reason_recorded", "consent_recorded", "voice", "timely", "told"), "yes")
    assert (await tom.post("/console/requests/r1/review", level_right="yes")).status == 422
    assert (await tom.post("/console/requests/r1/review", **answers, note="Good")).status == 303
    with console.units() as unit:
        assert unit.desk.sample_reviews.find()[0].reviewer == "tom"


async def test_a_seeded_check_is_marked_unseen_and_counted(console, sign_in):
    keep(console, a_request(1))
    mina, ada = await sign_in("mina"), await sign_in("ada")
    assert (await mina.post("/console/requests/r1/seed", level="nonsense")).status == 422
    await mina.post("/console/requests/r1/seed", level="child_in_need")
    assert "seed" not in (await (await ada.get("/console/requests/r1")).text()).lower()
    await ada.decide(console, action="override", level="child_in_need", route="mash_referral", reason="History")
    page = await (await mina.get("/console/oversight")).text()
    assert "100% (21% to 100%; 1 of 1)" in page
