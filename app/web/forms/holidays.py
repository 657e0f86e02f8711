"""Which public holidays, and which of them are taken."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from app.language import lazy_gettext
from app.web.acting import ActForm


def _boxes(label: str, **options: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False), **options
    )


class WhichForm(FlaskForm):
    """A country, a part of it, and years; read from the address."""

    country = SelectField(lazy_gettext("Country"), validate_choice=False)
    region = SelectField(lazy_gettext("Region"), validate_choice=False)
    years = _boxes(lazy_gettext("Years"), validate_choice=False)


class TakeForm(ActForm):
    """The days that were chosen."""

    take = _boxes(lazy_gettext("Days to take"))
