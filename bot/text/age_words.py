"""The words around an age: what makes a number one, what leads to it, and what takes it away. For `bot.text.ages`.

Written for text that was folded (`bot.text.found.fold`): lower case, plain quotes, apostrophes where they were.
"""

from __future__ import annotations

import re

from bot.text.numbers import NUMBER

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
AGE = re.compile(
    rf"(?:(?<![\w£.:/'@-])|(?<=\b[fm]/))(?P<n>{NUMBER})(?P<half>{_HALF})(?:{_UNIT_YOUNG}|(?P<years>{_UNIT_YEARS})|(?P<teen>[fm])\b)?"
    rf"(?![\w%£:@]|\.\d|/\d|\s?(?:st|nd|rd|th)\b)(?P<half2>\s?(?:and|n|&)\s?an?\s?half)?"
)
SCHOOL_YEAR = re.compile(
    r"\b(?:school\s)?(?:years?|yrs?|y)\.?\s?(?:group\s)?(?P<n>1[0-3]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven)s?\b(?!\s?(?:old|month|week|half|%|ago|of\b))"
    r"(?P<more>(?:\s?(?:,|and|&|n|/|\+|or)\s?(?:(?:years?|yrs?|y)\.?\s?)?(?:1[0-3]|[1-9])\b(?!\s?(?:yo|y/o|year|yr|month|%)))*)"
)
RECEPTION_CLASS = re.compile(
    r"\b(?:in|starting|started|start|starts|into)\s(?:the\s)?reception\b|\breception[-\s](?:class|child|boy|girl|age|aged|pupil|teacher'?s? lad|year)\b|"
    r"\by(?:ea)?r ?r\b|(?:^|[.:,;]\s)r child\b"
)
BIRTHDAY = re.compile(
    r"\b(?:(?:had|just had|celebrated|since) (?:his|her|my|their) (?P<had>1[0-7]|[1-9])|"
    r"(?:his|her|my|their) (?P<soon>1[0-8]|[1-9]))(?:st|nd|rd|th) birthday\b"
    r"(?(soon)(?=(?:'s| is)? (?:is )?(?:tomorrow|next|coming|in|on|soon|this|a (?:week|month|fortnight))\b))"
)
NEWBORN = re.compile(r"\bnew[-\s]?borns?\b|\bjust (?:had|given birth to) (?:a|my|our|the) bab|\bnew ?born\b")
PREGNANT = re.compile(
    r"\bpregnan(?:t|cy)\b|\bpreg\b|\bpreggers\b|\bexpecting\b(?=(?: (?:a|my|our|her|their|another|number|twins|again|in|next|soon|the|baby))?\b)|\bunborn\b|\b(?:my|her) bump\b|"
    r"\b(?:baby|babby|she|i|im|i'm|he|twins|it|little one|another|number \w+)(?:'s|s| is| are| r)?\s(?:also\s)?due\b(?!\s(?:out|back|home|at|to|from|any minute|here|for|a|an)\b)|"
    r"\bdue (?:in|any|next|around|at the end of|this|end of|early|late|on the) [^.]{0,30}(?:baby|bump)|\b(?:baby|bump)\b[^.]{0,20}\bdue (?:in|any|next|around)|"
    r"\bdue date\b|\bhaving (?:a|another|her|my|our) (?:baby|bab|child|little one)\b|\b\d\d? ?(?:weeks?|wks?) (?:gone|preg\w*)\b|\bante-?natal\b|\bmum(?:my)?[-\s]to[-\s]be\b|\bw(?:ee)?ks? pregnant\b"
)
NOT_PREGNANT = re.compile(
    r"(?:\bnot|n't|\bwhen (?:i|she|we) (?:was|were)|\b(?:was|were|been|got|get|getting|before|while|after|during (?:my|her|the|that)|during|since (?:my|her|the)|my first|my last|last|scared (?:im|i'm|i am|of being)|"
    r"might be|may be|could be|worried (?:im|i'm)|think (?:im|i'm|she'?s)|could get|planned|post|history of|trying to get|had a|have (?:\w+ ){0,2}|having )) ?(?:\w+ )?$"
)
AFTER_NOT_PREGNANT = re.compile(
    r"^\s?(?:test|before|last year|\w* ?with (?:him|her|my|this one|the)\b|at (?:\d\d|school))"
)

