#!/bin/sh
# In the way of the samples on Consero's page, which are lines of curl (CO-020 to CO-023). Two of them name no
# Content-Type, so `-d` sends their JSON as a form (CO-100).

say() { # NAME, then what follows `curl`
    call=$1
    shift
    printf '{"call": "%s", ' "$call"
    curl -sS -H "x-api-key: $CONSERO_API_KEY" -w ', "status": %{http_code}}\n' "$@" | sed 's/^/"body": /'
}

say list -H 'Accept: application/json' "$CONSERO_BASE_URL/examinations"
say allocate -H 'Content-Type: application/json' \
    -d '{"candidate_email": "ada@example.org", "examination_id": 119}' "$CONSERO_BASE_URL/allocate-candidate"
say report -d '{"inviteId": 142}' "$CONSERO_BASE_URL/report"
say cancel -d '{"invite_id": 143}' "$CONSERO_BASE_URL/cancel-allocation"
say 'cancel again' -d '{"invite_id": 143}' "$CONSERO_BASE_URL/cancel-allocation"
