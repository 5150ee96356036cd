"""The operations of Constructor Proctor, one file per noun."""

from mockserver.vendor import Operations
from mockserver.vendors.constructor.routes import exams

operations = Operations(exams.operations)
