"""A version's Markdown as HTML in which every word knows where it stands in the text.

Offsets count code points of the frozen text. Passages that remarks are about are marked, also
across bold or linked words, and a browser's selection can be told as offsets again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from app.web.filters import ATTRIBUTES, TAGS

ALLOWED = {
    **ATTRIBUTES,
    "span": {"data-at", "id"},
    "mark": {"data-remarks", "class"},
}


@dataclass(frozen=True)
class Passage:
    """A span of the text that a remark is about; `ref` ends up in ids, `kind` in a class."""

    ref: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list or table: its HTML and its span in the text."""

    html: Markup
    start: int
    end: int


class Renderer(RendererHTML):
    """Writes text in pieces, cut where passages begin and end."""

    def text(self, tokens: Sequence[Token], idx: int, _options: Any, env: Any) -> str:
        """Write one run of words."""
        token = tokens[idx]
        if "at" not in token.meta:
            return str(escape(token.content))
        return "".join(_pieces(token.content, token.meta["at"], env["passages"], env["precise"]))

    def text_special(self, tokens: Sequence[Token], idx: int, _options: Any, _env: Any) -> str:
        """Write a character that stands escaped in the text."""
        return str(escape(tokens[idx].content))


_markdown = (
    MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer)
    .enable(["table", "strikethrough"])
    .disable("text_join")
)


def blocks(text: str, passages: Sequence[Passage] = (), *, precise: bool = False) -> list[Block]:
    """Return `text` block by block, with `passages` marked.

    `precise` puts the offset of every run of words beside it, for selecting.
    """
    env: dict[str, Any] = {"passages": passages, "precise": precise}
    tokens = _markdown.parse(text, env)
    starts = _line_starts(text)
    for token in tokens:
        if token.type == "inline" and token.map:
            _locate(token.children or [], text, starts[token.map[0]])
    found = []
    for group in _top_level(tokens):
        first, last = group[0].map or (0, 0)
        start, end = starts[first], len(text[: starts[last]].rstrip())
        html = _markdown.renderer.render(group, _markdown.options, env)
        found.append(Block(_clean(html), start, max(start, end)))
    return found


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    starts[-1] = len(text)
    return starts


def _top_level(tokens: list[Token]) -> Iterator[list[Token]]:
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def _locate(children: list[Token], text: str, at: int) -> None:
    """Find each run of words after the one before; what follows a link's words is its address."""
    for token in children:
        if token.type in ("softbreak", "hardbreak"):
            at = _after(text, "\n", at)
        elif token.type == "link_close" and token.info != "auto":
            at = _after_address(text, at)
        elif token.type in ("text", "code_inline", "text_special"):
            words = token.markup if token.type == "text_special" else token.content
            found = text.find(words, at)
            if words and found >= 0:
                token.meta["at"] = found
                at = found + len(words)


def _after(text: str, mark: str, at: int) -> int:
    found = text.find(mark, at)
    return found + len(mark) if found >= 0 else at


def _after_address(text: str, at: int) -> int:
    """Return where the text goes on after `](address)` or `][name]`."""
    at = _after(text, "]", at)
    closing = {"(": ")", "[": "]"}.get(text[at : at + 1])
    if closing is None:
        return at
    depth, opening = 0, text[at]
    for position in range(at, len(text)):
        depth += (text[position] == opening) - (text[position] == closing)
        if depth == 0:
            return position + 1
    return at


def _pieces(words: str, at: int, passages: Sequence[Passage], precise: bool) -> Iterator[str]:
    end = at + len(words)
    near = [p for p in passages if p.start < end and p.end > at]
    edges = {at, end} | {e for p in near for e in (p.start, p.end) if at < e < end}
    for left, right in pairwise(sorted(edges)):
        piece = str(escape(words[left - at : right - at]))
        over = [p for p in near if p.start <= left and p.end >= right]
        if precise:
            piece = f'<span data-at="{left}">{piece}</span>'
        if over:
            kind, refs = over[-1].kind, " ".join(p.ref for p in over)
            attributes = f'class="passage passage-{kind}" data-remarks="{refs}"'
            piece = f"<mark {attributes}>{piece}</mark>"
        yield "".join(f'<span id="passage-{p.ref}"></span>' for p in over if p.start == left)
        yield piece


def _clean(html: str) -> Markup:
    html = html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return Markup(
        nh3.clean(
            html,
            tags={*TAGS, "span", "mark"},
            attributes=ALLOWED,
            link_rel="nofollow noopener",
            url_schemes={"http", "https", "mailto"},
        )
    )


def find_words(text: str, words: str, *, near: int | None = None) -> tuple[int, int] | None:
    """Return where `words` stand in `text`, spaces and line ends alike; None when nowhere.

    Of several places the one nearest to `near` is taken; without `near` there is no one place.
    """
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return None
    found = [m.span() for m in re.finditer(r"\s+".join(parts), text)]
    if not found or (near is None and len(found) > 1):
        return None
    return min(found, key=lambda span: abs(span[0] - (near or 0)))
