"""A request as a curl command that works as it stands."""

from __future__ import annotations

import shlex

from mockserver.errors import UsageError
from mockserver.signing.wish import FilePart, SignedRequest


def as_curl(request: SignedRequest) -> str:
    """Return one line of shell.

    Raises:
        UsageError: the body is no text.
    """
    words = ["curl", "-sS"]
    if request.method == "HEAD":
        words.append("--head")
    elif request.method != ("POST" if request.body else "GET"):
        words += ["-X", request.method]
    for name, value in request.headers:
        if not (request.form and name.lower() == "content-type"):  # curl draws its own boundary
            words += ["-H", f"{name}: {value}"]
    for part in request.form:
        words += _form_words(part)
    if request.body and not request.form:
        words += ["--data-raw", _text(request.body)]
    words.append(request.url)
    return shlex.join(words)


def _form_words(part: tuple[str, str] | FilePart) -> list[str]:
    if isinstance(part, FilePart):
        path = part.path.replace("\\", "\\\\").replace('"', '\\"')
        return ["-F", f'{part.name}=@"{path}";type={part.content_type}']
    name, value = part
    return ["--form-string", f"{name}={value}"]


def _text(body: bytes) -> str:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        raise UsageError("this body is no text and fits into no command line: use 'mockserver send'")
    return text
