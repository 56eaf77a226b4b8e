"""The address of a log-in, and whether its holder has shown that it is theirs."""

from allauth.account.models import EmailAddress

from sojourn.registry.models import Account


def keep_address(account: Account, *, is_verified: bool) -> None:
    """Note the account's address. An unconfirmed one gets no link to a new password."""
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=is_verified)
