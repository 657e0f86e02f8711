"""What a browser may keep: files whose address says their version; of a page it asks again."""

import re


def test_a_file_with_its_version_is_kept_and_one_without_is_asked_for_again(client, cast):
    page = client.get("/sign-in")
    sheet = page.one("link[href*='css/base.css']")["href"]
    assert re.search(r"\?v=[0-9a-f]{8}$", sheet)
    font = page.one("link[rel=preload]")["href"]
    for address in (sheet, font):
        answer = client.raw(address)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers
    assert client.raw(sheet.partition("?")[0]).headers["Cache-Control"] == "no-cache"
    missing = client.raw("/static/css/none.css?v=12345678")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "private, no-cache")
    assert page.headers["Cache-Control"] == "private, no-cache"
