"""A tool for tests: how much money is in two jars."""

from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="stoples",
    title="Stoples",
    detail="Hitung uang di dua stoples.",
    order=900,
)
