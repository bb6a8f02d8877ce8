"""How old the children in a message are, in completed years; an unborn baby is -1.

A number is an age where its own words say so ("7yo", "aged 4"), where a child or a pronoun leads to it ("my lad is 11",
"she's four"), where it stands in a list with one that is, or where it stands alone between commas. Adults, durations,
times, counts and the past ("when i was 14", "since he was 3") are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.text.found import Found, distinct
from bot.text.numbers import NUMBER, whole

UNBORN = -1
OLDEST_CHILD = 17
_RECEPTION = 4

_CHILD = (
    r"(?:step|grand|god|foster\s|half\s)?[-\s]?(?:sons?|daughters?|dau|child(?:ren)?|kids?|lads?|boys?|girls?|bab(?:y|ies|bys?)|babby|toddlers?|"
    r"twins?|triplets|grandkids?|grandbairns?|bairns?|nephews?|nieces?|brothers?|sisters?|bro|sis|siblings?|sibs|eldest|oldest|youngest|middle one|little ?uns?|(?:tiny|wee|small|lovely) ones|"
    r"little ones?|lil ones?|wee one|teen(?:ager)?s?|pupils?|students?|youngsters?|newborn|infant|yp|cyp|tot|lo|ds|dd|dc|mindees?|cousins?|mates?|friends?|females?|males?)"
)  # fmt: skip
_UNIT_YEARS = (
    r"(?:\s?-?\s?(?:year|yr|y)s?[-\s]?(?:olds?|o)\b|\s?y/?o\b|\s?y\.o\.?|\s?-?(?:years?|yrs?|yr)\b(?:\s?of\s?age)?)"
)
_UNIT_YOUNG = r"(?P<young>\s?-?\s?(?:months?|mths?|mnths?|mos?|weeks?|wks?|wk|days?)\b\.?(?:[-\s]?olds?\b|[-\s]?o\b)?)"
_HALF = r"(?:\s?(?:and|n|&)\s?an?\s?half|\s?1/2|\s?½|\.\d)?"
_AGE = re.compile(
    rf"(?:(?<![\w£.:/'@-])|(?<=\b[fm]/))(?P<n>{NUMBER})(?P<half>{_HALF})(?:{_UNIT_YOUNG}|(?P<years>{_UNIT_YEARS})|(?P<teen>[fm])\b)?"
    rf"(?![\w%£:@]|\.\d|/\d|\s?(?:st|nd|rd|th)\b)(?P<half2>\s?(?:and|n|&)\s?an?\s?half)?"
)
_SCHOOL_YEAR = re.compile(
    r"\b(?:school\s)?(?:years?|yrs?|y)\.?\s?(?:group\s)?(?P<n>1[0-3]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven)s?\b(?!\s?(?:old|month|week|half|%|ago|of\b))"
    r"(?P<more>(?:\s?(?:,|and|&|n|/|\+|or)\s?(?:(?:years?|yrs?|y)\.?\s?)?(?:1[0-3]|[1-9])\b(?!\s?(?:yo|y/o|year|yr|month|%)))*)"
)
_RECEPTION_CLASS = re.compile(
    r"\b(?:in|starting|started|start|starts|into)\s(?:the\s)?reception\b|\breception[-\s](?:class|child|boy|girl|age|aged|pupil|teacher'?s? lad|year)\b|"
    r"\by(?:ea)?r ?r\b|(?:^|[.:,;]\s)r child\b"
)
_BIRTHDAY = re.compile(
    r"\b(?:(?:had|just had|celebrated|since) (?:his|her|my|their) (?P<had>1[0-7]|[1-9])|"
    r"(?:his|her|my|their) (?P<soon>1[0-8]|[1-9]))(?:st|nd|rd|th) birthday\b"
    r"(?(soon)(?=(?:'s| is)? (?:is )?(?:tomorrow|next|coming|in|on|soon|this|a (?:week|month|fortnight))\b))"
)
_NEWBORN = re.compile(r"\bnew[-\s]?borns?\b|\bjust (?:had|given birth to) (?:a|my|our|the) bab|\bnew ?born\b")
_PREGNANT = re.compile(
    r"\bpregnan(?:t|cy)\b|\bpreg\b|\bpreggers\b|\bexpecting\b(?=(?: (?:a|my|our|her|their|another|number|twins|again|in|next|soon|the|baby))?\b)|\bunborn\b|\b(?:my|her) bump\b|"
    r"\b(?:baby|babby|she|i|im|i'm|he|twins|it|little one|another|number \w+)(?:'s|s| is| are| r)?\s(?:also\s)?due\b(?!\s(?:out|back|home|at|to|from|any minute|here|for|a|an)\b)|"
    r"\bdue (?:in|any|next|around|at the end of|this|end of|early|late|on the) [^.]{0,30}(?:baby|bump)|\b(?:baby|bump)\b[^.]{0,20}\bdue (?:in|any|next|around)|"
    r"\bdue date\b|\bhaving (?:a|another|her|my|our) (?:baby|bab|child|little one)\b|\b\d\d? ?(?:weeks?|wks?) (?:gone|preg\w*)\b|\bante-?natal\b|\bmum(?:my)?[-\s]to[-\s]be\b|\bw(?:ee)?ks? pregnant\b"
)
_NOT_PREGNANT = re.compile(
    r"(?:\bnot|n't|\bwhen (?:i|she|we) (?:was|were)|\b(?:was|were|been|got|get|getting|before|while|after|during (?:my|her|the|that)|during|since (?:my|her|the)|my first|my last|last|scared (?:im|i'm|i am|of being)|"
    r"might be|may be|could be|worried (?:im|i'm)|think (?:im|i'm|she'?s)|could get|planned|post|history of|trying to get|had a|have (?:\w+ ){0,2}|having )) ?(?:\w+ )?$"
)
_AFTER_NOT_PREGNANT = re.compile(
    r"^\s?(?:test|before|last year|\w* ?with (?:him|her|my|this one|the)\b|at (?:\d\d|school))"
)

_LED_BY_CHILD = re.compile(
    rf"\b{_CHILD}(?:'s)?(?:\s(?!(?:of|for|in|at)\s\d)[a-z'-]+)?[\s,(:;-]+(?:(?:and|who|whos|who's|is|are|was|of|aged?|ages|just|only|now|nearly|almost|about|maybe|around|approx|roughly|is only|ish|still|both|also|like|just gone|being|turned|has|have|hes|he's|shes|she's|called [a-z]+)[\s,(]+)*\(?$"
)
_LED_BY_PRONOUN = re.compile(
    r"(?:\b(?:he|she|they|er|him|her|one|other|i|it|who|both|child|son|daughter|boy|girl|baby)(?:'s|'m|'re| is| are| am| was only| has| have| had)|\bnow|(?<!let's )\b[a-z]{3,}(?:(?<!it)(?<!that)(?<!there)(?<!what)(?<!here)(?<!where))'s|\b(?:hes|shes|im|theyre|whos|he|she|i m|am|aged?|ages|ages of|are|they are|kids are|turned|turning|turns|child is|says|(?<!list )(?<!wait )(?<!time )(?<!it )(?<!this )(?<!that )(?<!there )(?<!which )is)|\bbe|\bbeing|\bages?:|\b(?:the )?(?:one|other)(?:'s)?|\bothers|\bsons|\bdaughters)"
    r"[\s,(:]+(?:(?:only|just|just gone|just turned|now|nearly|almost|about|maybe|around|approx|roughly|like|turned|turning|rising|a|an|still|probably|coming up(?: to)?|both|currently|aged?|already|literally|not quite|just under|all|girl|boy|all of|is|barely|bout|abt|ages)[\s,]+)*\(?$"
)
_AGED_BEFORE = re.compile(
    r"(?:^|\s)[fm]/$|\b(?:aged?|ages|ages of|aged between|aged about|age is|age of)[\s:(]+(?:only |about |just |between |from )?$"
)
_HAS_YEARS_BEFORE = re.compile(r"\b(?:has|have|had|got|is|are|with|of)\s(?:only |just |now )?$")
_PAST = re.compile(
    r"\b(?:when|since|until|till|til|before|after|from when|while|cos when|by the time|whilst|from)\s(?:i|he|she|they|we|my \w+|\w+)(?:'s)?\s(?:was|were|turned|is|turns|wer)\s(?:only |about |just |like |around )*$|\bsince (?:he|she|they)(?:'s|s)? (?:only |about )?$|"
    r"\b(?:at|from|by|since|until|till|before)\s(?:the\s)?(?:age|ages)\s(?:of\s)?(?:about |around )?$|\b(?:since|from|at) (?:age|aged)\s$|\b(?:was|were) (?:about |only |like |around )?$|\bi had (?:him|her|them|my \w+) (?:when i was|at) $"
)
_NOT_A_NUMBER = re.compile(
    r"\b(?:little|lil|wee|middle|young|other|older|eldest|no|any|every|each|this|that|which|the|some|my|good|bad|dear|loved|first|last|a|our|as|for|which) $"
)
_OPENS_WITH_AGE = re.compile(r"\s*(?:and|n|&|,|here|girl|boy|f|m|going on|last week|on \w+day|next week)\b|\s*,")
_OPENS_UNSAID = re.compile(r"\s*(?:only |just |nearly |almost |not quite )*")
_WEEKS_GONE = re.compile(
    r"(?:^|[.,;:(]|\bat|\bnow|\bis|\b(?:she|i)(?:'s|s|m|'m| am| is)?)\s*(\d\d?)\s?-?(?:weeks?|wks?|/40)(?:\s?(?:preg\w*|gone))?(?=\s*(?:[.,;:)]|$|with|and|gone|preg))"
)
_MATERNITY = re.compile(
    r"\b(?:midwi\w+|ante-?natal|pregnan\w*|movements|scans?|trimester|booking|bump|stomach|labour|birth|foetal|fetal|gestation|pre-birth|expecting|obstetric)\b"
)
_COUNT_BEFORE = re.compile(
    r"(?:\b(?:mum|mom|mother|dad|father|parents?|family|carer|nan|single mum|household|total|year|years|yr|tier|level|step|stage|grade|ward|page|option|room|flat|house|number|no|nos|key stage|ks|section|phase|band|bed|unit|form|part|type|"
    r"top|under|over|below|above|past|half|about every|every|for|last|in|next|within|another|after|around|other|only|at|by|til|till|until|to|about|the|and the|plan|since|than|times|open|bus|route|apartment|block|scale|size|m|channel|day|week|chapter|per|x)(?: of)?|[£#]|\d\d:|no\.)\s?$"
)
_UNDER = re.compile(
    r"\b(?:under|over|below|above|older than|younger than|up to|less than|more than)(?: the age of)?\s?(?:-\s?)?$"
)
_RANGE_BEFORE = re.compile(r"\bfor (?:\w+ )?\d{1,2}(?:\s?-\s?| to )$")
_ANIMAL_BEFORE = re.compile(
    r"\b(?:dog|cat|horse|puppy|rabbit|car|van|house)(?:'s| is|s| was)?\s(?:only |about |now )?$"
)
_TIME_BEFORE = re.compile(
    r"\b(?:at|til|till|until|by|from|since|past|around|about|before|after|half|to|for|in|last|next|every|within|over|takes?|waited|waiting|wait)\s(?:the\s|like\s|about\s|around\s|gone\s|half\s|nearly\s|past\s|another\s|approx\s)?$"
)
_QUANTITY_AFTER = re.compile(
    r"^\s?-?(?:am\b|pm\b|a\.m|p\.m|o'?clock|hours?\b|hrs?\b|h\b|mins?\b|minutes?\b|times?\b|x\b|percent|per cent|quid|pounds?\b|grand\b|k\b|kids?\b|child\b|children\b|boys?\b|girls?\b|lads\b|sons\b|daughters\b|bairns|babies\b|"
    r"little\b|siblings|grand\w+|of (?:them|us|my|our|those|these|his|her|the|which|whom|mine)\b|other\b|others\b|more\b|young(?:er)?\b|older\b|people|adults?\b|nights?\b|days?\b(?!\s?old)|sessions?|appointments?|appts?|schools?\b|stone\b|foot\b|feet\b|ft\b|or more|bed(?:room)?s?\b|"
    r"callouts?|incidents?|suspensions?|meetings?|terms?\b|ways\b|evenings|mornings|afternoons|lessons|miles?\b|cm\b|kg\b|lbs?\b|oz\b|mg\b|ml\b|bottles?|cans?\b|pints?|cigs|fags|phone|texts|messages|foods|missed|late\b|weekends?|visits|houses?|doors?\b|flats|streets|families|brothers|sisters|mates|friends|"
    r"dogs?|cats?|police|women|men\b|ex\b|social|years?\s(?:ago|now|on|running|waiting|in\b|since|wait|later|running|sober|clean|back)|yrs?\s(?:ago|now|on|running|waiting)|months?\s(?:ago|now|on|waiting|wait|later|back|running|sentence|clean|sober|waiting|in\b)|mths?\s(?:ago|now)|weeks?\s(?:ago|now|on|wait|later|running|back|waiting|off|preg|gone|in\b)|wks?\s(?:ago|now|preg|gone)|"
    r"(?:weeks?|wks?|months?|mths?)\s?(?:pregnan|gone|post|clean|sober|wait|of\b|late|left|to go|out|straight|solid|max|notice)|year wait|year (?:waiting|sentence|plan)|[a-z]+teen)"
)
_BOYFRIEND_BEFORE = re.compile(
    r"\b(?:boyfriends?|bf|b/f|girlfriend|gf|bloke|man|men|fella|guy|dealer|uncle|stepdad|sex with (?:a|an|her|his) (?:boy|lad|girl|man|guy)|seeing a|dating a|going out with a|talking to a|with a (?:boy|lad|man|guy|girl|bloke)(?: who)?|from a|of an? (?:man|lad|older lad|boy))[\s,(]*(?:who|whos|who's|is|aged?|of|from [a-z]+|he|hes|he's|,|\s)*$"
)
_NEARLY = re.compile(
    r"\b(?:nearly|almost|rising|coming up(?: to)?|not quite|just under|turning|about to (?:be|turn)|gonna be|going to be|will be|close to|be|turns|approaching)\s(?:like\s)?$"
)
_SOON = re.compile(
    r"^[\s,]*(?:years?(?: old)?\s|yo\s|yrs?\s)?(?:next (?:month|week|year|birthday|\w+day)|in (?:a (?:week|month|fortnight|few)|\d+ (?:weeks|months|days)|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|the (?:summer|spring|new year|autumn))|on (?:\w+day|the)|this (?:month|week|\w+day)|tomorrow|soon)\b"
)
_TURNED = re.compile(r"\b(?:turned|was|were)\s(?:just |only )?$")
_SINCE_A_BIRTHDAY = re.compile(
    r"\s(?:in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|last (?:week|month|\w+day)|yesterday|on \w+day)\b"
)
_YEAR_AND_A_HALF = re.compile(r"\ba year and a half(?: old|\b(?=[,.)]|$))")
_SEPARATOR = re.compile(
    r"^\)?[\s]*(?:,|-|and|&|\+|n|an|/|or|-|to|,\s?and|then|plus|,\s?&|,\s?n)?[\s]*(?:a |an |the other |one |the |nearly |almost |just |is |one is |one |is like |other is |the other is |the other one |one just turned |a new |the little one |the baby |little one |baby |the youngest |youngest |oldest |eldest |other |girl |boy |girl is |boy is |his (?:brother|sister)s? |her (?:brother|sister)s? )*$"
)
_ALONE_BEFORE = re.compile(r"(?:^|[,.;:()!?\n]|\s-)\s*$")
_ALONE_AFTER = re.compile(r"^\s*(?:$|[,.;:()!?\n]|-\s)")


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    years: int
    young: bool
    sure: bool
    barred: bool
    led: bool


def find_ages(folded: str) -> list[Found[int]]:
    """Every child's age in a text that was folded by `fold`, in the order it was written."""
    spoken = _accepted(folded, list(_candidates(folded)))
    by_class = [
        a for a in _school_years(folded) if not any(s.value in (a.value, a.value + 1, a.value - 1) for s in spoken)
    ]
    return sorted([*spoken, *by_class, *_babies(folded, spoken)], key=lambda found: found.start)


