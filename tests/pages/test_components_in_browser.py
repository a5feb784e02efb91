"""The gallery of components in Chromium."""

import pytest
from django.conf import LazySettings
from tests.pages.chromium import Chromium, serving
from tests.pages.test_in_browser import Tour
from tests.web import gallery_page


@pytest.mark.browser
@pytest.mark.parametrize("language", ["id", "en"])
def test_components_are_accessible(
    browser: Chromium, transactional_db: None, settings: LazySettings, language: str
) -> None:
    gallery_page.put_up(settings)
    with serving() as server:
        paths = ["/gallery/", "/gallery/?wrong=1"]
        assert not browser.run(Tour(server, language, "", paths))
