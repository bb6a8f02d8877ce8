"""An allegation against somebody who works with children is heard where they did it, not where they were told of it."""

from __future__ import annotations

import pytest

from bot.text.fact_hints import _lexicon
from bot.text.reading import read
from bot.text.scope import said
from bot.text.screen.rules import judge_by_rules

TOLD_SAW_OR_HELPED = [
    "A pupil told her teacher on Friday that mum's boyfriend hits her with a belt",
    "he told his teacher dad hits him",
    "She told her Year 4 teacher that her stepdad slapped her",
    "my girl told the nursery worker her uncle touched her",
    "Mia disclosed to her coach that a neighbour kissed her",
    "he disclosed it straight away to the school nurse that his brother hurts him",
    "she reported to her tutor that a man on the bus touched her leg",
    "Leo confided in his youth worker that his mum's partner hits him",
    "she spoke to her foster carer about dad hitting her at contact",
    "he went to his teacher because another boy kicked him",
    "I told my teacher my dad hits me",
    "i told sir mum slapped me and now she is cross",
    "The teacher noticed that dad grabbed him by the arm at pick up",
    "his TA saw mum smack him at the gate",
    "Our childminder heard dad say he hits them",
    "her teacher rang me because a boy in her class hurt her",
    "teacher says he hit another child at playtime",
    "staff say she kicked a boy in the queue",
    "The coach thinks her boyfriend hits her",
    "the school nurse treated him after his stepdad hurt his hand",
    "the nursery nurse recorded inappropriate touching by the uncle",
    "I'm a teacher and her dad hit her last night",
    "foster carer here and the birth dad grabbed him at contact",
    "TA here, mum's new boyfriend smacked him",
    "my son's tutor is lovely but his brother hits him",
    "She was with her childminder when dad hit mum",
    "my son hit his teacher",
    "the TA was kicked by a pupil",
    "his support worker was told that his mum hits him",
    "he was hit by dad and comforted by his TA",
    "the TA messages his mum when he has had a good day",
    "his key worker reported that mum grabs him",
    "social worker came because his dad hurt him",
    "school staff had to step in after he kicked another boy",
    "his foster carer was told he was slapped at home by nan",
]
DID_IT = [
    "her teacher hits her with a ruler",
    "The TA grabbed my son by the arm",
    "my coach keeps texting me at night",
    "A staff member at nursery handled him roughly",
    "he was grabbed by his TA",
    "she was slapped on the leg by the new childminder",
    "my boy got kissed by a youth worker",
    "the foster carer slapped him and the foster dad hit his brother",
    "she told me her teacher hits her",
    "she told her the teacher grabbed her",
    "he told his dad that the coach touched him",
    "he told the head teacher that his coach touched him",
    "She told her teacher that the TA pinched her",
    "my daughter disclosed that her swimming teacher touched her",
    "I told the coach to stop but he touched me again",
    "he told sir no but he grabbed him anyway",
    "the TA who works with my son grabbed him",
    "sir says he loves me and keeps texting",
    "our imam, when he is angry, hits the boys",
    "the nursery worker has been hitting the babies",
    "my keyworker messages me and kissed me",
    "the teacher at my daughter's school hurt her",
    "the coach pulled my boy off and slapped him",
    "a volunteer is always alone with one girl",
    "the foster carers hit my kids",
    "my foster dad hits me",
    "the dinner lady pinched him",
    "the driver on the school run smacked him",
    "a teacher is under allegation",
    "there is an allegation against a teacher",
    "we saw the coach hit a child",
    "I reported the coach for touching my son",
    "mum says the teacher hit him",
    "her mum found out the coach is messaging her",
    "dad hits him and the TA hit him as well",
    "the tutor kissed her and her mum hit him",
]


def alleged(text: str) -> bool:
    """By the phrases of the lexicon, whoever speaks."""
    ((_, phrases),) = _lexicon("@adult ")["staff_allegation"]
    return said(read(text).plain, phrases) is not None


@pytest.mark.parametrize("text", TOLD_SAW_OR_HELPED)
def test_who_was_told_saw_it_or_helped_is_not_accused(text: str) -> None:
    assert not alleged(text)
    assert "allegation_against_staff" not in judge_by_rules(text).categories


@pytest.mark.parametrize("text", DID_IT)
def test_who_did_it_is_accused(text: str) -> None:
    assert alleged(text)


@pytest.mark.parametrize("text", [
    "her teacher hits her with a ruler",
    "he was grabbed by his TA",
    "the nursery assistant handled him roughly",
    "she told me her coach kissed her",
    "the tutor kissed her and her mum hit him",
    "I told the coach to stop but he touched me again",
    "I told the coach to stop, he kissed me",
])  # fmt: skip
def test_the_screen_names_the_allegation_too(text: str) -> None:
    assert "allegation_against_staff" in judge_by_rules(text).categories


def test_the_harm_itself_is_heard_whoever_was_told() -> None:
    """Only what it is called changes; that a child is hit stays a worry."""
    found = judge_by_rules("A pupil told her teacher on Friday that mum's boyfriend hits her with a belt")
    assert "physical_abuse" in found.categories
