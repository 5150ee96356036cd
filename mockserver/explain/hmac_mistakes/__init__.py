"""Which mistake of the client leads to the signature that was sent: a catalogue, tried entry by entry.

A text to sign comes about in stages, and every entry belongs to one:

    parameters.py  which parameters are signed, and how their values are written
    text.py        how they are ordered and joined, and what stands around them
    keys.py        the secret, the digest, and how the digest is written

`search.py` tries them, alone and in twos, and names one only when every bit of the digest agrees.

Source: PE-026 to PE-052.
"""

from mockserver.explain.hmac_mistakes.attempt import Attempt
from mockserver.explain.hmac_mistakes.search import Found, find

__all__ = ["Attempt", "Found", "find"]
