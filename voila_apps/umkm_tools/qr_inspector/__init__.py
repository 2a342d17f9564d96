"""Periksa QR: what a code says, what is wrong with it, and whether it is still one's own."""

from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="periksa-qr",
    title="Periksa QR",
    detail="Lihat isi kode QR. Pastikan stiker masih milik Anda.",
    order=30,
    scans=True,
)
