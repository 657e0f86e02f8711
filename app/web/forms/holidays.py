"""Which public holidays, and which of them are taken."""

from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from app.web.acting import ActForm


class _Boxes(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WhichForm(FlaskForm):
    """A country, a part of it, and years; read from the address."""

    country = SelectField("Country", validate_choice=False)
    region = SelectField("Region", validate_choice=False)
    years = _Boxes("Years", validate_choice=False)


class TakeForm(ActForm):
    """The days that were chosen."""

    take = _Boxes("Days to take")
