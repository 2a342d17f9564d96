"""One hostile phone with an ordinary account: everything of the attack on a class, bounded.

Run by `benchmarks.abuse` in a process of its own. Each attack is a function of the phone; it
returns what the server answered, and ends by itself: by its counts, or after `SECONDS`.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter

# Imported for their attacks, in this order.
from benchmarks.fault_injection import line_attacks, page_attacks  # noqa: F401
from benchmarks.fault_injection.hostile_phone import ATTACKS, SECONDS, Hostile
from benchmarks.fault_injection.lines import TROUBLES


def main(url: str, code: str, pin: str, seed: str, *names: str) -> None:
    """Play the attacks one after the other; write a line of JSON for each on standard output."""
    me = Hostile(url, code, pin, int(seed))
    for name in names or ATTACKS:
        began = time.monotonic()
        me.ends = began + SECONDS
        print(json.dumps({"begins": name}), flush=True)
        try:
            seen = ATTACKS[name](me)
        except (*TROUBLES, LookupError) as error:
            seen = Counter({f"{type(error).__name__}: {error}"[:80]: 1})
        took = round(time.monotonic() - began, 1)
        print(json.dumps({"ends": name, "seconds": took, "seen": dict(seen)}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
