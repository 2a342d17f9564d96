"""The kinds of question, one module for those that are answered alike."""

from umkm.exercise.kinds.amounts import Number, RupiahAmount
from umkm.exercise.kinds.choices import SeveralChoices, SingleChoice
from umkm.exercise.kinds.order import PutInOrder
from umkm.exercise.kinds.pairs import MatchPairs, SortIntoBins
from umkm.exercise.kinds.photos import Photo
from umkm.exercise.kinds.spots import SpotIt
from umkm.exercise.kinds.statement import FillStatement
from umkm.exercise.kinds.table import TableEntry
from umkm.exercise.kinds.texts import LongText, ShortText

__all__ = [
    "FillStatement",
    "LongText",
    "MatchPairs",
    "Number",
    "Photo",
    "PutInOrder",
    "RupiahAmount",
    "SeveralChoices",
    "ShortText",
    "SingleChoice",
    "SortIntoBins",
    "SpotIt",
    "TableEntry",
]
