"""`sojourn keys new`: a key for encrypted columns, before there is a site."""

import typer

from sojourn.records.encrypted import new_key


def new() -> None:
    """Print a new key. The first key of SOJOURN_FIELD_KEYS encrypts, the others still decrypt."""
    typer.echo(new_key())
