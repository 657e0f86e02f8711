"""Forms of the door and of one's own page."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.language import LANGUAGES, lazy_gettext


class SignInForm(FlaskForm):
    """E-mail and password; `kept` carries words that somebody typed while signed out."""

    email = StringField(
        lazy_gettext("E-mail"),
        validators=[
            InputRequired(lazy_gettext("Please write your e-mail address.")),
            Length(max=254),
        ],
        render_kw={"autocomplete": "username", "type": "email"},
    )
    password = PasswordField(
        lazy_gettext("Password"),
        validators=[InputRequired(lazy_gettext("Please write your password.")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
    kept = HiddenField()


class CodeForm(FlaskForm):
    """The second step: a code, or what a device answered for a passkey."""

    code = StringField(
        lazy_gettext("Code"),
        validators=[InputRequired(lazy_gettext("Please write a code.")), Length(max=60)],
        render_kw={
            "autocomplete": "one-time-code",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    )
    credential = HiddenField()
    next = HiddenField()
    kept = HiddenField()


class PasskeyForm(FlaskForm):
    """A new passkey and what its owner calls it."""

    name = StringField(
        lazy_gettext("What to call it"),
        validators=[Length(max=60, message=lazy_gettext("Please stay within 60 characters."))],
    )
    credential = HiddenField()


class SureForm(FlaskForm):
    """The password, asked for again before something that matters."""

    current = PasswordField(
        lazy_gettext("Your password"),
        validators=[InputRequired(lazy_gettext("Please write your password.")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


class NewPasswordForm(FlaskForm):
    """The first password, or a new one."""

    password = PasswordField(
        lazy_gettext("New password"),
        validators=[InputRequired(lazy_gettext("Please choose a password."))],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(NewPasswordForm):
    """A new password by somebody who knows the old one."""

    current = PasswordField(
        lazy_gettext("Present password"),
        validators=[
            InputRequired(lazy_gettext("Please write your present password.")),
            Length(max=200),
        ],
        render_kw={"autocomplete": "current-password"},
    )


class LanguageForm(FlaskForm):
    """In which language Baton speaks with somebody."""

    code = SelectField(
        lazy_gettext("Language"),
        choices=[
            SelectChoice("", lazy_gettext("The one my browser asks for")),
            *(SelectChoice(code, name) for code, name in LANGUAGES.items()),
        ],
    )


class WorksForm(FlaskForm):
    """When and where a person works, in their own words."""

    works = StringField(
        lazy_gettext("When you work"),
        validators=[Length(max=120, message=lazy_gettext("Please stay within 120 characters."))],
    )
