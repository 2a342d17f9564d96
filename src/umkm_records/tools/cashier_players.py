"""The cashier game as its players use it: join, open a till, come to one, play a sale."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from umkm.qris.cashier_game import (
    Kind,
    Role,
    Sale,
    Score,
    arrive,
    new_sale,
    release,
    role_in,
    sale_from_plain,
    sale_to_plain,
    score,
)
from umkm_records.database.rows import current_cohort, known_person
from umkm_records.database.storage import Records
from umkm_records.tables.games import TillGameRow, TillPlayerRow, TillSaleRow
from umkm_records.tools.cashier_game import TillRound, claim_open_game, round_of
from umkm_records.tools.errors import TillClosed, TillFull

#: Sales one merchant begins in one round; a lively round of ten minutes has some twenty.
MOST_SALES = 100


@dataclass(frozen=True)
class TillSeat:
    """What one player's phone shows; `role` is None before they joined.

    `sale` is the one at their till, or at which they buy; `own` scores what they decided.
    """

    game: TillRound
    role: Role | None = None
    sale: Sale | None = None
    own: Score = field(default_factory=Score)


def till_seat(records: Records, code: str) -> TillSeat | None:
    """Return what a participant's phone shows, or None where their class plays no game.

    Raises:
        UnknownParticipant: nobody has this code.
        StorageError: the records could not be read.
    """
    with records.read_session() as session:
        person = known_person(session, code)
        game = session.get(TillGameRow, current_cohort(session, person.id))
        return _seat(session, game, person.id) if game else None


def join_till_game(records: Records, code: str) -> TillSeat:
    """Add a participant to the game; who plays already stays where they are.

    Raises:
        TillClosed: no game is open.
        UnknownParticipant: nobody has this code.
        StorageError: nothing was kept.
    """
    with records.transaction() as session:
        person = known_person(session, code)
        game = claim_open_game(session, current_cohort(session, person.id))
        if session.get(TillPlayerRow, (game.cohort_id, person.id)) is None:
            last = select(func.max(TillPlayerRow.place)).where(
                TillPlayerRow.cohort_id == game.cohort_id
            )
            place = session.scalar(last)
            session.add(
                TillPlayerRow(
                    cohort_id=game.cohort_id,
                    participant_id=person.id,
                    place=0 if place is None else place + 1,
                )
            )
            session.flush()
        return _seat(session, game, person.id)


def open_till(records: Records, code: str) -> TillSeat:
    """Begin a new sale of a merchant, unless the one at their till is unfinished.

    Raises:
        TillClosed: no game is open, or they do not sell in this round.
        TillFull: they have had as many sales in this round as there may be.
        StorageError: nothing was kept.
    """
    with records.transaction() as session:
        game, player = _player(session, code, Role.MERCHANT)
        row = _own_row(session, game, player)
        if row is None or sale_from_plain(row.sale).decision is not None:
            if _had(session, game, player) >= MOST_SALES:
                raise TillFull
            session.add(_fresh(session, game, player))
            session.flush()
        return _seat(session, game, player.participant_id)


def visit_till(records: Records, code: str, short: str) -> TillSeat:
    """Move a buyer to the till with this short code; they leave an unpaid sale elsewhere.

    Raises:
        InputError: another buyer is there, the sale is over, or nobody has this code now.
        TillClosed: no game is open, or they do not buy in this round.
        StorageError: nothing was kept.
    """
    with records.transaction() as session:
        game, player = _player(session, code, Role.BUYER)
        row = session.scalar(
            select(TillSaleRow).where(
                TillSaleRow.cohort_id == game.cohort_id, TillSaleRow.code == short
            )
        )
        if row is None or row.number != game.number:
            raise TillClosed(late=row is not None)
        old = _visited(session, game, player)
        if old is not None and old.id == row.id:
            return _seat(session, game, player.participant_id)
        row.sale = sale_to_plain(arrive(sale_from_plain(row.sale)))
        if old is not None:
            _leave(old)
        row.buyer_id, player.visits = player.participant_id, row.id
        session.flush()
        return _seat(session, game, player.participant_id)


def play_at_till(
    records: Records, code: str, role: Role, change: Callable[[Sale], Sale]
) -> TillSeat:
    """Change a player's sale, as merchant or as buyer, to what `change` returns.

    Raises:
        InputError: `change` refuses; nothing is changed.
        TillClosed: no game is open, or this is no longer their part or their sale.
        StorageError: nothing was kept.
    """
    with records.transaction() as session:
        game, player = _player(session, code, role)
        find = _own_row if role is Role.MERCHANT else _visited
        if (row := find(session, game, player)) is None:
            raise TillClosed(late=True)
        after = change(sale_from_plain(row.sale))
        row.sale = sale_to_plain(after)
        if not after.arrived:
            row.buyer_id = None
        session.flush()
        return _seat(session, game, player.participant_id)


def _player(session: Session, code: str, role: Role) -> tuple[TillGameRow, TillPlayerRow]:
    person = known_person(session, code)
    game = claim_open_game(session, current_cohort(session, person.id))
    player = session.get(TillPlayerRow, (game.cohort_id, person.id))
    if player is None or role_in(player.place, game.number) is not role:
        raise TillClosed(late=True)
    return game, player


def _fresh(session: Session, game: TillGameRow, player: TillPlayerRow) -> TillSaleRow:
    taken = set(
        session.scalars(select(TillSaleRow.code).where(TillSaleRow.cohort_id == game.cohort_id))
    )
    sale, turn = None, len(taken)
    while sale is None or sale.code in taken:
        sale = new_sale(f"{game.seed} {game.number} {player.place} {turn}", Kind(game.kind))
        turn += 1
    return TillSaleRow(
        cohort_id=game.cohort_id,
        participant_id=player.participant_id,
        number=game.number,
        code=sale.code,
        sale=sale_to_plain(sale),
    )


def _own_row(session: Session, game: TillGameRow, player: TillPlayerRow) -> TillSaleRow | None:
    return session.scalar(
        select(TillSaleRow)
        .where(
            TillSaleRow.cohort_id == game.cohort_id,
            TillSaleRow.participant_id == player.participant_id,
            TillSaleRow.number == game.number,
        )
        .order_by(TillSaleRow.id.desc())
        .limit(1)
    )


def _had(session: Session, game: TillGameRow, player: TillPlayerRow) -> int:
    mine = select(func.count()).where(
        TillSaleRow.cohort_id == game.cohort_id,
        TillSaleRow.participant_id == player.participant_id,
        TillSaleRow.number == game.number,
    )
    return session.scalar(mine) or 0


def _visited(session: Session, game: TillGameRow, player: TillPlayerRow) -> TillSaleRow | None:
    row = session.get(TillSaleRow, player.visits) if player.visits else None
    mine = row is not None and row.buyer_id == player.participant_id
    return row if mine and row is not None and row.number == game.number else None


def _leave(row: TillSaleRow) -> None:
    sale = sale_from_plain(row.sale)
    if sale.arrived and not sale.shown and sale.decision is None:
        row.sale, row.buyer_id = sale_to_plain(release(sale)), None


def _seat(session: Session, game: TillGameRow, participant_id: int) -> TillSeat:
    player = session.get(TillPlayerRow, (game.cohort_id, participant_id))
    if player is None:
        return TillSeat(round_of(game))
    role = role_in(player.place, game.number)
    row = (_own_row if role is Role.MERCHANT else _visited)(session, game, player)
    sales = session.scalars(
        select(TillSaleRow.sale).where(
            TillSaleRow.cohort_id == game.cohort_id,
            TillSaleRow.participant_id == participant_id,
        )
    )
    return TillSeat(
        round_of(game),
        role,
        sale_from_plain(row.sale) if row else None,
        score(map(sale_from_plain, sales)),
    )
