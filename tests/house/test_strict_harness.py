import socket

import pytest
from django.template import engines
from django.utils import timezone

from apps.factories import RegionFactory
from conftest import is_loopback
from sojourn.records.models import Job
from sojourn.registry.models import Organisation


def test_an_unknown_template_variable_fails():
    with pytest.raises(BaseException, match="Undefined template variable 'surname'"):
        engines["django"].from_string("{{ surname }}").render({"name": "Li"})


@pytest.mark.django_db
def test_a_naive_datetime_fails():
    with pytest.raises(RuntimeWarning, match="naive datetime"):
        Job.objects.create(kind="test", run_after=timezone.now().replace(tzinfo=None))


@pytest.mark.django_db
def test_rows_without_an_order_come_back_shuffled_and_with_one_do_not():
    RegionFactory.create_batch(40)
    made = Organisation.objects.regional_offices()
    assert list(made.order_by()) != list(made.order_by())
    assert list(made) == sorted(made, key=lambda row: row.code)


def test_only_this_machine_can_be_reached():
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("192.0.2.1")
    with socket.socket() as caller, pytest.raises(BaseException, match="only loopback is allowed"):
        caller.connect(("192.0.2.1", 80))
