"""Published matching problems and their published answers."""

from itertools import permutations

from sojourn.core.matching import (
    Couple,
    Existence,
    Post,
    Problem,
    Region,
    Reserve,
    solve,
    verify_stable,
)


def marriage(men: dict[str, str], women: dict[str, str]) -> Problem:
    """One seat each; lists written with spaces."""
    return Problem(
        {man: row.split() for man, row in men.items()},
        {woman: Post(1, row.split()) for woman, row in women.items()},
    )


def stable_marriages(problem: Problem) -> list[dict[str, str | None]]:
    """All perfect matchings without a blocking pair."""
    men, women = sorted(problem.applicants), sorted(problem.posts)
    everything = (dict(zip(men, order, strict=True)) for order in permutations(women))
    return [m for m in everything if verify_stable(problem, m).stable]


def test_gale_shapley_1962_example_1():
    """Gale & Shapley, College admissions and the stability of marriage (1962), example 1: three stable."""
    problem = marriage(
        {"alpha": "A B C", "beta": "B C A", "gamma": "C A B"},
        {"A": "beta gamma alpha", "B": "gamma alpha beta", "C": "alpha beta gamma"},
    )
    assert solve(problem).assignment == {"alpha": "A", "beta": "B", "gamma": "C"}
    assert stable_marriages(problem) == [
        {"alpha": "A", "beta": "B", "gamma": "C"},
        {"alpha": "B", "beta": "C", "gamma": "A"},
        {"alpha": "C", "beta": "A", "gamma": "B"},
    ]


def test_gale_shapley_1962_example_2():
    """The same paper, example 2: one stable set only, in which nobody gets a first choice."""
    problem = marriage(
        {"alpha": "A B C D", "beta": "A D C B", "gamma": "B A C D", "delta": "D B C A"},
        {
            "A": "delta gamma alpha beta",
            "B": "beta delta alpha gamma",
            "C": "delta alpha beta gamma",
            "D": "gamma beta alpha delta",
        },
    )
    expected = {"alpha": "C", "beta": "D", "gamma": "A", "delta": "B"}
    assert solve(problem).assignment == expected
    assert stable_marriages(problem) == [expected]


def test_knuth_1976_four_by_four_has_ten_stable_matchings():
    """Knuth, Mariages stables (1976); Gusfield & Irving, The Stable Marriage Problem (1989), ch. 1."""
    problem = marriage(
        {"m1": "w1 w2 w3 w4", "m2": "w2 w1 w4 w3", "m3": "w3 w4 w1 w2", "m4": "w4 w3 w2 w1"},
        {"w1": "m4 m3 m2 m1", "w2": "m3 m4 m1 m2", "w3": "m2 m1 m4 m3", "w4": "m1 m2 m3 m4"},
    )
    assert len(stable_marriages(problem)) == 10
    assert solve(problem).assignment == {"m1": "w1", "m2": "w2", "m3": "w3", "m4": "w4"}


def test_rosetta_code_ten_couples():
    """Rosetta Code, Stable marriage problem: the engagements listed there."""
    problem = marriage(
        {
            "abe": "abi eve cath ivy jan dee fay bea hope gay",
            "bob": "cath hope abi dee eve fay bea jan ivy gay",
            "col": "hope eve abi dee bea fay ivy gay cath jan",
            "dan": "ivy fay dee gay hope eve jan bea cath abi",
            "ed": "jan dee bea cath fay eve abi ivy hope gay",
            "fred": "bea abi dee gay eve ivy cath jan hope fay",
            "gav": "gay eve ivy bea cath abi dee hope jan fay",
            "hal": "abi eve hope fay ivy cath jan bea gay dee",
            "ian": "hope cath dee gay bea abi fay ivy jan eve",
            "jon": "abi fay jan gay eve bea dee cath ivy hope",
        },
        {
            "abi": "bob fred jon gav ian abe dan ed col hal",
            "bea": "bob abe col fred gav dan ian ed jon hal",
            "cath": "fred bob ed gav hal col ian abe dan jon",
            "dee": "fred jon col abe ian hal gav dan bob ed",
            "eve": "jon hal fred dan abe gav col ed ian bob",
            "fay": "bob abe ed ian jon dan fred gav col hal",
            "gay": "jon gav hal fred bob abe col ed dan ian",
            "hope": "gav jon bob abe ian dan hal ed col fred",
            "ivy": "ian col hal gav fred bob abe ed jon dan",
            "jan": "ed hal gav abe bob jon col ian fred dan",
        },
    )
    assert solve(problem).assignment == {
        "abe": "ivy",
        "bob": "cath",
        "col": "dee",
        "dan": "fay",
        "ed": "jan",
        "fred": "bea",
        "gav": "gay",
        "hal": "eve",
        "ian": "hope",
        "jon": "abi",
    }


