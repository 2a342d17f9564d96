"""The advertising game of a class: who takes part, and what each chose in each round.

A round is first decided, then shown: until the trainer shows it everybody may change their mind,
and nobody sees what a choice brought. Its result is not stored but calculated from the seed. As
with the cashier game, a class has one game at a time, and beginning another deletes the last.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from umkm.marketing.campaign import CLASS_SHOP, ROUNDS, STOP, Decision, Game, check, played
from umkm.marketing.campaign_lessons import player_name, standings
from umkm_records.clock import moment
from umkm_records.database.rows import current_cohort, known_person
from umkm_records.database.storage import Records
from umkm_records.errors import UnknownCohort
from umkm_records.tables import CohortRow
from umkm_records.tables.games import AdChoiceRow, AdGameRow, AdPlayerRow
from umkm_records.tools.errors import AdGameClosed, AdGameMoved


@dataclass(frozen=True)
class AdStep:
    """The state of a class's game; another game has another seed. Rounds count from 1."""

    seed: str
    number: int
    is_shown: bool
    is_open: bool

    @property
    def shown(self) -> int:
        """Return how many rounds everybody may see the result of."""
        return self.number if self.is_shown else self.number - 1


@dataclass(frozen=True)
class AdSeat:
    """What one player's phone shows; `name` is empty before they joined.

    `game` holds the rounds that are shown, `choice` what they chose in the one that is not; `rank`
    is theirs among `players` while a result is shown, else both are 0.
    """

    step: AdStep
    name: str = ""
    game: Game | None = None
    choice: Decision | None = None
    rank: int = 0
    players: int = 0


@dataclass(frozen=True)
class AdBoard:
    """The class's view: how many have decided, and everybody's game by player name."""

    step: AdStep
    decided: int
    games: dict[str, Game]


def begin_ad_game(
    records: Records, cohort_id: str, seed: str, seen: AdStep | None, now: datetime | None = None
) -> None:
    """Begin a class's game; delete an earlier one.

    Args:
        records: open records.
        cohort_id: whose game.
        seed: what everybody's luck comes from; of no other game before.
        seen: where the game was when its trainer decided to.
        now: when; the present moment by default.

    Raises:
        UnknownCohort: there is no such class.
        AdGameMoved: somebody else has begun one or gone on meanwhile.
        StorageError: nothing was begun.
    """
    with records.transaction() as session:
        # Before there is a game, its class is what two trainers can be kept apart by.
        found = select(CohortRow.id).where(CohortRow.id == cohort_id).with_for_update()
        if session.scalar(found) is None:
            raise UnknownCohort
        game = session.get(AdGameRow, cohort_id)
        if (_step(game) if game else None) != seen:
            raise AdGameMoved
        for table in (AdChoiceRow, AdPlayerRow, AdGameRow):
            session.execute(delete(table).where(table.__table__.c.cohort_id == cohort_id))
        session.expunge_all()
        session.add(
            AdGameRow(
                cohort_id=cohort_id, seed=seed, number=1, is_shown=False, is_open=True,
                started_at=moment(now),
            )
        )  # fmt: skip


def advance_ad_game(records: Records, cohort_id: str, seen: AdStep) -> None:
    """Show the round that is being decided, or begin the next; the last one shown ends the game.

    Raises:
        AdGameMoved: somebody else was quicker; nothing is done twice.
        StorageError: nothing changed.
    """
    with records.transaction() as session:
        game = _at(session, cohort_id, seen)
        if game.is_shown:
            game.number, game.is_shown = game.number + 1, False
        else:
            game.is_shown = True
            game.is_open = game.number < ROUNDS


def end_ad_game(records: Records, cohort_id: str, seen: AdStep) -> None:
    """End a class's game early; a round that is not shown counts for nothing.

    Raises:
        AdGameMoved: somebody else was quicker.
        StorageError: it was not ended.
    """
    with records.transaction() as session:
        game = _at(session, cohort_id, seen)
        if not game.is_shown:
            game.number, game.is_shown = game.number - 1, True
        game.is_open = False


def ad_board(records: Records, cohort_id: str) -> AdBoard | None:
    """Return the class's view of its game, or None where there is none.

    Raises:
        StorageError: the records could not be read.
    """
    with records.read_session() as session:
        if (game := session.get(AdGameRow, cohort_id)) is None:
            return None
        step = _step(game)
        now = select(func.count()).where(
            AdChoiceRow.cohort_id == cohort_id, AdChoiceRow.number == step.number
        )
        return AdBoard(step, session.scalar(now) or 0, _games(session, cohort_id, step))


