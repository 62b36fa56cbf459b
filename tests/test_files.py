"""A replaced file is complete, and keeps its permissions."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import NoReturn

import pytest

from nofields.files import atomic_write, open_atomic, write_all


@pytest.fixture
def old(tmp_path: Path) -> Path:
    file = tmp_path / "file"
    file.write_text("old")
    file.chmod(0o640)
    return file


def test_permissions_stay(old: Path) -> None:
    atomic_write(old, "new")
    assert (old.read_text(), stat.S_IMODE(old.stat().st_mode)) == ("new", 0o640)


def test_temporary_file_is_private(old: Path) -> None:
    with open_atomic(old):
        modes = {stat.S_IMODE(each.stat().st_mode) for each in old.parent.iterdir() if each != old}
    assert modes == {0o600}


def test_nothing_is_overwritten(old: Path, tmp_path: Path) -> None:
    """Without ``overwrite`` neither a file that is there is replaced, nor one that appears meanwhile."""
    with pytest.raises(FileExistsError), open_atomic(old, overwrite=False):
        raise AssertionError("opened")
    with pytest.raises(FileExistsError), open_atomic(tmp_path / "new", overwrite=False):
        (tmp_path / "new").write_bytes(b"theirs")
    assert (tmp_path / "new").read_bytes() == b"theirs"
    assert {*tmp_path.iterdir()} == {old, tmp_path / "new"}


def test_new_file_follows_umask(tmp_path: Path) -> None:
    (tmp_path / "any").touch()
    atomic_write(tmp_path / "new", "new")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "any").stat().st_mode


def test_group_and_owner_stay(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "chown", lambda file, owner, group: calls.append((owner, group)))
    atomic_write(old, "new")
    assert calls == [(-1, old.stat().st_gid), (old.stat().st_uid, -1)]


def test_owner_cannot_be_kept(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(file: Path, owner: int, group: int) -> NoReturn:
        raise PermissionError

    monkeypatch.setattr(os, "chown", deny)
    atomic_write(old, "new")
    assert (old.read_text(), stat.S_IMODE(old.stat().st_mode)) == ("new", 0o640)


def test_group_cannot_be_kept(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The permissions of the old group are not given to the new one."""
    stat_of = Path.stat

    def as_of_another_group(file: Path, **options: bool) -> os.stat_result:
        fields = [*stat_of(file, **options)]
        return os.stat_result(fields if file == old else [*fields[:5], fields[5] + 1, *fields[6:]])

    monkeypatch.setattr(Path, "stat", as_of_another_group)
    atomic_write(old, "new")
    monkeypatch.undo()
    assert stat.S_IMODE(old.stat().st_mode) == 0o600


def test_signal_during_replace(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def interrupted(temporary: Path, file: Path) -> NoReturn:
        replace(temporary, file)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        atomic_write(old, "new")
    assert [each.read_text() for each in old.parent.iterdir()] == ["new"]


@pytest.mark.parametrize("raised", [TypeError, KeyboardInterrupt, SystemExit])
def test_failure_leaves_old_file(old: Path, raised: type[BaseException]) -> None:
    def write() -> NoReturn:
        with open_atomic(old) as writing:
            writing.write(b"ne")
            raise raised

    with pytest.raises(raised):
        write()
    assert [(each.name, each.read_text()) for each in old.parent.iterdir()] == [("file", "old")]


@pytest.mark.parametrize("below", ["missing/file", "old/file"])
def test_error_names_target(below: str, tmp_path: Path) -> None:
    (tmp_path / "old").touch()
    with pytest.raises(OSError, match=re.escape(below)) as raised:
        atomic_write(tmp_path / below, "new")
    assert raised.value.filename == str(tmp_path / below)


def test_missing_folder_is_created(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    for content in ("one", "two"):
        assert write_all(folder, {"x.txt": content, "y.txt": "æ"}) == [folder / "x.txt", folder / "y.txt"]
        assert [(folder / name).read_text("utf-8") for name in ("x.txt", "y.txt")] == [content, "æ"]
