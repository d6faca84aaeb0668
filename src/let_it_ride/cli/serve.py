"""``lir-tui serve``: the app in a browser."""

import argparse
import os
import shlex
import socket
import sys
from importlib.util import find_spec
from typing import Final

from let_it_ride.config.printing import printable
from let_it_ride.errors import LetItRideError

_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_WILDCARDS: Final = ("0.0.0.0", "::", "")  # noqa: S104  they are known here, not listened at


class NoServerError(LetItRideError):
    """What serves the app is not installed."""

    exit_code = 1


class CannotListenError(LetItRideError):
    """The address cannot be listened at."""

    exit_code = 1


def serve(options: argparse.Namespace) -> int:
    """Show the app in browsers until it is interrupted."""
    if find_spec("textual_serve") is None:
        raise NoServerError(
            "browsers are served by textual-serve, which is not installed; install it with:"
            " pip install 'lir-tui[serve]'"
        )
    host, port = options.host, options.port
    _refuse_unless_free(host, port)
    url = options.url or _usual_url(host, port)
    if host not in _LOOPBACK:
        print(
            "lir-tui: who can reach this address can use the app, and with it read and write your"
            " files",
            file=sys.stderr,
        )
    command = [sys.executable, "-P", "-m", "let_it_ride", "edit"]
    if options.config is not None:
        command += ["--", os.path.abspath(options.config)]  # noqa: PTH100  links stay links
    from let_it_ride.cli.web_server import WebServer  # what it imports is an extra

    try:
        WebServer(shlex.join(command), host, port, url).serve()
    except OSError as error:  # somebody else was quicker
        raise _cannot_listen(host, port, error) from error
    return 0


def _usual_url(host: str, port: int) -> str:
    name = socket.gethostname() if host in _WILDCARDS else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _refuse_unless_free(host: str, port: int) -> None:
    """Raise an error unless one can listen at every address of a host."""
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)
        for family, kind, protocol, _, address in found:
            with socket.socket(family, kind, protocol) as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    tried.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                tried.bind(address)
    except (OSError, UnicodeError) as error:
        raise _cannot_listen(host, port, error) from error


def _cannot_listen(host: str, port: int, error: Exception) -> CannotListenError:
    why = printable(error.strerror or str(error) if isinstance(error, OSError) else str(error))
    return CannotListenError(
        f"port {port} of {printable(host)} cannot be listened at: {why}; name another with --port"
        " or --host"
    )
