"""A server elsewhere: the one in DATABASE_URL, or one of our own on a loopback port."""

import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import pq, sql
from tests.databases import ADMINISTRATOR, home_of_its_own

from ikrar.config.database import Home
from ikrar.config.database.binaries import find_binaries


@dataclass(frozen=True)
class ForeignServer:
    """Its administrator's address, up to the name of the database."""

    base: str

    def url(self, dbname: str = "postgres") -> str:
        """The administrator's address of a database."""
        return f"{self.base}/{dbname}"

    def url_of(self, role: str, password: str, dbname: str) -> str:
        """Another role's address of a database."""
        scheme, rest = self.base.split("://")
        return f"{scheme}://{role}:{password}@{rest.rpartition('@')[2]}/{dbname}"

    def execute(self, *statements: str, dbname: str = "postgres", **names: str) -> None:
        """As administrator; ``{name}`` stands for an identifier."""
        identifiers = {key: sql.Identifier(value) for key, value in names.items()}
        with psycopg.connect(self.url(dbname), autocommit=True) as connection:
            for statement in statements:
                connection.execute(sql.SQL(statement).format(**identifiers))


@contextmanager
def foreign_server() -> Iterator[ForeignServer]:
    """The server that the suite was given, or a second one from the embedded programs."""
    if given := os.environ.get(ADMINISTRATOR):
        yield ForeignServer(given.rpartition("/")[0])
        return
    with home_of_its_own() as home:
        password, port = secrets.token_hex(8), _free_port()
        base = f"postgresql://chief:{password}@127.0.0.1:{port}"
        server = _start(home, password, port)
        try:
            while pq.PGconn.ping(f"{base}/postgres".encode()) != pq.Ping.OK:
                assert server.poll() is None
                time.sleep(0.02)
            yield ForeignServer(base)
        finally:
            server.terminate()
            server.wait()


def _start(home: Home, password: str, port: int) -> subprocess.Popen[bytes]:
    user = home.prepare()
    programs = find_binaries(None, user)
    word = home.socket / "password"
    word.write_text(password)
    os.chown(word, user.uid, user.gid)
    who = {"user": user.uid, "group": user.gid, "extra_groups": []} if os.geteuid() == 0 else {}
    data = home.socket / "foreign"  # the folder that the server's user may write to
    making = [programs / "initdb", "-D", data, "-U", "chief", f"--pwfile={word}"]
    making += ["--auth=scram-sha-256", "--no-sync", "--encoding=UTF8", "--locale=C"]
    subprocess.run(making, check=True, capture_output=True, **who)
    options = ["-p", str(port), "-k", str(home.socket), "-c", "listen_addresses=127.0.0.1"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([programs / "postgres", "-D", data, "-F", *options], **quiet, **who)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
