from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from prepdeck.errors import PrepdeckError
from prepdeck.host.files import FileUnreadable, find_deck_files, read_bounded

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
needs_other_user = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")


def names(root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in find_deck_files(root)]


def refusal(path: Path, limit_bytes: int = 100, *, follow: bool = True) -> FileUnreadable:
    """Return the error of reading `path`."""
    with pytest.raises(FileUnreadable) as caught:
        read_bounded(path, limit_bytes, follow=follow)
    assert isinstance(caught.value, PrepdeckError)
    assert caught.value.help
    return caught.value


def test_deck_files_are_found_in_order_wherever_they_nest(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "sub/deep/c.YAML", "note.txt", "yaml", "a/z.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert names(tmp_path) == ["a/z.yaml", "a.yml", "b.yaml", "sub/deep/c.YAML"]


def test_a_file_named_by_hand_is_found_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / ".hidden.deck"
    path.touch()
    assert find_deck_files(path) == (path,)


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    for name in (".a.yaml", ".git/b.yaml", "c.yaml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert names(tmp_path) == ["c.yaml"]


def test_names_that_are_not_utf8_are_passed_over(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    try:
        Path(os.fsdecode(folder + b"/caf\xe9.yaml")).touch()
        Path(os.fsdecode(folder + b"/\xff")).mkdir()
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    Path(os.fsdecode(folder + b"/\xff/a.yaml")).touch()
    (tmp_path / "é.yaml").touch()
    assert names(tmp_path) == ["é.yaml"]


def test_a_walk_ends_among_links_that_go_in_circles(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "deck.yaml").touch()
        (folder / "up").symlink_to(tmp_path)
        (folder / "self").symlink_to(folder)
    assert names(tmp_path) == ["one/deck.yaml", "three/deck.yaml", "two/deck.yaml"]


def test_nothing_at_the_path_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="there is no file"):
        find_deck_files(tmp_path / "gone")


def test_an_impossible_path_is_said() -> None:
    with pytest.raises(FileUnreadable, match="cannot be read"):
        find_deck_files(Path("a\0b"))


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_bytes(b"x" * 100)
    assert read_bounded(path, 100) == b"x" * 100


def test_a_file_beyond_its_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_bytes(b"x" * 101)
    assert "is larger than 100 bytes" in refusal(path, 100).message


def test_a_huge_file_without_content_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    with path.open("wb") as file:
        file.truncate(10 * 2**30)
    with pytest.raises(FileUnreadable, match="is larger than 8 MiB"):
        read_bounded(path)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs a file whose size is not told")
def test_a_file_that_lies_about_its_size_is_still_bounded() -> None:
    assert "is larger than 100 bytes" in refusal(Path("/proc/self/maps"), 100).message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path / "gone.yaml")
    assert error.message == f"there is no file {tmp_path / 'gone.yaml'}"
    assert (error.code, error.exit_status) == ("file-unreadable", 3)


def test_a_file_taken_for_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").touch()
    assert "there is no file" in refusal(tmp_path / "deck.yaml" / "more.yaml").message


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path).message == f"{tmp_path} is a folder, not a file"


@needs_pipes
def test_a_pipe_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    os.mkfifo(path)
    assert "is a pipe, socket or device" in refusal(path).message
    assert names(tmp_path) == ["deck.yaml"]


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("deck.yaml")
        assert "is a pipe, socket or device" in refusal(Path("deck.yaml")).message


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_link_to_a_device_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.symlink_to("/dev/zero")
    assert "is a pipe, socket or device" in refusal(path).message


def test_a_link_is_followed_when_someone_named_it(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_bytes(b"deck: d\n")
    (tmp_path / "deck.yaml").symlink_to(tmp_path / "real.yaml")
    assert read_bounded(tmp_path / "deck.yaml") == b"deck: d\n"


def test_a_link_found_in_a_walk_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"deck: d\n")
    (tmp_path / "deck.yaml").symlink_to(tmp_path / "real")
    (path,) = find_deck_files(tmp_path)
    assert "is a link" in refusal(path, follow=False).message


@needs_other_user
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.touch(mode=0)
    assert "may not be read" in refusal(path).message


def test_no_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbid)
    assert refusal(tmp_path / "deck.yaml").message.endswith("may not be read")


def test_a_fault_of_the_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: int, _count: int) -> bytes:
        raise OSError(5, "Input/output error")

    path = tmp_path / "deck.yaml"
    path.write_bytes(b"x")
    monkeypatch.setattr(os, "read", fail)
    assert refusal(path).message.endswith("cannot be read: input/output error")


def test_a_name_with_control_characters_is_spelt_out(tmp_path: Path) -> None:
    assert "\x1b" not in refusal(tmp_path / "\x1b[2J.yaml").message
