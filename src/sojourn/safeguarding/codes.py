"""Codes that people read off paper and type in: of an activity, and of a report that was made."""

import hashlib
import secrets
import unicodedata

from django.utils.crypto import salted_hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""**Source:** Crockford's Base32: without I, L, O and U."""
ACTIVITY_LENGTH, RECEIPT_LENGTH = 8, 12
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_activity_code() -> str:
    """A random code of 40 bits, to be printed."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(ACTIVITY_LENGTH))


def receipt_of(sent: str) -> str:
    """The receipt of exactly this report: sent twice, it has the same one, so nothing is stored twice.

    60 bits that only this site can compute.
    """
    digest = salted_hmac("sojourn.safeguarding.receipt", sent, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % 32] for byte in digest[:RECEIPT_LENGTH])


def fingerprint(receipt: str) -> str:
    """What is stored of a receipt, so that the table does not tell it."""
    return hashlib.sha256(receipt.encode()).hexdigest()


def as_typed(text: str) -> str:
    """What somebody typed as the code that they meant: case, blanks, full width and look-alikes forgiven."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain.translate(MISREAD) if letter in ALPHABET)


def in_groups(code: str) -> str:
    """A code as it is printed: in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
