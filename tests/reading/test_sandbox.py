from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from tests.reading.documents import REPORT, docx_file, page, pdf, repacked

from ikrar.reading.formats import SENTENCES, Limits, parse, worker
from ikrar.reading.formats.sandbox import Sandbox, _read, parse_limited
from ikrar.reading.formats.wire import (
    document_from_json,
    document_to_json,
    meta_from_json,
    meta_to_json,
)
from ikrar.reading.text import Document, Meta, ReadingError

META = Meta(filename="a.txt", url="https://warta.example/a", publisher="Warta")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


@pytest.fixture
def own_sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


def refused(sandbox: Sandbox, content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        sandbox.parse(content, Meta(), limits or Limits())
    assert caught.value.sentence == SENTENCES[caught.value.code]
    return caught.value.code


def children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


@pytest.mark.parametrize(
    "content",
    [REPORT.encode(), page(), pdf("Menteri Satu bertemu Menteri Dua."), docx_file("Menteri Satu.")],
    ids=["text", "html", "pdf", "docx"],
)
def test_sandbox_gives_what_parse_gives(content: bytes) -> None:
    assert parse_limited(content, META) == parse(content, META)


def test_document_and_meta_survive_the_wire() -> None:
    document = parse(REPORT.encode(), META)
    assert isinstance(document, Document)
    assert document_from_json(document_to_json(document)) == document
    assert meta_from_json(meta_to_json(META)) == META


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\x7fELF" + bytes(99), "binary"),
        (pdf("Halaman", encrypt=True), "encrypted"),
        (b"%PDF-1.4 nothing", "damaged"),
        (b"PK\x03\x04word/document.xml", "damaged"),
        (page("<img src='x'>"), "no_text"),
    ],
)
def test_sandbox_hands_on_the_sentence(content: bytes, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse_limited(content)
    assert caught.value.code == code


def test_size_is_refused_before_a_process_is_started(own_sandbox: Sandbox) -> None:
    assert refused(own_sandbox, bytes(200 * 1024 * 1024)) == "too_large"
    assert own_sandbox._process is None


def test_memory_is_limited(sandbox: Sandbox) -> None:
    content = page("<p>Menteri Satu bertemu Menteri Dua.</p>" * 80_000)
    assert refused(sandbox, content, Limits(memory=160 * 1024 * 1024)) == "memory"
    assert sandbox.parse(REPORT.encode(), Meta(), Limits()).text == REPORT


def test_time_is_limited_and_nobody_stays_behind(sandbox: Sandbox) -> None:
    sandbox.parse(REPORT.encode(), Meta(), Limits())
    content = page("<p>Menteri Satu bertemu Menteri Dua.</p>" * 100_000)
    start = time.monotonic()
    assert refused(sandbox, content, Limits(wall_seconds=0.3)) == "timeout"
    assert time.monotonic() - start < 5
    assert sandbox.parse(REPORT.encode(), Meta(), Limits()).text == REPORT
    worker = sandbox._process
    assert worker is not None
    assert psutil.Process(worker.pid).children() == []


def test_processor_time_is_limited(sandbox: Sandbox) -> None:
    content = page("<p>Menteri Satu bertemu Menteri Dua, katanya.</p>" * 100_000)
    assert refused(sandbox, content, Limits(cpu_seconds=1)) == "timeout"


def test_hostile_nesting_and_bombs_are_answered(sandbox: Sandbox) -> None:
    deep = page("<div>" * 100_000 + "Menteri Satu bertemu Menteri Dua di ibu kota.")
    with contextlib.suppress(ReadingError):
        assert "Menteri" in sandbox.parse(deep, Meta(), Limits()).text
    bomb = repacked(docx_file("Satu"), "word/media/bomb", bytes(30_000_000))
    assert refused(sandbox, bomb) == "unsafe"


def test_killed_worker_is_replaced(own_sandbox: Sandbox) -> None:
    own_sandbox.parse(REPORT.encode(), Meta(), Limits())
    first = own_sandbox._process
    assert first is not None
    os.kill(first.pid, signal.SIGKILL)
    time.sleep(0.2)
    assert own_sandbox.parse(REPORT.encode(), Meta(), Limits()).text == REPORT
    assert own_sandbox._process is not None
    assert own_sandbox._process.pid != first.pid


def test_closed_sandbox_leaves_no_process(own_sandbox: Sandbox) -> None:
    before = {process.pid for process in children()}
    own_sandbox.parse(REPORT.encode(), Meta(), Limits())
    assert {process.pid for process in children()} > before
    own_sandbox.close()
    assert {process.pid for process in children()} == before


def test_threads_take_turns(sandbox: Sandbox) -> None:
    wrong: list[str] = []

    def read(number: int) -> None:
        text = f"{REPORT}\n\nNomor {number}."
        if sandbox.parse(text.encode(), Meta(), Limits()).text != text:
            wrong.append(text)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_fork_of_the_caller_starts_its_own_worker(own_sandbox: Sandbox) -> None:
    own_sandbox.parse(REPORT.encode(), Meta(), Limits())
    first = own_sandbox._process
    assert first is not None
    own_sandbox._owner = os.getpid() + 1  # as a forked copy sees it
    own_sandbox.parse(REPORT.encode(), Meta(), Limits())
    assert own_sandbox._process is not None
    assert own_sandbox._process.pid != first.pid
    first.kill()
    first.wait()
    for stream in (first.stdin, first.stdout):
        assert stream is not None
        stream.close()


def test_sandbox_keeps_secrets_from_the_parser(
    own_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IKRAR_TEST_SECRET", "rahasia")
    own_sandbox.parse(REPORT.encode(), Meta(), Limits())
    assert own_sandbox._process is not None
    environment = psutil.Process(own_sandbox._process.pid).environ()
    assert "IKRAR_TEST_SECRET" not in environment


def test_limits_that_the_system_refuses_are_left_out() -> None:
    """A hard limit below ours, as in a small container, must not stop the reading."""
    code = (
        "import resource, sys;"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40));"
        "resource.setrlimit(resource.RLIMIT_CPU, (9, 9));"
        "from ikrar.reading.formats import parse_limited;"
        "sys.stdout.write(parse_limited(b'Menteri Satu bertemu.').text)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == "Menteri Satu bertemu."


def test_parser_can_write_no_file(tmp_path: Path) -> None:
    """The child's own limit on file size, tried in a process that sets it the same way."""
    target = tmp_path / "written"
    code = (
        "from ikrar.reading.formats.limits import Limits;"
        "from ikrar.reading.formats.worker import _confine;"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "_confine(Limits());"
        f"stream = open({str(target)!r}, 'wb', buffering=0); stream.write(b'x')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert "File too large" in done.stderr
    assert target.stat().st_size == 0


def test_answer_over_the_pipe_may_be_large(sandbox: Sandbox) -> None:
    text = f"{REPORT}\n\n" * 3_000
    limits = replace(Limits(), wall_seconds=60.0)
    assert len(sandbox.parse(text.encode(), Meta(), limits).text) == len(text)


@pytest.mark.parametrize(
    ("error", "code"),
    [(MemoryError(), "memory"), (RecursionError(), "damaged"), (KeyError("x"), "damaged")],
)
def test_parser_that_fails_anyhow_gets_an_answer(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, code: str
) -> None:
    def fail(*_: object) -> Document:
        raise error

    monkeypatch.setattr(worker, "parse", fail)
    assert worker._answer(b"x", meta_to_json(Meta()), Limits())["error"] == code


@pytest.mark.parametrize(
    ("status", "answer", "code"),
    [
        (-signal.SIGSEGV, b"", "damaged"),
        (-signal.SIGKILL, b"", "memory"),
        (-signal.SIGXCPU, b"", "timeout"),
        (0, b'{"error": "not one of ours"}', "damaged"),
    ],
)
def test_death_of_the_parser_gets_a_sentence(status: int, answer: bytes, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        _read(status, answer)
    assert caught.value.code == code


def test_worker_that_hangs_is_ended(own_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ikrar.reading.formats.sandbox._GRACE", 0.0)
    own_sandbox.parse(REPORT.encode(), Meta(), Limits())
    hung = own_sandbox._process
    assert hung is not None
    os.kill(hung.pid, signal.SIGSTOP)
    assert refused(own_sandbox, REPORT.encode(), Limits(wall_seconds=0.5)) == "timeout"
    assert not psutil.pid_exists(hung.pid)
    assert own_sandbox.parse(REPORT.encode(), Meta(), Limits()).text == REPORT
