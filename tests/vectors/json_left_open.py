"""JSON texts that RFC 8259 leaves open (9: a reader may set limits), with what two readers could differ in.

They are refused here.
"""

from __future__ import annotations

LEFT_OPEN = {
    "key twice": b'{"a":"b","a":"c"}',
    "key and value twice": b'{"a":"b","a":"b"}',
    "NUL in a key": rb'{"foo\u0000bar": 42}',
    "NUL in a text": rb'["\u0000"]',
    "number beyond a double": b"[0.4e00669999999999999999999999999999999999]",
    "negative number beyond a double": b"[-123123e100000]",
    "integer beyond 64 bits": b"[100000000000000000000]",
    "integer below 64 bits": b"[-237462374673276894279832749832423479823246327846]",
    "low surrogate as a key": rb'{"\uDFAA":0}',
    "high surrogate alone": rb'["\uDADA"]',
    "high surrogate and a letter": rb'["\uD888\u1234"]',
    "high surrogate and a newline": rb'["\uD800\n"]',
    "high surrogate, text ends": rb'["\uDd1ea"]',
    "two high surrogates": rb'["\uD800\uD800\n"]',
    "surrogates reversed": rb'["\uDd1e\uD834"]',
    "low surrogate alone": rb'["\uDFAA"]',
    "UTF-16 with a mark": '["é"]'.encode("utf-16"),
    "UTF-16LE": '["é"]'.encode("utf-16-le"),
    "UTF-16BE": '["é"]'.encode("utf-16-be"),
    "UTF-32": "[1]".encode("utf-32"),
    "ISO 8859-1": b'["\xe9"]',
    "invalid UTF-8": b'["\xff"]',
    "lone continuation byte": b'["\x81"]',
    "beyond Unicode": b'["\xf4\xbf\xbf\xbf"]',
    "overlong, 2 bytes": b'["\xc0\xaf"]',
    "overlong, 6 bytes": b'["\xfc\x83\xbf\xbf\xbf\xbf"]',
    "overlong NUL": b'["\xfc\x80\x80\x80\x80\x80"]',
    "cut UTF-8": b'["\xe0\xff"]',
    "surrogate as UTF-8": b'["\xed\xa0\x80"]',
    "65 arrays": b"[" * 65 + b"]" * 65,
    "500 arrays": b"[" * 500 + b"]" * 500,
    "byte order mark": b"\xef\xbb\xbf{}",
}
