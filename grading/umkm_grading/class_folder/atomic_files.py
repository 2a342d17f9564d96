"""Write files and folders atomically: whole, or not at all."""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def json_bytes(value: object) -> bytes:
    """Return JSON as we write it: UTF-8, sorted, one final newline."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    # A lone surrogate, as a phone may send it, has no UTF-8.
    return text.encode("utf-8", errors="replace")


def read_object(path: Path) -> dict[str, object]:
    """Return the JSON object in a file; empty when there is none."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def write_file(path: Path, content: bytes) -> None:
    """Replace a file as a whole; a crash leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _write_durably(fresh, content)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def write_folder(
    target: Path,
    files: Mapping[str, bytes],
    staging: Path,
    *,
    read_only: bool = False,
    durable: bool = True,
) -> None:
    """Replace a folder as a whole. `staging`, on the same disk, holds what is half made.

    A folder that can be made again need not be `durable` (no fsync). The umask decides who may
    read the files; `read_only` removes the permission to write them.
    """
    staging.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    token = secrets.token_hex(8)
    fresh, old = staging / f"{token}.new", staging / f"{token}.old"
    try:
        fresh.mkdir()
        for name, content in files.items():
            if durable:
                _write_durably(fresh / name, content)
            else:
                (fresh / name).write_bytes(content)
            if read_only:
                # Permissions that the umask removes stay removed.
                (fresh / name).chmod((fresh / name).stat().st_mode & 0o444)
        if target.exists():
            target.replace(old)
        fresh.replace(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
