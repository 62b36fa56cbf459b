"""A file that takes another's place is as whole as it, and as closed to others."""

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


def test_the_rights_stay_as_they_were(old: Path) -> None:
    atomic_write(old, "new")
    assert (old.read_text(), stat.S_IMODE(old.stat().st_mode)) == ("new", 0o640)


def test_nobody_else_reads_what_is_to_replace_a_file_before_it_does(old: Path) -> None:
    with open_atomic(old):
        modes = {stat.S_IMODE(each.stat().st_mode) for each in old.parent.iterdir() if each != old}
    assert modes == {0o600}


def test_a_new_file_has_the_rights_that_any_has(tmp_path: Path) -> None:
    (tmp_path / "any").touch()
    atomic_write(tmp_path / "new", "new")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "any").stat().st_mode


def test_group_and_owner_stay_as_they_were(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "chown", lambda file, owner, group: given.append((owner, group)))
    atomic_write(old, "new")
    assert given == [(-1, old.stat().st_gid), (old.stat().st_uid, -1)]


def test_who_may_not_give_a_file_away_replaces_it_all_the_same(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: Path, owner: int, group: int) -> NoReturn:
        raise PermissionError

    monkeypatch.setattr(os, "chown", refuse)
    atomic_write(old, "new")
    assert (old.read_text(), stat.S_IMODE(old.stat().st_mode)) == ("new", 0o640)


def test_another_group_does_not_get_what_the_old_one_had(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the new file cannot be given to the group of the old one."""
    stat_of = Path.stat

    def as_of_another_group(file: Path, **options: bool) -> os.stat_result:
        found = [*stat_of(file, **options)]
        return os.stat_result(found if file == old else [*found[:5], found[5] + 1, *found[6:]])

    monkeypatch.setattr(Path, "stat", as_of_another_group)
    atomic_write(old, "new")
    monkeypatch.undo()
    assert stat.S_IMODE(old.stat().st_mode) == 0o600


def test_a_signal_as_the_file_takes_its_place_is_that_signal(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def interrupted(half: Path, file: Path) -> NoReturn:
        replace(half, file)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        atomic_write(old, "new")
    assert [each.read_text() for each in old.parent.iterdir()] == ["new"]


@pytest.mark.parametrize("raised", [TypeError, KeyboardInterrupt, SystemExit])
def test_whatever_ends_it_half_way_leaves_the_old_file_alone(old: Path, raised: type[BaseException]) -> None:
    def write() -> NoReturn:
        with open_atomic(old) as writing:
            writing.write(b"ne")
            raise raised

    with pytest.raises(raised):
        write()
    assert [(each.name, each.read_text()) for each in old.parent.iterdir()] == [("file", "old")]


@pytest.mark.parametrize("below", ["missing/file", "old/file"])
def test_an_error_names_the_file_that_was_asked_for(below: str, tmp_path: Path) -> None:
    (tmp_path / "old").touch()
    with pytest.raises(OSError, match=re.escape(below)) as raised:
        atomic_write(tmp_path / below, "new")
    assert raised.value.filename == str(tmp_path / below)


def test_a_folder_is_made_where_it_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    for content in ("one", "two"):
        assert write_all(folder, {"x.txt": content, "y.txt": "æ"}) == [folder / "x.txt", folder / "y.txt"]
        assert [(folder / name).read_text("utf-8") for name in ("x.txt", "y.txt")] == [content, "æ"]
