"""The evaluation of the bot, in the bot's own environment; arguments are passed on (`--diet`, `--picture FILE`)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    python = ROOT / ".venv-bot" / "bin" / "python"
    if not python.exists():
        print("The bot's environment is missing: run `make setup` first.", file=sys.stderr)
        return 1
    return subprocess.run([str(python), "-m", "bot.evaluation", *arguments], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
