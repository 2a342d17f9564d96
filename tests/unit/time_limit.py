"""A limit that no honest reader comes near: it catches what grows with a power of its input."""

import signal
from contextlib import contextmanager

from hypothesis import strategies as st

#: Seconds of the processor for one input as long as its field allows; honest readers need thousandths of that.
LIMIT = 2

#: What people type, and what makes a reader try things out: units, marks, digits of other scripts,
#: letters that fold into many, halves of pairs.
PIECES = [
    *("1", "12", "1m", "1m ", "1.500m", "1 jt ", "1 rb", "1,5", "1.", "1,", "1 ", "1'", "1-"),
    *("-", "rp", "Rp.", "idr", "rupiah", "perak", "ratus", "puluh", "satu ", "dua ratus "),
    *("setengah ", "juta ", "ribu ", "m", "k", "T1:", "1:", "(", "(1", "+62", "0812", "1/1/"),
    *("1 januari ", "\u0663", "\uff11", "\u00b2", "\u00bd", "\ufdfa", "\u33a1", "\U0001f9d5"),
    *("\u200d", "e\u0301", "\u202e", " ", "\n", "\t", "1 gram", "ID1", "0101A", "6001", "5199"),
    *("{", "{a}", "*", "no.", "p-irt", "p.", "./-", "\ud83d", "'", '"', ";", ",", "UMKM1:", "a"),
]  # fmt: skip


class TookTooLong(BaseException):
    """No Exception, so that no reader's own `except Exception` hides it."""


@contextmanager
def limited(seconds=LIMIT):
    """Raise AssertionError where the block takes more processor time; regular expressions end too.

    Processor time, not time on the clock: a busy machine is no fault of the reader's.
    """

    def ring(signum, frame):
        raise TookTooLong

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    except TookTooLong:
        raise AssertionError(f"took more than {seconds} s") from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def hostile_texts(longest):
    """Texts of up to `longest` letters that repeat something, one thing after another."""
    piece = st.sampled_from(PIECES) | st.text(max_size=3)
    run = st.builds(lambda parts, share: ("".join(parts) * longest)[: longest // share],
                    st.lists(piece, min_size=1, max_size=3), st.integers(1, 4))  # fmt: skip
    return st.lists(run, min_size=1, max_size=4).map(lambda runs: "".join(runs)[:longest])
