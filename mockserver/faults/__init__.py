"""Errors on demand: documented refusals, and what goes wrong on the way of an answer.

kinds      one fault a file: its fields are the JSON of the control API, `effect` says what it does
rule       what all of them share: which calls are meant, and how often
demand     what a single request asks for: `Prefer: code=404`, or a magic value among what it sends
arming     rules kept in the store, checked when they are armed
striking   which of them strikes a call, decided by the store, so that all workers count as one
effect     what is done to an answer, marked in the journal
delivery   how an answer leaves: late, cut, or not at all
"""
