"""`python -m docs.generate` writes every page that is printed from the code; `--check` exits 1 where one is stale."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pydantic_settings import BaseSettings

from docs import training_lines
from gateway.channels.teams.settings import TeamsSettings
from gateway.cli import load, module_names
from gateway.console.settings import ConsoleEnvironment
from gateway.settings import Settings
from triage import lifecycle

ROOT = Path(__file__).resolve().parent.parent
FRONTDOOR = Path(sys.executable).parent / "frontdoor"
EXAMPLE = "docs/examples/recovery_from_abuse.json"
EXPLAIN = ("policy", "explain", "--pack", "warwickshire", "--on", "2026-11-22", "--for")


def settings_page() -> str:
    """Every setting with its default. A secret is never printed."""
    lines = ["# Settings", "", "Printed from the code by `python -m docs.generate`. Environment variables.", ""]
    for title, model in (
        ("The gateway", Settings),
        ("The officers' console", ConsoleEnvironment),
        ("Microsoft Teams", TeamsSettings),
    ):
        prefix = model.model_config["env_prefix"]
        lines += [f"## {title}", "", "| variable | default | meaning |", "|---|---|---|"]
        lines += [
            f"| `{prefix}{name.upper()}` | {_default(name, model.model_fields[name])} | {meaning} |"
            for name, meaning in _meanings(model).items()
        ]
        lines.append("")
    return "\n".join(lines)


def _meanings(model: type[BaseSettings]) -> dict[str, str]:
    """What the comment beside each setting says of it. What is handed in from elsewhere is no setting."""
    said = dict(re.findall(r"^    (\w+): .*?  # (.+)$", inspect.getsource(model), re.M))
    return {name: said[name] for name in model.model_fields if not said[name].endswith("no setting of its own")}


def _default(name: str, field: object) -> str:
    value = getattr(field, "default", None)
    if name == "data_dir":
        return "`~/.local/share/frontdoor`"
    if isinstance(value, Path):
        value = value.relative_to(ROOT) if value.is_relative_to(ROOT) else value
    return "none" if value in (None, "", (), {}) or "secret" in name else f"`{value}`"


def commands_page() -> str:
    """Every command with its help, as `frontdoor … --help` says it."""
    found = {name: one for module in module_names() for name, one in load(module).items()}
    lines = ["# Commands", "", "Printed from the code by `python -m docs.generate`.", ""]
    for name, command in sorted(found.items()):
        for full, one in _leaves(name, command):
            options = " ".join(f"`{o}`" for p in one.params for o in p.opts if o.startswith("--"))
            arguments = " ".join((p.name or "").upper() for p in one.params if p.param_type_name == "argument")
            lines += [f"## `frontdoor {full}{' ' + arguments if arguments else ''}`", "", (one.help or "").strip(), ""]
            lines += [f"Options: {options}", ""] if options else []
    return "\n".join(lines)


def _leaves(name: str, command: object) -> list[tuple[str, object]]:
    children = getattr(command, "commands", None)
    if not children:
        return [(name, command)]
    return [leaf for child, one in sorted(children.items()) for leaf in _leaves(f"{name} {child}", one)]


def readme() -> str:
    """The README with the printed explanation of its worked example renewed."""
    text = (ROOT / "README.md").read_text()
    for reader in ("staff", "family"):
        printed = subprocess.run(
            [FRONTDOOR, *EXPLAIN, reader, EXAMPLE], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        text = _renewed(text, reader, printed.strip())
    return text


def _renewed(text: str, reader: str, printed: str) -> str:
    """What stands between the markers of one reader, replaced."""
    start, end = f"<!-- printed for {reader} -->\n```\n", "\n```\n<!-- end -->"
    before, rest = text.split(start, 1)
    return before + start + printed + end + rest.split(end, 1)[1]


def transparency() -> str:
    """The model card with the training lines as they are counted."""
    return training_lines.renewed((ROOT / "docs" / "transparency.md").read_text(), ROOT / "data")


PAGES: dict[str, Callable[[], str]] = {
    "README.md": readme,
    "docs/transparency.md": transparency,
    "docs/reference/lifecycle.md": lifecycle.reference,
    "docs/reference/settings.md": settings_page,
    "docs/reference/commands.md": commands_page,
}


def stale() -> list[str]:
    """Pages that differ from what the code prints now."""
    own = [name for name, page in PAGES.items() if not _is_fresh(name, page())]
    packs = [name for name in ("reference", "coverage") if _policy(name, "--check")]
    return own + [f"docs/reference ({name})" for name in packs]


def _is_fresh(name: str, content: str) -> bool:
    path = ROOT / name
    return path.exists() and path.read_text() == content


def _policy(name: str, *options: str) -> int:
    return subprocess.run(
        [FRONTDOOR, "policy", name, *options], cwd=ROOT, stdout=subprocess.DEVNULL, check=False
    ).returncode


def write() -> None:
    for name, page in PAGES.items():
        (ROOT / name).write_text(page())
    for name in ("reference", "coverage"):
        _policy(name)


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        found = stale()
        for name in found:
            print(f"{name} is stale: run `python -m docs.generate`", file=sys.stderr)
        return 1 if found else 0
    write()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
