"""Tables of the class's games: play money, one game of a kind at a time."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from umkm_records.tables.base import Base, erased_as, policy
from umkm_records.tables.columns import JsonText


class TillGameRow(Base):
    """The cashier game of a class, one at a time: which round it is and of what kind."""

    __tablename__ = "till_game"
    __table_args__ = policy("About a class, not about a person.")
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    seed: Mapped[str] = mapped_column(String(32))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    is_open: Mapped[bool]
    started_at: Mapped[datetime]


class TillPlayerRow(Base):
    """A player of that game; `place` is their join order, `visits` the sale they are buying at."""

    __tablename__ = "till_player"
    __table_args__ = policy(
        "A place in a game of play money; the sales are exported.",
        personal=True,
        exported=None,
        erased="delete",
    )
    cohort_id: Mapped[str] = mapped_column(ForeignKey("till_game.cohort_id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id"), primary_key=True, index=True
    )
    place: Mapped[int]
    visits: Mapped[int | None]


class TillSaleRow(Base):
    """A sale of that game; play money. `participant_id` sells, `buyer_id` buys."""

    __tablename__ = "till_sale"
    __table_args__ = (
        UniqueConstraint("cohort_id", "code"),
        policy(
            "What a person did in a game.", personal=True, exported="till_sales", erased="delete"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("till_game.cohort_id"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    buyer_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id"), index=True, info=erased_as(None)
    )
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(8))
    sale: Mapped[Any] = mapped_column(JsonText)


class AdGameRow(Base):
    """The advertising game of a class, one at a time: its round, and whether its result is shown."""

    __tablename__ = "ad_game"
    __table_args__ = policy("About a class, not about a person.")
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    seed: Mapped[str] = mapped_column(String(32))
    number: Mapped[int]
    is_shown: Mapped[bool]
    is_open: Mapped[bool]
    started_at: Mapped[datetime]


class AdPlayerRow(Base):
    """A player of that game; `place` is their join order, from 0."""

    __tablename__ = "ad_player"
    __table_args__ = policy(
        "A place in a game of play money; the choices are exported.",
        personal=True,
        exported=None,
        erased="delete",
    )
    cohort_id: Mapped[str] = mapped_column(ForeignKey("ad_game.cohort_id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id"), primary_key=True, index=True
    )
    place: Mapped[int]


class AdChoiceRow(Base):
    """What a player does in a round of that game; play Rupiah, 0 for no advertisement."""

    __tablename__ = "ad_choice"
    __table_args__ = policy(
        "What a person did in a game.", personal=True, exported="ad_choices", erased="delete"
    )
    cohort_id: Mapped[str] = mapped_column(ForeignKey("ad_game.cohort_id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id"), primary_key=True, index=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    budget: Mapped[int]
    audience: Mapped[str] = mapped_column(String(16))
    creative: Mapped[str] = mapped_column(String(16))
