"""The app package's manifest is what Microsoft's own schema asks for."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = ROOT / "node_modules/@microsoft/app-manifest/build/json-schemas/teams"


@pytest.fixture
def manifest() -> dict:
    return json.loads((ROOT / "docs/teams/manifest.json").read_text())


def test_the_manifest_fits_the_schema(manifest):
    schema = json.loads((SCHEMAS / f"v{manifest['manifestVersion']}" / "MicrosoftTeams.schema.json").read_text())
    problems = [error.message for error in jsonschema.validators.validator_for(schema)(schema).iter_errors(manifest)]
    assert problems == []


def test_the_bot_is_for_one_person_alone_and_takes_no_files(manifest):
    (bot,) = manifest["bots"]
    assert bot["scopes"] == ["personal"]
    assert bot["supportsFiles"] is False
