"""Errors on demand: documented refusals, and what goes wrong on the way of an answer.

kinds       one fault a file: its fields are the JSON of the control API, `effect` says what it does
rule        what all of them share: which calls are meant, and how often
rule_check  whether any call can be meant at all
registry    the documented errors of an operation, by code and number
unprinted   errors that no vendor prints, as servers and gateways answer them
demand      what a single request asks for: `Prefer: code=404`, or a magic value among what it sends
magic_page  which magic value asks for which error
arming      rules kept in the store
seed_file   rules that are armed from the start
striking    which of them strikes a call, decided by the store, so that all workers count as one
effect      what is done to an answer, marked in the journal; `mockserver/sending.py` does it
"""
