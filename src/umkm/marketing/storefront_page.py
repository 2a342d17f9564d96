"""A catalogue as one HTML page that needs nothing else: no script, no other file, no line.

Whatever a person wrote is text in it. The page itself forbids its reader to load anything, so that
not even a mistake of ours could fetch from somewhere.
"""

import base64
from collections.abc import Mapping
from html import escape
from typing import Final

from umkm.marketing.storefront import Product, Storefront, order_link
from umkm.money import format_rupiah

#: What a photo in the page may weigh, in bytes: six leave the page below 300 KB in base64.
PHOTO_BYTES: Final = 33_000
#: The same where there are more than six.
PHOTO_BYTES_OF_MANY: Final = 20_000
PHOTO_SIDE: Final = 480
_FEW: Final = 6

_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_STYLE: Final = """
:root{--b:#0b5d56;--l:#d9d4c7;--m:#5a6664}
*{box-sizing:border-box}
body{margin:0;background:#faf8f2;color:#1c2b2a;font:1rem/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
header{background:var(--b);color:#fff;padding:20px 16px}
h1{margin:0;font-size:1.6rem;line-height:1.2}
header p{margin:6px 0 0;white-space:pre-line}
main{max-width:860px;margin:0 auto;padding:12px}
ul{list-style:none;margin:0;padding:0;display:grid;gap:12px;
  grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr))}
li{background:#fff;border:1px solid var(--l);border-radius:14px;padding:12px;
  display:grid;grid-template:auto auto 1fr/112px 1fr;gap:4px 12px;align-content:start}
img,.huruf{grid-row:1/span 3;width:112px;height:112px;border-radius:10px;object-fit:cover}
.huruf{background:#e9f1ef;color:var(--b);font-size:3rem;font-weight:700;display:grid;place-items:center}
h2{margin:0;font-size:1.1rem;line-height:1.25}
.harga{margin:0;font-weight:700;color:var(--b);font-size:1.15rem}
.isi{margin:0;color:var(--m);white-space:pre-line;min-height:1px}
a{grid-column:1/-1;margin-top:8px;display:flex;align-items:center;justify-content:center;min-height:48px;
  padding:8px 12px;border-radius:12px;background:var(--b);color:#fff;
  font-weight:700;text-align:center;text-decoration:none}
a:focus-visible{outline:3px solid #f2b632;outline-offset:2px}
footer{max-width:860px;margin:0 auto;padding:4px 16px 28px;color:var(--m);font-size:.92rem}
@media print{a{display:none}}
"""


def photo_bytes(products: int) -> int:
    """Return what each photo may weigh in a page of so many products, in bytes."""
    return PHOTO_BYTES if products <= _FEW else PHOTO_BYTES_OF_MANY


def storefront_page(storefront: Storefront, photos: Mapping[str, bytes], made_on: str) -> str:
    """Return the page.

    Args:
        storefront: what it shows.
        photos: JPEG files by name; a product whose photo is missing shows its first letter.
        made_on: the day its prices are of, as it is read.

    Raises:
        InputError: the shop has no number to order from.
    """
    seller = storefront.seller
    items = "\n".join(
        _item(storefront, product, photos.get(product.photo)) for product in storefront.products
    )
    about = f"<p>{escape(seller.about)}</p>" if seller.about else ""
    return f"""<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Katalog {escape(seller.name)}</title>
<style>{_STYLE}</style>
</head>
<body>
<header><h1>{escape(seller.name)}</h1>{about}</header>
<main>
<ul>
{items}
</ul>
</main>
<footer><p>Harga per {escape(made_on)}. Ketuk “Pesan” untuk bertanya atau memesan lewat WhatsApp.</p></footer>
</body>
</html>
"""


def _item(storefront: Storefront, product: Product, photo: bytes | None) -> str:
    name = escape(product.name)
    if photo is not None:
        data = base64.b64encode(photo).decode("ascii")
        picture = (
            f'<img src="data:image/jpeg;base64,{data}" alt="Foto {name}" width="112" height="112">'
        )
    else:
        picture = f'<div class="huruf" aria-hidden="true">{escape(product.name[:1].upper())}</div>'
    link = escape(order_link(storefront.seller, product))
    return (
        f"<li>{picture}<h2>{name}</h2>"
        f'<p class="harga">{format_rupiah(product.price)}</p>'
        f'<p class="isi">{escape(product.description)}</p>'
        f'<a href="{link}" target="_blank" rel="noopener noreferrer">Pesan {name}</a></li>'
    )
