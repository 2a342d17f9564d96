"""Backups made and compared."""

import sqlite3

from umkm_grading.backup import back_up


def address(data):
    return f"sqlite:///{data / 'umkm.db'}"


def made(one, tmp_path, name="cadangan.zip"):
    file = tmp_path / name
    back_up(one.class_folder.data_dir, address(one.class_folder.data_dir), file)
    return file


def dump(database):
    """Everything in a SQLite file, by SQLite's own command."""
    with sqlite3.connect(database) as connection:
        return sorted(connection.iterdump())
