"""Kalender konten: a month of posts, changed at will, to the phone's calendar or onto the wall."""

from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="kalender-konten",
    title="Kalender konten",
    detail="Sebulan unggahan dalam sepuluh menit. Masuk ke kalender HP.",
    order=110,
)
