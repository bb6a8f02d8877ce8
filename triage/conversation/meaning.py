"""What people say in place of a button: for each question, the words that stand for a value.

The first line that fits counts, so the more worrying value stands first; where past and present matter, the past does.
These are only a way to hear an answer to a question just asked; nothing here reads a story.
"""

from __future__ import annotations

import re

MEANINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "worries": (("no_worries_like_these", r"\bno (other )?(worries|concerns)|nothing like (that|this)|none of (that|this|these|those|them)|nobody('s| is)? (really |badly )?hurt|(everyone|everything|we'?re all) (is )?(safe|fine)|^(all |they'?re |we'?re |he'?s |she'?s )?(safe|fine|ok|okay)$"),),
    "wants": (
        ("social_work_assessment", r"social work(er)?('s)? assess|assessment|social worker to (look|see|come|assess)"),
        ("ongoing_help", r"(support|family|key ?) ?worker|\ba worker\b|alongside|on ?going|regular|every week|intensive|one to one|1[ :-]?(to|:)[ -]?1|proper (help|support)|respite"),
        ("information", r"\binfo|rights|\bgroups?\b|class(es)?|course|link|website|leaflet|where (to|can|do)|number (for|of)|\badvice\b|playgroup|details|tips|ideas"),
        ("short_help", r"\bchat\b|\btalk\b|visit|short|someone to (ring|call|speak)|a few|once or twice"),
        ("not_sure", r"not sure|don'?t mind|anything|whatever|no idea|any help"),
    ),
    "impact": (
        ("serious_without_help", r"seriously|losing weight|stopped eating|very (ill|unwell|bad(ly)?)|getting ill|really ill|health is|suffer(s|ing)? badly|dangerous"),
        ("daily_life", r"every ?day|daily|constant|all the time|everything|nightmare|can'?t (sleep|cope|go|do)|missing (school|out)|school|struggl|drop(ped)? shifts|tired|behind|withdrawn|scared|frightened|a lot|meltdown|most days|badly"),
        ("starting", r"start|begin|a bit|a little|sometimes|now and (then|again)|some(what)?\b|slight|creep|early"),
        ("managing", r"\bfine\b|\bok(ay)?\b|manag|not (really|much|at all)|doesn'?t|happy|good|\bwell\b|no effect"),
    ),
    "needs": (
        ("several", r"several|lots|loads|many|everything|few things|more than one|both|all (of|sorts)|quite a|two|three|and also"),
        ("one", r"\bone\b|\bjust\b|only|main(ly)?|single|that'?s it|same thing"),
        ("none", r"nothing|none"),
    ),
    "help_so_far": (
        ("early_help_stuck", r"stuck|no difference|not (working|enough)|(didn'?t|isn'?t|not) (help|hold|work|move|chang)\w*"),
        ("early_help_plan", r"early help (plan|assessment)|\beha\b|ehat|\btaf\b|\bcaf\b|a plan|single assessment|lead professional"),
        ("tried_self_help_or_universal", r"tried|school|nursery|doctor|\bgp\b|health visitor|camhs|online|course|senco|waiting list|counsel|charity|refuge|programme|nan\b|family|friend|finished|teacher"),
        ("nothing_yet", r"nothing|none|not yet|no(t)? (help|one)|first time|^no\b|never"),
    ),
    "existing_worker": (
        ("none", r"\bclosed?\b|^no\b|\bnone\b|not (any ?more|now|at the moment)|used to|ended|finished|no ?(one|body)|only (the )?(senco|school|camhs|gp|nursery)|^(senco|camhs|school|nursery|health visitor|therapist|gp)\b"),
        ("child_protection_plan", r"child protection|\bcp plan"),
        ("social_worker", r"social worker|\bsw\b|child in need plan|\bcin\b"),
        ("family_worker", r"family (support )?worker|key ?worker|early help worker"),
        ("send_team", r"\bsend (team|worker|officer|service|case ?work\w*)|\b(from|under|with) send\b|^send$|special needs team|inclusion team"),
        ("edge_of_care_team", r"edge of care"),
    ),
    "requester": (
        ("professional", r"\bteacher|\bdsl\b|head of year|health visitor|midwife|\bnurse\b|\bgp\b|police officer|\bpc\b|support worker|youth worker|i work (with|for|at)|nursery (manager|nurse)|probation"),
        ("pregnant_person", r"\b(i'?m|i am) (\d+ weeks )?(pregnant|expecting)"),
        ("carer_without_pr", r"step ?-?(mum|dad|mother|father|parent)|foster|kinship|guardian|look after (him|her|them)|\bcarer\b|partner'?s (child|son|daughter)"),
        ("relative", r"\bnan(na|ny)?\b|gran|aunt|uncle|cousin|\brelative|brother|sister"),
        ("public", r"neighbour|neighbor|next door|\bfriend\b|mate\b|member of the public|live (near|opposite)"),
        ("parent", r"\bmum\b|\bmam\b|\bmom\b|\bdad\b|mother|father|parent"),
        ("anonymous", r"anonymous|won'?t say|not saying|no name|rather not"),
    ),
    "domestic_abuse_pattern": (
        ("serious_or_escalating", r"strang(l|ul)|chok|weapon|knife|pregnan|kill|getting worse|hospital|broke|marac|escalat|serious"),
        ("past_and_safe_now", r"in the past|was |moved|left (him|her)|prison|injunction|no contact|is over|safe (now|at home)|years? ago|doesn'?t know (our|my|the|where)|ended|split"),
        ("repeated", r"again|often|every|always|repeat|regular|keeps|times|all the time|\d+(st|nd|rd|th)"),
        ("one_or_minor", r"\bonce\b|\bone\b|minor|\brow\b|argu|push|first time"),
    ),
    "neglect_pattern": (
        ("severe", r"severe|danger|years|months|weight|constant|always|every ?day|never|rash|ill\b|all the time"),
        ("ongoing", r"often|most|goes on|week|keeps|regular|a lot|affect"),
        ("starting", r"start|sometimes|now and (then|again)|a bit|crept|lately|occasional"),
    ),
    "physical_harm_kind": (
        ("smack_no_mark", r"no marks?|didn'?t leave|without a mark|just a (smack|tap)"),
        ("serious_or_repeated", r"again|often|belt|cable|broke|burn|hospital|every|repeat|lots|twice|more than once|times|always|serious|punch|kick"),
        ("mark_or_injury", r"marks?\b|bruis|red\b|bled|blood|swollen|injur|scratch"),
    ),
    "self_harm_pattern": (
        ("plan_attempt_or_intent", r"\bplan\b|attempt|tried to|overdose|a note|end (it|her|his|my)|want(s|ed)? to die|tonight"),
        ("repeated_or_often", r"again|often|regular|weeks|most|every|keeps|several|few times|a lot|always"),
        ("passing_thoughts_or_once", r"\bonce\b|one ?-?off|thoughts?|fleeting|passing|first time|sometimes"),
    ),
    "missing_pattern": (
        ("now", r"\bnow\b|tonight|still missing|not (back|home|found|come)|haven'?t found|gone"),
        ("often", r"often|every|weekly|lots|always|keeps|regular|times"),
        ("once_or_twice", r"\bonce\b|twice|first time|one time"),
    ),
    "left_alone_pattern": (
        ("now", r"right now|\bnow\b|tonight|at the moment|as we speak"),
        ("young_or_long_or_often", r"hours|often|always|little|baby|toddler|every|all (night|day)|overnight|long|keeps|lot"),
        ("older_child_short_time", r"short|older|few minutes|shop|half an hour|teen"),
    ),
    "home": (
        ("none_soon", r"homeless|nowhere|kicked out|evicted|tonight|this week|car\b|sofa|streets?|days"),
        ("at_risk", r"arrears|notice|overcrowd|court|damp|mould|unsafe|lose|small|risk"),
        ("settled", r"settled|fine|\bok(ay)?\b|own|stable|no (problem|worr)"),
    ),
    "danger_now": (
        ("yes", r"\bunsafe|not (very |really |at all )?safe|(isn'?t|aren'?t|don'?t feel|never|no ?one('s| is)?|nobody('s| is)?|none of us (is|are)|no longer|(won'?t|can'?t|not) (be|feel|keep \w+)) safe|\bin danger\b(?!.*\bno\b)"),
        ("no", r"\bin custody\b|(with|at) (their |his |her |maternal |paternal )*(nan|gran|grandmother|grandparents|aunt)|\bsafe\b|not (right )?now|nobody('?s| is)? (actually|really|badly|in)|no ?one('?s| is)? (actually|really|badly|in)|joking|haha|lol|figure of speech"),
        ("yes", r"\bright now\b|\bout now\b|\bhappening\b|please (hurry|help)|\bscared\b|hurting"),
    ),
    "other_children": (
        ("no", r"only (child|him|her|one)|just (him|her|the one|us|me)"),
        ("yes", r"brother|sister|baby|sibling|twin|daughter|son\b|others?\b"),
    ),
    "informing_unsafe": (
        ("yes", r"more risk|at risk|unsafe|not (be )?safe|do not tell|don'?t tell|would (hurt|hit|harm|kill)|danger|worse"),
        ("no", r"informed|already (know|told|aware)|they know|been told|is aware|safe to|happy for"),
    ),
    "family_knows": (
        ("unsafe", r"not (be )?safe|unsafe|danger"),
        ("yes", r"asked me|they know|knows?\b|agree|happy|said (it'?s|its) ok|wants?\b|consent"),
        ("no", r"don'?t know|no idea|doesn'?t know|haven'?t told|not told|behind"),
    ),
}  # fmt: skip

DENIED = re.compile(r"\b(no|not|never|without|nor|don'?t have|hasn'?t got|isn'?t)( any| a| the| been| got)? (\w+)")
SERIOUS = frozenset(
    {"serious_or_escalating", "severe", "serious_or_repeated", "plan_attempt_or_intent", "serious_without_help"}
)
"""Values that a denied word must not stand for: "no weapons" is no weapon."""

COMPILED = {name: tuple((value, re.compile(pattern)) for value, pattern in lines) for name, lines in MEANINGS.items()}


def meant(question: str, text: str) -> str | None:
    """The value that the words stand for as an answer to this question, or None."""
    plain = " ".join(text.replace("’", "'").casefold().split())
    said = DENIED.sub(" ", plain)
    heard = ((value, said if value in SERIOUS else plain, pattern) for value, pattern in COMPILED.get(question, ()))
    return next((value for value, words, pattern in heard if pattern.search(words)), None)
