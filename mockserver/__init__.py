"""A mock of exam and proctoring vendors that refuses as they do, and says why."""

__version__ = "0.1.0"
