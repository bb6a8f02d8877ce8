"""Stock Rasa on the same intents, for comparison: the NLU pipeline of `rasa init`. Rasa's own setting is 100 epochs."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any

import yaml

from bot.evaluation.sets import ROOT, Example

PIPELINE: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "constrain_similarities": True, "random_seed": 7},
]


def diet_intents(examples: list[Example], *, epochs: int = 100) -> list[str]:
    """What stock DIET says of each message, trained here and now on `data/nlu`."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as folder:
        config, lines = Path(folder) / "config.yml", Path(folder) / "nlu"
        lines.mkdir()
        for file in (ROOT / "data" / "nlu").glob("*.yml"):
            shutil.copy(file, lines)
        pipeline = [*PIPELINE[:-1], {**PIPELINE[-1], "epochs": epochs}]
        recipe = {"recipe": "default.v1", "language": "en", "assistant_id": "stock", "pipeline": pipeline}
        config.write_text(yaml.safe_dump(recipe))
        model = train_nlu(str(config), str(lines), folder)
        agent = Agent.load(str(model))
        return [str(asyncio.run(agent.parse_message(one.text))["intent"]["name"]) for one in examples]