def child_ages(folded: str) -> list[int]:
    return distinct([found.value for found in find_ages(folded)])


def _candidates(folded: str) -> Iterator[_Candidate]:
    for match in _AGE.finditer(folded):
        before, after = folded[max(0, match.start() - 60) : match.start()], folded[match.end() : match.end() + 40]
        number = whole(match["n"])
        young = match["young"]
        years = _years(number, young)
        led = bool(
            _LED_BY_CHILD.search(before)
            or _LED_BY_PRONOUN.search(before)
            or _AGED_BEFORE.search(before)
            or _just_had_a_birthday(before, after)
        )
        spoken = bool(re.search(r"old|o\b", (match["years"] or "") + (young or "")))
        sure = spoken or bool(match["teen"] and not before.strip()) or (led and bool(_sure_lead(match, before, after)))
        yield _Candidate(
            start=match.start(),
            end=match.end(),
            years=max(0, years - 1) if _not_yet(match, before, after) else years,
            young=bool(young),
            sure=sure,
            barred=_barred(match, before, after, number, spoken, led),
            led=led,
        )


def _years(number: int, young: str | None) -> int:
    if not young:
        return number
    return number // 12 if young.strip(" -").startswith("m") else 0


def _sure_lead(match: re.Match[str], before: str, after: str) -> bool:
    """A lead-in makes a bare number an age, but a bare unit ("for 3 weeks") needs a child right before it."""
    if match["young"]:
        return bool(
            re.search(rf"\b{_CHILD}(?:'s| is| are|s)?[\s,(]*(?:is |aged |only |just |now |about |nearly )*$", before)
            or _AGED_BEFORE.search(before)
            or re.search(
                r"\b(?:he|she|they|i)(?:'s| is|s|'m|'re| are)\s(?:only |just |now |about |nearly |almost )*$", before
            )
        )
    if match["n"] == "one" and not match["years"]:
        return bool(re.match(r"\s*(?:$|[,.!?;)]|and|in )", after))
    return True


