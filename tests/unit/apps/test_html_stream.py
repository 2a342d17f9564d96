"""One making of a page, any number of readers."""

import asyncio

import pytest
from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.page_sessions.html_stream import FAILURE_MARK, MOST_CHARACTERS, PageStream
from umkm_apps.runtime.settings import TEMPLATE


async def read(stream):
    return "".join([piece async for piece in stream.follow()])


async def made_of(*pieces, problem=None):
    for piece in pieces:
        await asyncio.sleep(0.001)
        yield piece
    if problem:
        raise problem


def test_readers_who_come_at_any_time_read_the_same():
    async def run():
        stream = PageStream()
        making = asyncio.create_task(stream.record(made_of(*"abcdefgh")))
        readers = [asyncio.create_task(read(stream))]
        for _ in range(6):
            await asyncio.sleep(0.002)
            readers.append(asyncio.create_task(read(stream)))
        await making
        readers.append(asyncio.create_task(read(stream)))
        return await asyncio.gather(*readers)

    assert run_by_itself(run()) == ["abcdefgh"] * 8


def test_it_is_made_to_the_end_though_its_reader_has_gone():
    async def run():
        stream = PageStream()
        making = asyncio.create_task(stream.record(made_of(*"abc")))
        reader = asyncio.create_task(read(stream))
        await asyncio.sleep(0.001)
        reader.cancel()
        await making
        return await read(stream), stream.is_worth_keeping

    assert run_by_itself(run()) == ("abc", True)


def test_a_failure_reaches_every_reader_and_is_not_kept():
    async def run():
        stream = PageStream()
        making = asyncio.create_task(stream.record(made_of("a", problem=OSError("disk"))))
        early = asyncio.create_task(read(stream))
        await making
        for reader in (early, asyncio.create_task(read(stream))):
            with pytest.raises(OSError, match="disk"):
                await reader
        return stream.is_worth_keeping

    assert run_by_itself(run()) is False


@pytest.mark.parametrize("piece", [f"<p {FAILURE_MARK}>", "x" * (MOST_CHARACTERS + 1)])
def test_a_page_with_a_failed_part_or_a_giant_is_not_kept(piece):
    stream = PageStream()
    run_by_itself(stream.record(made_of("a", piece)))
    assert not stream.is_worth_keeping


def test_the_template_bears_the_mark_of_a_failed_part():
    assert FAILURE_MARK in (TEMPLATE / "index.html.j2").read_text(encoding="utf-8")
