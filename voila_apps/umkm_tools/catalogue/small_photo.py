"""A photo made small for the page of a catalogue, in a worker process."""


def small_photo(jpeg: bytes, side: int, most_bytes: int) -> bytes:
    """Return a photo as a square JPEG.

    Raises:
        ImageError: as `umkm.images.fit`.
    """
    # Pillow and numpy load where photos are worked on.
    from umkm.images import fit  # noqa: PLC0415

    return fit(jpeg, side, most_bytes)
