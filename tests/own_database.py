"""An empty database of the kind that the tests run on, for other processes to open."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


@contextmanager
def own_database(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The environment in which a process uses the database; it is gone afterwards."""
    environment = {
        **os.environ,
        "SOJOURN_DATA": str(folder),
        "SOJOURN_DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "sojourn.config.settings",
        "NO_COLOR": "1",
        "COLUMNS": "200",
    }
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield environment | {"DATABASE_URL": f"sqlite:///{folder}/{name}.sqlite3"}
        return
    own = sql.Identifier(f"sojourn_{name}_{os.getpid()}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(own))
        try:
            address = urlsplit(server)._replace(path=f"/sojourn_{name}_{os.getpid()}").geturl()
            yield environment | {"DATABASE_URL": address}
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(own))
