"""Take the pictures of docs/images anew: `make docs`.

An instance of its own is set up as a new user would, in a home folder that is removed afterwards.
The last picture needs a move that is struck through: it is annulled through its form.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.journeys.pictures import take_picture
from tests.pages.chromium import FLAGS, PATH

IKRAR = Path(sys.executable).with_name("ikrar")
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
WIDTHS = (1280, 320)
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
REASON = {
    "id": "Dicatat dua kali; laporan itu menceritakan pertemuan lain.",
    "en": "Recorded by mistake: the report tells of another meeting.",
}


@dataclass(frozen=True)
class Instance:
    """A running instance: where it answers, and the link that logs in once."""

    address: str
    login: str


@contextmanager
def instance() -> Iterator[Instance]:
    """Load the demo in a new home and serve it; stop everything at the end."""
    home = Path(tempfile.mkdtemp(prefix="ikrar-pictures-"))
    home.chmod(0o711)  # where the embedded database runs as another user, it passes through here
    kept = {name: v for name, v in os.environ.items() if not name.startswith("DATABASE_")}
    environment = {**kept, "IKRAR_HOME": str(home / "home"), "PORT": str(free_port())}
    address = f"http://127.0.0.1:{environment['PORT']}"
    try:
        subprocess.run([IKRAR, "demo", "--no-serve"], env=environment, check=True, timeout=300)
        with serving(environment) as login:
            wait_for(address)
            yield Instance(address, login)
    finally:
        subprocess.run([IKRAR, "stop"], env=environment, check=True, timeout=60)
        shutil.rmtree(home)


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """Serve in a session of its own, all of which ends; give the link that logs in once."""
    served = subprocess.Popen(
        [IKRAR, "demo"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield login_link(served)
    finally:
        os.killpg(served.pid, signal.SIGKILL)
        served.communicate()


def wait_for(address: str) -> None:
    """Return once the instance answers."""
    for _ in range(100):
        with suppress(OSError), urlopen(f"{address}/healthz", timeout=10):
            return
        time.sleep(0.2)
    raise SystemExit(f"Nothing answers at {address}.")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def login_link(served: "subprocess.Popen[str]") -> str:
    """Read what the command prints until it tells the link."""
    assert served.stdout
    for line in served.stdout:
        if found := re.search(r"http://\S+/accounts/link/\S+", line):
            return found[0]
    raise SystemExit("The instance ended without printing a login link.")


class Album:
    """The pictures that are taken, page by page, at each width and in each language."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address

    def stranger(self) -> BrowserContext:
        return self.browser.new_context(viewport={"width": WIDTHS[0], "height": 900})

    def take(self, context: BrowserContext, name: str, path: str) -> None:
        page = context.new_page()
        for language, title in LANGUAGES.items():
            page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            open_page(page, self.address + path)
            if page.get_attribute("html", "lang") != language:
                page.get_by_role("button", name=title).click()
                open_page(page, self.address + path)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                file = IMAGES / f"{name}-{language}-{width}.png"
                file.write_bytes(take_picture(page))
                print(f"{file.name}: {file.stat().st_size // 1000} kB")  # noqa: T201
        page.close()


def open_page(page: Page, url: str) -> None:
    answer = page.goto(url)
    assert answer, url
    assert answer.ok, (url, answer.status)


def take_all(browser: Browser, running: Instance) -> None:
    """Visit the pages as a stranger, then as the demo account."""
    album = Album(browser, running.address)
    stranger = album.stranger()
    album.take(stranger, "public", "/public/")
    album.take(stranger, "login", "/accounts/login/")
    reader = album.stranger()
    page = reader.new_page()
    open_page(page, running.login)
    page.locator("main form button").click()
    album.take(reader, "register", "/register/")
    album.take(reader, "meetings", "/meetings/")
    album.take(reader, "meeting", link_to(page, running, "/meetings/", "Phnom Penh"))
    vote = link_to(page, running, "/register/", "President|Presiden")
    loop = link_to(page, running, "/register/", "inspectors")
    album.take(reader, "undertaking", vote)
    album.take(reader, "loop", loop)
    open_page(page, running.address + vote)
    source = page.locator('main a[href^="/sources/"]').first.get_attribute("href")
    album.take(reader, "source", str(source).partition("#")[0])
    album.take(reader, "annulled", annul(page, running, vote))


def link_to(page: Page, running: Instance, path: str, words: str) -> str:
    """The address of the first row of a list that holds these words."""
    open_page(page, running.address + path)
    rows = page.locator("main tr, main li").filter(has_text=re.compile(words))
    return str(rows.first.locator("a").first.get_attribute("href"))


def annul(page: Page, running: Instance, path: str) -> str:
    """Strike the last move of an undertaking through; return where that is seen."""
    open_page(page, running.address + path)
    page.locator('main a[href*="/annul/"]').last.click()
    page.locator("main textarea").fill(REASON[str(page.get_attribute("html", "lang"))])
    page.locator("main form button").click()
    return path


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with instance() as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=FLAGS)
        take_all(browser, running)
        browser.close()


if __name__ == "__main__":
    main()
