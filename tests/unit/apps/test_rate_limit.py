"""The bucket of requests: what is there at once, what comes later, what is too far away."""

from umkm_apps.runtime.rate_limit import RateLimiter


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def test_a_full_bucket_gives_at_once_then_says_how_long_it_takes():
    clock = Clock()
    pace = RateLimiter(burst=2, per_second=4, clock=clock)
    assert [pace.wait_for("a") for _ in range(3)] == [0, 0, 0.25]
    assert pace.wait_for("b") == 0
    clock.now += 0.25
    assert pace.wait_for("a") == 0


def test_what_is_reserved_comes_in_turn_and_nothing_is_taken_for_who_will_not_wait():
    clock = Clock()
    pace = RateLimiter(burst=2, per_second=4, clock=clock)
    assert [pace.reserve("a", 0.5) for _ in range(5)] == [0, 0, 0.25, 0.5, None]
    assert pace.reserve("b", 0.5) == 0
    clock.now += 0.25
    # The refused took nothing: one place has come free, not less.
    assert [pace.reserve("a", 0.5) for _ in range(2)] == [0.5, None]
    clock.now += 100
    assert [pace.reserve("a", 0) for _ in range(3)] == [0, 0, None]


def test_whose_bucket_is_full_again_is_forgotten_and_whose_is_not_is_kept():
    clock = Clock()
    pace = RateLimiter(burst=2, per_second=1, clock=clock)
    for _ in range(10):
        pace.reserve("ahead", 60)
    clock.now += 5
    for number in range(1_200):
        pace.reserve(f"once {number}", 0)
    clock.now += 1
    pace.reserve("new", 0)
    assert len(pace) < 10
    # Eight were taken in advance, six have come since, one more is asked for.
    assert pace.reserve("ahead", 60) == 3
