"""Templates are put into words while they are compiled."""

import pytest
from babel.support import NullTranslations

from app import language

WORDS = {
    "saved": "gesichert",
    "<b>saved</b>": "<b>gesichert</b>",
    "85 % of it": "85 % davon",
    "85 %% of it": "85 %% davon",
    "one line": "eine Zeile",
    "<i>%(name)s</i> is here": "hier ist <i>%(name)s</i>",
    "%(name)s is here": "hier ist %(name)s",
}


class Catalogue(NullTranslations):
    """A small one."""

    def gettext(self, message):
        return WORDS.get(message, message)


@pytest.fixture
def drawn(app, monkeypatch):
    """Return the HTML of a template in another language; `values` are its context."""
    monkeypatch.setattr(language, "catalogue", lambda code: Catalogue())
    env = app.jinja_env.overlay()
    env.code = "de"
    env.autoescape = True

    def html(source, **values):
        with language.speaking("de"):
            return env.from_string(source).render(values)

    return html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('{{ gettext("saved") }}', "gesichert"),
        ('{{ gettext("untold") }}', "untold"),
        ("{% trans %}<b>saved</b>{% endtrans %}", "<b>gesichert</b>"),
        ('{{ gettext("85 % of it") }}', "85 % davon"),
        ("{% trans %}85 % of it{% endtrans %}", "85 % davon"),
        ("{% trans %}\n  one\n  line\n{% endtrans %}", "eine Zeile"),
    ],
)
def test_sentences_without_values(drawn, source, html):
    assert drawn(source) == html


@pytest.mark.parametrize(
    "source",
    [
        "{% trans name=name %}<i>{{ name }}</i> is here{% endtrans %}",
        '<i>{{ gettext("%(name)s is here", name=name) }}</i>',
        '<i>{{ gettext("%(name)s is here", **{"name": name}) }}</i>',
    ],
)
def test_what_a_value_holds_is_no_markup(drawn, source):
    html = drawn(source, name="<script>")
    assert "hier ist" in html
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    assert "<i>" in html
