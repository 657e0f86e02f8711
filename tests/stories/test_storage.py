"""Where the bytes of files lie: in a folder or in a bucket, by what they hold and only once."""

from io import BytesIO

import pytest

from app.attachments.storage import storage_at


@pytest.fixture(params=["folder", "bucket"])
def storage(request, tmp_path):
    """Return a storage in a folder, and one in a bucket of a real server."""
    if request.param == "folder":
        return storage_at(str(tmp_path / "files"))
    return storage_at(request.getfixturevalue("bucket"))


def test_what_was_put_is_read_again_by_its_hash(storage):
    whole = b"ice" * 400_000

    sha256, size = storage.put(BytesIO(whole))

    with storage.open(sha256) as there:
        assert there.read() == whole
    assert (size, len(sha256)) == (1_200_000, 64)


def test_the_same_bytes_are_one_file(storage):
    assert storage.put(BytesIO(b"ice")) == storage.put(BytesIO(b"ice"))
    assert storage.put(BytesIO(b"ice")) != storage.put(BytesIO(b"snow"))


def test_what_is_not_there_is_missing(storage):
    with pytest.raises(FileNotFoundError):
        storage.open("0" * 64)