LED_BY_CHILD = re.compile(
    rf"\b{_CHILD}(?:'s)?(?:\s(?!(?:of|for|in|at)\s\d)[a-z'-]+)?[\s,(:;-]+(?:(?:and|who|whos|who's|is|are|was|of|aged?|ages|just|only|now|nearly|almost|about|maybe|around|approx|roughly|is only|ish|still|both|also|like|just gone|being|turned|has|have|hes|he's|shes|she's|called [a-z]+)[\s,(]+)*\(?$"
)
LED_BY_PRONOUN = re.compile(
    r"(?:\b(?:he|she|they|er|him|her|one|other|i|it|who|both|child|son|daughter|boy|girl|baby)(?:'s|'m|'re| is| are| am| was only| has| have| had)|\bnow|(?<!let's )\b[a-z]{3,}(?:(?<!it)(?<!that)(?<!there)(?<!what)(?<!here)(?<!where))'s|\b(?:hes|shes|im|theyre|whos|he|she|i m|am|aged?|ages|ages of|are|they are|kids are|turned|turning|turns|child is|says|(?<!list )(?<!wait )(?<!time )(?<!it )(?<!this )(?<!that )(?<!there )(?<!which )is)|\bbe|\bbeing|\bages?:|\b(?:the )?(?:one|other)(?:'s)?|\bothers|\bsons|\bdaughters)"
    r"[\s,(:]+(?:(?:only|just|just gone|just turned|now|nearly|almost|about|maybe|around|approx|roughly|like|turned|turning|rising|a|an|still|probably|coming up(?: to)?|both|currently|aged?|already|literally|not quite|just under|all|girl|boy|all of|is|barely|bout|abt|ages)[\s,]+)*\(?$"
)
AGED_BEFORE = re.compile(
    r"(?:^|\s)[fm]/$|\b(?:aged?|ages|ages of|aged between|aged about|age is|age of)[\s:(]+(?:only |about |just |between |from )?$"
)
PAST = re.compile(
    r"\b(?:when|since|until|till|til|before|after|from when|while|cos when|by the time|whilst|from)\s(?:i|he|she|they|we|my \w+|\w+)(?:'s)?\s(?:was|were|turned|is|turns|wer)\s(?:only |about |just |like |around )*$|\bsince (?:he|she|they)(?:'s|s)? (?:only |about )?$|"
    r"\b(?:at|from|by|since|until|till|before)\s(?:the\s)?(?:age|ages)\s(?:of\s)?(?:about |around )?$|\b(?:since|from|at) (?:age|aged)\s$|\b(?:was|were) (?:about |only |like |around )?$|\bi had (?:him|her|them|my \w+) (?:when i was|at) $"
)
NOT_A_NUMBER = re.compile(
    r"\b(?:little|lil|wee|middle|young|other|older|eldest|no|any|every|each|this|that|which|the|some|my|good|bad|dear|loved|first|last|a|our|as|for|which) $"
)
OPENS_WITH_AGE = re.compile(r"\s*(?:and|n|&|,|here|girl|boy|f|m|going on|last week|on \w+day|next week)\b|\s*,")
OPENS_UNSAID = re.compile(r"\s*(?:only |just |nearly |almost |not quite )*")
WEEKS_GONE = re.compile(
    r"(?:^|[.,;:(]|\bat|\bnow|\bis|\b(?:she|i)(?:'s|s|m|'m| am| is)?)\s*(\d\d?)\s?-?(?:weeks?|wks?|/40)(?:\s?(?:preg\w*|gone))?(?=\s*(?:[.,;:)]|$|with|and|gone|preg))"
)
MATERNITY = re.compile(
    r"\b(?:midwi\w+|ante-?natal|pregnan\w*|movements|scans?|trimester|booking|bump|stomach|labour|birth|foetal|fetal|gestation|pre-birth|expecting|obstetric)\b"
)
COUNT_BEFORE = re.compile(
    r"(?:\b(?:mum|mom|mother|dad|father|parents?|family|carer|nan|single mum|household|total|year|years|yr|tier|level|step|stage|grade|ward|page|option|room|flat|house|number|no|nos|key stage|ks|section|phase|band|bed|unit|form|part|type|"
    r"top|under|over|below|above|past|half|about every|every|for|last|in|next|within|another|after|around|other|only|at|by|til|till|until|to|about|the|and the|plan|since|than|times|open|bus|route|apartment|block|scale|size|m|channel|day|week|chapter|per|x)(?: of)?|[£#]|\d\d:|no\.)\s?$"
)
UNDER = re.compile(
    r"\b(?:under|over|below|above|older than|younger than|up to|less than|more than)(?: the age of)?\s?(?:-\s?)?$"
)
RANGE_BEFORE = re.compile(r"\bfor (?:\w+ )?\d{1,2}(?:\s?-\s?| to )$")
ANIMAL_BEFORE = re.compile(r"\b(?:dog|cat|horse|puppy|rabbit|car|van|house)(?:'s| is|s| was)?\s(?:only |about |now )?$")
TIME_BEFORE = re.compile(
    r"\b(?:at|til|till|until|by|from|since|past|around|about|before|after|half|to|for|in|last|next|every|within|over|takes?|waited|waiting|wait)\s(?:the\s|like\s|about\s|around\s|gone\s|half\s|nearly\s|past\s|another\s|approx\s)?$"
)
QUANTITY_AFTER = re.compile(
    r"^\s?-?(?:am\b|pm\b|a\.m|p\.m|o'?clock|hours?\b|hrs?\b|h\b|mins?\b|minutes?\b|times?\b|x\b|percent|per cent|quid|pounds?\b|grand\b|k\b|kids?\b|child\b|children\b|boys?\b|girls?\b|lads\b|sons\b|daughters\b|bairns|babies\b|"
    r"little\b|siblings|grand\w+|of (?:them|us|my|our|those|these|his|her|the|which|whom|mine)\b|other\b|others\b|more\b|young(?:er)?\b|older\b|people|adults?\b|nights?\b|days?\b(?!\s?old)|sessions?|appointments?|appts?|schools?\b|stone\b|foot\b|feet\b|ft\b|or more|bed(?:room)?s?\b|"
    r"callouts?|incidents?|suspensions?|meetings?|terms?\b|ways\b|evenings|mornings|afternoons|lessons|miles?\b|cm\b|kg\b|lbs?\b|oz\b|mg\b|ml\b|bottles?|cans?\b|pints?|cigs|fags|phone|texts|messages|foods|missed|late\b|weekends?|visits|houses?|doors?\b|flats|streets|families|brothers|sisters|mates|friends|"
    r"dogs?|cats?|police|women|men\b|ex\b|social|years?\s(?:ago|now|on|running|waiting|in\b|since|wait|later|running|sober|clean|back)|yrs?\s(?:ago|now|on|running|waiting)|months?\s(?:ago|now|on|waiting|wait|later|back|running|sentence|clean|sober|waiting|in\b)|mths?\s(?:ago|now)|weeks?\s(?:ago|now|on|wait|later|running|back|waiting|off|preg|gone|in\b)|wks?\s(?:ago|now|preg|gone)|"
    r"(?:weeks?|wks?|months?|mths?)\s?(?:pregnan|gone|post|clean|sober|wait|of\b|late|left|to go|out|straight|solid|max|notice)|year wait|year (?:waiting|sentence|plan)|[a-z]+teen)"
)
STREET_AFTER = re.compile(
    r"^,?\s(?!(?:in|on|at|by|and|from|near|down|up|across|off|with|to|of|is|was|walks?|plays?|runs?|crossed|lives?)\b)[a-z']+\s(?:[a-z']+\s)?"
    r"(?:road|rd|street|avenue|ave|lane|crescent|terrace)\b"
)
"""A house, not a child: "my sister's, 14 Oakfield Road"."""
BOYFRIEND_BEFORE = re.compile(
    r"\b(?:boyfriends?|bf|b/f|girlfriend|gf|bloke|man|men|fella|guy|dealer|uncle|stepdad|sex with (?:a|an|her|his) (?:boy|lad|girl|man|guy)|seeing a|dating a|going out with a|talking to a|with a (?:boy|lad|man|guy|girl|bloke)(?: who)?|from a|of an? (?:man|lad|older lad|boy))[\s,(]*(?:who|whos|who's|is|aged?|of|from [a-z]+|he|hes|he's|,|\s)*$"
)
NEARLY = re.compile(
    r"\b(?:nearly|almost|rising|coming up(?: to)?|not quite|just under|turning|about to (?:be|turn)|gonna be|going to be|will be|close to|be|turns|approaching)\s(?:like\s)?$"
)
SOON = re.compile(
    r"^[\s,]*(?:years?(?: old)?\s|yo\s|yrs?\s)?(?:next (?:month|week|year|birthday|\w+day)|in (?:a (?:week|month|fortnight|few)|\d+ (?:weeks|months|days)|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|the (?:summer|spring|new year|autumn))|on (?:\w+day|the)|this (?:month|week|\w+day)|tomorrow|soon)\b"
)
TURNED = re.compile(r"\b(?:turned|was|were)\s(?:just |only )?$")
SINCE_A_BIRTHDAY = re.compile(
    r"\s(?:in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|last (?:week|month|\w+day)|yesterday|on \w+day)\b"
)
YEAR_AND_A_HALF = re.compile(r"\ba year and a half(?: old|\b(?=[,.)]|$))")
SEPARATOR = re.compile(
    r"^\)?[\s]*(?:,|-|and|&|\+|n|an|/|or|-|to|,\s?and|then|plus|,\s?&|,\s?n)?[\s]*(?:a |an |the other |one |the |nearly |almost |just |is |one is |one |is like |other is |the other is |the other one |one just turned |a new |the little one |the baby |little one |baby |the youngest |youngest |oldest |eldest |other |girl |boy |girl is |boy is |his (?:brother|sister)s? |her (?:brother|sister)s? )*$"
)
ALONE_BEFORE = re.compile(r"(?:^|[,.;:()!?\n]|\s-)\s*$")
ALONE_AFTER = re.compile(r"^\s*(?:$|[,.;:()!?\n]|-\s)")
LED_BY_CHILD_ALONE = re.compile(rf"\b{_CHILD}(?:'s| is| are|s)?[\s,(]*(?:is |aged |only |just |now |about |nearly )*$")
LED_BY_PRONOUN_ALONE = re.compile(
    r"\b(?:he|she|they|i)(?:'s| is|s|'m|'re| are)\s(?:only |just |now |about |nearly |almost )*$"
)
"""As LED_BY_CHILD and LED_BY_PRONOUN with little else between: what a bare unit ("3 weeks") needs."""
ONE_ENDS = re.compile(r"\s*(?:$|[,.!?;)]|and|in )")
NUMBER_ENDS = re.compile(r"\s*(?:$|[,.!?;)]|and )")
TURNS_NEAR = re.compile(r"\bturn")
WAS_BEFORE = re.compile(r"(?:^|[.,;]\s*|\band )(?:he|she|they) (?:was|were) $")
OLD = re.compile(r"old|o\b")
BABY_BEFORE = re.compile(r"\bbab\w+\s*,?\s*$")
