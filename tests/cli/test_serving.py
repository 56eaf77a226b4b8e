"""The running server of a real site: what it believes, what it limits, what it writes down."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from own_database import own_database
from sojourn.cli.serving import arguments
from sojourn.records.encrypted import new_key

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from sojourn.cli import main; main()"]


@dataclass(frozen=True, slots=True)
class Server:
    """A server on loopback and what it has written."""

    port: int
    log: Path

    def ask(self, address: str = "/", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", address, headers={"Host": "youth.example.org", **told})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    log = folder / "log"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with own_database(folder, "served") as environment, log.open("wb") as written:
        real = environment | {
            "PYTHONPATH": str(ROOT / "src"),
            "SOJOURN_DEBUG": "0",
            "SOJOURN_SECRET_KEY": "a long text that stands for a secret " * 2,
            "SOJOURN_FIELD_KEYS": new_key(),
            "SOJOURN_HOSTS": "youth.example.org",
            "SOJOURN_PROXIES": "1",
        }
        subprocess.run([*COMMAND, "init"], env=real, check=True, stdout=written, stderr=written)  # noqa: S603
        serve = [*COMMAND, "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
        process = subprocess.Popen(serve, env=real, stdout=written, stderr=written)  # noqa: S603
        try:
            _wait_for(port)
            yield Server(port, log)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("the server does not answer")


def test_page_through_the_proxy_carries_the_headers_of_a_real_site(server: Server) -> None:
    status, headers, body = server.ask(X_Forwarded_Proto="https")
    assert status == 200
    assert headers["strict-transport-security"].startswith("max-age=63072000")
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["cache-control"] == "no-store"
    assert b"</html>" in body


def test_page_without_tls_leads_to_tls(server: Server) -> None:
    status, headers, _body = server.ask("/plan/")
    assert (status, headers["location"]) == (301, "https://youth.example.org/plan/")


def test_errors_of_a_real_site_are_pages_without_details(server: Server) -> None:
    told = {
        address: server.ask(address, X_Forwarded_Proto="https")
        for address in ("/none/", "/static/none", "/office/")
    }
    assert [answer[0] for answer in told.values()] == [404, 404, 302]
    foreign = server.ask(Host="evil.example", X_Forwarded_Proto="https")
    assert foreign[0] == 400
    assert b"Traceback" not in foreign[2] + told["/none/"][2]


def test_endless_lines_and_headers_are_refused(server: Server) -> None:
    assert server.ask("/" + "a" * 5000)[0] == 414
    assert server.ask(X_Long="a" * 9000)[0] == 431
    assert server.ask(**{f"X_{number}": "a" for number in range(70)})[0] == 431


def test_log_holds_no_address_no_query_and_no_browser(server: Server) -> None:
    server.ask(
        "/plan/?code=SECRET1", X_Forwarded_Proto="https", X_Forwarded_For="192.0.2.55", User_Agent="Browser/7"
    )
    time.sleep(0.5)
    told = server.log.read_text()
    assert "GET /plan/ 200" in told
    assert [word for word in ("SECRET1", "192.0.2.55", "127.0.0.1 ", "Browser/7") if word in told] == []


def test_workers_are_replaced_and_silent_ones_ended() -> None:
    told = dict(pairwise(arguments("127.0.0.1:8000", 2, 4)))
    asked = ("--timeout", "--graceful-timeout", "--keep-alive", "--max-requests", "--forwarded-allow-ips")
    assert [told[name] for name in asked] == ["60", "30", "5", "5000", ""]