def test_roth_1982_stability_costs_the_applicants():
    """Roth (1982); Abdulkadiroglu & Sonmez, School choice (AER 2003): i1 and i2 would rather swap."""
    problem = marriage(
        {"i1": "s2 s1 s3", "i2": "s1 s2 s3", "i3": "s1 s2 s3"},
        {"s1": "i1 i3 i2", "s2": "i2 i1 i3", "s3": "i2 i1 i3"},
    )
    assert solve(problem).assignment == {"i1": "s1", "i2": "s2", "i3": "s3"}
    assert not verify_stable(problem, {"i1": "s2", "i2": "s1", "i3": "s3"}).stable


def test_residents_and_two_seat_hospitals():
    """Documentation of the `matching` library (Wilde, Knight & Gillard, JOSS 2020)."""
    problem = Problem(
        {"A": ["C"], "S": ["C", "M"], "J": ["C", "G", "M"], "L": ["M", "C", "G"], "D": ["C", "M", "G"]},
        {
            "M": Post(2, ["D", "L", "S", "J"]),
            "C": Post(2, ["D", "A", "S", "L", "J"]),
            "G": Post(2, ["D", "J", "L"]),
        },
    )
    assert solve(problem).assignment == {"A": "C", "D": "C", "J": "G", "L": "M", "S": "M"}


def reserve_problem(seats: int, majority_quota: int | None = None) -> Problem:
    """Two majority students s1, s2 and one minority student s3; a quota of one strikes s2 off c1's list."""
    ranking = ["s1", "s3"] if majority_quota == 1 else ["s1", "s2", "s3"]
    return Problem(
        {"s1": ["c1"], "s2": ["c1", "c2"], "s3": ["c2", "c1"]},
        {"c1": Post(2, ranking, [Reserve(frozenset({"s3"}), seats)]), "c2": Post(1, ["s2", "s3"])},
    )


def test_minority_reserve_does_not_hurt_where_the_quota_does():
    """Kojima, Impossibilities for affirmative action (2012); Hafalir, Yenmez & Yildirim (2013)."""
    assert solve(reserve_problem(0)).assignment == {"s1": "c1", "s2": "c1", "s3": "c2"}
    assert solve(reserve_problem(0, majority_quota=1)).assignment == {"s1": "c1", "s2": "c2", "s3": "c1"}
    with_reserve = solve(reserve_problem(1))
    assert with_reserve.assignment == {"s1": "c1", "s2": "c1", "s3": "c2"}
    assert with_reserve.reserves[0].unmet == 1


def kamada_kojima(target_is_cap: bool) -> Problem:
    capacity = 5 if target_is_cap else 10
    doctors = [f"d{i:02}" for i in range(1, 11)]
    return Problem(
        {d: ["h1"] if d <= "d03" else ["h2"] for d in doctors},
        {"h1": Post(capacity, doctors), "h2": Post(capacity, doctors)},
        regions={"r": Region(["h1", "h2"], 10, {"h1": 5, "h2": 5})},
    )


def test_flexible_deferred_acceptance_places_all_ten_doctors():
    """Kamada & Kojima, Efficient matching under distributional constraints (AER 2015), example 1.

    The Japanese mechanism, whose targets are hard caps, leaves d9 and d10 without a place.
    """
    rigid = solve(kamada_kojima(target_is_cap=True)).assignment
    assert [d for d, h in rigid.items() if h is None] == ["d09", "d10"]
    flexible = solve(kamada_kojima(target_is_cap=False))
    assert list(flexible.assignment.values()) == ["h1"] * 3 + ["h2"] * 7
    assert flexible.certificate.stable


def test_one_couple_and_one_single_without_any_stable_matching():
    """Roth (1984), theorem 10: with couples there may be no stable matching; a least market."""
    problem = Problem(
        {"s": ["h1", "h2"]},
        {"h1": Post(1, ["c1", "s"]), "h2": Post(1, ["s", "c2"])},
        [Couple(("c1", "c2"), [("h1", "h2")])],
    )
    outcome = solve(problem)
    assert outcome.existence is Existence.NONE
    assert not outcome.certificate.violations
    assert len(outcome.certificate.blocking_pairs) == 1


def test_a_couple_can_unseat_what_deferred_acceptance_would_give():
    """The same market with the single ranked last by h2: the couple is placed and the matching is stable."""
    problem = Problem(
        {"s": ["h1", "h2"]},
        {"h1": Post(1, ["c1", "s"]), "h2": Post(1, ["c2", "s"])},
        [Couple(("c1", "c2"), [("h1", "h2")])],
    )
    outcome = solve(problem)
    assert outcome.assignment == {"s": None, "c1": "h1", "c2": "h2"}
    assert outcome.certificate.stable
