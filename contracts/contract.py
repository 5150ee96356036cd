"""A named contract: a plain function that asks the server something and says which statements hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.safety import Profile

if TYPE_CHECKING:
    from contracts.bench import Bench

Body = Callable[["Bench"], None]


@dataclass(frozen=True)
class Contract:
    """`id` is family.name; the control of a family has to succeed before the others mean anything."""

    id: str
    statements: tuple[str, ...]
    profile: Profile
    operations: tuple[str, ...]
    control: bool
    destructive: bool
    body: Body

    @property
    def family(self) -> str:
        return self.id.rpartition(".")[0]

    @property
    def summary(self) -> str:
        return (self.body.__doc__ or "").strip().partition("\n")[0]


class Register:
    """The contracts of one vendor in the order they were written."""

    def __init__(self) -> None:
        self._contracts: dict[str, Contract] = {}

    def contract(
        self,
        contract_id: str,
        *statements: str,
        profile: Profile = Profile.READONLY,
        operations: tuple[str, ...] = (),
        control: bool = False,
        destructive: bool = False,
    ) -> Callable[[Body], Body]:
        """Register the decorated function.

        `operations` are those it cannot do without; `destructive` ones change what exists for others
        or leave something behind, so they run in profile full alone.
        """

        def keep(body: Body) -> Body:
            if contract_id in self._contracts:
                raise ValueError(f"two contracts are called {contract_id}")
            lowest = Profile.FULL if destructive else profile
            self._contracts[contract_id] = Contract(
                contract_id, statements, lowest, operations, control, destructive, body
            )
            return body

        return keep

    def __iter__(self) -> Iterator[Contract]:
        return iter(self._contracts.values())
