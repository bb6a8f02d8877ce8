"""Start Rasa the way this project needs it.

    python -m bot.launch train --out MODEL.tar.gz
    python -m bot.launch run --model MODEL.tar.gz --port 5005
    python -m bot.launch validate

`skops` looks through every loaded module when it is imported: after TensorFlow that takes about six seconds,
before it almost none. So it comes first, then the adjustments, then Rasa.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TRAINING = ("data/nlu", "data/rules", "data/stories")
NOT_FAULTS = ("is not used in any story or rule", "Slot auto-fill has been removed")
"""Warnings of Rasa that say nothing about our data: see `validate`; the second is said to every project."""
SETTINGS = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "OMP_NUM_THREADS": "1",
    "LOG_LEVEL_LIBRARIES": "ERROR",
    "FRONTDOOR_ACTIONS_URL": "http://127.0.0.1:5055",
    "FRONTDOOR_TRACKERS": ":memory:",
}


def main(argv: Sequence[str] | None = None) -> int:
    arguments = parser().parse_args(argv)
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    os.chdir(ROOT)
    prepare_rasa()
    if arguments.command == "train":
        return train(Path(arguments.out))
    if arguments.command == "validate":
        return validate()
    return run(arguments.model, arguments.port)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="bot.launch", description=(__doc__ or "").splitlines()[0])
    commands = top.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train", help="train the model and write it to OUT")
    training.add_argument("--out", required=True)
    running = commands.add_parser("run", help="serve a trained model on loopback")
    running.add_argument("--model", required=True)
    running.add_argument("--port", type=int, default=5005)
    commands.add_parser("validate", help="rasa data validate, warnings are errors")
    return top


def prepare_rasa(level: int = logging.WARNING) -> None:
    """Import in the order that is quick, quieten Rasa (its debug lines copy whole messages), adjust it."""
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    _without_jax()
    import rasa.utils.common
    import rasa.utils.log_utils
    import skops.io  # noqa: F401  before TensorFlow, see above

    from bot.runtime import adjustments

    rasa.utils.common.configure_logging_and_warnings(level, filter_repeated_logs=False)
    rasa.utils.log_utils.configure_structlog(level)
    adjustments.apply()


def _without_jax() -> None:
    """TensorFlow looks for jax only to convert models to its phone format: 66 MB and a second of every start."""
    not_to_be_imported: Any = None
    sys.modules.setdefault("jax", not_to_be_imported)


def train(out: Path) -> int:
    """Train in a folder of its own beside OUT, then move the model into place: a half-written model is never found.

    Rasa's cache of training steps goes there too: two trainings at once do not meet, and nothing is left in the source.
    """
    import rasa

    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".training-") as folder:
        os.environ["RASA_CACHE_DIRECTORY"] = f"{folder}/cache"
        result = rasa.train(
            domain="bot/domain",
            config="bot/config.yml",
            training_files=[path for path in TRAINING if Path(path).exists()],
            output=folder,
            force_training=True,
        )
        if result.code or not result.model:
            print(f"Training failed with code {result.code}.", file=sys.stderr)
            return 1
        Path(result.model).replace(out)
    return 0


def run(model: str, port: int) -> int:
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints

    from bot.runtime.reading import warm_up

    warm_up()
    serve_application(
        model_path=model,
        interface="127.0.0.1",
        port=port,
        credentials="bot/credentials.yml",
        endpoints=AvailableEndpoints.read_endpoints("bot/endpoints.yml"),
        enable_api=False,
    )
    return 0


def validate() -> int:
    """What `rasa data validate` checks, with our folders; any warning but one is a failure.

    Rasa cannot see that `action_turn` says responses by name, and warns of each; `tests/triage` holds that each is said.
    """
    from rasa.cli.utils import validate_files
    from rasa.shared.importers.importer import TrainingDataImporter

    importer = TrainingDataImporter.load_from_config("bot/config.yml", "bot/domain", list(TRAINING))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        validate_files(fail_on_warnings=True, max_history=None, importer=importer)
    faults = [str(one.message) for one in caught if issubclass(one.category, UserWarning)]
    faults = [fault for fault in faults if not any(known in fault for known in NOT_FAULTS)]
    print("\n".join(faults) or "The dialogue data is sound.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
