"""Under the strict policy on content no page asks for anything that the policy forbids."""

from collections.abc import Iterator
from typing import Any

import pytest

from support.browser import POLICY
from support.shapes import SHAPES, visit

pytestmark = pytest.mark.browser

RECORD = """window.refused = [];
addEventListener("securitypolicyviolation", (event) => refused.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));"""


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(RECORD)
    yield context.new_page()
    context.close()


# The page's own policy holds in every test of a page; the server's is tried on pages of different make, and on all in the full run.
FEW = ["home", "policy", "fees", "search-words", "missing"]


@pytest.mark.parametrize("shapes", [FEW, pytest.param(SHAPES, marks=pytest.mark.full)], ids=["few", "all"])
def test_no_page_is_refused_anything(page: Any, strict: str, shapes: list[str]) -> None:
    refused = {}
    for shape in shapes:
        visit(page, strict, shape)
        if found := page.evaluate("refused"):
            refused[shape] = found
    assert refused == {}


def test_the_server_sends_the_policy_and_the_browser_keeps_it(page: Any, strict: str) -> None:
    answer = page.goto(strict + "/")
    assert answer.headers["content-security-policy"] == POLICY
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p><img src=\"https://a.example/\">')")
    page.wait_for_timeout(100)
    assert {one.split(":")[0] for one in page.evaluate("refused")} == {"img-src", "style-src-attr"}


def test_the_page_itself_carries_what_a_page_can_say_of_the_policy(page: Any, strict: str) -> None:
    page.goto(strict + "/")
    written = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    # Browsers read frame-ancestors from the server only.
    assert written == POLICY.removesuffix("; frame-ancestors 'none'")
