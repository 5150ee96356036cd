"""The named contracts of Consero; importing this package registers them in this order."""

from contracts.consero.named import access, allocations, cancellations, examinations, reports
from contracts.consero.register import REGISTER

__all__ = ["REGISTER", "access", "allocations", "cancellations", "examinations", "reports"]
