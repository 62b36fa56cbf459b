"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from nofields.files import whole, write_all


@pytest.mark.parametrize("raised", [ValueError, KeyboardInterrupt, SystemExit])
def test_whatever_ends_the_writing_leaves_what_was_there(tmp_path: Path, raised: type[BaseException]) -> None:
    file = tmp_path / "kept.txt"
    file.write_text("before")

    def write() -> None:
        with whole(file) as writing:
            writing.write(b"half")
            raise raised

    with pytest.raises(raised):
        write()
    assert (os.listdir(tmp_path), file.read_text()) == (["kept.txt"], "before")


@pytest.mark.parametrize(("there", "umask", "mode"), [(None, 0o022, 0o644), (None, 0o027, 0o640), (0o664, 0o077, 0o664)])
def test_who_may_read_a_file_is_as_it_was_or_as_of_any_new_one(
    tmp_path: Path, there: int | None, umask: int, mode: int
) -> None:
    file = tmp_path / "file.txt"
    if there is not None:
        file.touch()
        file.chmod(there)
    before = os.umask(umask)
    try:
        with whole(file) as writing:
            writing.write(b"whole")
        assert os.umask(umask) == umask, "the process's own stays"
    finally:
        os.umask(before)
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"whole", mode)


def test_a_folder_is_made_where_it_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    for content in ("one", "two"):
        assert write_all(folder, {"x.txt": content, "y.txt": "æ"}) == [folder / "x.txt", folder / "y.txt"]
        assert [(folder / name).read_text("utf-8") for name in ("x.txt", "y.txt")] == [content, "æ"]
