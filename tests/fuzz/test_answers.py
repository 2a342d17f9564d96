"""6,000 damaged batches of answers: read, or refused as malformed, and never anything else."""

import json
import random
from datetime import UTC, datetime

from tests.fuzz.mutations import ODD_TEXTS, SEED, damaged
from tests.unit.time_limit import limited

from umkm_apps.answers.batch import Batch, MalformedBatch, read_batch

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
CHANGE = {
    "question": "laba-bengkel",
    "answer": "350rb",
    "writer": "hp",
    "seq": 3,
    "acted": 1_795_000_000_000,
}
BATCH = {"participant": "srg-siti1", "clock": 1_795_000_000_000, "changes": [CHANGE]}
TABLE = CHANGE | {"answer": {"kas": ["1.000", None, True], "sisa": [{"a": 1.5}]}}
CLEAN = [json.dumps(batch).encode() for batch in (BATCH, BATCH | {"changes": [CHANGE, TABLE] * 10})]

VALUES = [
    None,
    True,
    -1,
    0,
    10**30,
    1e308,
    -1e-300,
    [],
    {},
    [[[]]],
    *ODD_TEXTS,
    "a" * 300,
    {"": None},
]


def is_read_or_refused(body: bytes) -> bool:
    """Read a body; gives whether it was let through, as batches a page would send."""
    try:
        batch = read_batch(body, NOW)
    except MalformedBatch:
        return False
    assert isinstance(batch, Batch)
    for change in batch.changes:
        assert isinstance(change.question, str)
        assert change.acted_at <= NOW
        json.dumps(change.answer).encode()
    return True


def test_damaged_bytes():
    with limited(30):
        let_in = sum(is_read_or_refused(body) for _, body in damaged(CLEAN, 3_000))
    assert 0 < let_in < 3_000


def test_any_value_in_any_place():
    dice = random.Random(SEED)
    with limited(30):
        for _ in range(3_000):
            change = dict(CHANGE)
            batch = dict(BATCH, changes=[change] * dice.randrange(1, 4))
            for _ in range(dice.randrange(1, 3)):
                target = dice.choice((change, batch))
                target[dice.choice([*target, "more"])] = dice.choice(VALUES)
            is_read_or_refused(json.dumps(batch).encode())
