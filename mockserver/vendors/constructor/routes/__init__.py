"""The operations of Constructor Proctor, one file per noun."""

from mockserver.vendor import Operations
from mockserver.vendors.constructor.routes import browser, exams, pages, sessions

operations = Operations(
    [*browser.operations, *exams.operations, *sessions.operations, *pages.operations],
)
