"""The safety screen: `screen(text, lang)` reads one message and says whether somebody may be in danger.

Two judges that know nothing of each other: patterns (`rules`) and a classifier on sentence vectors
(`bot.text.screen.learned`). Either can raise the answer. Where the classifier is all but sure that a phrase was meant
innocently, the phrase raises a question instead of an alarm, and never nothing.
"""

from bot.text.screen.joined import screen
from bot.text.screen.result import CONCERN, IMMEDIATE, NONE, ScreenResult

__all__ = ["CONCERN", "IMMEDIATE", "NONE", "ScreenResult", "screen"]
