"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from journal.files import explain, make_private_folder, write_atomic

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")


def refuse(code: int) -> Any:
    def refusal(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return refusal


@posix
def test_modes(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700
    write_atomic(tmp_path / "mine", b"x")
    assert stat.S_IMODE((tmp_path / "mine").stat().st_mode) == 0o600
    old = os.umask(0o027)
    try:
        write_atomic(tmp_path / "ours", b"x", mode=0o666)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == 0o640


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"old")
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("call", ["os.open", "os.fsync", "pathlib.Path.replace", "os.fdopen"])
def test_a_refused_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"old")
    monkeypatch.setattr(call, refuse(code))
    with pytest.raises(OSError):  # noqa: PT011 - whichever it is, it is passed on
        write_atomic(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_fills_up_half_way_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"old")
    opened = os.fdopen

    def short(handle: int, mode: str) -> Any:
        file = opened(handle, mode)
        file.write(b"ne")
        file.flush()
        file.close()
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("os.fdopen", short)
    with pytest.raises(OSError, match="full"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_once_the_new_bytes_are_in_place_nothing_claims_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("journal.files.sync_folder", refuse(errno.EIO))
    write_atomic(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_an_interrupt_leaves_nothing_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(tmp_path / "file", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_becomes_one_sentence(tmp_path: Path) -> None:
    full = explain(OSError(errno.ENOSPC, "No space"), "write", tmp_path)
    assert "the disk is full" in full.what
    assert full.hint
    odd = explain(OSError(errno.EIO, "Input/output error"), "read", tmp_path)
    assert odd.what == f"Cannot read {tmp_path}: input/output error."
