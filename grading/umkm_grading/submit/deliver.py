"""Deliver submissions from the records into the class folder."""

import logging

from umkm import UmkmError
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import list_released
from umkm_grading.class_folder.submission_folder import (
    Submission,
    is_whole,
    read_submission_manifest,
    write_submission,
)
from umkm_grading.errors import Busy, StorageTrouble
from umkm_records import Receipt, Records, submissions_of
from umkm_records.answers import mark_delivered, undelivered
from umkm_records.photos import read_photos
from umkm_widgets.photo_files import named_in

#: The workshop calls again a second later; nobody has to wait for a grader here.
_WAIT_SECONDS = 0.2

_log = logging.getLogger(__name__)
#: Receipts whose error this process has logged: the workshop tries them every few seconds.
_told: set[str] = set()


def deliver(class_folder: ClassFolder, records: Records) -> list[str]:
    """Deliver every submission not yet delivered and return their receipt codes.

    A newer attempt replaces an older one, never the other way round. A submission that is
    being graded is left for the next call. Two processes may deliver at once. Where nothing is
    undelivered, this is one query, and no file is read.

    Raises:
        StorageTrouble: the disk is full, for instance; what was delivered stays delivered, and
            the rest is delivered by a later call.
    """
    try:
        return _deliver(class_folder, records)
    except OSError as error:
        raise StorageTrouble(error) from error


def repair_submissions(class_folder: ClassFolder, records: Records) -> list[str]:
    """Write submission folders that were lost, damaged or put back from a backup again.

    Reads every submission of the class, so it is called when a class is opened, every ten
    minutes while it is open, and before grading.
    Returns the receipt codes of what was written.

    Raises:
        StorageTrouble: the disk is full, for instance; a later call repairs the rest.
    """
    try:
        return [
            receipt.code
            for released in list_released(class_folder)
            for receipt in submissions_of(records, class_folder.cohort_id, released.name)
            if not _is_there(class_folder, receipt) and _deliver_one(class_folder, records, receipt)
        ]
    except OSError as error:
        raise StorageTrouble(error) from error


def _deliver(class_folder: ClassFolder, records: Records) -> list[str]:
    waiting = undelivered(records, class_folder.cohort_id)
    if not waiting:
        return []
    delivered = []
    names = [released.name for released in list_released(class_folder)]
    for receipt in waiting:
        if receipt.assignment in names and _deliver_one(class_folder, records, receipt):
            mark_delivered(records, receipt.code)
            delivered.append(receipt.code)
    return delivered


def _deliver_one(class_folder: ClassFolder, records: Records, receipt: Receipt) -> bool:
    try:
        with class_folder.working_on(receipt.participant, receipt.assignment, _WAIT_SECONDS):
            _put(class_folder, records, receipt)
    except Busy:
        _log.info("%s of %s is being graded", receipt.assignment, receipt.participant)
        return False
    except (OSError, UmkmError):
        raise
    except Exception as error:  # whatever one submission holds, the others are delivered
        if receipt.code not in _told:
            _told.add(receipt.code)
            # On the terminal of whoever opened the class.
            _log.error(
                "Kiriman %s (%s) belum bisa disimpan; kiriman lain tetap masuk. Laporkan: %r",
                *(receipt.code, receipt.participant, error),
            )
        return False
    return True


def _is_there(class_folder: ClassFolder, receipt: Receipt) -> bool:
    # An older one may lie there: files put back from a backup are older than the records.
    there = read_submission_manifest(class_folder, receipt.participant, receipt.assignment)
    return (
        there is not None
        and there.attempt >= receipt.attempt
        and is_whole(class_folder, receipt.participant, receipt.assignment)
    )


def _put(class_folder: ClassFolder, records: Records, receipt: Receipt) -> None:
    if _is_there(class_folder, receipt):
        return
    write_submission(
        class_folder,
        Submission(
            receipt.code,
            receipt.participant,
            receipt.assignment,
            receipt.attempt,
            receipt.submitted_at,
            receipt.answers,
            photos=read_photos(records, receipt.participant, named_in(receipt.answers)),
        ),
    )
