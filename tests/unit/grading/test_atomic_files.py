"""Files and folders that are whole or not there."""

import pytest

from umkm_grading.class_folder.atomic_files import json_bytes, read_object, write_file, write_folder


def test_a_folder_replaces_the_one_that_was_there(tmp_path):
    target, staging = tmp_path / "kirim" / "satu", tmp_path / "antre"
    write_folder(target, {"a.txt": b"1", "b.txt": b"2"}, staging)
    write_folder(target, {"c.txt": b"3"}, staging)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == {"c.txt": b"3"}
    assert list(staging.iterdir()) == []


def test_a_folder_that_fails_half_way_leaves_the_old_one(tmp_path):
    target, staging = tmp_path / "satu", tmp_path / "antre"
    write_folder(target, {"a.txt": b"1"}, staging)
    with pytest.raises(FileNotFoundError):
        write_folder(target, {"b.txt": b"2", "no/such/folder": b"3"}, staging)
    assert [path.name for path in target.iterdir()] == ["a.txt"]
    assert list(staging.iterdir()) == []


def test_a_file_is_replaced_without_leftovers(tmp_path):
    path = tmp_path / "baru" / "berkas.json"
    write_file(path, b"{}")
    write_file(path, b'{"a": 1}')
    assert read_object(path) == {"a": 1}
    assert [one.name for one in path.parent.iterdir()] == ["berkas.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_holds_nothing(tmp_path, content):
    path = tmp_path / "rusak.json"
    path.write_bytes(content)
    assert read_object(path) == {}


def test_half_an_emoji_can_be_written():
    assert json_bytes({"a": "\ud83d"}) == b'{\n "a": "?"\n}\n'
