from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from prepdeck.errors import StoreReadOnly
from prepdeck.host.files import FileUnreadable
from prepdeck.host.proof_cache import MAX_PROOFS, add_proof, drop_old_proofs, read_proofs
from prepdeck.host.trust import Consent, add_consents, read_consents, remove_consents

DAY = date(2026, 11, 22)


def consent(number: int, card: str = "small/one") -> Consent:
    return Consent(f"{number:064x}", card, DAY)


def test_what_was_trusted_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "state" / "trusted.txt"
    add_consents(path, [consent(1), consent(2, "small/two")])
    assert read_consents(path) == {consent(1).digest: consent(1), consent(2).digest: consent(2, "small/two")}


def test_nothing_is_trusted_before_there_is_a_file(tmp_path: Path) -> None:
    assert read_consents(tmp_path / "trusted.txt") == {}


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "trusted.txt"
    add_consents(path, [consent(1)])
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_it_holds_one_line_a_hash_with_card_and_day(tmp_path: Path) -> None:
    path = tmp_path / "trusted.txt"
    add_consents(path, [consent(1)])
    assert path.read_text("ascii").split("\n") == ["", f"trusted 2026-11-22 {1:064x} small/one", ""]


def test_what_was_forgotten_is_trusted_no_more(tmp_path: Path) -> None:
    path = tmp_path / "trusted.txt"
    add_consents(path, [consent(1), consent(2)])
    remove_consents(path, [consent(1)])
    assert list(read_consents(path)) == [consent(2).digest]


def test_what_was_forgotten_can_be_trusted_again(tmp_path: Path) -> None:
    path = tmp_path / "trusted.txt"
    add_consents(path, [consent(1)])
    remove_consents(path, [consent(1)])
    add_consents(path, [consent(1)])
    assert list(read_consents(path)) == [consent(1).digest]


@pytest.mark.parametrize(
    "line",
    [
        f"trusted 2026-11-22 {'a' * 63} small/one",
        f"trusted 2026-11-22 {'a' * 65} small/one",
        f"trusted 2026-02-30 {'a' * 64} small/one",
        f"Trusted 2026-11-22 {'a' * 64} small/one",
        f"trusted 2026-11-22 {'a' * 64}",
        f"trusted 2026-11-22 {'A' * 64} small/one",
        "\x00\x01",
        "",
    ],
)
def test_a_line_that_is_not_whole_is_no_consent(tmp_path: Path, line: str) -> None:
    path = tmp_path / "trusted.txt"
    path.write_text(f"{line}\n", "utf-8")
    add_consents(path, [consent(1)])
    assert list(read_consents(path)) == [consent(1).digest]


def test_a_torn_last_line_does_not_swallow_the_next(tmp_path: Path) -> None:
    path = tmp_path / "trusted.txt"
    add_consents(path, [consent(1)])
    path.write_bytes(path.read_bytes()[:-30])
    add_consents(path, [consent(2)])
    assert list(read_consents(path)) == [consent(2).digest]


def test_consents_given_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "trusted.txt"
    threads = [
        threading.Thread(target=add_consents, args=(path, [consent(100 * thread + each) for each in range(50)]))
        for thread in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_consents(path)) == 400


def test_a_file_that_cannot_be_read_is_said_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "trusted.txt").mkdir()
    with pytest.raises(FileUnreadable, match="folder"):
        read_consents(tmp_path / "trusted.txt")


def test_a_consent_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "trusted.txt").mkdir()
    with pytest.raises(StoreReadOnly, match="cannot be written"):
        add_consents(tmp_path / "trusted.txt", [consent(1)])


def test_proofs_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "state" / "proofs.txt"
    for number in (1, 2):
        add_proof(path, f"{number:064x}")
    assert read_proofs(path) == {f"{1:064x}", f"{2:064x}"}


def test_proofs_written_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "proofs.txt"

    def write(first: int) -> None:
        for number in range(first, first + 50):
            add_proof(path, f"{number:064x}")

    threads = [threading.Thread(target=write, args=(100 * number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_proofs(path)) == 200


def test_of_too_many_proofs_the_newer_half_stays(tmp_path: Path) -> None:
    path = tmp_path / "proofs.txt"
    path.write_text("".join(f"\n{number:064x}" for number in range(MAX_PROOFS + 1)), "ascii")
    drop_old_proofs(path)
    kept = read_proofs(path)
    assert len(kept) == MAX_PROOFS // 2
    assert f"{MAX_PROOFS:064x}" in kept
    assert f"{0:064x}" not in kept


def test_few_proofs_all_stay(tmp_path: Path) -> None:
    path = tmp_path / "proofs.txt"
    add_proof(path, f"{1:064x}")
    drop_old_proofs(path)
    assert read_proofs(path) == {f"{1:064x}"}
