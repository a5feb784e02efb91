"""Every page in Chromium: accessible, as wide as its window, and silent on the console."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from tests.pages.addresses import World, addresses, make_world
from tests.pages.chromium import Chromium

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"
WIDTHS = [320, 1280]

pytestmark = pytest.mark.browser


@dataclass
class Tour:
    """What one reader visits, and the faults that are found on the way."""

    server: str
    language: str
    session: str
    paths: list[str]
    faults: list[str] = field(default_factory=list)

    def __call__(self, browser: Browser) -> list[str]:
        context = browser.new_context(viewport={"width": WIDTHS[0], "height": 900})
        context.add_cookies(self._cookies())
        page = context.new_page()
        page.on("console", lambda said: self._fault(page, "console", said.text))
        page.on("pageerror", lambda error: self._fault(page, "script", str(error)))
        for path in self.paths:
            self._visit(page, path)
        context.close()
        return self.faults

    def _cookies(self) -> list[Any]:
        values = {
            settings.LANGUAGE_COOKIE_NAME: self.language,
            settings.SESSION_COOKIE_NAME: self.session,
        }
        return [
            {"name": name, "value": value, "url": self.server}
            for name, value in values.items()
            if value
        ]

    def _visit(self, page: Page, path: str) -> None:
        page.goto(self.server + path)
        page.evaluate(AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                self._fault(page, f"{width} px", "scrolls sideways")
            for violation in page.evaluate(RUN_AXE):
                places = [node["target"] for node in violation["nodes"]]
                self._fault(page, f"{width} px", f"{violation['help']}: {places}")
        if page.get_attribute("html", "lang") != self.language:
            self._fault(page, "language", page.get_attribute("html", "lang") or "none")

    def _fault(self, page: Page, where: str, what: str) -> None:
        self.faults.append(f"{page.url} ({self.language}, {where}): {what}")


def session_of(world: World, reader: str, language: str) -> str:
    account = world.readers[reader]
    if account is None:
        return ""
    account.language = language
    account.save()
    client = Client()
    client.force_login(account)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def pages_of(world: World, reader: str) -> list[str]:
    """Return the addresses that answer this reader with a page of their own, not a redirection."""
    client = Client()
    if account := world.readers[reader]:
        client.force_login(account)
    asked = {each.path(world): each for each in addresses()}
    return [path for path in asked if is_page(client, path)]


def is_page(client: Client, path: str) -> bool:
    answer = client.get(path)
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("reader", ["anonymous", "administrator", "guarded"])
def test_pages_are_accessible(browser: Chromium, server: str, reader: str, language: str) -> None:
    world = make_world()
    paths = pages_of(world, reader)
    session = session_of(world, reader, language)
    assert paths
    assert not browser.run(Tour(server, language, session, paths))


@pytest.mark.parametrize("language", ["id", "en"])
def test_page_that_does_not_exist_is_accessible(
    browser: Chromium, server: str, language: str
) -> None:
    faults = browser.run(Tour(server, language, "", ["/there-is-no-such-page/"]))
    assert [fault for fault in faults if "status of 404" not in fault] == []
