from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.core.never_held import never_held
from sojourn.core.plan_check import (
    Catalogue,
    Component,
    CostCategory,
    CostRule,
    Finding,
    Named,
    Organisation,
    Pair,
    Period,
    Plan,
    QuotaRule,
    Setting,
    Subsidy,
    Target,
    TrackOffer,
    check_plan,
)
from sojourn.core.plan_check.refusals import measured_refusal

YEARS = Period(date(2026, 9, 1), date(2029, 9, 1))
FIRST, SECOND, THIRD = (Period(date(year, 9, 1), date(year + 1, 9, 1)) for year in (2026, 2027, 2028))
CATALOGUE = Catalogue(
    tracks={
        "visits": TrackOffer(frozenset({"people", "places"}), (6, 30)),
        "letters": TrackOffer(frozenset({"bundles"}), (6, 30)),
    },
    never_held=never_held,
)


def target(number: int, component: str, amount: object, **changes: object) -> Target:
    plain = Target(
        f"targets[{number}]", f"t{number}", component, "people", "total", YEARS, Decimal(str(amount))
    )
    return replace(plain, **changes)


SOUND = Plan(
    period=YEARS,
    organisations=(
        Organisation("organisations[1]", "office", "coordinating_office"),
        Organisation("organisations[2]", "east", "regional_office", {"schools": 3}, "office"),
        Organisation("organisations[3]", "west", "regional_office", {"schools": 5}, "office"),
        Organisation("organisations[4]", "north", "receiving_office", {}, "office"),
    ),
    pairs=(Pair("pairs[1]", "east", "north"),),
    components=(
        Component("components[1]", "A", responsible="office", titles=("Exchange", "交流")),
        Component("components[2]", "A1", "A", "letters"),
        Component("components[3]", "A2", "A", "visits", ages=(8, 12)),
        Component("components[4]", "A3", "A", "visits"),
    ),
    targets=(
        target(1, "A", 100),
        target(2, "A2", 60),
        target(3, "A3", 40, quotas={"east": Decimal(15), "west": Decimal(25)}),
        target(4, "A2", 20, kind="floor_per_period", every="year"),
        target(5, "A1", 7, indicator="bundles"),
        target(6, "A1", 3, indicator="bundles", kind="cumulative", period=FIRST),
        target(7, "A1", 7, indicator="bundles", kind="cumulative", period=YEARS),
    ),
    quota_rules=(QuotaRule("quota_rules[1]", "A2", "people", "regional_office", "schools", 5, 50),),
    sources=(Named("sources[1]", "central"), Named("sources[2]", "raised")),
    cost_categories=(CostCategory("cost_categories[1]", "travel", ("A2", "A3")),),
    cost_rules=(
        CostRule("cost_rules[1]", "A", "travel", {"central": Decimal("33.4"), "raised": Decimal("66.6")}),
    ),
    subsidies=(Subsidy("subsidies[1]", "A2", "central", Decimal("12.50")),),
    settings=(Setting("rules.answer_days", 7, 7, 60),),
)


def told(plan: Plan) -> list[tuple[str, str]]:
    return [(finding.code, finding.place) for finding in check_plan(plan, CATALOGUE)]


def with_target(plan: Plan, number: int, **changes: object) -> Plan:
    targets = tuple(
        replace(each, **changes) if each.place == f"targets[{number}]" else each for each in plan.targets
    )
    return replace(plan, targets=targets)


def with_component(number: int, **changes: object) -> Plan:
    parts = list(SOUND.components)
    parts[number - 1] = replace(parts[number - 1], **changes)
    return replace(SOUND, components=tuple(parts))


def test_sound_plan_has_no_finding() -> None:
    assert check_plan(SOUND, CATALOGUE) == ()


RULE = SOUND.quota_rules[0]
COST = SOUND.cost_rules[0]

