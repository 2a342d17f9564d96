"""The usage profile of a probe process; compacting by it changes nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.kernels.running import ask, kernel

from umkm_kernels import TemplateServer, memory, usage_profile

PLACED = "__import__('umkm_kernels.memory').memory._kept"


@pytest.mark.usefixtures("template")
def test_code_that_a_kernel_runs_lies_together() -> None:
    pages = "lambda codes: len({id(code) // 4096 for code in codes})"
    pairs = f"[pair for kept in {PLACED} if type(kept) is dict for pair in kept.values()]"
    with kernel() as (_, client):
        count, before, after = ask(
            client,
            f"(lambda pairs, pages: [len(pairs), pages([old for old, _ in pairs]), "
            f"pages([new for _, new in pairs])])({pairs}, {pages})",
        )
    assert count > 500
    assert after < before / 2


@pytest.mark.usefixtures("template")
def test_a_placed_function_is_the_one_it_was() -> None:
    look = "(lambda f: [f.__qualname__, f.__code__.co_filename, f.__code__.co_firstlineno])"
    functions = "[__import__('json').dumps, __import__('traitlets').HasTraits.notify_change]"
    with kernel() as (_, placed), kernel(stock=True) as (_, stock):
        assert ask(placed, f"[{look}(f) for f in {functions}]") == ask(
            stock, f"[{look}(f) for f in {functions}]"
        )


def test_without_a_warmup_nothing_is_moved(own_template: TemplateServer) -> None:
    assert own_template.status().state == "ready"
    with kernel() as (_, client):
        assert ask(client, f"sum(type(kept) is dict for kept in {PLACED})") == 0


def test_a_warmup_that_fails_or_hangs_only_costs_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(usage_profile, "_TIMEOUT", 0.5)
    assert usage_profile.profile_run(lambda: None, fails, ["1"]) == usage_profile.UsageProfile()
    assert (
        usage_profile.profile_run(lambda: None, lambda _: __import__("time").sleep(60), ["1"])
        == usage_profile.UsageProfile()
    )


def test_moving_code_keeps_what_it_does() -> None:
    """In a process of its own, since it fills the heap."""
    program = """
from umkm_kernels import memory, usage_profile
def outer(n, *, by=2):
    "Doc."
    def inner(x): return [y * by for y in range(x)]
    return inner(n)
keys = [usage_profile.function_key(c) for c in (outer.__code__, *[k for k in outer.__code__.co_consts
        if hasattr(k, 'co_code')])]
old = outer.__code__
memory.compact(keys)
assert outer.__code__ is not old and outer.__code__ == old
assert outer(3, by=5) == [0, 5, 10] and outer.__doc__ == "Doc."
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_names_are_the_interned_ones() -> None:
    memory.intern_names(["warung_bu_siti"])
    assert sys.intern("warung_" + "bu_siti") is next(
        name
        for kept in memory._kept
        if isinstance(kept, list)
        for name in kept
        if name == "warung_bu_siti"
    )
