"""Draws the payment screen that a buyer shows.

It looks the same whether the money came or not: that is what there is to learn from it.
"""

from xml.sax.saxutils import escape, quoteattr

from umkm.money import format_rupiah
from umkm.qris.cashier_game.sale import Sale


def proof(sale: Sale) -> str:
    """Return the SVG of a payment application's screen for what the buyer shows."""
    amount, shop = format_rupiah(sale.shown), f"CONTOH {sale.shop}"
    reference = f"LAT-{sale.serial % 10**6:06}"
    description = f"Layar HP pembeli: Pembayaran berhasil {amount} ke {shop}. Layar latihan."
    lines = (
        (108, 15, "#1c2b2a", "bold", "Pembayaran berhasil"),
        (138, 24, "#1c2b2a", "bold", amount),
        (164, 12, "#4a5654", "normal", "kepada"),
        (182, 14, "#1c2b2a", "bold", shop),
        (206, 11, "#4a5654", "normal", f"Nomor referensi {reference}"),
        (232, 11, "#b3261e", "bold", "LATIHAN · bukan uang sungguhan"),
    )
    words = "".join(
        f'<text x="120" y="{y}" font-size="{size}" fill="{ink}" font-weight="{weight}"'
        f' text-anchor="middle" font-family="sans-serif">{escape(text)}</text>'
        for y, size, ink, weight, text in lines
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 250" role="img"'
        f" aria-label={quoteattr(description)}>"
        '<rect width="240" height="250" rx="18" fill="#fff" stroke="#5a6664" stroke-width="2"/>'
        '<rect width="240" height="26" rx="13" fill="#e9f1ef"/>'
        '<circle cx="120" cy="60" r="26" fill="#1b6b3a"/>'
        '<path d="M108 60l9 9 16-18" fill="none" stroke="#fff" stroke-width="5"/>'
        f"{words}</svg>"
    )
