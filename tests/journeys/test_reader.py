"""A new reader in Chromium: from the one-time link to a passage in a source, and out again."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django import DjangoDbBlocker
from tests.desk.demo import PlainUndertaking, standings
from tests.factories.accounts import make_account
from tests.pages.chromium import Chromium

from ikrar.accounts.actions import create_login_link
from ikrar.accounts.vocabulary import Role
from ikrar.config.demo.load import Loaded
from ikrar.kernel.evidence import Classification
from ikrar.register.log.annul import AnnulOrder, annul
from ikrar.register.queries.asof import present
from ikrar.register.queries.stories import story_of

pytestmark = pytest.mark.browser

REASON = "The report tells of another meeting."


@dataclass(frozen=True)
class Stage:
    """Where the demo is served, and what the tests ask for."""

    address: str
    loaded: Loaded
    vote: str
    loop: str
    struck: str
    recorded_at: str
    before: str

    def open(self, page: Page, symbol: str, **asked: str) -> str:
        """Open an undertaking and return what its page says."""
        page.goto(f"{self.address}/register/{symbol}/?{urlencode(asked)}")
        return page.inner_text("main")


@pytest.fixture(scope="module")
def stage(served_demo: tuple[str, Loaded], django_db_blocker: DjangoDbBlocker) -> Stage:
    address, loaded = served_demo
    rows = standings()
    vote = the(rows, "candidature", "IDN")
    story = story_of(loaded.account, vote.symbol, present())
    recorded = story.moves[0].row.recorded_at
    struck = the(rows, "capacity", "KHM")
    reviewer = make_account(Role.REVIEWER, Classification.SECRET)
    last = story_of(loaded.account, struck.symbol, present()).moves[-1]
    annul(AnnulOrder(last.row.pk, reviewer.pk, REASON))
    return Stage(
        address=address,
        loaded=loaded,
        vote=vote.symbol,
        loop=next(row.symbol for row in rows if row.standing == "confirmed"),
        struck=struck.symbol,
        recorded_at=(recorded + timedelta(seconds=1)).isoformat(),
        before=(recorded - timedelta(seconds=1)).isoformat(),
    )


def the(rows: list[PlainUndertaking], theme: str, requester: str) -> PlainUndertaking:
    (found,) = [row for row in rows if row.theme == theme and requester in row.requesters]
    return found


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def has_script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def visit(
    browser: Chromium,
    stage: Stage,
    steps: Callable[[Page], None],
    *,
    width: int = 1280,
    has_script: bool = True,
) -> None:
    """Log a new reader in by a link of its own, in English, and do the steps."""
    link = create_login_link(
        account=make_account(Role.READER, Classification.PUBLIC, language="en")
    )

    def run(chromium: Browser) -> None:
        size: ViewportSize = {"width": width, "height": 900}
        page = chromium.new_page(viewport=size, java_script_enabled=has_script)
        page.set_default_timeout(20_000)
        try:
            page.goto(stage.address + link)
            page.locator("main form button").click()
            steps(page)
        finally:
            page.close()

    browser.run(run)


def test_reader_goes_from_the_link_to_a_verified_passage(
    browser: Chromium, stage: Stage, has_script: bool
) -> None:
    def steps(page: Page) -> None:
        assert page.url == f"{stage.address}/register/"
        page.get_by_role("link", name=re.compile("support Indonesia's candidature")).click()
        assert page.url.endswith(f"/register/{stage.vote}/")
        assert "Lapsed" in page.inner_text("main")
        assert "nobody can tell" in page.inner_text("main")
        page.locator('main a[href^="/sources/"]').first.click()
        assert "Verified: all" in page.inner_text("main")
        assert page.locator(f"mark#{page.url.partition('#')[2]}").count() == 1
        page.get_by_role("link", name=re.compile("^Phnom Penh")).first.click()
        assert "/meetings/" in page.url
        assert "Keo Remy" in page.inner_text("main")
        page.get_by_role("button", name="Bahasa Indonesia").click()
        assert page.get_attribute("html", "lang") == "id"
        page.goto(f"{stage.address}/accounts/logout/")
        page.locator("main form button").click()
        page.goto(f"{stage.address}/register/")
        assert "/accounts/login/" in page.url
        page.goto(f"{stage.address}/public/")
        assert page.locator("main table tbody tr").count() >= 12

    visit(browser, stage, steps, has_script=has_script)


def test_link_logs_in_once(browser: Chromium, stage: Stage) -> None:
    link = create_login_link(account=make_account(Role.READER, language="en"))

    def twice(chromium: Browser) -> None:
        for status in (200, 410):
            page = chromium.new_page()
            assert page.goto(stage.address + link).status == status
            if status == 200:
                page.locator("main form button").click()
            page.close()

    browser.run(twice)


def test_vote_is_told_as_of_both_times(browser: Chromium, stage: Stage, has_script: bool) -> None:
    def steps(page: Page) -> None:
        vote = stage.vote
        assert "Not promised." in stage.open(page, vote, true_on="1 Dec 2025")
        assert "Nothing yet." in stage.open(page, vote, true_on="23 Nov 2025")
        asked = stage.open(page, vote, true_on="24 Nov 2025")
        assert "Indonesia asked Cambodia on 24 Nov 2025" in asked
        assert "Nothing yet." in stage.open(page, vote, known_on=stage.before)
        assert "Indonesia asked Cambodia" in stage.open(page, vote, known_on=stage.recorded_at)

    visit(browser, stage, steps, has_script=has_script)


def test_annulled_move_is_struck_through_with_who_when_and_why(
    browser: Chromium, stage: Stage
) -> None:
    def steps(page: Page) -> None:
        page.goto(f"{stage.address}/register/{stage.struck}/")
        struck = page.locator(".ik-move--annulled")
        assert struck.count() == 1
        line = struck.locator("del").evaluate("e => getComputedStyle(e).textDecorationLine")
        assert "line-through" in line
        told = struck.inner_text()
        assert re.search(r"Annulled on \d+ \w+ \d{4}.* by Reviewer of Aurelia", told)
        assert REASON in told

    visit(browser, stage, steps)


def test_loop_is_told_from_the_request_to_the_confirmation(browser: Chromium, stage: Stage) -> None:
    def steps(page: Page) -> None:
        stage.open(page, stage.loop)
        acts = page.locator(".ik-move__act").all_inner_texts()
        words = ["asked", "proposed", "accepted", "reported", "disputed", "reported", "confirmed"]
        told = iter(acts)
        assert all(any(word in act for act in told) for word in words), acts
        assert "Invented for demonstration" in page.inner_text("main")

    visit(browser, stage, steps)


def test_keyboard_alone_reaches_the_links_and_shows_where_it_is(
    browser: Chromium, stage: Stage
) -> None:
    def steps(page: Page) -> None:
        page.goto(f"{stage.address}/register/")
        seen = []
        for _ in range(60):
            page.keyboard.press("Tab")
            here = page.evaluate(FOCUS)
            assert here["isShown"], here
            seen.append(here["text"])
            if "support Indonesia's candidature" in here["text"]:
                break
        assert seen[0] == "Skip to main content"
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/register/{stage.vote}/")

    visit(browser, stage, steps)


FOCUS = """
() => {
  const here = document.activeElement;
  const look = () => { const s = getComputedStyle(here); return s.outline + s.boxShadow
    + s.backgroundColor + s.borderColor + s.color; };
  const focused = look();
  here.blur();
  const isShown = focused !== look() || getComputedStyle(here).outlineStyle !== "none";
  here.focus({ preventScroll: true });
  return { text: here.innerText || here.name || "", isShown };
}
"""


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(browser: Chromium, stage: Stage, width: int) -> None:
    def steps(page: Page) -> None:
        for path in ("register/", f"register/{stage.vote}/", f"register/{stage.loop}/"):
            page.goto(f"{stage.address}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        for first in ("sources", "meetings"):
            page.goto(f"{stage.address}/{first}/")
            page.locator(f'main a[href^="/{first}/"]').first.click()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    visit(browser, stage, steps, width=width)
