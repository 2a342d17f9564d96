"""Judul & deskripsi: builds a listing from what is known, and advises on it."""

from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="judul-deskripsi",
    title="Judul & deskripsi",
    detail="Susun tulisan untuk barang Anda. Lengkap, jujur, tinggal salin.",
    order=80,
)
