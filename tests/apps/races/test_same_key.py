"""One write, sent many times at once with the same key: the rows are counted afterwards."""

from collections import Counter
from functools import partial

import pytest
from django.test import Client

from api.programs import Program, token
from apps.factories import RegionFactory
from apps.races.together import DONE, together
from sojourn.connections.models import KeptAnswer
from sojourn.records.models import AuditEvent
from sojourn.registry.models import Membership, Organisation

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("own_database"),
]


def test_twenty_equal_requests_have_one_effect_and_one_answer(settings, tmp_path) -> None:
    settings.STATIC_ROOT = settings.DATA = tmp_path
    settings.SECURE_SSL_REDIRECT = False
    north = RegionFactory(code="north")
    _row, key = token(north, Membership.Role.REGIONAL_OFFICE)
    sent = {"rows": [{"code": "gb-1", "kind": "school", "names": {"en": "A"}, "parent": "north"}]}
    answers: list[tuple[int, bytes]] = []

    def send() -> None:
        answer = Program(key, Client()).post("/organisations", sent, key="the-same-key")
        answers.append((answer.status_code, answer.content))

    assert Counter(together([partial(send) for _ in range(20)])) == {DONE: 20}
    assert Counter(answers) == {(201, b'{"added":["gb-1"],"known":[]}'): 20}
    assert Organisation.objects.filter(code="gb-1").count() == 1
    assert AuditEvent.objects.filter(verb="organisation.add").count() == 1
    assert KeptAnswer.objects.count() == 1
