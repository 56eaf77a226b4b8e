"""Small markets with couples, decided exactly: a stable matching, or the proof that there is none."""

from enum import StrEnum

from ortools.sat.python import cp_model

from .couples import Option, Unit, options_of
from .problem import Problem

LARGEST = 3000
"""The most options, over all units, for which the exact search is tried."""

EFFORT = 2.0
"""CP-SAT's deterministic time for one search: the same answer on any machine, roughly seconds."""


class Existence(StrEnum):
    """What is known about the existence of a stable matching."""

    EXISTS = "exists"
    NONE = "none"
    UNKNOWN = "unknown"


def search_stable(problem: Problem) -> tuple[Existence, dict[str, str | None]]:
    """A stable matching with couples, if there is one; the earliest choices that the fixed effort finds.

    Gives UNKNOWN, and nobody placed, for posts with reserves, for more than `LARGEST` options, and when
    the search's fixed effort did not settle the question.

    **Source:** Biro, Manlove & McBride, The hospitals/residents problem with couples: complexity and integer
    programming models (SEA 2014), with the choice-based definition of stability of Biro, Irving & Schlotter
    (2011).
    """
    nobody = dict.fromkeys(problem.everyone)
    options = options_of(problem)
    if sum(map(len, options.values())) > LARGEST or any(post.reserves for post in problem.posts.values()):
        return Existence.UNKNOWN, nobody
    model = _Model(problem, options)
    status, placed = model.search()
    if status == cp_model.INFEASIBLE:
        return Existence.NONE, nobody
    if status == cp_model.UNKNOWN:
        return Existence.UNKNOWN, nobody
    model.aim_at_early_choices()
    return Existence.EXISTS, nobody | (model.search()[1] or placed)


class _Model:
    """One Boolean per unit and option; each option is taken, bettered, or turned down by a full post."""

    def __init__(self, problem: Problem, options: dict[Unit, list[Option]]) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.rank = {
            name: {who: at for at, who in enumerate(post.ranking)} for name, post in problem.posts.items()
        }
        self.seats: dict[tuple[str, str], list[cp_model.IntVar]] = {}
        taken = {unit: [self._variable(option) for option in rows] for unit, rows in sorted(options.items())}
        for name, post in problem.posts.items():
            self.model.add(
                sum(v for (_, at), row in self.seats.items() if at == name for v in row) <= post.capacity
            )
        for unit, variables in taken.items():
            self.model.add_at_most_one(variables)
            for number, option in enumerate(options[unit]):
                self.model.add_bool_or(*variables[: number + 1], *self._refusals(unit, option))
        self.taken = taken

    def search(self) -> tuple[cp_model.CpSolverStatus, dict[str, str | None]]:
        """CP-SAT's verdict and who is placed where; with one worker, for the same answer always."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = EFFORT
        status = solver.solve(self.model)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return status, {}
        self.found = {v.index: solver.boolean_value(v) for row in self.taken.values() for v in row}
        return status, {
            who: name for (who, name), seats in self.seats.items() if any(self.found[v.index] for v in seats)
        }

    def aim_at_early_choices(self) -> None:
        """From what was found, search on for the least sum of the choices' positions."""
        length = max(map(len, self.taken.values()), default=0)
        self.model.maximize(sum((length - at) * v for row in self.taken.values() for at, v in enumerate(row)))
        for row in self.taken.values():
            for variable in row:
                self.model.add_hint(variable, self.found[variable.index])

    def _variable(self, option: Option) -> cp_model.IntVar:
        variable = self.model.new_bool_var("")
        for seat in option:
            self.seats.setdefault(seat, []).append(variable)
        return variable

    def _refusals(self, unit: Unit, option: Option) -> list[cp_model.IntVar]:
        """Per post of the option, a Boolean that holds only if the post is full of others ranked better."""
        refusals = []
        for name in sorted({name for _, name in option}):
            going = [who for who, at in option if at == name]
            worst = max(self.rank[name][who] for who in going)
            better = [
                variable
                for (who, at), row in self.seats.items()
                if at == name and who not in unit and self.rank[name][who] < worst
                for variable in row
            ]
            refused = self.model.new_bool_var("")
            enough = self.problem.posts[name].capacity - len(going) + 1
            self.model.add(sum(better) >= enough).only_enforce_if(refused)
            refusals.append(refused)
        return refusals
