"""Staff choose how they are told; whatever they choose, an escalation reaches them by a way that works."""

from datetime import timedelta

import pytest

from recovery.channels import AddressRefused, Permanent, Temporary, web_push
from recovery.models import Delivery, Device, EmailStanding, Escalation, OutboxMessage, PhoneNumber, StaffWish
from recovery.services import outbox, staff_wishes
from recovery.services.refusals import Refused
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = make.at(make.DAY_1, 12)
EVERY = {"by_email": True, "by_push": True, "by_sms": True}


@pytest.fixture(autouse=True)
def every_channel(settings):
    settings.VAPID_PRIVATE_KEY = web_push.new_private_key()
    settings.SMS = {**settings.SMS, "URL": "http://127.0.0.1:9/"}


@pytest.fixture
def clinician():
    person = make.make_clinician(make.make_clinic())
    Device.objects.create(person=person, name="Phone", digest="x", added_at=NOW)
    fields = {"number": "+31612345678", "agreed_at": NOW, "text_version": "1", "code_sent_at": NOW}
    PhoneNumber.objects.create(person=person, verified_at=NOW, **fields)
    return person


def tell(person, kind="escalation_clinic") -> OutboxMessage:
    episode = make.open_episode()
    make.share(episode.patient, person.memberships.get().clinic)
    outbox.write([outbox.message("k", kind, NOW, recipient=person, episode=episode)])
    return OutboxMessage.objects.get(key="k")


def ways(message) -> list[str]:
    return sorted(message.deliveries.values_list("channel", flat=True))


def deliver(send):
    for _ in range(4):
        outbox.deliver_due(lambda: NOW, send)


def test_without_a_wish_every_way_they_have_is_used(clinician):
    assert ways(tell(clinician)) == ["email", "push", "sms"]


@pytest.mark.parametrize("wanted", ["email", "push", "sms"])
def test_only_the_chosen_way_is_used(clinician, wanted):
    staff_wishes.keep(clinician, **{f"by_{channel}": channel == wanted for channel in ("email", "push", "sms")})
    assert ways(tell(clinician)) == [wanted]


def test_no_way_at_all_is_refused_and_nothing_is_kept(clinician):
    with pytest.raises(Refused, match="at least one way"):
        staff_wishes.keep(clinician, by_email=False, by_push=False, by_sms=False)
    assert not StaffWish.objects.exists()


def test_a_way_that_does_not_work_now_is_no_way(clinician):
    Device.objects.all().delete()
    with pytest.raises(Refused, match="Nothing you ticked reaches you"):
        staff_wishes.keep(clinician, by_email=False, by_push=True, by_sms=False)


def test_an_address_that_takes_no_mail_is_no_way(clinician):
    EmailStanding.objects.create(person=clinician, refused_address=clinician.email, refused_at=NOW)
    with pytest.raises(Refused):
        staff_wishes.keep(clinician, by_email=True, by_push=False, by_sms=False)


def test_when_the_chosen_way_is_gone_every_way_counts_again(clinician):
    staff_wishes.keep(clinician, by_email=False, by_push=True, by_sms=False)
    Device.objects.all().delete()
    assert ways(tell(clinician)) == ["email", "sms"]


def test_a_device_removed_before_it_was_sent_is_made_up_for_by_e_mail(clinician):
    staff_wishes.keep(clinician, by_email=False, by_push=True, by_sms=False)
    message = tell(clinician)
    Device.objects.all().delete()
    deliver(lambda row, now: None)
    message.refresh_from_db()
    assert message.state == "sent" and Delivery.objects.get(state="sent").channel == "email"


def test_when_one_way_after_the_other_refuses_the_next_is_tried_to_the_last(clinician):
    staff_wishes.keep(clinician, by_email=True, by_push=False, by_sms=False)
    message = tell(clinician)

    def refuse(row, now):
        if row.channel != "sms":
            raise (AddressRefused if row.channel == "email" else Permanent)("no")

    deliver(refuse)
    message.refresh_from_db()
    assert message.state == "sent" and ways(message) == ["email", "push", "sms"]


def test_a_way_that_is_out_of_order_is_waited_for_no_longer_than_three_tries(clinician):
    staff_wishes.keep(clinician, by_email=False, by_push=True, by_sms=False)
    message, at = tell(clinician), [NOW]

    def hang(row, now):
        if row.channel == "push":
            raise Temporary("push service answered 500")

    for minutes in (0, 1, 3):
        at[0] = NOW + timedelta(minutes=minutes)
        assert ways(message) == ["push"]
        outbox.deliver_due(lambda: at[0], hang)
    outbox.deliver_due(lambda: at[0], hang)
    message.refresh_from_db()
    assert message.state == "sent" and ways(message) == ["email", "push"]


def test_what_somebody_has_taken_meanwhile_looks_for_no_other_way(clinician):
    staff_wishes.keep(clinician, by_email=False, by_push=True, by_sms=False)
    message = tell(clinician)
    values = {"code": "E5", "urgency": "WD", "day": make.DAY_1, "raised_at": NOW, "status": "resolved"}
    message.escalation = Escalation.objects.create(episode=message.episode, **values)
    message.save()
    deliver(lambda row, now: None)
    message.refresh_from_db()
    assert (message.reason, ways(message)) == ("resolved", ["push"])


def test_what_is_no_word_about_safety_waits_for_its_own_way(clinician):
    staff_wishes.keep(clinician, by_email=False, by_push=True, by_sms=False)
    message = OutboxMessage.objects.get(pk=tell(clinician, "thread_clinic").pk)
    OutboxMessage.objects.update(priority=1)
    Delivery.objects.update(tries=9, priority=1)

    def hang(row, now):
        raise Temporary("not now")

    deliver(hang)
    assert ways(message) == ["push"]


def test_a_message_nobody_takes_ends_as_failed_and_does_not_go_round_for_ever(clinician):
    message = tell(clinician)

    def refuse(row, now):
        raise Permanent("no")

    deliver(refuse)
    message.refresh_from_db()
    assert message.state == "failed" and ways(message) == ["email", "push", "sms"]


def test_a_patient_s_ways_are_not_asked_about_here(clinician):
    patient = make.make_user()
    StaffWish.objects.create(person=patient, by_email=False)
    outbox.write([outbox.message("p", "red_flag_patient", NOW, recipient=patient)])
    assert ways(OutboxMessage.objects.get(key="p")) == ["email"]


def test_an_admin_chooses_too():
    admin = make.make_user("admin")
    staff_wishes.keep(admin, **EVERY)
    outbox.write([outbox.message("a", "alarm", NOW, recipient=admin)])
    assert ways(OutboxMessage.objects.get(key="a")) == ["email"]
