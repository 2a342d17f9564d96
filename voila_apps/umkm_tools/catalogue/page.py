"""The catalogue's page: the widget, and a store in the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from umkm.marketing import Seller, Storefront
from umkm_records import Participant, Records, StorageError, get_participant
from umkm_records.photos import read_photos
from umkm_records.tools import (
    KeptStorefront,
    Owner,
    StorefrontClosed,
    change_storefront,
    erase_storefront,
    open_storefront,
    read_storefront,
)
from umkm_tools.base.device_key import device_key
from umkm_tools.base.page import Reader, ToolPage
from umkm_tools.catalogue.catalogue_store import Change
from umkm_tools.catalogue.widget import CatalogueTool
from umkm_widgets.session import display_here

from .consent import STOREFRONT_CONSENT


class RecordsCatalogueStore:
    """Stores one participant's catalogue in the records; the server alone tells whose it is."""

    def __init__(self, records: Records, reader: Reader) -> None:
        self._records = records
        self._reader = reader
        self._known: KeptStorefront | None = None
        self._person: Participant | None = None
        self.token = device_key("katalog", reader.code)

    @property
    def seller(self) -> Seller:
        """Return the person's business; nobody's as long as the records cannot be read."""
        if self._person is None:
            # A page that opens while the records are away says so as it reads the catalogue.
            with suppress(StorageError):
                self._person = get_participant(self._records, self._reader.code)
        person = self._person
        if person is None:
            return Seller("Usaha saya")
        return Seller(person.business_name or person.name, person.phone or "")

    def read(self) -> Storefront | None:
        """Return the catalogue as it stands, with what another phone changed meanwhile."""
        self._reader.check(self._records)
        self._known = read_storefront(self._records, self._reader.code)
        return self._known.storefront if self._known else None

    def begin(self) -> Storefront:
        """Start the catalogue; the widget calls this only after consent."""
        self._reader.begin_write(self._records)
        owner = Owner(self._reader.code)
        version = STOREFRONT_CONSENT.version
        self._known = open_storefront(self._records, owner, self.seller, version)
        return self._known.storefront

    def change(self, change: Change) -> Storefront:
        """Change the catalogue; returns once that would survive a power cut."""
        self._reader.begin_write(self._records)
        if self._known is None:
            raise StorefrontClosed
        self._known = change_storefront(self._records, self._reader.code, self._known, change)
        return self._known.storefront

    def photos(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """Return the person's photos of these names."""
        self._reader.check(self._records)
        return read_photos(self._records, self._reader.code, names)

    def erase(self) -> None:
        """Erase the catalogue, and end the consent to it."""
        self._reader.begin_write(self._records)
        erase_storefront(self._records, Owner(self._reader.code))
        self._known = None


def show(page: ToolPage) -> None:
    """Display the catalogue of the participant whose page this is.

    Elsewhere (an author in JupyterLab, a test of the page) it lives in memory.
    """
    if page.records is None or page.reader is None:
        display_here(CatalogueTool(consent=STOREFRONT_CONSENT.lines, apart=page.apart))
        return
    store = RecordsCatalogueStore(page.records, page.reader)
    display_here(CatalogueTool(store, STOREFRONT_CONSENT.lines, apart=page.apart))
