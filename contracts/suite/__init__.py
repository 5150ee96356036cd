r"""The statements of a vendor as a pytest suite: one test a statement.

    python -m pytest -p contracts.suite.plugin --pyargs contracts.suite \
        --contracts-vendor consero --contracts-base-url URL
"""
