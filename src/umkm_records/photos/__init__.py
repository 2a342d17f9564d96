"""Participants' photos: uploads in pieces, and the JPEG files made of them."""

from umkm_records.photos.photos import (
    Arrived,
    KeptPhoto,
    Upload,
    add_piece,
    arrived,
    arrived_bytes,
    drop_upload,
    forget_photo,
    keep_photo,
    list_photos,
    read_photos,
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
