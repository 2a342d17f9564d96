"""The trainees' server in a process that cannot fork, as on Windows."""

import os


def refuse() -> int:
    """Raise an error in the place of a fork."""
    raise AssertionError("os.fork was called")


if __name__ == "__main__":
    os.fork = os.forkpty = refuse
    from umkm_apps.server.app import main

    print("without fork", flush=True)
    main()
