"""Words that stand for a kind of thing fit the column they are stored in; SQLite would not say."""

import re

from sqlalchemy import CheckConstraint

from app.db import Base

ONE_OF = re.compile(r"(\w+) IN \((.*)\)$", re.S)


def test_every_kind_fits_its_column():
    looked_at, wrong = 0, []
    for table in Base.metadata.sorted_tables:
        for constraint in table.constraints:
            found = isinstance(constraint, CheckConstraint) and ONE_OF.match(
                str(constraint.sqltext)
            )
            if not found:
                continue
            looked_at += 1
            room = table.c[found[1]].type.length
            words = re.findall(r"'((?:[^']|'')*)'", found[2])
            wrong += [
                f"{table}.{found[1]}: “{word}” > {room}" for word in words if len(word) > room
            ]
    assert wrong == []
    assert looked_at > 15
