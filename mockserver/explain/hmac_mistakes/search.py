"""Tries the catalogue until one entry, or two, reproduce the signature that was sent.

A match is exact: every bit of the digest. So a signature made at random, or with a secret that the server
does not know, gets no hint. The number of attempts is bounded, and long texts are not tried at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from mockserver.access.hmac_signature import SEPARATOR, value_text
from mockserver.explain.explanation import Mistake, together
from mockserver.explain.hmac_mistakes import keys
from mockserver.explain.hmac_mistakes.attempt import Attempt, Entry, Texts
from mockserver.explain.hmac_mistakes.parameters import PARAMETERS
from mockserver.explain.hmac_mistakes.text import FINAL, JOINED, ORDER
from mockserver.explain.quick_hmac import Digest

MAX_PARAMETERS, MAX_CHARACTERS = 40, 2_000  # beyond that nothing is tried
TWOS_PARAMETERS, TWOS_CHARACTERS = 14, 700  # beyond that only single mistakes
MAX_WORK = 500_000  # characters and fixed costs, what a few milliseconds are good for
COST_OF_ONE = 400  # what trying an empty text costs, in characters
MOST_OTHERS_IN_TWOS = 8  # secrets of others that are tried together with a second mistake


@dataclass(frozen=True)
class Found:
    """The mistake, and the text that the client evidently signed."""

    mistake: Mistake
    text: str


Made = tuple[Any, tuple[Mistake, ...]]
"""What the stages led to so far, and the mistakes on the way."""


class Levels(NamedTuple):
    """What came about without a mistake, with one, with one that takes no second (`last`), and with two."""

    none: list[Made]
    one: list[Made]
    last: list[Made]
    two: list[Made]


class Stage(NamedTuple):
    """The entries of a stage, and what is right there.

    `completes`: an entry does all that the stage does, so that no second one of the same stage follows.
    """

    entries: tuple[Entry, ...]
    right: Callable[[Any], Any]
    completes: bool


Signer = tuple[Digest, tuple[Mistake, ...]]  # what makes a digest, and the mistakes in doing so
Round = tuple[Sequence[Signer], Sequence[Made]]


def find(attempt: Attempt) -> Found | None:
    """Return the mistake that leads to the presented signature, None where none does."""
    characters = sum(len(name) + len(value_text(value)) for name, value in attempt.values.items())
    if len(attempt.values) > MAX_PARAMETERS or characters > MAX_CHARACTERS:
        return None
    most = 2 if len(attempt.values) <= TWOS_PARAMETERS and characters <= TWOS_CHARACTERS else 1
    for form in keys.forms(attempt.presented):
        left = MAX_WORK
        for signers, texts in _rounds(attempt, form.algorithm, most):
            work = sum(len(text) + COST_OF_ONE for text, _ in texts)
            for digest, in_signing in signers:
                left -= work
                if left < 0:
                    return None
                for text, in_text in texts:
                    if digest(text) == form.digest and (mistakes := (*in_text, *in_signing, *form.mistakes)):
                        return Found(together(mistakes), text.decode("utf-8", "replace"))
    return None


def _rounds(attempt: Attempt, algorithm: str, most: int) -> Iterator[Round]:
    """Yield what is tried: no mistake, then single ones, then twos; the likelier before the others."""
    right: list[Signer] = [(keys.right(attempt.secret, algorithm), ())]
    wrong: list[Signer] = [(digest, (mistake,)) for digest, mistake in keys.wrong(attempt, algorithm)]
    others: list[Signer] = [(keys.right(secret, algorithm), (mistake,)) for mistake, secret in attempt.others]
    texts = _texts(attempt, most)
    yield right, texts.none
    yield right, [*texts.one, *texts.last]
    yield [*wrong, *others], texts.none
    if most == 2:
        yield right, texts.two
        yield wrong, texts.one
        yield keys.wrong_twice(attempt, algorithm), texts.none
        yield others[:MOST_OTHERS_IN_TWOS], texts.one


def _texts(attempt: Attempt, most: int) -> Levels:
    """Return the texts that come about, each once: with the fewest mistakes that lead to it."""
    levels = Levels([(start, ()) for start in _starts(attempt)], [], [], [])
    for stage in STAGES:
        levels = _through(stage, levels, attempt, most)
    seen: set[bytes] = set()
    return Levels(*[_unseen(texts, seen) for texts in levels])


def _starts(attempt: Attempt) -> list[Texts]:
    """Return what the server itself would have signed: with the ids of the URL, without them, or both."""
    sent = [(name, value_text(value)) for name, value in attempt.values.items()]
    added = [pair for pair in attempt.url_ids.items() if pair[0] not in attempt.values]
    if attempt.accepted_ids == "never" or not added:
        return [sent]
    return [[*sent, *added]] if attempt.accepted_ids == "required" else [[*sent, *added], sent]


def _through(stage: Stage, levels: Levels, attempt: Attempt, most: int) -> Levels:
    """Return what one stage makes of every state; what is right there is worked out once for each."""
    right, completes = stage.right, stage.completes
    none = _each(right, levels.none)
    kept = _each(right, levels.one) if completes else levels.one
    starts = list(zip(levels.none, none if completes else levels.none, strict=True))
    others = list(zip(levels.one, kept, strict=True))
    one: list[Made] = []
    last: list[Made] = []
    two: list[Made] = []
    for entry in stage.entries:
        alone: list[Made] = []
        for (state, mistakes), (unchanged, _) in starts:
            made = (*mistakes, entry.mistake)
            for number, changed in enumerate(entry.makes(state, attempt)):
                if changed != unchanged:
                    (alone if number < entry.with_others else last).append((changed, made))
        if alone and most == 2:  # what changes nothing alone changes nothing in company either
            for (state, mistakes), (unchanged, _) in others:
                made = (*mistakes, entry.mistake)
                for changed in islice(entry.makes(state, attempt), entry.with_others):
                    if changed != unchanged:
                        two.append((changed, made))
        one += alone
        if not completes:
            others += [(before, before) for before in alone]
    if completes:
        return Levels(
            none, [*kept, *one], [*_each(right, levels.last), *last], [*_each(right, levels.two), *two]
        )
    return Levels(
        none,
        _each(right, [*kept, *one]),
        _each(right, [*levels.last, *last]),
        _each(right, [*levels.two, *two]),
    )


def _each(right: Callable[[Any], Any], made: list[Made]) -> list[Made]:
    return [(right(state), mistakes) for state, mistakes in made]


def _unseen(texts: list[Made], seen: set[bytes]) -> list[Made]:
    found = []
    for made in texts:
        if made[0] not in seen:
            seen.add(made[0])
            found.append(made)
    return found


def _joined(texts: Texts) -> str:
    return SEPARATOR.join(map("=".join, texts))


STAGES = (
    Stage(PARAMETERS, lambda texts: texts, completes=False),
    Stage(ORDER, sorted, completes=True),
    Stage(JOINED, _joined, completes=True),
    Stage(FINAL, lambda text: text.encode("utf-8", "surrogatepass"), completes=False),
)
