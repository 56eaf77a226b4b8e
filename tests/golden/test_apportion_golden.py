import pytest

from sojourn.core.apportion import alabama_paradox, apportion, explain, verify_apportionment

HOUSE = """
AL  4062608  7   4461130  7   4802982  7   5030053  7
AK   551947  1    628933  1    721523  1    736081  1
AZ  3677985  6   5140683  8   6412700  9   7158923  9
AR  2362239  4   2679733  4   2926229  4   3013756  4
CA 29839250 52  33930798 53  37341989 53  39576757 52
CO  3307912  6   4311882  7   5044930  7   5782171  8
CT  3295669  6   3409535  5   3581628  5   3608298  5
DE   668696  1    785068  1    900877  1    990837  1
FL 13003362 23  16028890 25  18900773 27  21570527 28
GA  6508419 11   8206975 13   9727566 14  10725274 14
HI  1115274  2   1216642  2   1366862  2   1460137  2
ID  1011986  2   1297274  2   1573499  2   1841377  2
IL 11466682 20  12439042 19  12864380 18  12822739 17
IN  5564228 10   6090782  9   6501582  9   6790280  9
IA  2787424  5   2931923  5   3053787  4   3192406  4
KS  2485600  4   2693824  4   2863813  4   2940865  4
KY  3698969  6   4049431  6   4350606  6   4509342  6
LA  4238216  7   4480271  7   4553962  6   4661468  6
ME  1233223  2   1277731  2   1333074  2   1363582  2
MD  4798622  8   5307886  8   5789929  8   6185278  8
MA  6029051 10   6355568 10   6559644  9   7033469  9
MI  9328784 16   9955829 15   9911626 14  10084442 13
MN  4387029  8   4925670  8   5314879  8   5709752  8
MS  2586443  5   2852927  4   2978240  4   2963914  4
MO  5137804  9   5606260  9   6011478  8   6160281  8
MT   803655  1    905316  1    994416  1   1085407  2
NE  1584617  3   1715369  3   1831825  3   1963333  3
NV  1206152  2   2002032  3   2709432  4   3108462  4
NH  1113915  2   1238415  2   1321445  2   1379089  2
NJ  7748634 13   8424354 13   8807501 12   9294493 12
NM  1521779  3   1823821  3   2067273  3   2120220  3
NY 18044505 31  19004973 29  19421055 27  20215751 26
NC  6657630 12   8067673 13   9565781 13  10453948 14
ND   641364  1    643756  1    675905  1    779702  1
OH 10887325 19  11374540 18  11568495 16  11808848 15
OK  3157604  6   3458819  5   3764882  5   3963516  5
OR  2853733  5   3428543  5   3848606  5   4241500  6
PA 11924710 21  12300670 19  12734905 18  13011844 17
RI  1005984  2   1049662  2   1055247  2   1098163  2
SC  3505707  6   4025061  6   4645975  7   5124712  7
SD   699999  1    756874  1    819761  1    887770  1
TN  4896641  9   5700037  9   6375431  9   6916897  9
TX 17059805 30  20903994 32  25268418 36  29183290 38
UT  1727784  3   2236714  3   2770765  4   3275252  4
VT   564964  1    609890  1    630337  1    643503  1
VA  6216568 11   7100702 11   8037736 11   8654542 11
WA  4887941  9   5908684  9   6753369 10   7715946 10
WV  1801625  3   1813077  3   1859815  3   1795045  2
WI  4906745  9   5371210  8   5698230  8   5897473  8
WY   455975  1    495304  1    568300  1    577719  1
"""
CENSUSES = {1990: 249_022_783, 2000: 281_424_177, 2010: 309_183_463, 2020: 331_108_434}


def census(year):
    """Apportionment populations of the states, and their seats.

    Source: U.S. Census Bureau, apportionment data 1990, 2000, 2010, 2020 (resident and overseas population).
    """
    place = 1 + 2 * list(CENSUSES).index(year)
    lines = [line.split() for line in HOUSE.split("\n") if line]
    population = {line[0]: int(line[place]) for line in lines}
    assert (len(population), sum(population.values())) == (50, CENSUSES[year])
    return population, {line[0]: int(line[place + 1]) for line in lines}


@pytest.mark.parametrize("year", CENSUSES)
def test_house_of_representatives_by_huntington_hill(year):
    population, seats = census(year)
    outcome = apportion(435, population, method="huntington-hill")
    assert outcome.seats == seats
    assert verify_apportionment(435, population, outcome) == []