PLANTED: dict[str, tuple[Plan, list[tuple[str, str]]]] = {
    "floors below the total warn": (
        with_target(SOUND, 4, amount=Decimal(19)),
        [("P201", "targets[2].amount")],
    ),
    "floors above the total": (with_target(SOUND, 4, amount=Decimal(21)), [("P202", "targets[2].amount")]),
    "children above the parent": (
        with_target(SOUND, 1, amount=Decimal(99)),
        [("P203", "targets[1].amount")],
    ),
    "children below the parent": (
        with_target(SOUND, 1, amount=Decimal(101)),
        [("P203", "targets[1].amount")],
    ),
    "target outside the period": (
        with_target(SOUND, 6, period=Period(date(2026, 8, 1), date(2027, 9, 1))),
        [("P204", "targets[6].start")],
    ),
    "target of no time": (
        with_target(SOUND, 5, period=Period(YEARS.start, YEARS.start)),
        [("P205", "targets[5].end")],
    ),
    "period that years do not divide": (
        with_target(SOUND, 4, period=Period(YEARS.start, date(2029, 6, 1))),
        [("P206", "targets[4].every")],
    ),
    "indicator of another track": (
        with_target(SOUND, 5, indicator="people"),
        [("P203", "targets[1].amount"), ("P207", "targets[5].indicator")],
    ),
    "negative": (with_target(SOUND, 5, amount=Decimal(-1)), [("P208", "targets[5].amount")]),
    "fractional": (with_target(SOUND, 5, amount=Decimal("7.5")), [("P209", "targets[5].amount")]),
    "not a number": (with_target(SOUND, 5, amount=Decimal("NaN")), [("P210", "targets[5].amount")]),
    "huge": (with_target(SOUND, 5, amount=Decimal("1e999999")), [("P210", "targets[5].amount")]),
    "falling milestone": (
        with_target(SOUND, 6, amount=Decimal(8)),
        [("P213", "targets[6].amount"), ("P212", "targets[7].amount")],
    ),
    "last milestone short of the total": (
        with_target(SOUND, 7, amount=Decimal(6)),
        [("P213", "targets[7].amount")],
    ),
    "parts that are not the whole": (
        replace(
            SOUND,
            targets=(
                *SOUND.targets,
                target(8, "A1", 3, indicator="bundles", period=FIRST),
                target(9, "A1", 2, indicator="bundles", period=SECOND),
                target(10, "A1", 1, indicator="bundles", period=THIRD),
            ),
        ),
        [("P214", "targets[5].amount")],
    ),
    "overlapping floors": (
        replace(
            SOUND,
            targets=(
                *SOUND.targets,
                target(8, "A2", 15, kind="floor_per_period", every="year", period=FIRST),
            ),
        ),
        [("P215", "targets[4]")],
    ),
    "quotas that are not the target": (
        with_target(SOUND, 3, quotas={"east": Decimal(15), "west": Decimal(24)}),
        [("P301", "targets[3].quotas")],
    ),
    "quota floors above the target": (
        replace(SOUND, quota_rules=(replace(RULE, floor=11),)),
        [("P302", "quota_rules[1].floor")],
    ),
    "quota caps below the target": (
        replace(SOUND, quota_rules=(replace(RULE, cap=29),)),
        [("P303", "quota_rules[1].cap")],
    ),
    "quota floor above its cap": (
        replace(SOUND, quota_rules=(replace(RULE, cap=4),)),
        [("P304", "quota_rules[1].floor")],
    ),
    "weight that is missing": (
        replace(SOUND, quota_rules=(replace(RULE, weight="pupils"),)),
        [("P305", "quota_rules[1].weight")],
    ),
    "quota rule of no target": (
        replace(SOUND, quota_rules=(replace(RULE, component="A3"),)),
        [("P306", "quota_rules[1]")],
    ),
    "negative quota floor": (
        replace(SOUND, quota_rules=(replace(RULE, floor=-1),)),
        [("P307", "quota_rules[1]")],
    ),
    "two quota rules": (
        replace(SOUND, quota_rules=(RULE, replace(RULE, place="quota_rules[2]"))),
        [("P308", "quota_rules[1]"), ("P308", "quota_rules[2]")],
    ),
    "shares that are not the whole": (
        replace(SOUND, cost_rules=(replace(COST, shares={"central": Decimal("99.99")}),)),
        [("P401", "cost_rules[1].shares")],
    ),
    "nobody bears": (
        replace(SOUND, cost_rules=(replace(COST, component="A2"),)),
        [("P402", "cost_categories[1]")],
    ),
    "two bear": (
        replace(SOUND, cost_rules=(COST, replace(COST, place="cost_rules[2]", component="A2"))),
        [("P403", "cost_rules[1].bearer"), ("P403", "cost_rules[2].bearer")],
    ),
    "negative share": (
        replace(SOUND, cost_rules=(replace(COST, shares={"central": Decimal(-1), "raised": Decimal(101)}),)),
        [("P404", "cost_rules[1].shares.central"), ("P404", "cost_rules[1].shares.raised")],
    ),
    "cost that does not arise": (
        replace(SOUND, cost_rules=(COST, replace(COST, place="cost_rules[2]", component="A1"))),
        [("P405", "cost_rules[2].component")],
    ),
    "subsidy of no amount": (
        replace(SOUND, subsidies=(replace(SOUND.subsidies[0], amount=Decimal("-0.01")),)),
        [("P210", "subsidies[1].amount")],
    ),
    "duplicate code": (
        replace(SOUND, sources=(*SOUND.sources, Named("sources[3]", "raised"))),
        [("P101", "sources[2].code"), ("P101", "sources[3].code")],
    ),
    "same target twice": (
        replace(SOUND, targets=(*SOUND.targets, target(8, "A1", 7, indicator="bundles"))),
        [("P211", "targets[5]"), ("P211", "targets[8]")],
    ),
    "unknown track": (with_component(2, track="leters"), [("P102", "components[2].track")]),
    "circle": (
        with_component(1, parent="A2"),
        [("P103", "components[1].parent"), ("P103", "components[3].parent")],
    ),
    "nobody responsible": (
        with_component(1, responsible=None),
        [("P104", f"components[{number}]") for number in (1, 2, 3, 4)],
    ),
    "no track": (with_component(2, track=None), [("P105", "components[2]")]),
    "pair the wrong way round": (
        replace(SOUND, pairs=(Pair("pairs[1]", "north", "east"),)),
        [("P106", "pairs[1].office"), ("P106", "pairs[1].receiving")],
    ),
    "component too young for its track": (
        with_component(3, ages=(5, 12)),
        [("P603", "components[3].ages")],
    ),
    "setting below its bound": (
        replace(SOUND, settings=(Setting("rules.answer_days", 6, 7, 60),)),
        [("P601", "rules.answer_days")],
    ),
    "setting above its bound": (
        replace(SOUND, settings=(Setting("rules.answer_days", 61, 7, 60),)),
        [("P602", "rules.answer_days")],
    ),
    "never-held word in a title": (
        with_component(2, titles=("Letters by religion", "通信")),
        [("P502", "components[2].titles")],
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_planted_fault_is_found_and_nothing_else(name: str) -> None:
    plan, expected = PLANTED[name]
    findings = told(plan)
    if name == "circle":  # what hangs on the circle can no longer be walked
        findings = [finding for finding in findings if finding[0] == "P103"]
    assert findings == expected


@pytest.mark.parametrize(
    "measure",
    [
        "offers_accepted",
        "refusals",
        "withdrawals",
        "dropout_rate",
        "stayed_on",
        "households_visited",
        "views_changed",
        "接受率",
        "退出人数",
        "留任人数",
    ],
)
def test_forbidden_measure_is_refused_once(measure: str) -> None:
    assert told(with_target(SOUND, 5, indicator=measure)) == [("P501", "targets[5].indicator")]


def test_forbidden_measure_in_the_title_of_the_component_is_refused() -> None:
    plan = with_component(2, titles=("Staying on after service", "服务期满"))
    assert told(plan) == [("P501", f"targets[{number}].indicator") for number in (5, 6, 7)]


def test_unknown_code_names_the_nearest_one() -> None:
    finding = check_plan(with_component(2, track="leters"), CATALOGUE)[0]
    assert finding.params == {"what": "track", "code": "leters", "nearest": "letters"}


def shuffled(plan: Plan, seed: int) -> Plan:
    draw = Random(seed)
    tables = ("organisations", "pairs", "components", "targets", "quota_rules", "sources")
    mixed = {name: tuple(draw.sample(getattr(plan, name), len(getattr(plan, name)))) for name in tables}
    return replace(plan, **mixed)


codes = st.sampled_from(["A", "A1", "A2", "A3", "B", "nowhere"])
amounts = st.one_of(
    st.integers(-2, 120).map(Decimal), st.sampled_from([Decimal("NaN"), Decimal("-Infinity"), Decimal("0.5")])
)
periods = st.sampled_from([YEARS, FIRST, SECOND, Period(YEARS.end, YEARS.start)])


@st.composite
def wild_plans(draw: st.DrawFn) -> Plan:
    """Plans in which anything may refer to anything."""
    components = tuple(
        Component(
            f"components[{number}]",
            draw(codes),
            draw(st.none() | codes),
            draw(st.sampled_from([None, "visits", "letters", "none"])),
            draw(st.sampled_from([None, "office", "nobody"])),
        )
        for number in range(1, draw(st.integers(0, 6)) + 1)
    )
    targets = tuple(
        target(
            number,
            draw(codes),
            draw(amounts),
            indicator=draw(st.sampled_from(["people", "bundles", "views"])),
            kind=draw(st.sampled_from(["total", "floor_per_period", "cumulative"])),
            period=draw(periods),
            every=draw(st.sampled_from([None, "year", "month"])),
            quotas=draw(st.dictionaries(st.sampled_from(["east", "west", "lost"]), amounts, max_size=2)),
        )
        for number in range(1, draw(st.integers(0, 6)) + 1)
    )
    return replace(SOUND, components=components, targets=targets)


@settings(max_examples=80, deadline=None)
@given(wild_plans(), st.integers(0, 2**32))
def test_findings_never_depend_on_the_order_of_the_plan(plan: Plan, seed: int) -> None:
    assert check_plan(shuffled(plan, seed), CATALOGUE) == check_plan(plan, CATALOGUE)


@settings(max_examples=50, deadline=None)
@given(wild_plans())
def test_findings_stand_errors_first_and_each_once(plan: Plan) -> None:
    findings = check_plan(plan, CATALOGUE)
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities)
    assert len({(each.code, each.place, str(each.params)) for each in findings}) == len(findings)


@given(st.integers(0, 50), st.integers(0, 200))
def test_floors_are_judged_as_three_times_the_floor_is_to_the_total(floor: int, total: int) -> None:
    plan = replace(
        SOUND,
        targets=(target(1, "A2", total), target(2, "A2", floor, kind="floor_per_period", every="year")),
        quota_rules=(),
    )
    expected = [] if 3 * floor == total else ["P201"] if 3 * floor < total else ["P202"]
    assert [finding.code for finding in check_plan(plan, CATALOGUE)] == expected


@given(st.lists(st.decimals(0, 100, places=3), min_size=1, max_size=4))
def test_shares_are_whole_exactly_when_they_add_up_to_a_hundred(shares: list[Decimal]) -> None:
    sources = tuple(Named(f"sources[{number}]", f"s{number}") for number in range(len(shares)))
    given_shares = {source.code: share for source, share in zip(sources, shares, strict=True)}
    plan = replace(SOUND, sources=sources, subsidies=(), cost_rules=(replace(COST, shares=given_shares),))
    thousandths = sum(int(share * 1000) for share in shares)
    expected = [] if thousandths == 100_000 else [("P401", "cost_rules[1].shares")]
    assert told(plan) == expected


def test_chain_of_a_thousand_components_is_checked() -> None:
    chain = tuple(
        Component(f"components[{n}]", f"c{n}", f"c{n - 1}" if n else None, "visits", "office")
        for n in range(1000)
    )
    plan = replace(
        SOUND,
        components=chain,
        targets=(target(1, "c0", 5), target(2, "c999", 4)),
        quota_rules=(),
        cost_rules=(),
        cost_categories=(),
        subsidies=(),
    )
    assert told(plan) == [("P203", "targets[1].amount")]


def test_finding_is_a_plain_value() -> None:
    first = check_plan(with_target(SOUND, 4, amount=Decimal(19)), CATALOGUE)[0]
    assert first == Finding(
        "P201",
        "warning",
        "targets[2].amount",
        {"component": "A2", "indicator": "people", "floors": 57, "periods": 3, "total": 60, "difference": 3},
    )


@given(st.integers(1, 12), st.integers(1, 28), st.integers(1, 5), st.sampled_from(["year", "month"]))
def test_parts_tile_their_period(month: int, day: int, years: int, every: str) -> None:
    whole = Period(date(2026, month, day), date(2026 + years, month, day))
    parts = whole.parts(every)  # type: ignore[arg-type]  # hypothesis widens the literals
    assert len(parts) == (years if every == "year" else 12 * years) == whole.count(every)  # type: ignore[arg-type]  # likewise
    assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 1, 31), date(2026, 3, 31)),
        (date(2024, 2, 29), date(2028, 2, 29)),
        (date(2026, 9, 1), date(2027, 8, 31)),
        (date(2026, 9, 1), date(2026, 9, 1)),
    ],
)
def test_period_that_cannot_be_divided_exactly_is_refused(start: date, end: date) -> None:
    with pytest.raises(ValueError, match="no whole number of periods"):
        Period(start, end).parts("month" if end.month != 2 else "year")


@pytest.mark.parametrize(
    "text",
    """Acceptance rate|accepted_offers|take-up|Uptake|signed consents|yes rate|who said yes|接受率|同意人数
    |Refusals|declined offers|people who said no|拒绝人数|婉拒
    |withdrawal_rate|Drop-outs|leavers|attrition|opt-outs|退出率|流失率|放弃人数
    |stay-on rate|stayed on|Retention|settled in the region|extended their stay|留任率|留存率|续签人数|定居
    |named people|list of names|households reached|families reached|点名|名单人数|户数
    |change of attitude|shared views|认同度""".replace("\n", "").split("|"),
)
def test_target_on_what_nobody_may_promise_cannot_be_expressed(text: str) -> None:
    """As the indicator and as a title in either language."""
    assert measured_refusal(text) != ""
    assert measured_refusal(text.strip().upper()) != ""


@pytest.mark.parametrize(
    "text",
    ["people taking part", "places offered", "pairs", "sessions held", "bundles", "courses", "参加人数"],
)
def test_target_on_what_is_done_can_be_expressed(text: str) -> None:
    assert measured_refusal(text) == ""