def _not_yet(match: re.Match[str], before: str, after: str) -> bool:
    return bool(not match["young"] and (_NEARLY.search(before) or (_SOON.search(after) and not _TURNED.search(before))))


def _barred(match: re.Match[str], before: str, after: str, number: int, spoken: bool, led: bool) -> bool:
    if _is_pronoun(match, before, after):
        return True
    if not match["young"] and number > OLDEST_CHILD:
        return True
    if match["young"] and not spoken and number > 23 and not match["young"].strip(" -").startswith("m"):
        return True
    if _PAST.search(before) and not re.search(r"\bturn", before[-12:]) and not _just_had_a_birthday(before, after):
        return True
    if _UNDER.search(before) or _BOYFRIEND_BEFORE.search(before) or _RANGE_BEFORE.search(before):
        return True
    if _ANIMAL_BEFORE.search(before):
        return True
    if spoken or (match["teen"] and not before.strip()):
        return False
    unit = (match["young"] or match["years"] or "").strip(" -")
    if _QUANTITY_AFTER.search(unit + after if unit else after) or _QUANTITY_AFTER.search(after):
        return True
    if unit and _TIME_BEFORE.search(before):
        return True
    return bool(not led and _COUNT_BEFORE.search(before))


def _just_had_a_birthday(before: str, after: str) -> bool:
    """ "He was seven in March" is his age now; "when he was seven" is the past."""
    return bool(
        re.search(r"(?:^|[.,;]\s*|\band )(?:he|she|they) (?:was|were) $", before) and _SINCE_A_BIRTHDAY.match(after)
    )


