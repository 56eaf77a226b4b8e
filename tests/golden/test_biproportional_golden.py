from sojourn.core.apportion import apportion, biproportional, verify_biproportional


def table(text):
    """Numbers by row and column: the first line names the columns, the first word of each other its row."""
    head, *lines = [line.split() for line in text.strip().split("\n")]
    return {name: dict(zip(head, map(int, numbers), strict=True)) for name, *numbers in lines}


def totals(seats):
    rows = {row: sum(line.values()) for row, line in seats.items()}
    columns = {column: sum(line[column] for line in seats.values()) for column in next(iter(seats.values()))}
    return rows, columns


def assert_published(weights, seats):
    rows, columns = totals(seats)
    outcome = biproportional(weights, rows, columns)
    assert outcome.seats == seats
    assert outcome.ties == ()
    assert verify_biproportional(weights, rows, columns, outcome) == []


def test_cantonal_council_of_zug_2018():
    """Votes of seven lists in eleven communes, 80 seats.

    Source: Staatskanzlei des Kantons Zug, Kantonsratswahl 2018, Gesamtergebnis der Sitzverteilung.
    """
    votes = table("""
        1701  1702 1703 1704 1705 1706 1707 1708 1709 1710  1711
     1  2993     0    0    0    0    0    0    0    0    0     0
     2  8108  4687 1584  531  279  477 2363 3860 1481   91 22023
     3 19389  9334 4807 1946  396 2844 3523 4702 3310  812 21343
     4 14814  6691 4005  826  379 1654 2842 2624 2713  461 33789
     5  4486  2270  621  198    0  361  728  465  925    0 10131
     6 15695  4705 1750   84    0   51  627 1106 1563  302 21794
     7 21298  8178 2875 1336  399 1450 3715 2610 4063  344 26798
    """)
    seats = table("""
        1701  1702 1703 1704 1705 1706 1707 1708 1709 1710  1711
     1     0     0    0    0    0    0    0    0    0    0     0
     2     2     1    1    0    0    0    1    2    1    0     3
     3     3     3    2    1    1    2    2    2    1    1     3
     4     2     2    1    1    0    1    2    1    1    1     5
     5     1     1    0    0    0    0    0    0    0    0     2
     6     3     1    1    0    0    0    0    0    1    0     3
     7     4     2    1    1    1    1    2    1    2    0     3
    """)
    assert totals(seats)[1]["1711"] == 19
    assert_published(votes, seats)


def test_cantonal_council_of_uri_2020():
    """Votes of four lists in the four communes with proportional election, 37 seats.

    Source: Standeskanzlei Uri, Landratswahlen 2020; the data set uri2020 of the R package proporz.
    """
    votes = table("""
          Altdorf Buerglen Erstfeld Schattdorf
     CVP    11471     2822     2309       4794
     SPGB   11908     1606     1705       2600
     FDP     9213     1567      946       2961
     SVP     7756     2945     1573       3498
    """)
    seats = table("""
          Altdorf Buerglen Erstfeld Schattdorf
     CVP        5        2        2          3
     SPGB       4        1        2          2
     FDP        3        1        1          2
     SVP        3        3        1          2
    """)
    assert_published(votes, seats)


def test_three_parties_in_three_regions():
    """Twenty seats; rows and columns have their totals by Webster too.

    Source: "Biproportional apportionment", Wikipedia, the worked example.
    """
    votes = table("""
            I   II  III
     A    123   45  815
     B    912  714  414
     C    312  255  215
    """)
    seats = table("""
            I   II  III
     A      1    0    4
     B      4    4    3
     C      2    1    1
    """)
    rows, columns = totals(votes)
    assert (apportion(20, rows).seats, apportion(20, columns).seats) == totals(seats)
    assert_published(votes, seats)
