"""Why a request was refused: what the failed check saw, and the client's mistake that led to what was sent.

Pure functions over plain values, called on a refusal and never on the accepted path. A mistake is named
only when it explains exactly what arrived; a secret is shown by its last four characters at most.
"""
