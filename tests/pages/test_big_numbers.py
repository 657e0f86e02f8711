"""Numbers that no row can have: found nowhere, like any other that is missing."""

import pytest

from tests.support.pieces import with_editor, write

PASSED_OVER = (
    "/notices?before={}",
    "/admin/log?before={}",
    "/requests/1?begin={}",
    "/teams/1/turnaround?type={}",
    "/turnaround/how-long?asker={}",
    "/asked?before=20260302T090000000000.{}",
    "/find?q=x&before=20260302T090000000000.{}",
)
FOUND_NOWHERE = (
    "/requests/{}",
    "/requests/1/versions/{}",
    "/requests/1/compare?from={}&to=1",
    "/teams/{}/board",
    "/ask/types/1?part_of={}",
    "/ask/types/1?follows={}",
    "/teams/1?after=1.20260302T090000000000.{}",
    "/turnaround/flow?team={}",
)


@pytest.mark.both
@pytest.mark.parametrize("number", [2**31, 2**63, 10**20, "9" * 300])
def test_in_an_address(client, db_session, cast, number):
    cast.bea.is_admin = True
    piece = with_editor(db_session, cast)
    write(db_session, piece, cast.bea, "It was icy.", on=1)
    client.sign_in(cast.bea)
    for address in PASSED_OVER:
        url = address.format(number)
        assert client.raw(url).status_code in (200, 422), url
    for address in FOUND_NOWHERE:
        url = address.format(number)
        assert client.raw(url).status_code == 404, url
    for address in PASSED_OVER + FOUND_NOWHERE:
        assert client.raw(address.format("1")).status_code in (200, 422), address
