"""What happens in one run, drawn from its seed and number alone."""

from __future__ import annotations

import random
from dataclasses import dataclass

#: What can strike, in the order in which runs take them in turn.
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
    """An answer that is written, and the pause after it in seconds."""

    question: str
    pause: float


@dataclass(frozen=True)
class RunPlan:
    """A run: answers one after the other, and a fault that strikes before one of them."""

    number: int
    fault: str
    steps: tuple[Step, ...]
    struck: int
    #: Seconds between the blow and the next answer.
    delay: float
    #: Seconds that it lasts, where it is something that lasts.
    lasting: float
    #: Seconds by which a clock jumps.
    jump: int
    #: Which of the kernels dies, as a share of their list.
    victim: float
    sends: bool


def plan_run(seed: int, number: int, faults: tuple[str, ...] = FAULTS) -> RunPlan:
    """The plan of a run; the same for the same seed, number and faults."""
    chance = random.Random(f"{seed} {number}")
    count = chance.randrange(3, 8)
    steps = tuple(Step(chance.choice([PROFIT, PLAN]), chance.random() * 0.5) for _ in range(count))
    return RunPlan(
        number=number,
        fault=faults[number % len(faults)],
        steps=steps,
        struck=chance.randrange(count),
        delay=chance.random() * 0.1,
        lasting=chance.uniform(0.5, 3),
        jump=chance.choice([-1, 1]) * chance.choice([9 * HOUR, 20 * 24 * HOUR]),
        victim=chance.random(),
        sends=chance.random() < 0.33,
    )
