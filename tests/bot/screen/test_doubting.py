"""Neither judge can silence the other: what a phrase found is raised, or asked about with its category (decision 9)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.screen.joined import doubted
from bot.text.screen.learned import Opinion
from bot.text.screen.result import CONCERN, IMMEDIATE, NONE, ORDER, ScreenResult, joined

PHRASES = st.builds(
    ScreenResult,
    danger=st.sampled_from([CONCERN, IMMEDIATE]),
    categories=st.just(("weapon",)),
    patterns=st.just(("weapon: knife",)),
)
SHARES = st.floats(0, 1)
ANY_MACHINE = settings(deadline=None)
"""A busy machine may take its time: how long it takes is no part of what is stated."""
OPINIONS = st.builds(
    Opinion,
    result=st.builds(ScreenResult, danger=st.sampled_from(ORDER), uncertain=st.booleans()),
    harm=SHARES,
    now=SHARES,
)


@ANY_MACHINE
@given(PHRASES, OPINIONS)
def test_a_phrase_is_raised_or_asked_about_whatever_the_other_judge_says(phrase: ScreenResult, says: Opinion) -> None:
    heard = joined(doubted(phrase, says), says.result)
    assert heard.categories == phrase.categories
    assert heard.danger != NONE or heard.uncertain


@ANY_MACHINE
@given(PHRASES, OPINIONS)
def test_the_judge_is_never_lowered_by_phrases(phrase: ScreenResult, says: Opinion) -> None:
    heard = joined(doubted(phrase, says), says.result)
    assert ORDER.index(heard.danger) >= ORDER.index(says.result.danger)


@ANY_MACHINE
@given(PHRASES, OPINIONS)
def test_an_immediate_phrase_that_is_doubted_is_followed_by_the_question(phrase: ScreenResult, says: Opinion) -> None:
    heard = joined(doubted(phrase, says), says.result)
    lowered = ORDER.index(heard.danger) < ORDER.index(phrase.danger)
    assert not lowered or heard.uncertain
