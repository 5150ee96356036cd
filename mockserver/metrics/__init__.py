"""What the server counts about itself, for Prometheus: `GET /metrics`.

Counting is a few additions to plain lists; everything that takes time is left to the one who asks.
`prometheus_client` would cost a request several times as much, and the start 0.1 s: see docs/performance.md.
"""
