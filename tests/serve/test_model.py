from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from gateway.serve import model


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("bot/domain", "data/nlu", "data/rules"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "bot/config.yml").write_text("language: en\n")
    (tmp_path / "data/nlu/stories.yml").write_text("nlu: []\n")
    return tmp_path


def test_the_model_stays_while_nothing_changes(root: Path) -> None:
    before = model.content_hash(root)
    os.utime(root / "bot/config.yml", (1, 1))
    assert model.content_hash(root) == before


@pytest.mark.parametrize("name", ["bot/config.yml", "data/nlu/stories.yml", "bot/domain/new.yml", "data/rules/new.yml"])
def test_every_input_that_changes_or_appears_means_training(root: Path, name: str) -> None:
    before = model.content_hash(root)
    (root / name).write_text("something: else\n")
    assert model.content_hash(root) != before


def test_a_renamed_input_means_training(root: Path) -> None:
    before = model.content_hash(root)
    (root / "data/nlu/stories.yml").rename(root / "data/nlu/tales.yml")
    assert model.content_hash(root) != before


def test_what_rasa_does_not_read_means_nothing(root: Path) -> None:
    before = model.content_hash(root)
    (root / "data/nlu/README.md").write_text("words")
    (root / "bot/text").mkdir()
    (root / "bot/text/ages.py").write_text("x = 1")
    assert model.content_hash(root) == before


def pretend_rasa(root: Path, body: str) -> Path:
    """A `bot.launch` that does what `body` says with `out`."""
    (root / "bot/launch.py").write_text(f"import sys, pathlib\nout = pathlib.Path(sys.argv[-1])\n{body}\n")
    return Path(sys.executable)


def test_a_failed_training_says_what_rasa_said(root: Path) -> None:
    python = pretend_rasa(root, "sys.exit('the domain has two heads')")
    with pytest.raises(model.TrainingFailed, match="the domain has two heads"):
        model.train(python, root, root / "models/dialogue-a.tar.gz")


def test_training_keeps_a_few_old_models_and_drops_the_rest(root: Path) -> None:
    folder = root / "models"
    folder.mkdir()
    for age in range(6):
        old = folder / f"dialogue-{age}.tar.gz"
        old.write_text("old")
        os.utime(old, (1000 - age, 1000 - age))
    python = pretend_rasa(root, "out.write_text('new')")
    model.train(python, root, folder / "dialogue-new.tar.gz")
    kept = {path.name for path in folder.iterdir()}
    assert kept == {"dialogue-new.tar.gz", "dialogue-0.tar.gz", "dialogue-1.tar.gz", "dialogue-2.tar.gz"}
