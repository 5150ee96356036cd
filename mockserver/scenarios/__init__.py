"""Scenario files: what a client does and what it must see, as YAML.

    scenario: A request is accepted once
    steps:
      - send: proctorexam GET /institutes
        expect: {status: 200}
      - send: again
        expect: {status: 403, refused_by: nonce}

`document.py` reads a file with its line numbers, `script.py` says what it may hold, `play.py` plays it;
`kept.py` holds the values that steps hand on, `expectation.py` compares, `receiver.py` takes webhooks.
"""
