"""Forms that nobody has typed into yet: drawn once in each language, then filled in.

A page of a request offers a dozen acts, most of them behind something to open, and drawing their
forms takes longer than reading everything else the page says. An untouched form is the same for
everybody but for its key, its token, the version it saw and the request it is about; so it is kept
as it was drawn first, with these four taken out. What differs in more than them, such as a form
with a choice of colleagues, is not put into this tag.
"""

from typing import Any

import flask
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from app.language import spoken
from app.web.act_forms import ActForms
from app.web.acting import new_key
from app.web.filters import csrf_token

KEY, TOKEN, SEEN, ADDRESS = "\0key\0", "\0token\0", "\0seen\0", "\0address\0"
_kept: dict[tuple[str, ...], str] = {}


class Steady(Extension):
    """The tag `{% steady forms, "withdraw" %}…{% endsteady %}`."""

    tags = {"steady"}

    def parse(self, parser: Parser) -> nodes.Node:
        """Read the tag: the page's forms, the name of the act, and what is drawn."""
        line = next(parser.stream).lineno
        forms = parser.parse_expression()
        parser.stream.expect("comma")
        name = parser.parse_expression()
        body = parser.parse_statements(("name:endsteady",), drop_needle=True)
        call = self.call_method("draw", [forms, name])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def draw(self, forms: ActForms, name: str, caller: Any) -> Markup:
        """Return the form as it was drawn first, filled in; anew when somebody typed into it."""
        if not forms.untouched(name):
            drawn: Markup = caller()
            return drawn
        which = (spoken(), flask.request.script_root, name)
        if which not in _kept:
            _kept[which] = _taken_out(caller(), forms, name)
        about = forms.about
        return Markup(
            _kept[which]
            .replace(KEY, new_key())
            .replace(TOKEN, csrf_token())
            .replace(SEEN, str(about.version))
            .replace(ADDRESS, f"/requests/{about.id}/")
        )


def _taken_out(html: str, forms: ActForms, name: str) -> str:
    """Return what was drawn, without what is of this page alone."""
    about, form = forms.about, forms[name]
    seen = 'name="seen" value="{}"'
    return (
        str(html)
        .replace(form.key.data, KEY)
        .replace(csrf_token(), TOKEN)
        .replace(seen.format(about.version), seen.format(SEEN))
        .replace(f"/requests/{about.id}/", ADDRESS)
    )
