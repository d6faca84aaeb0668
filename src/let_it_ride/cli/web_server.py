"""Serving the app to browsers, each page with an app of its own; needs the extra ``serve``."""

import asyncio
import gc
import logging
import re
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

#: The page names a font of Google's; a terminal has one of its own.
_FONTS: Final = re.compile(r"<link\b[^>]*fonts\.googleapis\.com[^>]*>")
_FROM_HERE: Final = ("localhost", "127.0.0.1", "[::1]")

#: Browsers leave out the port that a scheme has by itself.
_PORTS: Final = {"http": 80, "https": 443}


class WebServer(Server):
    """Serves the app, and only to pages that it has sent itself.

    A browser lets any page of the world talk to a server on this machine; such a page could play
    with the app, and with it write files.
    """

    def __init__(self, command: str, host: str, port: int, url: str) -> None:
        """Prepare.

        Args:
            command: starts the app, as a shell reads it.
            host: where to listen.
            port: where to listen.
            url: what browsers call that.
        """
        super().__init__(command, host, port, title="Let It Ride", public_url=url.rstrip("/"))
        self._origins = {_origin(url), *(_origin(f"http://{name}:{port}") for name in _FROM_HERE)}

    def initialize_logging(self) -> None:
        """Tell of nothing but what goes wrong."""
        logging.basicConfig(level=logging.WARNING, format="lir-tui: %(message)s")

    def serve(self, debug: bool = False) -> None:
        """Serve until interrupted or terminated, telling where the app is once it is there."""
        self.debug = debug
        self.initialize_logging()
        web.run_app(
            self._make_app(),
            host=self.host,
            port=self.port,
            print=lambda _: print(f"The app is at {self.public_url}, ctrl+c ends it.", flush=True),
            access_log=None,
        )

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing before anybody can be served."""

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002  as it is called
        """Let go of the apps that have ended, which cannot be done once the loop is closed."""
        gc.collect()
        await asyncio.sleep(0)

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """Send the page, with nothing in it that is asked for elsewhere."""
        page = await super().handle_index(request)
        if isinstance(page, web.Response) and page.text:
            page.text = _FONTS.sub("", page.text)
        return page

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Start an app for a page of this server, and for no other's."""
        page = _origin(request.headers.get("Origin", ""))
        if page not in self._origins or not any(
            _origin(f"{scheme}://{request.host}") in self._origins for scheme in _PORTS
        ):
            raise web.HTTPForbidden(text="This page was not sent by this server.")
        return await super().handle_websocket(request)


def _origin(url: str) -> tuple[str, str, int] | None:
    """The scheme, host and port that a URL names, however it writes them; None if it names none."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None
