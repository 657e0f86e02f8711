"""Walks over every template and stylesheet: what must never stand in one."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))

# What a template may not hold, and why; each with a line that has it.
FORBIDDEN = {
    "a handler in an attribute, dead under our policy": (
        r"\s(hx-on|on[a-z]+)[:=][^\s>]*",
        '<a hx-on:click="go()">',
    ),
    "a trigger filter, dead under our policy": (r'hx-trigger="[^"]*\[', '<a hx-trigger="x[y]">'),
    "a computed value, dead under our policy": (r"[\"'](js|javascript):", "<a hx-vals='js:{}'>"),
    "an inline style": (r"\sstyle\s*=", '<a style="color: red">'),
    "an inline script or style element": (
        r"<script(?![^>]*\ssrc=)|<style",
        "<script>go()</script>",
    ),
    "an attribute of htmx 2 that htmx 4 does not know": (
        r"\shx-(disabled-elt|disinherit|inherit|ext|params|vars|history|prompt|request|sse|ws)\b",
        '<a hx-ext="sse">',
    ),
    "an event named as in htmx 2": (r"htmx:[a-z]+[A-Z]", '<a hx-trigger="htmx:afterSwap">'),
    "inherited without saying so": (
        r"<body[^>]*\shx-(headers|target|boost)=",
        '<body hx-boost="t">',
    ),
    "an address elsewhere": (
        r"\s(src|href|action)=[\"'](https?:)?//(?!\{)",
        '<img src="//elsewhere.example/i.png">',
    ),
    "two sentences, of which the line break between them is trimmed": (
        r"\.[^{}\n]*(\}\}|\{% endtrans %\})\{% endif %\}\n *\{% if [^%]*%\}\{[{%] (n?gett|tr)",
        '{% if a %}{{ gettext("One.") }}{% endif %}\n{% if b %}{{ gettext("Two.") }}',
    ),
    "text taken as safe": (r"\|\s*safe\b|autoescape false|Markup\(", "{{ words | safe }}"),
}
# Markup that app code made and cleaned; a new entry needs its reason.
SAFE_IN: dict[str, str] = {}


def found_in(text: str, pattern: str) -> Iterator[tuple[int, str]]:
    """Yield line number and match of `pattern` in `text`, Jinja comments left out."""
    text = re.sub(r"\{#.*?#\}", lambda hit: re.sub(r"[^\n]", " ", hit[0]), text, flags=re.S)
    for hit in re.finditer(pattern, text):
        yield text.count("\n", 0, hit.start()) + 1, hit[0].strip()


def walk(paths: list[Path], pattern: str) -> list[str]:
    """Return a line for each place where `pattern` stands in one of `paths`."""
    return [
        f"{path.relative_to(ROOT)}:{line} {hit}"
        for path in paths
        for line, hit in found_in(path.read_text("utf-8"), pattern)
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    paths = [path for path in TEMPLATES if "safe" not in what or path.name not in SAFE_IN]
    assert walk(paths, FORBIDDEN[what][0]) == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_walk_would_see(what: str) -> None:
    pattern, line = FORBIDDEN[what]
    assert list(found_in(line, pattern))


def test_a_fragment_has_its_own_name_as_id() -> None:
    wrong = []
    for path in TEMPLATES:
        if not path.name.startswith("_"):
            continue
        name = path.stem.removeprefix("_")
        if not re.search(rf'id="({name}|{name.replace("_", "-")})["-]', path.read_text("utf-8")):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


def test_colours_stand_in_the_tokens_only() -> None:
    colour = r"#[0-9a-fA-F]{3,8}\b(?![^{};]*\{)|\b(rgba?|hsla?|oklch|oklab|lab|lch)\((?!from)"
    assert walk([path for path in STYLES if path.name != "tokens.css"], colour) == []


def test_no_style_shouts() -> None:
    assert walk(STYLES, r"!important") == []


def test_no_stylesheet_fetches_from_elsewhere() -> None:
    assert walk(STYLES, r"url\([\"']?(https?:)?//|@import") == []


def test_no_script_writes_markup_or_runs_text() -> None:
    assert walk(SCRIPTS, r"\binnerHTML\b|\bouterHTML\b|\beval\(|new Function|document\.write") == []


def test_there_is_something_to_walk_over() -> None:
    assert TEMPLATES
    assert STYLES