def ad_seat(records: Records, code: str) -> AdSeat | None:
    """Return what a participant's phone shows, or None where their class plays no game.

    Raises:
        UnknownParticipant: nobody has this code.
        StorageError: the records could not be read.
    """
    with records.read_session() as session:
        person = known_person(session, code)
        game = session.get(AdGameRow, current_cohort(session, person.id))
        return _seat(session, game, person.id) if game else None


def join_ad_game(records: Records, code: str) -> AdSeat:
    """Add a participant to the game from the present round; who plays already stays.

    Raises:
        AdGameClosed: no game is open.
        UnknownParticipant: nobody has this code.
        StorageError: nothing was kept.
    """
    with records.transaction() as session:
        person = known_person(session, code)
        game = _open_game(session, person.id)
        if session.get(AdPlayerRow, (game.cohort_id, person.id)) is None:
            places = select(func.max(AdPlayerRow.place))
            last = session.scalar(places.where(AdPlayerRow.cohort_id == game.cohort_id))
            session.add(
                AdPlayerRow(
                    cohort_id=game.cohort_id,
                    participant_id=person.id,
                    place=0 if last is None else last + 1,
                )
            )
            session.flush()
        return _seat(session, game, person.id)


def choose_ad(records: Records, code: str, seen: AdStep, choice: Decision) -> AdSeat:
    """Write what a player does in this round; chosen again, the last choice counts.

    Raises:
        MarketingError: the choice is not on offer.
        AdGameClosed: the round they saw is no longer being decided, or they do not take part.
        StorageError: nothing was kept.
    """
    check(choice)
    with records.transaction() as session:
        person = known_person(session, code)
        game = _open_game(session, person.id)
        player = session.get(AdPlayerRow, (game.cohort_id, person.id))
        if player is None or game.is_shown or _step(game) != seen:
            raise AdGameClosed(late=True)
        session.merge(
            AdChoiceRow(
                cohort_id=game.cohort_id, participant_id=person.id, number=game.number,
                budget=choice.budget, audience=choice.audience, creative=choice.creative,
            )
        )  # fmt: skip
        session.flush()
        return _seat(session, game, person.id)


def _at(session: Session, cohort_id: str, seen: AdStep) -> AdGameRow:
    game = session.scalar(
        select(AdGameRow).where(AdGameRow.cohort_id == cohort_id).with_for_update()
    )
    if game is None or not game.is_open or _step(game) != seen:
        raise AdGameMoved
    return game


def _open_game(session: Session, participant_id: int) -> AdGameRow:
    cohort_id = current_cohort(session, participant_id)
    game = session.scalar(
        select(AdGameRow).where(AdGameRow.cohort_id == cohort_id).with_for_update()
    )
    if game is None or not game.is_open:
        raise AdGameClosed
    return game


def _step(game: AdGameRow) -> AdStep:
    return AdStep(game.seed, game.number, game.is_shown, game.is_open)


def _games(session: Session, cohort_id: str, step: AdStep) -> dict[str, Game]:
    choices = session.execute(
        select(
            AdChoiceRow.participant_id,
            AdChoiceRow.number,
            AdChoiceRow.budget,
            AdChoiceRow.audience,
            AdChoiceRow.creative,
        ).where(AdChoiceRow.cohort_id == cohort_id)
    )
    chosen = {
        (who, number): Decision(budget, audience, creative)
        for who, number, budget, audience, creative in choices
    }
    players = select(AdPlayerRow.participant_id, AdPlayerRow.place)
    return {
        player_name(step.seed, place): _game(
            step, {number: choice for (one, number), choice in chosen.items() if one == who}
        )
        for who, place in session.execute(players.where(AdPlayerRow.cohort_id == cohort_id))
    }


def _game(step: AdStep, chosen: Mapping[int, Decision]) -> Game:
    # Who missed a round advertised nothing in it.
    decisions = (chosen.get(number, STOP) for number in range(1, step.shown + 1))
    return played(CLASS_SHOP, step.seed, tuple(decisions))


def _seat(session: Session, game: AdGameRow, participant_id: int) -> AdSeat:
    step = _step(game)
    player = session.get(AdPlayerRow, (game.cohort_id, participant_id))
    if player is None:
        return AdSeat(step)
    rows = session.scalars(
        select(AdChoiceRow).where(
            AdChoiceRow.cohort_id == game.cohort_id, AdChoiceRow.participant_id == participant_id
        )
    )
    mine = {row.number: Decision(row.budget, row.audience, row.creative) for row in rows}
    seat = AdSeat(
        step, player_name(step.seed, player.place), _game(step, mine), mine.get(step.number)
    )
    # While a round is decided, forty phones ask every few seconds: their ranks are old news then.
    if not step.is_shown or not step.shown:
        return seat
    games = _games(session, game.cohort_id, step)
    rank = next(place.rank for place in standings(games) if place.name == seat.name)
    return replace(seat, rank=rank, players=len(games))
