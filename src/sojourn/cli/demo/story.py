"""The whole path, in order: plan, quotas, institutions, calls, draws, stays, figures, bulletin."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from random import Random

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sojourn.cli.demo.calls import Advance, CallStory
from sojourn.cli.demo.organisations import EXAMPLE, add_institutions, post, staff_host
from sojourn.cli.demo.people import SEED, Household, Inventor
from sojourn.cli.demo.timetable import CALLS, DemoCall
from sojourn.monitoring.actions import compute_figures, draft_bulletin, publish_bulletin
from sojourn.plan.actions import load_plan, publish_plan, split_target
from sojourn.plan.document import PlanDocument
from sojourn.plan.document import load_plan as read_plan
from sojourn.plan.models import Plan, Target
from sojourn.records.actor import SYSTEM
from sojourn.registry.models import Account, Membership, Organisation

SCALES = {"small": 1, "national": 20}


@dataclass
class Story:
    """The demonstration at a scale, on a day."""

    today: dt.date
    scale: str = "small"
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - a story, not a secret
    calls: list[CallStory] = field(default_factory=list)
    staff: dict[int, list[Account]] = field(default_factory=dict)

    def tell(self, progress: Progress) -> None:
        """Carry out every step, each with a progress bar."""
        start = min(spec.opens for spec in CALLS) - 2
        on = self.today + dt.timedelta(days=start)
        with step(progress, "Plan and quotas", 1) as advance:
            plan = self._plan(on)
            advance(1)
        coordinating = Organisation.objects.get(parent=None)
        with step(progress, "Institutions", 1) as advance:
            institutions = add_institutions(coordinating, on)
            advance(len(institutions))
        self._posts(coordinating, on)
        hosts = self._hosts(on)
        for spec, households in self._people(progress):
            self._carry_out(progress, spec, households, coordinating, hosts[spec.code])
        self._figures(progress, plan)

    def _plan(self, on: dt.date) -> Plan:
        document = read_plan(EXAMPLE / "plan.toml").document
        plan = publish_plan(by=SYSTEM, plan=load_plan(by=SYSTEM, document=document, on=on), on=on)
        at = dt.datetime.combine(on, dt.time(9), dt.UTC)
        for target in Target.objects.filter(plan=plan).select_related("plan", "component").order_by("pk"):
            split_target(by=SYSTEM, target=target, at=at)
        return plan

    def _posts(self, coordinating: Organisation, on: dt.date) -> None:
        post("programme-office", coordinating, Membership.Role.PROGRAMME_OFFICE, on)
        post("safeguarding-office", coordinating, Membership.Role.SAFEGUARDING_LEAD, on)
        offices = Organisation.objects.filter(kind=Organisation.Kind.REGIONAL_OFFICE).order_by("code")
        for office in offices[:2]:
            post(f"office-{office.code}", office, Membership.Role.REGIONAL_OFFICE, on)
            post(f"safeguarding-{office.code}", office, Membership.Role.SAFEGUARDING_LEAD, on)

    def _hosts(self, on: dt.date) -> dict[str, list[Organisation]]:
        """Hosts per call, with their staff: schools in receiving areas, universities anywhere."""
        found: dict[str, list[Organisation]] = {}
        pools = {
            "school": list(
                Organisation.objects.filter(kind="school", level="primary", parent__kind="receiving_office")
                .select_related("parent")
                .order_by("code")
            ),
            "university": list(
                Organisation.objects.filter(kind="university").select_related("parent").order_by("code")
            ),
        }
        for spec in self._specs():
            pool = pools[spec.host_kind]
            wanted = min(len(spec.stays) * spec.hosts, len(pool))
            found[spec.code] = self.random.sample(pool, wanted)
            for host in found[spec.code]:
                if host.pk not in self.staff:
                    self.staff[host.pk] = staff_host(host, on)
        return found

    def _specs(self) -> list[DemoCall]:
        """The calls at the scale of the story: more people, more seats per host, more hosts."""
        factor = SCALES[self.scale]
        return [
            replace(spec, households=spec.households * factor, seats=spec.seats * factor) for spec in CALLS
        ]

    def _people(self, progress: Progress) -> Iterator[tuple[DemoCall, list[Household]]]:
        """Invented people for each call; the ones with answers to give first, so that log-ins show them."""
        inventor = Inventor(self.today)
        specs = self._specs()
        drawn = sorted(specs, key=lambda spec: spec.is_over)
        people: dict[str, list[Household]] = {}
        with step(progress, "Invented people", sum(spec.households for spec in specs)) as advance:
            for spec in drawn:
                adult = spec.ages[0] >= 18
                people[spec.code] = (
                    inventor.students(spec.households)
                    if adult
                    else inventor.families(spec.households, spec.ages)
                )
                advance(spec.households)
        yield from ((spec, people[spec.code]) for spec in specs)

    def _carry_out(
        self,
        progress: Progress,
        spec: DemoCall,
        households: list[Household],
        coordinating: Organisation,
        hosts: list[Organisation],
    ) -> None:
        story = CallStory(spec, coordinating, self.today, self.random, self.staff)
        self.calls.append(story)
        story.publish(hosts, _partners())
        kind = "university" if spec.host_kind == "university" else "school"
        senders = Organisation.objects.filter(kind=kind).exclude(parent__kind="receiving_office")
        taken = {host.parent_id for host in hosts}
        sending = [row for row in senders.order_by("code") if row.parent_id not in taken]
        with step(progress, f"{spec.titles['en']}: applications", len(households)) as advance:
            story.take_applications(households, sending, advance)
        if spec.draws is None:
            return
        with step(progress, f"{spec.titles['en']}: draw and proof", 1) as advance:
            story.draw()
            advance(1)
        with step(progress, f"{spec.titles['en']}: answers", None) as advance:
            story.answer(advance)
        if spec.is_over:
            with step(progress, f"{spec.titles['en']}: sessions", None) as advance:
                story.hold_sessions(advance)

    def _figures(self, progress: Progress, plan: Plan) -> None:
        """Compute the figures to date and publish a bulletin of the months that are over."""
        programme = PlanDocument.from_json(plan.document).programme
        this_month = self.today.replace(day=1)
        first = programme.start
        with step(progress, "Figures and bulletin", 1) as advance:
            compute_figures(
                by=SYSTEM,
                starts_on=programme.start,
                ends_on=programme.end,
                on=self.today,
                at=dt.datetime.combine(self.today, dt.time(), dt.UTC),
            )
            if first < this_month:
                bulletin = draft_bulletin(
                    by=SYSTEM, code="first-months", starts_on=first, ends_on=this_month, on=self.today
                )
                publish_bulletin(by=SYSTEM, bulletin=bulletin, on=self.today)
            advance(1)


def _partners() -> dict[int, list[Organisation]]:
    """Per receiving office, the regional offices whose default partner it is."""
    found: dict[int, list[Organisation]] = {}
    for office in Organisation.objects.exclude(partner=None).order_by("code"):
        if office.partner_id is not None:
            found.setdefault(office.partner_id, []).append(office)
    return found


@contextmanager
def step(progress: Progress, label: str, total: int | None) -> Iterator[Advance]:
    """One line with a bar; a step of unknown length ends full."""
    task = progress.add_task(label, total=total)

    def advance(count: int) -> None:
        progress.advance(task, count)

    yield advance
    done = int(progress.tasks[task].completed)
    progress.update(task, total=done or 1, completed=done or 1)


def bars() -> Progress:
    """Progress bars with counts and times."""
    return Progress(
        TextColumn("{task.description:<48}"), BarColumn(24), MofNCompleteColumn(), TimeElapsedColumn()
    )
