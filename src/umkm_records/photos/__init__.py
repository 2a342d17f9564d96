"""Participants' photos: uploads in pieces, and the JPEG files made of them."""

from umkm_records.photos.photos import KeptPhoto, delete_photo, list_photos, read_photos
from umkm_records.photos.uploads import (
    Upload,
    UploadState,
    add_piece,
    drop_upload,
    keep_photo,
    upload_state,
    uploaded_bytes,
)

__all__ = [
    "KeptPhoto",
    "Upload",
    "UploadState",
    "add_piece",
    "delete_photo",
    "drop_upload",
    "keep_photo",
    "list_photos",
    "read_photos",
    "upload_state",
    "uploaded_bytes",
]
