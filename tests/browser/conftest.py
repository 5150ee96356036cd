"""Tests in a real browser."""

from browser import browser_page, chromium

__all__ = ["browser_page", "chromium"]  # fixtures