def _is_pronoun(match: re.Match[str], before: str, after: str) -> bool:
    """ "the little one", "my two": words that are no numbers here."""
    if match["n"] not in ("one", "two") or match["years"] or match["young"]:
        return False
    ends = re.match(r"\s*(?:$|[,.!?;)]|and )", after)
    return bool(_NOT_A_NUMBER.search(before) or (match["n"] == "one" and not ends))


def _accepted(folded: str, candidates: list[_Candidate]) -> list[Found[int]]:
    """Sure ones, ones in a list with a sure one, and ones that stand alone between marks."""
    chains: list[list[_Candidate]] = []
    for candidate in candidates:
        if chains and not chains[-1][-1].barred and _linked(folded, chains[-1][-1], candidate):
            chains[-1].append(candidate)
        else:
            chains.append([candidate])
    return [Found(c.start, c.end, c.years) for chain in chains for c in _of_chain(folded, chain)]


def _linked(folded: str, left: _Candidate, right: _Candidate) -> bool:
    between = folded[left.end : right.start]
    return len(between) <= 30 and bool(_SEPARATOR.match(between))


def _of_chain(folded: str, chain: list[_Candidate]) -> list[_Candidate]:
    kept = [c for c in chain if not c.barred]
    if not kept:
        return []
    if any(c.sure for c in kept):
        return kept
    return kept if _stands_alone(folded, chain) and len(kept) == len(chain) else []


