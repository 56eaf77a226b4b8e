"""`sojourn plan load|show`: plan versions in the database."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sojourn.cli.clock import now, today
from sojourn.cli.failing import CommandFailedError, Exit
from sojourn.plan.actions import load_plan, publish_plan, split_target
from sojourn.plan.document import UnreadablePlan
from sojourn.plan.document import load_plan as read_plan
from sojourn.plan.findings import in_words, where
from sojourn.plan.models import Plan, Target
from sojourn.records.actor import SYSTEM

console = Console(highlight=False, soft_wrap=True)


def load(
    file: Annotated[Path, typer.Argument(help="The plan: a .toml or .xlsx file.")],
    publish: Annotated[
        bool, typer.Option(help="Put it in force at once, and split its targets into quotas.")
    ] = False,
) -> None:
    """Load a plan as the next version, a draft; earlier versions stay. `plan check` comes first."""
    try:
        document = read_plan(file).document
    except UnreadablePlan as unreadable:
        first = unreadable.findings[0]
        raise CommandFailedError(
            f"{file} cannot be read as a plan: {where(first)}: {in_words(first, 'en')} "
            f"(`sojourn plan check {file}` shows all {len(unreadable.findings)} faults)"
        ) from unreadable
    plan = load_plan(by=SYSTEM, document=document, on=today())
    console.print(f"[green]✓[/] {escape(file.name)} is version {plan.version}, a draft.")
    if publish:
        publish_plan(by=SYSTEM, plan=plan, on=today())
        split = [
            target.code
            for target in Target.objects.filter(plan=plan, kind=Target.Kind.TOTAL)
            if split_target(by=SYSTEM, target=target, at=now())
        ]
        console.print(f"[green]✓[/] Version {plan.version} is in force; {len(split)} targets have quotas.")


def show() -> None:
    """Show the plan in force with its targets, and every version."""
    versions = list(Plan.objects.order_by("version"))
    if not versions:
        raise CommandFailedError("There is no plan yet: sojourn plan load FILE --publish", Exit.REFUSED)
    told = Table(title="Versions", title_justify="left")
    for heading in ("version", "status", "loaded on", "sha256"):
        told.add_column(heading)
    for plan in versions:
        told.add_row(str(plan.version), plan.status, plan.loaded_on.isoformat(), plan.sha256[:16])
    console.print(told)
    targets = Target.objects.filter(plan__status=Plan.Status.PUBLISHED).select_related("component")
    promised = Table(title="Targets in force", title_justify="left")
    for heading in ("component", "indicator", "kind", "from", "until", "amount"):
        promised.add_column(heading, justify="right" if heading == "amount" else "left")
    for target in targets:
        promised.add_row(
            target.component.code,
            target.indicator,
            target.kind,
            target.starts_on.isoformat(),
            target.ends_on.isoformat(),
            f"{target.amount:,}",
        )
    console.print(promised)
