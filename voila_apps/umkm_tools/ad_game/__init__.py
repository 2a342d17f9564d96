"""Simulasi iklan: four rounds with play money, alone or with the class; the lesson is when to stop."""

from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="simulasi-iklan",
    title="Simulasi iklan",
    detail="Empat putaran iklan dengan uang mainan. Kapan Anda berhenti?",
    order=100,
    keeps=True,
)
