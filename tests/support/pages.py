"""One answer of the application, read as a person reads it."""

from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from tests.support.page_checks import check_page


class Page:
    """An answer: a whole page, a part of one, or a file."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.address = response.request.url
        parts = urlsplit(self.address)
        self.url = parts.path + (f"?{parts.query}" if parts.query else "")
        self.is_html = response.mimetype == "text/html"
        self.html = response.get_data(as_text=True)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """What it is made of, read only where a test asks for it."""
        return BeautifulSoup(self.html if self.is_html else "", "html.parser")

    @property
    def is_whole(self) -> bool:
        """Whether this is a page, not a part that htmx asked for."""
        return self.html.lstrip()[:9].lower() == "<!doctype"

    @property
    def text(self) -> str:
        """What can be read, with single spaces."""
        return text_of(self.soup) if self.is_html else self.html

    @property
    def h1(self) -> str:
        """The headline."""
        return text_of(self.one("h1"))

    def one(self, selector: str) -> Tag:
        """Return the only element at the CSS `selector`."""
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} × {selector} at {self.url}"
        return found[0]

    def all(self, selector: str) -> list[Tag]:
        """Return every element at the CSS `selector`, in reading order."""
        return list(self.soup.select(selector))

    def texts(self, selector: str) -> list[str]:
        """Return what can be read in every element at the CSS `selector`."""
        return [text_of(element) for element in self.all(selector)]

    def link(self, words: str) -> str:
        """Return the address behind the first link that reads `words`."""
        for link in self.all("a[href]"):
            if words in (text_of(link), link.get("aria-label")):
                return str(link["href"])
        raise AssertionError(f"no link “{words}” at {self.url}: {self.texts('a[href]')}")

    def check(self) -> None:
        """Fail with a sentence for what no page may have."""
        if self.is_html and self.html:
            check_page(self.html, whole=self.is_whole, url=self.url)


def text_of(element: Any) -> str:
    """Return what can be read in `element`, with single spaces."""
    return " ".join(element.get_text(" ").split())
