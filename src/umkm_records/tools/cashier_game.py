"""The cashier game of a class: shared state of the phones that sell and those that buy.

A class has one game at a time; beginning another deletes the one before. It is play money and no
record of the course, so nothing of it is stored longer, and no report reads it. Each
change locks the game: two buyers at one till, a second tap and a new round cannot cross.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from umkm.qris.cashier_game import (
    Kind,
    Score,
    sale_from_plain,
    score,
)
from umkm_records.clock import moment
from umkm_records.database.storage import Records
from umkm_records.errors import UnknownCohort
from umkm_records.tables import CohortRow
from umkm_records.tables.games import TillGameRow, TillPlayerRow, TillSaleRow
from umkm_records.tools.errors import TillClosed


@dataclass(frozen=True)
class TillRound:
    """The state of a game: the round's number from 1, its kind, and whether it is still played."""

    number: int
    kind: Kind
    is_open: bool


@dataclass(frozen=True)
class TillBoard:
    """The class's view: number of players, of open tills, and how the decisions ended."""

    game: TillRound
    players: int
    waiting: int
    this_round: Score
    whole: Score


def begin_till_game(
    records: Records, cohort_id: str, seed: str, kind: Kind, now: datetime | None = None
) -> None:
    """Begin a class's game with its first round; delete an earlier one.

    Raises:
        UnknownCohort: there is no such class.
        StorageError: nothing was begun.
    """
    with records.transaction() as session:
        if session.scalar(select(CohortRow.id).where(CohortRow.id == cohort_id)) is None:
            raise UnknownCohort
        for table in (TillSaleRow, TillPlayerRow, TillGameRow):
            session.execute(delete(table).where(table.__table__.c.cohort_id == cohort_id))
        game = TillGameRow(
            cohort_id=cohort_id, seed=seed, number=1, kind=kind, is_open=True,
            started_at=moment(now),
        )  # fmt: skip
        session.add(game)


def next_till_round(records: Records, cohort_id: str, kind: Kind) -> None:
    """Begin the next round; who sold buys now. Sales without an end count for nothing.

    Raises:
        TillClosed: no game is open.
        StorageError: the round did not change.
    """
    with records.transaction() as session:
        game = claim_open_game(session, cohort_id)
        game.number += 1
        game.kind = kind


def end_till_game(records: Records, cohort_id: str) -> None:
    """End a class's game; its result can still be seen. Do nothing without one.

    Raises:
        StorageError: it was not ended.
    """
    with records.transaction() as session:
        if (game := session.get(TillGameRow, cohort_id)) is not None:
            game.is_open = False


def till_board(records: Records, cohort_id: str) -> TillBoard | None:
    """Return the class's view of its game, or None where there is none.

    Raises:
        StorageError: the records could not be read.
    """
    with records.read_session() as session:
        if (game := session.get(TillGameRow, cohort_id)) is None:
            return None
        mine = TillSaleRow.cohort_id == cohort_id
        rows = session.execute(select(TillSaleRow.number, TillSaleRow.sale).where(mine)).all()
        players = select(func.count()).where(TillPlayerRow.cohort_id == cohort_id)
        sales = [(number, sale_from_plain(sale)) for number, sale in rows]
        now = [sale for number, sale in sales if number == game.number]
        return TillBoard(
            round_of(game),
            session.scalar(players) or 0,
            sum(not sale.arrived and sale.decision is None for sale in now),
            score(now),
            score(sale for _, sale in sales),
        )


def claim_open_game(session: Session, cohort_id: str) -> TillGameRow:
    """Return the row of a class's open game, locked until the transaction ends.

    Raises:
        TillClosed: no game is open.
    """
    game = session.scalar(
        select(TillGameRow).where(TillGameRow.cohort_id == cohort_id).with_for_update()
    )
    if game is None or not game.is_open:
        raise TillClosed
    return game


def round_of(game: TillGameRow) -> TillRound:
    """Return the state of a game."""
    return TillRound(game.number, Kind(game.kind), game.is_open)
