"""Bad data, made of good data by chance."""

import re
from random import Random
from typing import Final

#: What breaks programs that read, whatever they read.
NASTY: Final = (
    b"",
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xc0\xaf",
    b"\xed\xa0\x80",  # a surrogate
    b"\xf4\x90\x80\x80",  # beyond Unicode
    b"\x1b[2J\x1b]0;title\x07",
    "\u202eright to left\u2066".encode(),
    "\u0085\u2028\u2029\u200b\ufeff".encode(),
    "\uff11\uff12 \uff41\uff42 \uff1d \u2212 \u0661".encode(),  # look like 12 ab = - 1
    b"\r",
    b"\r\n",
    b"\n\n",
    b"\t",
    b" " * 300,
    b"[/b][red]{{%s%n{0}}}$(id)`id`",
    b"../../../../etc/passwd",
    b"/dev/stdin",
    b"-1",
    b"-0",
    b"0x" + b"f" * 5000,
    b"9" * 20,
    b"9" * 5000,
    b"1e400",
    b"1e999999999999",
    b"1e-999999999999",
    b"0." + b"0" * 5000 + b"1",
    b"nan",
    b"NaN",
    b"inf",
    b"-Infinity",
    b"true",
    b"null",
    b"None",
    b"1979-05-27T07:32:00Z",
    b'"',
    b"'",
    b'"""',
    b"'''",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"\\U0001f600",
    b"=",
    b",",
    b".",
    b":",
    b"#",
    b"[",
    b"]",
    b"[[",
    b"{",
    b"}",
    b"()",
    b"[" * 3000,
    b"{" * 3000,
    b'{"a":' * 3000,
    b"a." * 3000 + b"a = 1",
    b"(" * 3000,
    b"a" * 70_000,
    b"__class__",
    b"__proto__",
    b"eval(__import__('os').system('id'))",
    b"!!python/object/apply:os.system ['id']",
)

_NUMBER: Final = re.compile(rb"[0-9]+(?:\.[0-9]+)?")
_MOST_CHANGES: Final = 6
_LARGEST: Final = 1 << 18


def mutated(good: bytes, chance: Random, others: tuple[bytes, ...] = ()) -> bytes:
    """Return good data with a few things wrong with it.

    Args:
        good: what is changed.
        chance: decides.
        others: more good data, of which parts come in.
    """
    data = good
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        data = _changed(data, chance, others or (good,))[:_LARGEST]
    return data


def mutated_text(good: str, chance: Random, others: tuple[str, ...] = ()) -> str:
    """Return a good text with a few things wrong with it; it can have surrogates in it."""
    raw, *others_raw = (each.encode(errors="surrogatepass") for each in (good, *others))
    data = mutated(raw, chance, tuple(others_raw))
    return data.decode(errors=chance.choice(("surrogateescape", "replace", "ignore")))


def _changed(data: bytes, chance: Random, others: tuple[bytes, ...]) -> bytes:
    begin = chance.randint(0, len(data))
    end = min(len(data), begin + chance.choice((0, 1, 1, 2, 4, 8, 40, 400)))
    head, part, tail = data[:begin], data[begin:end], data[end:]
    match chance.randrange(9):
        case 0:  # a flipped bit
            flipped = bytes(byte ^ 1 << chance.randrange(8) for byte in part[:1])
            return head + flipped + part[1:] + tail
        case 1:
            return head + chance.randbytes(len(part)) + tail
        case 2:
            return head + chance.randbytes(chance.randint(1, 8)) + part + tail
        case 3:
            return head + tail
        case 4:
            return head + part * chance.choice((2, 3, 50)) + tail
        case 5:
            return head if chance.random() < 0.5 else tail
        case 6:
            other = chance.choice(others)
            start = chance.randint(0, len(other))
            return head + other[start : start + chance.choice((5, 50, 500))] + tail
        case 7 if numbers := list(_NUMBER.finditer(data)):
            number = chance.choice(numbers)
            return data[: number.start()] + chance.choice(NASTY) + data[number.end() :]
        case _:
            return head + chance.choice(NASTY) + tail
