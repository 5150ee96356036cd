"""What the server counts about itself, for Prometheus: `GET /metrics`.

Counting is a few additions to plain lists; everything that takes time is left to the one who asks.
`prometheus_client` would cost 7 µs a request and 0.1 s at the start, so the text is written in `page.py`.
"""
