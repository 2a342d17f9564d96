"""Periksa foto: advice on a photo, and the same photo cropped and lit."""

from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="periksa-foto",
    title="Periksa foto",
    detail="Saran untuk foto barang Anda, dan fotonya dirapikan.",
    order=70,
)
