"""PostgreSQL's own programs are told where the database is, and its password never as a word."""

import pytest
from sqlalchemy import make_url

from app.archive.copies import address_without_password


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql+psycopg://baton:s3cret@database/baton", "postgresql://baton@database/baton"),
        (
            "postgresql+psycopg://baton@/baton?host=/var/run/postgresql",
            "postgresql://baton@/baton?host=%2Fvar%2Frun%2Fpostgresql",
        ),
    ],
)
def test_an_address_is_told_without_its_password_and_without_a_stand_in(address, told):
    assert address_without_password(make_url(address)) == told
