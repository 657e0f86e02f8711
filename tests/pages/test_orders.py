"""Searches for one name walk an index in the order of asking, and not all that bears the name.

On SQLite, which has a plan of its own for each statement; PostgreSQL goes by what it counted.
"""

import pytest

from tests.support.desk import ask
from tests.support.plans import Asked


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("holder:ivo", "ix_request_holder_raised"),
        ("type:lap state:open", "ix_request_type_raised"),
        ("from:field", "ix_request_asking_raised"),
        ("from:kim late:yes", "ix_request_requester_"),
    ],
)
def test_a_name_is_looked_for_in_the_order_of_asking(client, db_session, cast, query, index):
    ask(db_session, cast.laptop, cast.kim)
    client.sign_in(cast.ivo)
    with Asked(db_session) as asked:
        client.get(f"/find?q={query}")
    assert any(index in line for line in asked.plans())
