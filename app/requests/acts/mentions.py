"""Who is mentioned in what somebody wrote: an @ and a name, whole or first."""

import re
from collections.abc import Iterable

AT = re.compile(r"(?<![\w@])@(\w[\w'’.-]*(?: \w[\w'’.-]*){0,4})")


def mentioned(words: str, people: Iterable[tuple[int, str]]) -> list[int]:
    """Return the ids of those of `people` (id, name) that `words` mention, in order, each once.

    The longest name that fits wins; a first name alone counts when only one of them has it.
    """
    names: dict[str, set[int]] = {}
    for identity, name in people:
        names.setdefault(name.casefold(), set()).add(identity)
        names.setdefault(name.split()[0].casefold(), set()).add(identity)
    found: list[int] = []
    for after in AT.findall(words):
        parts = after.casefold().rstrip(".").split(" ")
        for length in range(len(parts), 0, -1):
            meant = names.get(" ".join(parts[:length]).rstrip(".,"), set())
            if len(meant) == 1:
                found += [one for one in meant if one not in found]
                break
    return found
