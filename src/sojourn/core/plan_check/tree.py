"""The tree of components, safe to walk even when the plan is not a tree."""

from collections.abc import Iterator
from dataclasses import dataclass

from sojourn.core.plan_check.findings import natural
from sojourn.core.plan_check.model import Component, Plan


@dataclass(frozen=True, slots=True)
class Tree:
    """Components by code, and the children of each; components on a circle have no children here.

    Of several components with one code, the first in reading order stands for all.
    """

    components: dict[str, Component]
    children: dict[str, tuple[str, ...]]

    def upwards(self, code: str) -> Iterator[Component]:
        """The component and those above it, up to the root; each once, also on a circle."""
        seen: set[str] = set()
        step: str | None = code
        while step is not None and step not in seen and step in self.components:
            seen.add(step)
            yield self.components[step]
            step = self.components[step].parent

    def downwards(self, code: str) -> Iterator[Component]:
        """The component and all below it."""
        waiting = [code] if code in self.components else []
        while waiting:
            step = waiting.pop()
            yield self.components[step]
            waiting.extend(reversed(self.children[step]))

    def leaves(self, code: str) -> tuple[str, ...]:
        """The codes of the components below (or the component itself) that have no children."""
        return tuple(
            component.code for component in self.downwards(code) if not self.children[component.code]
        )

    def tracks(self, code: str) -> frozenset[str]:
        """The tracks of the component and of all below it."""
        return frozenset(component.track for component in self.downwards(code) if component.track is not None)

    def circle(self, code: str) -> tuple[str, ...]:
        """The codes of the circle that the component lies on, from the smallest code upwards; empty if on
        none.
        """
        chain = [component.code for component in self.upwards(code)]
        if self.components[chain[-1]].parent != code:
            return ()
        turn = chain.index(min(chain))
        return (*chain[turn:], *chain[:turn])


def tree_of(plan: Plan) -> Tree:
    """The components of the plan as a tree."""
    components: dict[str, Component] = {}
    for component in sorted(plan.components, key=lambda component: natural(component.place)):
        components.setdefault(component.code, component)
    tree = Tree(components, {})
    for code in components:
        tree.children[code] = ()
    turning = {code for code in components if tree.circle(code)}
    for code in sorted(components.keys() - turning):
        parent = components[code].parent
        if parent in components and parent not in turning:
            tree.children[parent] += (code,)
    return tree
