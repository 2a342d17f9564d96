"""The set-up of a page's kernel, called by the first cell of every page."""

from __future__ import annotations

from pathlib import Path

from umkm_widgets import use_keeper, use_recaller

from .answer_store import PageKeeper
from .api_client import KernelApiClient
from .recall import EarlierLessons


def begin_page() -> None:
    """Set up this process for its page: its questions read the stored answers from the server.

    Raises:
        KeepError: the server does not say what was answered.
    """
    api = KernelApiClient.of_this_page()
    use_keeper(PageKeeper(api))
    use_recaller(EarlierLessons(api, Path.cwd()))
