"""Simulasi kasir QRIS: a till on one phone, a buyer on another, or the computer as buyer."""

from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="kasir-qris",
    title="Simulasi kasir QRIS",
    detail="Latihan di meja kasir: serahkan, tunggu, atau tolak.",
    order=50,
    scans=True,
    keeps=True,
)
