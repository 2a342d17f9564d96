"""Photos that a browser sends to Python: in JupyterLab and in the gallery."""

import hashlib
from typing import Any

from umkm.errors import InputError
from umkm_widgets.answer_store import AnswerReader, AnswerStoreError, PhotoStore

_HERE_NOT = "Foto tidak bisa diterima di sini. Muat ulang halaman, lalu coba lagi."


def take_photo(content: bytes, store: AnswerReader | None) -> dict[str, Any]:
    """Re-encode a photo and store it beside the answers; without a store it is only decoded.

    Return `photo`, the name for the answer, or `message`, what is wrong with it.
    """
    from umkm_widgets.photo_process import develop  # noqa: PLC0415 - few pages have a photo

    if store is not None and not isinstance(store, PhotoStore):
        return {"message": _HERE_NOT}
    try:
        jpeg = develop(content).jpeg
        name = hashlib.sha256(jpeg).hexdigest()
        if isinstance(store, PhotoStore):
            store.save_photo(name, jpeg)
    except (InputError, AnswerStoreError) as error:
        return {"message": error.message}
    return {"photo": name}