def test_new_york_lost_a_seat_for_want_of_89_people():
    """Source: U.S. Census Bureau, 2020 Census apportionment news conference, 26 April 2021."""
    population, seats = census(2020)
    one_short = {**population, "NY": population["NY"] + 88}
    enough = {**population, "NY": population["NY"] + 89}
    assert apportion(435, one_short, method="huntington-hill").seats == seats
    with_89 = apportion(435, enough, method="huntington-hill").seats
    assert with_89 == {**seats, "NY": 27, "MN": 7}
    reasons = explain(435, population, method="huntington-hill")
    assert max(reasons, key=lambda state: reasons[state].next_claim) == "NY"
    assert min(reasons, key=lambda state: reasons[state].last_claim or 10**20) == "MN"


def test_montana_keeps_its_second_seat_under_dean_and_washington_pays():
    """Source: Department of Commerce v. Montana, 503 U.S. 442 (1992)."""
    population, seats = census(1990)
    assert apportion(435, population, method="dean").seats == {**seats, "MT": 2, "WA": 8}


FIRST_CENSUS = {
    "Virginia": (630_560, 21, 19),
    "Massachusetts": (475_327, 16, 14),
    "Pennsylvania": (432_879, 14, 13),
    "North Carolina": (353_523, 12, 10),
    "New York": (331_589, 11, 10),
    "Maryland": (278_514, 9, 8),
    "Connecticut": (236_841, 8, 7),
    "South Carolina": (206_236, 7, 6),
    "New Jersey": (179_570, 6, 5),
    "New Hampshire": (141_822, 5, 4),
    "Vermont": (85_533, 3, 2),
    "Georgia": (70_835, 2, 2),
    "Kentucky": (68_705, 2, 2),
    "Rhode Island": (68_446, 2, 2),
    "Delaware": (55_540, 2, 1),
}


def test_first_census_by_hamilton_for_120_and_jefferson_for_105():
    """The bill that Washington vetoed, and the one that he signed, with its divisor of 33,000.

    Source: Balinski and Young, Fair Representation, chapter 2 and appendix B, census of 1791.
    """
    population = {state: people for state, (people, _, _) in FIRST_CENSUS.items()}
    assert sum(population.values()) == 3_615_920
    hamilton = apportion(120, population, method="hamilton")
    jefferson = apportion(105, population, method="dhondt")
    assert hamilton.seats == {state: seats for state, (_, seats, _) in FIRST_CENSUS.items()}
    assert jefferson.seats == {state: seats for state, (_, _, seats) in FIRST_CENSUS.items()}
    assert jefferson.divisor.contains(33_000)


def test_austrian_members_of_the_european_parliament_2019_by_dhondt():
    """Lists over 4 per cent. Source: Ministry of the Interior, Vienna, European election 2019."""
    votes = {"OEVP": 1_305_956, "SPOE": 903_151, "FPOE": 650_114, "GRUENE": 532_193, "NEOS": 319_024}
    expected = {"OEVP": 7, "SPOE": 5, "FPOE": 3, "GRUENE": 2, "NEOS": 1}
    assert apportion(18, votes, method="dhondt").seats == expected


def test_smallest_alabama_paradox():
    """Source: the standard textbook instance: 10 seats give 4, 4, 2 by Hamilton, 11 seats give 5, 5, 1."""
    weights = {"A": 6, "B": 6, "C": 2}
    assert apportion(10, weights, method="hamilton").seats == {"A": 4, "B": 4, "C": 2}
    assert apportion(11, weights, method="hamilton").seats == {"A": 5, "B": 5, "C": 1}
    assert alabama_paradox(10, weights) == {"C": (2, 1)}


def test_divisor_methods_all_differ_on_six_states():
    """Six states, 36 seats: five methods, five answers.

    Source: M. L. Balinski and H. P. Young, "The quota method of apportionment", American Mathematical Monthly
    82 (1975) 701-730.
    """
    weights = {"A": 27_744, "B": 25_178, "C": 19_951, "D": 14_610, "E": 9_225, "F": 3_292}
    expected = {
        "adams": [10, 9, 7, 5, 3, 2],
        "dean": [10, 9, 7, 5, 4, 1],
        "huntington-hill": [10, 9, 7, 6, 3, 1],
        "webster": [10, 9, 8, 5, 3, 1],
        "dhondt": [11, 9, 7, 5, 3, 1],
    }
    found = {method: list(apportion(36, weights, method=method).seats.values()) for method in expected}
    assert found == expected
