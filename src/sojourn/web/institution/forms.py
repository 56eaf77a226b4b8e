"""Forms of a host: on which day, what was done, who led it, who was there."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sojourn.participation.actions.rosters import RosterLine
from sojourn.participation.models import Engagement, Opening
from sojourn.participation.queries.hosts import StaffLine
from sojourn.registry.models import Account
from sojourn.web.wording import day, is_chinese, last_day


class DayForm(forms.Form):
    """One of the days of the stay that have come."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=dt.date.fromisoformat)

    def __init__(self, *arguments: Any, opening: Opening, on: dt.date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        days = days_so_far(opening, on)
        field = self.fields["day"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(held_on.isoformat(), day(held_on)) for held_on in days]


class SessionForm(forms.Form):
    """A session of one day, which the page has fixed."""

    title = forms.CharField(
        label=_("What was done"),
        help_text=_("A few words, such as “A day of lessons together”. Nothing about single people."),
        max_length=80,
    )
    adults = forms.MultipleChoiceField(
        label=_("Adults who led it"),
        help_text=_("Only adults of yours whose vetting is valid on that day can be named."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    present = forms.MultipleChoiceField(
        label=_("Who was there"), widget=forms.CheckboxSelectMultiple, required=False
    )
    held_on = forms.DateField(widget=forms.HiddenInput)

    def __init__(
        self, *arguments: Any, staff: Sequence[StaffLine], roster: Sequence[RosterLine], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self._offer("adults", [(str(row.account_id), row.name) for row in staff])
        self._offer("present", [(str(row.number), row.name) for row in roster])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    def values(self) -> dict[str, Any]:
        """The session as `record_session` takes it."""
        cleaned = self.cleaned_data
        return {
            "held_on": cleaned["held_on"],
            "titles": {"zh" if is_chinese() else "en": cleaned["title"]},
            "adults": list(Account.objects.filter(pk__in=cleaned["adults"]).order_by("pk")),
            "present": list(
                Engagement.objects.filter(pk__in=cleaned["present"]).select_related("person").order_by("pk")
            ),
        }


def days_so_far(opening: Opening, on: dt.date) -> list[dt.date]:
    """The days of the stay up to today, the latest first."""
    end = min(opening.ends_on, on + dt.timedelta(days=1))
    return [end - dt.timedelta(days=back) for back in range(1, (end - opening.starts_on).days + 1)]


class DepartureForm(forms.Form):
    """The adults who go along."""

    adults = forms.MultipleChoiceField(
        label=_("Adults who go along"),
        help_text=_("Each needs a check that is valid to the last day of the stay."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *arguments: Any, staff: Sequence[StaffLine], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["adults"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(row.account_id), _with_vetting(row)) for row in staff]


def _with_vetting(row: StaffLine) -> str:
    if row.valid_until is None:
        return gettext("%(name)s: not vetted") % {"name": row.name}
    return gettext("%(name)s: vetted to %(day)s") % {"name": row.name, "day": day(last_day(row.valid_until))}
