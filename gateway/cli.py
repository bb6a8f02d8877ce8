"""`frontdoor`: the root of all commands. A command's module is imported only when it is called."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from gateway import commands


def module_names() -> list[str]:
    """Every module of gateway/commands, by listing: nobody keeps a table of commands."""
    return sorted(module.name for module in pkgutil.iter_modules(commands.__path__) if not module.name.startswith("_"))


def load(module_name: str) -> dict[str, Any]:
    """The commands of one module, by name."""
    module = import_module(f"gateway.commands.{module_name}")
    root = typer.Typer()
    if hasattr(module, "register"):
        module.register(root)
    else:
        root.add_typer(module.app, name=module_name)
    return dict(get_group(root).commands)


class Commands(TyperGroup):
    """All commands, each found when it is named."""

    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(name for module_name in module_names() for name in load(module_name))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        likely = [name for name in module_names() if name == cmd_name.replace("-", "_")]
        for module_name in likely or module_names():
            found = load(module_name)
            if cmd_name in found:
                return found[cmd_name]
        return None


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    help="Front Door: triage for the front door of children's services.",
)


@app.callback()
def root() -> None:
    """Front Door: triage for the front door of children's services."""


def main() -> None:
    """The console script `frontdoor`."""
    app(prog_name="frontdoor")


if __name__ == "__main__":
    main()
