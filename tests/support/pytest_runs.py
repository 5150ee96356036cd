"""How a test runs pytest: with the plugin and little else."""

QUIET = ("-p", "no:cacheprovider", "-W", "error", "-q", "-p", "mockserver.pytest_plugin")
