"""Random state differs between the kernels of one template."""

from __future__ import annotations

import pytest
from tests.kernels.running import ask, kernel

SOURCES = {
    "random": "[__import__('random').random() for _ in range(4)]",
    "numpy": "list(__import__('numpy').random.random(4))",
    "numpy generator": "list(__import__('numpy').random.default_rng().random(4))",
    "temp names": "[__import__('tempfile').mktemp() for _ in range(4)]",
    "uuid1": "[str(__import__('uuid').uuid1()) for _ in range(4)]",
    "uuid4": "[str(__import__('uuid').uuid4()) for _ in range(4)]",
    "secrets": "[__import__('secrets').token_hex() for _ in range(4)]",
    "session": "[get_ipython().kernel.session.session, get_ipython().kernel.ident]",
    "execution": "[get_ipython().kernel.iopub_thread._pipe_uuid.hex()]",
}


@pytest.mark.usefixtures("template")
def test_three_kernels_draw_different_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    with kernel() as (_, one), kernel() as (_, two):
        monkeypatch.setenv("LANGUAGE", "id")  # so that the third is not of the warm pool
        with kernel() as (_, three):
            for source, expression in SOURCES.items():
                drawn = [value for client in (one, two, three) for value in ask(client, expression)]
                assert len(set(drawn)) == len(drawn), source
