"""The process of the attacker, which `benchmarks.abuse` starts: all attacks, one after the other.

Each attack is a function of the attacker. It returns counts of the server's responses, and ends
after a number of requests or after `ATTACK_SECONDS`.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter

# Imported to register their attacks, in this order.
from benchmarks.fault_injection import connection_attacks, request_attacks  # noqa: F401
from benchmarks.fault_injection.attacker import ATTACK_SECONDS, ATTACKS, Attacker
from benchmarks.fault_injection.kernel_connection import CONNECTION_ERRORS


def main(url: str, code: str, pin: str, seed: str, *names: str) -> None:
    """Run the attacks, and write JSON lines of their begin and end to standard output."""
    attacker = Attacker(url, code, pin, int(seed))
    for name in names or ATTACKS:
        began = time.monotonic()
        attacker.ends = began + ATTACK_SECONDS
        print(json.dumps({"begins": name}), flush=True)
        try:
            responses = ATTACKS[name](attacker)
        except (*CONNECTION_ERRORS, LookupError) as error:
            responses = Counter({f"{type(error).__name__}: {error}"[:80]: 1})
        took = round(time.monotonic() - began, 1)
        print(json.dumps({"ends": name, "seconds": took, "seen": dict(responses)}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
