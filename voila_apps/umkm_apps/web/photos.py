"""Upload of photos, piece by piece: one that breaks off goes on where it was.

A phone names each sending, asks how much of it is here, and sends the next piece. The last one turns
them into a photo of our own making: nothing of the file itself is kept, nor what it says of itself.
"""

from __future__ import annotations

from contextlib import nullcontext
from http import HTTPStatus
from typing import Any, NoReturn

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web

from umkm.images import LARGEST_BYTES, TOO_HEAVY, ImageError
from umkm_apps.runtime.rate_limit import RateLimiter
from umkm_apps.runtime.turns import turn_of_all
from umkm_apps.web.addresses import Route
from umkm_records.errors import PhotoFull
from umkm_records.photos import (
    KeptPhoto,
    Upload,
    UploadState,
    add_piece,
    drop_upload,
    keep_photo,
    read_photos,
    upload_state,
    uploaded_bytes,
)
from umkm_widgets.photo_process import develop

from .base import PageHandler
from .fair_executor import RETRY_AFTER, FairExecutor, QueueFull
from .json_api import ApiError, JsonApiHandler

#: Bytes of the largest piece; pages send half of it.
LARGEST_PIECE = 128 * 1024
#: The longest side of a kept photo, in pixels.
LONGEST_SIDE = 1600
#: One photo is opened at a time, by whichever process: the child may need some hundred megabytes for a moment.
#: One person has two in the line: a phone that was cut off asks again for what is being made.
IMAGE_EXECUTOR = FairExecutor("image", workers=1, most=20, most_of_one=2)

_MALFORMED = "Kiriman foto ini tidak terbaca. Muat ulang halaman, lalu pilih lagi fotonya."


class PhotoUpload(JsonApiHandler):
    """One upload of a photo: how far it has come, and its next piece."""

    # A photo the phone cannot make small has up to 240 pieces, and comes when it comes.
    pace = RateLimiter(burst=80, per_second=12)

    @allow_unauthenticated
    async def get(self, name: str) -> None:
        """Return how many bytes have arrived, or the photo they became; and a fresh token."""
        stands = await self.read_records(lambda: upload_state(self.records, self.upload(name)))
        token = self.xsrf_token.decode("ascii")
        self.answer({"participant": self.reader.code, "token": token, **self.upload_json(stands)})

    @allow_unauthenticated
    async def post(self, name: str) -> None:
        """Take a piece of `ukuran` bytes in all that begins at `mulai`; the last one makes the photo."""
        self.check_person(self.get_query_argument("peserta", ""))
        start, size = self.whole("mulai"), self.whole("ukuran")
        piece = self.request.body
        if size > LARGEST_BYTES or len(piece) > LARGEST_PIECE:
            raise ApiError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_HEAVY)
        if start + len(piece) > size or not size:
            raise ApiError(HTTPStatus.BAD_REQUEST, _MALFORMED)
        upload = self.upload(name)
        stands = await self.write_records(lambda: add_piece(self.records, upload, start, piece))
        if stands.photo is None and stands.received >= size:
            stands = UploadState(0, await self.develop(upload))
        self.answer(self.upload_json(stands))

    async def develop(self, upload: Upload) -> KeptPhoto:
        """Return the photo that the pieces of an upload make.

        Raises:
            ApiError: 422: it is none, or there is no room for it; 503: others' photos come first.
        """
        try:
            return await IMAGE_EXECUTOR.run(upload.participant, self._develop, upload)
        except QueueFull:
            await self.delay_refusal()
            raise ApiError(HTTPStatus.SERVICE_UNAVAILABLE, wait=RETRY_AFTER) from None
        except (ImageError, PhotoFull) as error:
            await self._refuse(upload, error.message)

    def _develop(self, upload: Upload) -> KeptPhoto:
        # Asked again while it was being made, by a phone that waited too long.
        if (stands := upload_state(self.records, upload)).photo is not None:
            return stands.photo
        content = uploaded_bytes(self.records, upload)
        if not content:
            # Its pieces gave way to newer ones of the same person while it waited.
            raise ImageError(_MALFORMED, "photo")
        settings = self.context.settings
        shared = turn_of_all(settings.data_dir, "foto") if settings.sharing > 1 else nullcontext()
        with shared:
            photo = develop(content, LONGEST_SIDE, in_turn=False)
        return keep_photo(self.records, upload, photo.jpeg, (photo.width, photo.height))

    async def _refuse(self, upload: Upload, message: str) -> NoReturn:
        await self.write_records(lambda: drop_upload(self.records, upload))
        raise ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, message)

    def upload(self, name: str) -> Upload:
        """Return the upload of this name, of the participant who is logged in."""
        return Upload(self.reader.code, name)

    def whole(self, name: str) -> int:
        """Return a number of bytes in the address.

        Raises:
            ApiError: 400: it is none.
        """
        text = self.get_query_argument(name, "")
        if not (text.isascii() and text.isdigit() and len(text) <= 12):
            raise ApiError(HTTPStatus.BAD_REQUEST, _MALFORMED)
        return int(text)

    def upload_json(self, stands: UploadState) -> dict[str, Any]:
        """Return how far an upload has come, as a page reads it."""
        if stands.photo is None:
            return {"received": stands.received}
        photo = stands.photo
        url = f"{self.base_url}foto/{photo.name}.jpg"
        return {
            "photo": {
                "name": photo.name,
                "url": url,
                "width": photo.width,
                "height": photo.height,
            }
        }


class PhotoFile(PageHandler):
    """A photo, to its owner alone."""

    # A page shows many at once.
    of_login = RateLimiter(burst=120, per_second=10)

    @property
    def content_security_policy(self) -> str:
        """Return the policy: a picture loads nothing."""
        return "default-src 'none'"

    @web.authenticated
    async def get(self, name: str) -> None:
        """Send the JPEG file.

        Raises:
            tornado.web.HTTPError: 404: the reader has no such photo, whoever else has.
        """
        code = self.reader.code
        jpeg = (await self.read_records(lambda: read_photos(self.records, code, [name]))).get(name)
        if jpeg is None:
            raise web.HTTPError(404)
        # Its name changes with its content; only this browser may remember it.
        self.set_header("Cache-Control", "private, max-age=86400, immutable")
        self.set_header("Content-Type", "image/jpeg")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(jpeg)


ROUTES: list[Route] = [
    (r"foto/kirim/([a-z0-9]{16,64})", PhotoUpload),
    (r"foto/([0-9a-f]{64})\.jpg", PhotoFile),
]
