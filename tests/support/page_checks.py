"""What no page may have, checked on every page any test looks at."""

import re
from collections import Counter
from collections.abc import Iterator

import html5lib
from bs4 import BeautifulSoup, Tag

# Repeating these is harmless, so they carry no key against a double click.
HARMLESS = re.compile(
    r"/(sign-in|sign-out|demo|invitations/|me|drafts|notices/read|views|unsubscribe/)"
    r"|/requests/\d+/(seen|watches|pulse)|/teams/\d+/answers|/teams/\d+/webhooks/\d+/"
)
TEXT = re.compile(r'(?<=>)[^<>]+(?=<)|(?<==)"[^"<>]*"')
REFERENCE = re.compile(r"&[^\s;]*;?")
_sound: set[tuple[str, bool]] = set()
NOT_TYPED = ("hidden", "submit", "button", "reset", "image")


def check_page(html: str, soup: BeautifulSoup, *, whole: bool, url: str) -> None:
    """Check `html` and its parsed `soup`; `whole` is False for a part that htmx asked for."""
    wrong = [*_parse_errors(html, whole), *_headlines(soup, whole), *_doubles(soup)]
    for check in (_form, _field, _loud_attributes, _script):
        for element in soup.find_all(True):
            wrong += check(element, soup)
    assert not wrong, f"{url}:\n" + "\n".join(wrong)


def _parse_errors(html: str, whole: bool) -> Iterator[str]:
    """Yield what a strict parser finds; a page of the same make as one before is parsed once."""
    make = _make_of(html), whole
    if make in _sound:
        return
    found = list(_found_by_parsing(html, whole))
    if not found:
        _sound.add(make)
    yield from found


def _make_of(html: str) -> str:
    """Return a page with "x" for its texts and values, and with what may be wrong in them."""
    return TEXT.sub(_reduced, html)


def _reduced(match: re.Match[str]) -> str:
    return "".join(("x" if match[0].strip(' "') else "", *REFERENCE.findall(match[0])))


def _found_by_parsing(html: str, whole: bool) -> Iterator[str]:
    parser = html5lib.HTMLParser()
    parser.parse(html) if whole else parser.parseFragment(html)
    for (line, column), code, details in parser.errors:
        said = html5lib.constants.E[code] % details
        yield f"not valid HTML in line {line}, column {column}: {said}"


def _headlines(soup: BeautifulSoup, whole: bool) -> Iterator[str]:
    if not whole:
        return
    headlines = [" ".join(h1.get_text(" ").split()) for h1 in soup.find_all("h1")]
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    if len(headlines) != 1:
        yield f"{len(headlines)} h1, not one: {headlines}"
    elif headlines[0] not in title:
        yield f"the title “{title}” does not hold the headline “{headlines[0]}”"
    if not (soup.html and soup.html.get("lang")):
        yield "the page does not say its language"


def _doubles(soup: BeautifulSoup) -> Iterator[str]:
    for name, count in Counter(tag["id"] for tag in soup.find_all(id=True)).items():
        if count > 1:
            yield f"{count} elements have the id {name}"


def _form(tag: Tag, _soup: BeautifulSoup) -> Iterator[str]:
    if tag.name != "form":
        return
    action, method = tag.get("action"), str(tag.get("method", "")).lower()
    if not action or method not in ("get", "post"):
        yield f"a form needs an action and a method: {_start(tag)}"
    if method == "post":
        hidden = {field.get("name") for field in tag.select("input[type=hidden]")}
        if "csrf_token" not in hidden:
            yield f"no csrf_token in {_start(tag)}"
        if "key" not in hidden and not HARMLESS.match(str(action)):
            yield f"no key against a double click in {_start(tag)}"
    elif tag.select("input[name=csrf_token]"):
        yield f"a csrf_token would show in the address: {_start(tag)}"


def _field(tag: Tag, soup: BeautifulSoup) -> Iterator[str]:
    if tag.name == "button" and tag.get("type") not in ("submit", "button", "reset"):
        yield f"a button needs its type: {_start(tag)}"
    if tag.name not in ("input", "select", "textarea") or tag.get("type") in NOT_TYPED:
        return
    named = tag.get("aria-label") or tag.get("aria-labelledby") or tag.find_parent("label")
    if not named and not (tag.get("id") and soup.find("label", attrs={"for": tag["id"]})):
        yield f"no label for {_start(tag)}"


def _loud_attributes(tag: Tag, _soup: BeautifulSoup) -> Iterator[str]:
    for name in tag.attrs:
        if name == "style" or name.startswith("on"):
            yield f"the content security policy stops {name}= in {_start(tag)}"


def _script(tag: Tag, _soup: BeautifulSoup) -> Iterator[str]:
    if tag.name == "style" or (tag.name == "script" and not tag.get("src")):
        yield f"the content security policy stops an inline {_start(tag)}"


def _start(tag: Tag) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in tag.attrs.items())
    return f"<{tag.name}{attributes}>"
