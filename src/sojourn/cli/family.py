"""Commands that are imported only when they are run: `verify`, `solve` and `plan check` need no site."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import django
import typer
from typer.core import TyperCommand, TyperGroup


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: where its function or Typer app is (`module:name`), and its line in the list.

    With `needs_site` settings and models are ready before the module is imported.
    """

    where: str
    help: str
    needs_site: bool = True


def set_up_site() -> None:
    """Read the settings and load the models, as `django.setup` does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sojourn.config.settings")
    django.setup()


class Family(TyperGroup):
    """A group whose members stay unloaded until one of them is run."""

    def __init__(self, name: str, line: str, members: "Mapping[str, Entry | Family]") -> None:
        lines: dict[str, Any] = {
            key: TyperCommand(key, help=member.help) if isinstance(member, Entry) else member
            for key, member in members.items()
        }
        super().__init__(name=name, help=line, commands=lines, no_args_is_help=True)
        self.members = members

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The member itself, about to be run."""
        name, command, rest = super().resolve_command(ctx, args)
        member = self.members.get(name or "")
        return name, loaded(name or "", member) if isinstance(member, Entry) else command, rest


def loaded(name: str, entry: Entry) -> Any:
    """The command behind an entry."""
    if entry.needs_site:
        set_up_site()
    module, attribute = entry.where.split(":")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, typer.Typer):
        app = typer.Typer(add_completion=False)
        app.command(name)(found)
        found = app
    return typer.main.get_command(found)
