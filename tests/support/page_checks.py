"""What no page may have, checked on every page any test looks at.

Thousands of pages are checked: each is read by a parser in C, and by the strict one, which is in
Python, only where nothing of the same make was read before.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import html5lib
from lxml.html import document_fromstring

# Repeating these is harmless, so they carry no key against a double click.
HARMLESS = re.compile(
    r"/(sign-in|sign-out|demo|invitations/|me|drafts|notices/read|views|unsubscribe/)"
    r"|/requests/\d+/(seen|watches|pulse)|/teams/\d+/answers|/teams/\d+/webhooks/\d+/"
)
TEXT = re.compile(r"""(?<=>)[^<>]+(?=<)|(?<==)"[^"<>]*"|(?<==)'[^'<>]*'""")
REFERENCE = re.compile(r"&[^\s;]*;?")
_sound: set[tuple[str, bool]] = set()
NOT_TYPED = ("hidden", "submit", "button", "reset", "image")


def check_page(html: str, *, whole: bool, url: str) -> None:
    """Check `html`; `whole` is False for a part that htmx asked for."""
    tree = document_fromstring(html)
    wrong = [*_parse_errors(html, whole), *_doubles(tree), *_loud_attributes(tree), *_scripts(tree)]
    if whole:
        wrong += _headlines(tree)
    for form in tree.iter("form"):
        wrong += _form(form)
    wrong += _fields(tree)
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
    return "".join(("x" if match[0].strip(""" "'""") else "", *REFERENCE.findall(match[0])))


def _found_by_parsing(html: str, whole: bool) -> Iterator[str]:
    parser = html5lib.HTMLParser()
    parser.parse(html) if whole else parser.parseFragment(html)
    for (line, column), code, details in parser.errors:
        said = html5lib.constants.E[code] % details
        yield f"not valid HTML in line {line}, column {column}: {said}"


def _headlines(tree: Any) -> Iterator[str]:
    headlines = [_words(h1) for h1 in tree.iter("h1")]
    title = " ".join(map(_words, tree.iter("title")))
    if len(headlines) != 1:
        yield f"{len(headlines)} h1, not one: {headlines}"
    elif headlines[0] not in title:
        yield f"the title “{title}” does not hold the headline “{headlines[0]}”"
    if not tree.get("lang"):
        yield "the page does not say its language"


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _doubles(tree: Any) -> Iterator[str]:
    for name, count in Counter(tree.xpath("//@id")).items():
        if count > 1:
            yield f"{count} elements have the id {name}"


def _form(form: Any) -> Iterator[str]:
    action, method = form.get("action"), form.get("method", "").lower()
    if not action or method not in ("get", "post"):
        yield f"a form needs an action and a method: {_start(form)}"
    if method == "post":
        hidden = set(form.xpath(".//input[@type='hidden']/@name"))
        if "csrf_token" not in hidden:
            yield f"no csrf_token in {_start(form)}"
        if "key" not in hidden and not HARMLESS.match(action or ""):
            yield f"no key against a double click in {_start(form)}"
    elif form.xpath(".//input[@name='csrf_token']"):
        yield f"a csrf_token would show in the address: {_start(form)}"


def _fields(tree: Any) -> Iterator[str]:
    labelled = set(tree.xpath("//label/@for"))
    for button in tree.iter("button"):
        if button.get("type") not in ("submit", "button", "reset"):
            yield f"a button needs its type: {_start(button)}"
    for field in tree.iter("input", "select", "textarea"):
        named = field.get("aria-label") or field.get("aria-labelledby")
        if named or field.get("type") in NOT_TYPED or field.get("id") in labelled:
            continue
        if next(field.iterancestors("label"), None) is None:
            yield f"no label for {_start(field)}"


def _loud_attributes(tree: Any) -> Iterator[str]:
    for name in tree.xpath("//@*[name() = 'style' or starts-with(name(), 'on')]"):
        yield f"the content security policy stops {name.attrname}= in {_start(name.getparent())}"


def _scripts(tree: Any) -> Iterator[str]:
    for element in tree.xpath("//style | //script[not(string(@src))]"):
        yield f"the content security policy stops an inline {_start(element)}"


def _start(element: Any) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    return f"<{element.tag}{attributes}>"
