"""What people have seen of a request, and which they follow."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Seen(Base):
    """Up to when somebody has seen a request."""

    __tablename__ = "seen"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    at: Mapped[datetime]


class Watch(Base):
    """Somebody who wants to hear of a request beyond their own part in it."""

    __tablename__ = "watch"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    since: Mapped[datetime]


class Presence(Base):
    """Somebody who has a request open right now. It is advice, never a lock."""

    __tablename__ = "presence"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime]
    writing: Mapped[bool] = mapped_column(default=False)
