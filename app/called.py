"""What people look for by its name."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.language.folding import folded


class Called:
    """What has a `name` and is found by it; that is kept folded beside it (see `folded`)."""

    folded_name: Mapped[str] = mapped_column(Text, default="", server_default="")

    @validates("name")
    def fold_name(self, _column: str, name: str) -> str:
        """Keep the folded name whenever a name is given."""
        self.folded_name = folded(name)
        return name