def _stands_alone(folded: str, chain: list[_Candidate]) -> bool:
    before, after = folded[: chain[0].start], folded[chain[-1].end :]
    if len(chain) == 1 and chain[0].young:
        return False
    if (
        _OPENS_UNSAID.fullmatch(before)
        and chain[0].years >= 10
        and (_OPENS_WITH_AGE.match(after) or (before.strip() and _ALONE_AFTER.match(after)))
    ):
        return True
    return bool(_ALONE_BEFORE.search(before) and _ALONE_AFTER.match(after))


def _school_years(folded: str) -> Iterator[Found[int]]:
    for match in _SCHOOL_YEAR.finditer(folded):
        if _UNDER.search(folded[: match.start()]):
            continue
        for number in [match["n"], *re.findall(r"\d+", match["more"])]:
            yield Found(match.start(), match.end(), whole(number) + 4)
    for match in _BIRTHDAY.finditer(folded):
        years = int(match["had"]) if match["had"] else int(match["soon"]) - 1
        yield Found(match.start(), match.end(), years)
    for match in _RECEPTION_CLASS.finditer(folded):
        yield Found(match.start(), match.end(), _RECEPTION)


def _babies(folded: str, spoken: list[Found[int]]) -> Iterator[Found[int]]:
    for match in _YEAR_AND_A_HALF.finditer(folded):
        yield Found(match.start(), match.end(), 1)
    for match in _NEWBORN.finditer(folded):
        if not any(found.value == 0 for found in spoken):
            yield Found(match.start(), match.end(), 0)
            break
    for match in _PREGNANT.finditer(folded):
        before, after = folded[max(0, match.start() - 30) : match.start()], folded[match.end() : match.end() + 20]
        if not _NOT_PREGNANT.search(before) and not _AFTER_NOT_PREGNANT.search(after):
            yield Found(match.start(), match.end(), UNBORN)
            return
    if _MATERNITY.search(folded):
        for match in _WEEKS_GONE.finditer(folded):
            if 4 <= int(match[1]) <= 42 and not re.search(r"\bbab\w+\s*,?\s*$", folded[: match.start(1)]):
                yield Found(match.start(1), match.end(), UNBORN)
                return
