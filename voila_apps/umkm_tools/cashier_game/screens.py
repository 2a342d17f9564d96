"""The screens of a player of the cashier game, as plain data."""

import base64
from typing import Any, Final

from umkm.money import format_rupiah
from umkm.qris import draw
from umkm.qris.practice import PRACTICE_NMID, practice_name
from umkm.qris.till import MOST_WAITS, Kind, Outcome, Role, Sale, Scene, Score, payload, proof
from umkm_tools.cashier_game.tables import SOLO_SALES, Seat

_ENDS: Final = {
    Outcome.HANDED: (
        "good",
        "Tepat: barang diserahkan",
        "Uang penuh sudah masuk di aplikasi Anda, baru barang diserahkan.",
    ),
    Outcome.CAUGHT: (
        "good",
        "Tepat: ditolak",
        "Uang yang masuk tidak cukup. Layar pembeli bukan bukti. Lihat aplikasi QRIS Anda sendiri.",
    ),
    Outcome.LOST: (
        "bad",
        "Barang hilang",
        "Uangnya tidak masuk atau kurang. Gambar di layar pembeli bisa dibuat siapa saja.",
    ),
    Outcome.LUCKY: (
        "warn",
        "Kali ini beruntung",
        "Pembelinya jujur, tetapi barang diserahkan sebelum uang masuk. Tunggu notifikasi dulu.",
    ),
    Outcome.OFFENDED: (
        "bad",
        "Pembeli jujur tersinggung",
        "Pembeli ini sudah membayar penuh. Kalau notifikasi lambat, minta menunggu, jangan menolak.",
    ),
}


def screen(seat: Seat | None, *, alone: bool) -> dict[str, Any]:
    """Return the page of a player; without a seat, the choices before joining."""
    if seat is None:
        return {"page": "pilih", "game": False}
    if seat.role is None and seat.is_open:
        return {"page": "pilih", "game": True}
    frame = {"title": _title(seat, alone=alone), "alone": alone, "score": _score(seat.own)}
    if not seat.is_open and (alone or seat.sale is None or seat.sale.decision is None):
        return {**frame, "page": "tutup", "result": _result(seat.own) if seat.own.decided else ""}
    page = _merchant if seat.role is Role.MERCHANT else _buyer
    shown = page(seat.sale)
    if not seat.is_open:
        shown["over"] = True
    return {**frame, **shown}


def _title(seat: Seat, *, alone: bool) -> str:
    if alone:
        return f"Pembeli {seat.number} dari {SOLO_SALES}" if seat.number else "Main sendiri"
    part = "Anda penjual" if seat.role is Role.MERCHANT else "Anda pembeli"
    kind = "semua jujur" if seat.kind is Kind.HONEST else "hati-hati, ada yang menipu"
    return f"Ronde {seat.number} · {part} ({kind})"


def _score(own: Score) -> list[list[str]]:
    return [
        ["Diserahkan dengan benar", str(own.handed)],
        ["Penipu ditolak", str(own.caught)],
        ["Barang hilang", str(own.lost)],
        ["Pembeli jujur tersinggung", str(own.offended)],
        ["Beruntung saja", str(own.lucky)],
    ]


def _result(own: Score) -> str:
    text = f"{own.right} dari {own.decided} keputusan tepat."
    if own.right == own.decided:
        return f"{text} Anda menunggu notifikasi dan tidak menyinggung siapa pun."
    if own.lost or own.lucky:
        return f"{text} Ingat: lihat aplikasi QRIS Anda sendiri, baru serahkan barang."
    return f"{text} Ingat: kalau notifikasi lambat, minta pembeli menunggu sebentar."


def _merchant(sale: Sale | None) -> dict[str, Any]:
    if sale is None:
        return {"page": "kasir-tutup"}
    about = {"item": sale.item, "price": format_rupiah(sale.price), "code": sale.code}
    if sale.outcome is not None:
        return {"page": "hasil", **about, **_end(sale)}
    if not sale.shown:
        about |= {"page": "kasir-datang" if sale.arrived else "kasir-buka"}
        return about | {"picture": _address(draw(payload(sale))), "static": not sale.dynamic}
    return {
        "page": "kasir-putus",
        **about,
        "proof": _address(proof(sale)),
        "says": f"Pembayaran berhasil {format_rupiah(sale.shown)}",
        "notified": f"{format_rupiah(sale.notified)} masuk lewat QRIS." if sale.notified else "",
        "may_wait": not sale.notified and sale.waits < MOST_WAITS,
        "waited": sale.waits,
    }


def _buyer(sale: Sale | None) -> dict[str, Any]:
    if sale is None:
        return {"page": "pembeli-cari"}
    about = {"item": sale.item, "price": format_rupiah(sale.price)}
    if sale.outcome is not None:
        return {"page": "pembeli-hasil", **about, **_end(sale)}
    if sale.shown:
        return {"page": "pembeli-tunjuk", **about, "proof": _address(proof(sale)),
                "says": f"Pembayaran berhasil {format_rupiah(sale.shown)}"}  # fmt: skip
    return {
        "page": "pembeli-bayar",
        **about,
        "shop": practice_name(sale.shop),
        "nmid": f"{PRACTICE_NMID}{sale.serial:08}",
        "types": sale.scene.honest and not sale.dynamic,
        "trick": _TRICKS.get(sale.scene, ""),
    }


_TRICKS: Final = {
    Scene.PROOF: "Kali ini Anda berperan sebagai penipu. Jangan bayar: tunjukkan saja layar palsu, "
    "dan minta barangnya segera.",
    Scene.SHORT: "Kali ini Anda berperan sebagai penipu. Bayar sepersepuluhnya saja, tetapi "
    "tunjukkan layar yang menulis harga penuh.",
}


def _end(sale: Sale) -> dict[str, Any]:
    assert sale.outcome is not None  # noqa: S101  # asked for only after a decision
    tone, title, message = _ENDS[sale.outcome]
    return {
        "tone": tone,
        "end": title,
        "message": message,
        "facts": [
            ["Harga", format_rupiah(sale.price)],
            ["Tertulis di layar pembeli", format_rupiah(sale.shown)],
            ["Uang yang sungguh masuk", format_rupiah(sale.paid)],
        ],
    }


def _address(svg: str) -> str:
    """Return a picture as an address: an image runs no script, whatever stood in it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
