"""Coroutines in tests that share a process with Playwright."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def run_by_itself(work):
    """Run a coroutine to its end; Playwright, once started, keeps a loop in the tests' own thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
