"""The plan of a run, generated from its seed and number."""

from __future__ import annotations

import random
from dataclasses import dataclass

#: The faults, in the order in which successive runs use them.
FAULTS = (
    "cut",
    "black_hole",
    "reload",
    "tab",
    "kernel",
    "server",
    "disk",
    "phone_clock",
    "laptop_clock",
)
PROFIT, PLAN = "laba-bengkel", "rencana-dua-laci"
HOUR = 3600


@dataclass(frozen=True)
class Step:
    """An answer to one question, and the pause after it in seconds."""

    question: str
    pause: float


@dataclass(frozen=True)
class RunPlan:
    """A run: answers one after the other, and a fault that is injected before one of them."""

    number: int
    fault: str
    steps: tuple[Step, ...]
    #: The index of the step before which the fault is injected.
    fault_at: int
    #: Seconds between the fault and the next answer.
    delay: float
    #: Seconds that the fault lasts, unless it is momentary.
    duration: float
    #: Seconds by which a clock is moved.
    jump: int
    #: Which kernel is killed, as a fraction of their list.
    kernel_share: float
    sends: bool


def plan_run(seed: int, number: int, faults: tuple[str, ...] = FAULTS) -> RunPlan:
    """Return the plan of a run, the same for the same seed, number and faults."""
    rng = random.Random(f"{seed} {number}")
    count = rng.randrange(3, 8)
    steps = tuple(Step(rng.choice([PROFIT, PLAN]), rng.random() * 0.5) for _ in range(count))
    return RunPlan(
        number=number,
        fault=faults[number % len(faults)],
        steps=steps,
        fault_at=rng.randrange(count),
        delay=rng.random() * 0.1,
        duration=rng.uniform(0.5, 3),
        jump=rng.choice([-1, 1]) * rng.choice([9 * HOUR, 20 * 24 * HOUR]),
        kernel_share=rng.random(),
        sends=rng.random() < 0.33,
    )
