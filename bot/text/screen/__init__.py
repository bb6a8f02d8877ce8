"""The safety screen: `screen(text, lang)` reads one message and says whether somebody may be in danger.

Two judges that know nothing of each other: patterns (`rules`) and a classifier on sentence vectors
(`bot.text.screen.learned`). Either can raise the answer; neither can lower what the other raised.
"""

from bot.text.screen.joined import screen
from bot.text.screen.result import CONCERN, IMMEDIATE, NONE, ScreenResult

__all__ = ["CONCERN", "IMMEDIATE", "NONE", "ScreenResult", "screen"]
