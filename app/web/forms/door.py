"""Forms of the door and of one's own page."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):
    """E-mail and password; `kept` carries words that somebody typed while signed out."""

    email = StringField(
        "E-mail",
        validators=[InputRequired("Please write your e-mail address."), Length(max=254)],
        render_kw={"autocomplete": "username", "type": "email"},
    )
    password = PasswordField(
        "Password",
        validators=[InputRequired("Please write your password."), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
    kept = HiddenField()


class NewPasswordForm(FlaskForm):
    """The first password, or a new one."""

    password = PasswordField(
        "New password",
        validators=[InputRequired("Please choose a password.")],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(NewPasswordForm):
    """A new password by somebody who knows the old one."""

    current = PasswordField(
        "Present password",
        validators=[InputRequired("Please write your present password.")],
        render_kw={"autocomplete": "current-password"},
    )


class WorksForm(FlaskForm):
    """When and where a person works, in their own words."""

    works = StringField(
        "When you work",
        validators=[Length(max=120, message="Please stay within 120 characters.")],
    )
