"""Opens one photo in a process of its own: run as a script by `photo_process`, never imported.

Reads a line of JSON (what is wanted) and then the file's bytes from stdin; writes a line of JSON (what it
is, or what is wrong with it) and then the made picture's bytes to stdout. Its memory and its time are
limited before anything of the file is looked at.
"""

import json
import os
import sys
from typing import Any


def limit(memory: int, seconds: int) -> None:
    """Set how many bytes this process may write to, and its CPU time; no limits on Windows."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not to be had on Windows

    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Whoever waits for a page comes first.
    os.nice(5)


def answer(wanted: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what is told and what is made: `jpeg`, `pixels` (RGB, row by row) or `codes`."""
    # After the limits.
    from umkm.images import TOO_MUCH, ImageError, encode, open_picture  # noqa: PLC0415

    try:
        picture = open_picture(content, wanted["longest"])
        if wanted["made"] == "codes":
            import zxingcpp  # noqa: PLC0415 - few photos show a code

            found = zxingcpp.read_barcodes(picture.convert("L"))
            return {"codes": [code.text for code in found]}, b""
        told = {"width": picture.width, "height": picture.height}
        if wanted["made"] == "pixels":
            return told, picture.tobytes()
        return told, encode(picture, wanted["quality"]).jpeg
    except ImageError as error:
        return {"message": error.message}, b""
    except MemoryError:
        return {"message": TOO_MUCH}, b""


def main() -> None:
    """Process the photo in stdin, write the reply to stdout, and end."""
    wanted = json.loads(sys.stdin.buffer.readline())
    limit(wanted["memory"], wanted["seconds"])
    told, made = answer(wanted, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + made)


if __name__ == "__main__":
    main()
