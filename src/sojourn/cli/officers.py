"""The first account of a site: whoever can run commands on the server appoints it."""

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from sojourn.cli.failing import CommandFailedError, Exit
from sojourn.entrance.addresses import keep_address
from sojourn.records.actor import SYSTEM
from sojourn.registry.actions import appoint
from sojourn.registry.models import Account, Membership, Organisation


def appoint_officer(email: str, password: str, on: dt.date) -> Account:
    """An account with the programme office's post; refused without a plan, or with a weak password."""
    office = Organisation.objects.filter(parent=None).first()
    if office is None:
        raise CommandFailedError(
            "There is no coordinating office yet: it comes with the plan. Add --plan FILE.", Exit.REFUSED
        )
    account = Account(email=email.strip().lower())
    try:
        validate_email(account.email)
        validate_password(password, account)
    except ValidationError as error:
        raise CommandFailedError(f"{email} cannot be an officer: {' '.join(error.messages)}") from error
    if Account.objects.filter(email=account.email).exists():
        raise CommandFailedError(f"{email} has an account already; nothing was changed.", Exit.REFUSED)
    with transaction.atomic():
        account = Account.objects.create_account(email, password)
        keep_address(account, is_verified=True)
        role = Membership.Role.PROGRAMME_OFFICE
        appoint(by=SYSTEM, account=account, organisation=office, role=role, on=on)
    return account
