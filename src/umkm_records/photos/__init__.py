"""Participants' photos: uploads in pieces, and the JPEG files made of them."""

from umkm_records.photos.photos import KeptPhoto, forget_photo, list_photos, read_photos
from umkm_records.photos.uploads import (
    Arrived,
    Upload,
    add_piece,
    arrived,
    arrived_bytes,
    drop_upload,
    keep_photo,
)

__all__ = [
    "Arrived",
    "KeptPhoto",
    "Upload",
    "add_piece",
    "arrived",
    "arrived_bytes",
    "drop_upload",
    "forget_photo",
    "keep_photo",
    "list_photos",
    "read_photos",
]
