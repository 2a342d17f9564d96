"""Store a catalogue: the interface, and a store in memory for the example."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from umkm.marketing import Seller, Storefront

Change = Callable[[Storefront], Storefront]


class CatalogueStore(Protocol):
    """Stores one person's catalogue.

    Everything that cannot be done is an `umkm.UmkmError` whose message is shown as it stands.
    """

    #: Tells several people on one phone apart without naming anyone.
    token: str

    @property
    def seller(self) -> Seller:
        """Return the person's business as it is known without a catalogue."""
        ...

    def read(self) -> Storefront | None:
        """Return the catalogue as it stands now, or None where there is none yet."""
        ...

    def begin(self) -> Storefront:
        """Start a catalogue; the person has just given consent."""
        ...

    def change(self, change: Change) -> Storefront:
        """Change the catalogue as it stands; returns once that would survive a power cut."""
        ...

    def photos(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """Return JPEG files of the person's photos by name."""
        ...

    def erase(self) -> None:
        """Erase the catalogue."""
        ...


class MemoryCatalogueStore:
    """A catalogue that lives as long as the page: the example, JupyterLab, the gallery."""

    token = "latihan"  # noqa: S105

    def __init__(self, seller: Seller, storefront: Storefront | None = None) -> None:
        self.seller = seller
        self._storefront = storefront

    def read(self) -> Storefront | None:
        """Return the catalogue, or None before `begin`."""
        return self._storefront

    def begin(self) -> Storefront:
        """Start an empty catalogue, unless there is one."""
        self._storefront = self._storefront or Storefront(self.seller)
        return self._storefront

    def change(self, change: Change) -> Storefront:
        """Change the catalogue."""
        self._storefront = change(self.begin())
        return self._storefront

    def photos(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """Return nothing: photos are kept by the trainees' server."""
        del names
        return {}

    def erase(self) -> None:
        """Delete the catalogue."""
        self._storefront = None
