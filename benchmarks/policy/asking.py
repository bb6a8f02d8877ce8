"""How many policy questions a case needs when it is answered question by question, beside a paper form."""

from __future__ import annotations

import random
import statistics
from datetime import date

from policies.engine import Pack, PolicySet
from policies.engine.cases import read_cases
from policies.engine.vocabulary import Value

ASKED = 300
"""Example cases that are answered question by question."""
# Counted by us in a council's published early help and safeguarding referral form (docsbay.net/email-the-completed-form-to, read
# in November 2026): agreement 4, the child 16, one sibling 9, one parent 7. Leicestershire's online form gives a session of 90
# minutes (resources.leicestershire.gov.uk, multi-agency referral form). Forms vary, and nobody measured how long they take.
PAPER_FORM = "36 boxes before the first word about the worry (our count of one published form)"


def questions_asked(packs: PolicySet) -> list[tuple[str, str]]:
    """By audience."""
    counts: dict[str, list[int]] = {}
    cases = [(pack, case) for pack in packs.packs.values() for case in read_cases(pack.text.cases, packs.vocabulary)]
    for pack, case in random.Random(5).sample(cases, min(ASKED, len(cases))):
        if case.expected is not None:
            counts.setdefault(case.audience, []).append(_asked(pack, dict(case.facts), case.on, case.audience))
    return [
        *(
            (
                f"policy questions for an example case ({audience})",
                f"median {statistics.median(found):.0f}, most {max(found)}, of {len(found):,} cases",
            )
            for audience, found in sorted(counts.items())
        ),
        ("a paper referral form", PAPER_FORM),
    ]


def _asked(pack: Pack, answers: dict[str, Value], on: date, audience: str) -> int:
    known: dict[str, Value] = {}
    never: set[str] = set()
    count = 0
    while questions := pack.ask(known, on=on, audience=audience, never=never):
        count += 1
        for fact in pack.vocabulary.questions[questions[0]].settles:
            if fact in answers:
                known[fact] = answers[fact]
            else:
                never.add(fact)
    return count
