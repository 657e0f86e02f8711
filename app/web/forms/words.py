"""Fields for a person's words."""

from collections.abc import Callable

from flask_wtf import FlaskForm
from wtforms import TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from app.language import lazy_gettext
from app.language.writing import lazy_whole

LIMIT = 20_000


def words_field(label: str, missing: str | None, *, rows: int = 4) -> TextAreaField:
    """Return a field for a person's words; `missing` is the sentence when they are required."""
    # No Optional(): it would stop the checks that ask for words after all, such as "not yet".
    needed = [InputRequired(missing), _not_blank(missing)] if missing else []
    too_long = lazy_gettext("Please stay within %(limit)s characters.", limit=lazy_whole(LIMIT))
    return TextAreaField(
        label,
        validators=[*needed, Length(max=LIMIT, message=too_long)],
        render_kw={"rows": rows},
    )


def _not_blank(sentence: str) -> Callable[[FlaskForm, TextAreaField], None]:
    def check(_form: FlaskForm, field: TextAreaField) -> None:
        if not (field.data or "").strip():
            raise ValidationError(sentence)

    return check
