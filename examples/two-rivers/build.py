"""Build the example's data from public registers: regions, institutions, universities, tile map, workbook.

    python examples/two-rivers/build.py REGISTER.csv PUPILS.csv UNIVERSITIES.json

REGISTER is the schools register (urn, name, town, postcode, close_date, easting, northing), PUPILS the pupil
premium allocations (URN and pupils on roll by phase), UNIVERSITIES the list of universities and domains.
README.md beside this file names their sources. The same inputs give the same files. Offices and pairs are
written below the last comment of plan.toml; everything above it is written by hand.
"""

import argparse
import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from sojourn.plan.document import load_plan, write_workbook

HERE = Path(__file__).parent
RECEIVING, PAIRED, INSTITUTIONS = 14, 19, 3000
TILE_COLUMNS, TILE_ROWS = 8, 9
ROW_HEIGHT = 3**0.5 / 2
LAST_COMMENT = "# Offices and pairs: written by build.py"
PRIMARY = re.compile(r"\b(primary|infants?|junior|first school)\b")
SECONDARY = re.compile(r"\b(high school|secondary|grammar school)\b")


class School(NamedTuple):
    """An open school of the register with a place on the British National Grid."""

    urn: str
    name: str
    town: str
    postcode: str
    easting: int
    northing: int

    @property
    def area(self) -> str:
        """The letters that a postcode begins with."""
        return re.match(r"[A-Z]+", self.postcode)[0]


class Region(NamedTuple):
    """A postcode area with the town that it is named after, and its open schools."""

    area: str
    code: str
    en: str
    zh: str
    schools: Sequence[School]


def open_schools(register: Path) -> list[School]:
    """The schools that have not closed and have coordinates, in the order of their numbers."""
    with register.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["close_date"] and row["easting"]]
    kept = ("urn", "name", "town", "postcode")
    schools = [
        School(*(row[column] for column in kept), int(row["easting"]), int(row["northing"])) for row in rows
    ]
    return sorted(schools, key=lambda school: int(school.urn))


def regions_of(schools: Iterable[School]) -> list[Region]:
    """The regions of regions.csv, those with most schools first; ties in the order of the area's letters."""
    by_area: dict[str, list[School]] = defaultdict(list)
    for school in schools:
        by_area[school.area].append(school)
    with (HERE / "regions.csv").open(encoding="utf-8", newline="") as file:
        regions = [Region(**row, schools=by_area[row["area"]]) for row in csv.DictReader(file)]
    return sorted(regions, key=lambda region: (-len(region.schools), region.area))


def tiles(regions: Sequence[Region]) -> dict[str, tuple[int, int]]:
    """Column and row of each region on a hexagon grid, at least total squared distance to its schools.

    Places are spread halfway between true distance and rank, or the regions around London would all want the
    same tile.
    """
    places = [[(school.easting, -school.northing) for school in region.schools] for region in regions]
    means = np.array([np.mean(place, axis=0) for place in places])
    true = (means - means.min(axis=0)) / np.ptp(means, axis=0)
    ranks = means.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / (len(regions) - 1)
    grid = [(column, row) for row in range(TILE_ROWS) for column in range(TILE_COLUMNS)]
    centres = np.array([(column + row % 2 / 2, row * ROW_HEIGHT) for column, row in grid])
    wanted = (true + ranks) / 2 * centres.max(axis=0)
    distances = ((wanted[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    _, chosen = linear_sum_assignment(distances)
    return {region.code: grid[tile] for region, tile in zip(regions, chosen, strict=True)}


def offices(regions: Sequence[Region]) -> Iterator[str]:
    """Offices and pairs as TOML: the smallest regions receive, the largest are paired with them in turn."""
    tile = tiles(regions)
    yield '\n[[organisations]]\ncode = "office"\nkind = "coordinating_office"\n'
    yield 'titles = { en = "Two Rivers Office", zh = "两江统筹办公室" }\n'
    regional, receiving = regions[:-RECEIVING], regions[-RECEIVING:]
    for region in regions:
        column, row = tile[region.code]
        kind = "regional_office" if region in regional else "receiving_office"
        yield f'\n[[organisations]]\ncode = "{region.code}"\nkind = "{kind}"\n'
        yield f'titles = {{ en = "{region.en}", zh = "{region.zh}" }}\n'
        yield f'parent = "office"\narea = "{region.area}"\n'
        yield f"hex = {{ column = {column}, row = {row} }}\nweights = {{ schools = {len(region.schools)} }}\n"
    for number, region in enumerate(regional[:PAIRED]):
        partner = receiving[number % RECEIVING]
        yield f'\n[[pairs]]\noffice = "{region.code}"\nreceiving = "{partner.code}"\n'


def levels(pupils: Path) -> dict[str, str]:
    """Primary or secondary by school number, where all pupils on roll are of one phase."""
    with pupils.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    known: dict[str, str] = {}
    for row in rows:
        primary = float(row["Number of Primary pupils on roll (9)"] or 0)
        secondary = float(row["Number of  Secondary pupils on roll (10)"] or 0)
        if bool(primary) != bool(secondary):
            known[row["URN"]] = "primary" if primary else "secondary"
        elif primary:
            known[row["URN"]] = ""  # both phases
    return known


def level(school: School, known: Mapping[str, str]) -> str:
    """By pupils on roll where they are published, else by the name, else unknown."""
    if school.urn in known:
        return known[school.urn]
    name = school.name.lower()
    is_primary, is_secondary = bool(PRIMARY.search(name)), bool(SECONDARY.search(name))
    return "" if is_primary == is_secondary else "primary" if is_primary else "secondary"


def write_institutions(regions: Sequence[Region], known: Mapping[str, str]) -> None:
    """A cut of 3,000 schools: every so-maniest of all, region by region, in the order of their numbers."""
    listed = [(region, school) for region in regions for school in region.schools]
    cut = [listed[number * len(listed) // INSTITUTIONS] for number in range(INSTITUTIONS)]
    with (HERE / "institutions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*School._fields, "region", "level"])
        writer.writerows([*school, region.code, level(school, known)] for region, school in cut)


def write_universities(regions: Sequence[Region], listed: Path) -> None:
    """British universities that carry a region's town in their own name; nothing else says where they are."""
    universities = {
        entry["name"].strip(): entry["domains"][0]
        for entry in reversed(json.loads(listed.read_text(encoding="utf-8")))  # the first of a name wins
        if entry["alpha_two_code"] == "GB"
    }
    with (HERE / "universities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "domain", "region"])
        for region in regions:
            town = re.escape(region.en)
            forms = rf"University of {town}|{town}( [\w ]+)? University|[\w ]+ University {town}"
            named = sorted(name for name in universities if re.fullmatch(rf"(The )?({forms})", name))
            writer.writerows([name, universities[name], region.code] for name in named)


def main() -> None:
    """Write every file of the example."""
    parser = argparse.ArgumentParser(
        formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__
    )
    for argument in ("register", "pupils", "universities"):
        parser.add_argument(argument, type=Path)
    paths = parser.parse_args()
    regions = regions_of(open_schools(paths.register))
    plan = HERE / "plan.toml"
    by_hand, mark, rest = plan.read_text(encoding="utf-8").partition(LAST_COMMENT)
    comment = mark + rest.partition("\n")[0] + "\n"
    plan.write_text(by_hand + comment + "".join(offices(regions)), encoding="utf-8")
    write_institutions(regions, levels(paths.pupils))
    write_universities(regions, paths.universities)
    write_workbook(load_plan(plan).document, HERE / "plan.xlsx")


if __name__ == "__main__":
    main()
