"""A backup under a password: the age format (age-encryption.org/v1), whose key comes from scrypt.

`age --decrypt` opens such a file too, on a machine without this kit.
"""

from pathlib import Path

import psutil

from umkm_grading.errors import BackupRefused

#: What a file of age begins with; a ZIP begins with `PK`.
_BEGIN = b"age-encryption.org/v1"
#: Guessing goes on for as long as somebody has the file.
SHORTEST = 8


class PasswordNeeded(BackupRefused):
    """A backup is encrypted, and no password was given."""

    def __init__(self) -> None:
        super().__init__("Cadangan ini memakai kata sandi. Tulis kata sandinya, lalu ulangi.")


def is_encrypted(file: Path) -> bool:
    """Return whether a file is encrypted; False where it cannot be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(len(_BEGIN)) == _BEGIN
    except OSError:
        return False


def encrypt(source: Path, target: Path, password: str) -> None:
    """Write `source` to `target` under a password; `target` keeps its permissions.

    Raises:
        BackupRefused: the password is shorter than `SHORTEST`, or the file is larger than a third
            of the free memory: the library works on the whole of it.
        OSError: a file cannot be read or written.
    """
    if len(password) < SHORTEST:
        raise BackupRefused(f"Kata sandi cadangan paling sedikit {SHORTEST} huruf.")
    size = source.stat().st_size
    if size * 3 > psutil.virtual_memory().available:
        raise BackupRefused(
            f"Cadangannya {size >> 20} MB: terlalu besar untuk diberi kata sandi di laptop ini. "
            "Cadangkan tanpa --password, lalu simpan di tempat yang terkunci."
        )
    # Only here: nobody else has to wait for it.
    from pyrage import passphrase  # noqa: PLC0415

    target.write_bytes(passphrase.encrypt(source.read_bytes(), password))


def decrypt(source: Path, target: Path, password: str) -> None:
    """Write what `source` holds to `target`, which only its owner can read.

    Raises:
        PasswordNeeded: there is no password.
        BackupRefused: it is the wrong one, or the file is damaged.
        OSError: a file cannot be read or written.
    """
    if not password:
        raise PasswordNeeded
    from pyrage import DecryptError, passphrase  # noqa: PLC0415

    try:
        content = passphrase.decrypt(source.read_bytes(), password)
    except DecryptError as error:
        raise BackupRefused(
            "Kata sandinya salah, atau berkasnya rusak. Tidak ada yang dipulihkan. Ulangi dengan "
            "kata sandi yang dipakai saat mencadangkan."
        ) from error
    target.touch(mode=0o600)
    target.write_bytes(content)
