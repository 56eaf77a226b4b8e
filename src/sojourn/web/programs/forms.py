"""Forms of a lead: a token with its scopes and its end, a webhook with its events."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sojourn.connections.events import EVENTS
from sojourn.connections.scopes import scopes_of
from sojourn.web.programs import labels
from sojourn.web.programs.posts import Post
from sojourn.web.wording import in_language

DAYS = 90


class OfPostForm(forms.Form):
    """Something of one organisation, in one of one's posts there."""

    post = forms.ChoiceField(label=_("Organisation"))

    def __init__(self, *arguments: Any, posts: Sequence[Post], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._posts = {f"{post.role}-{post.organisation.pk}": post for post in posts}
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(key, in_language(post.organisation.names)) for key, post in self._posts.items()]
        if len(posts) == 1:
            field.initial = next(iter(self._posts))
            field.widget = forms.HiddenInput()

    @property
    def chosen(self) -> Post:
        """The post that was chosen."""
        return self._posts[self.cleaned_data["post"]]


class TokenForm(OfPostForm):
    """What a program may do, and until when."""

    label = forms.CharField(
        label=_("Which program is it for?"), max_length=60, help_text=_("A name that your colleagues know.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), widget=forms.CheckboxSelectMultiple, help_text=_("As little as it needs.")
    )
    expires_on = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *arguments: Any, posts: Sequence[Post], on: dt.date, **named: Any) -> None:
        super().__init__(*arguments, posts=posts, **named)
        may = frozenset[str]().union(*(scopes_of(post.role) for post in posts))
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(scope, words) for scope, words in labels.SCOPES.items() if scope in may]
        self.fields["expires_on"].initial = on + dt.timedelta(days=DAYS)


class WebhookForm(OfPostForm):
    """Where to tell of what."""

    url = forms.CharField(
        label=_("Address"),
        max_length=200,
        help_text=_("It begins with https:// and is open to the internet."),
    )
    events = forms.MultipleChoiceField(
        label=_("Tell it when"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(verb, labels.EVENTS[verb]) for verb in EVENTS],
    )
