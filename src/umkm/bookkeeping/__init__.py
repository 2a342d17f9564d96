"""Books of a small shop: what happened, in its owner's words, becomes the three statements of SAK EMKM.

Pure: days come in as arguments, rates as typed data (`FinalTaxRule`), money as whole Rupiah.
`tables` (pandas) is loaded only by who imports it.

Errors::

    umkm.InputError              `message` in Bahasa Indonesia, `field`
    +-- BookError                a transaction that cannot be taken; the book stays as it is
        +-- WrongDay             in the future, or in the year 0026
        +-- WrongAmount          nothing, too much, more interest than instalment
        +-- MissingName          a bon needs a name
        +-- UnknownChoice        a kind or category this business does not have
        +-- DebtExceeded         `left`: a payment larger than the debt
        +-- NotEnoughStock       `left`: more leaves than was bought
        +-- ItemShort            the same for one thing by pieces
        +-- UnknownTransaction   there is nothing to undo
        +-- AlreadyUndone
        +-- StillNeeded          another transaction builds on it
"""

from umkm.bookkeeping.accounts import Account, Business, Chart, Group, chart
from umkm.bookkeeping.assets import Asset, assets
from umkm.bookkeeping.debts import Debt, loans, payables, receivables, total_by_age
from umkm.bookkeeping.errors import BookError
from umkm.bookkeeping.kinds import Kind
from umkm.bookkeeping.ledger import Ledger, Refusal
from umkm.bookkeeping.posting import Entry
from umkm.bookkeeping.serialization import from_plain, to_plain
from umkm.bookkeeping.statements import (
    IncomeStatement,
    Position,
    Row,
    Statements,
    statements,
    trial_balance,
)
from umkm.bookkeeping.stock import CostOfSales, cost_of_sales
from umkm.bookkeeping.stock_taking import Counted, Item, count_value
from umkm.bookkeeping.summary import Summary, month_of, summary, week_of
from umkm.bookkeeping.tax import FinalTaxRule, final_tax, turnover_by_month
from umkm.bookkeeping.transactions import Transaction, person_key

__all__ = [
    "Account",
    "Asset",
    "BookError",
    "Business",
    "Chart",
    "CostOfSales",
    "Counted",
    "Debt",
    "Entry",
    "FinalTaxRule",
    "Group",
    "IncomeStatement",
    "Item",
    "Kind",
    "Ledger",
    "Position",
    "Refusal",
    "Row",
    "Statements",
    "Summary",
    "Transaction",
    "assets",
    "chart",
    "cost_of_sales",
    "count_value",
    "final_tax",
    "from_plain",
    "loans",
    "month_of",
    "payables",
    "person_key",
    "receivables",
    "statements",
    "summary",
    "to_plain",
    "total_by_age",
    "trial_balance",
    "turnover_by_month",
    "week_of",
]
