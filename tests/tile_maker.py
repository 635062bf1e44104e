"""A maker of maps on this machine: a real server of pieces, for tests that need one."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from PIL import Image, ImageDraw

from musubi.base.tiles.source import GSI, TileSource


def picture(words: str = "") -> bytes:
    """A pale piece with streets, as large as those of maps."""
    image = Image.new("RGB", (256, 256), "#f4f4f1")
    draw = ImageDraw.Draw(image)
    for at in range(0, 256, 64):
        draw.line((at, 0, at, 256), fill="#d9d5cc", width=5)
        draw.line((0, at + 20, 256, at), fill="#d9d5cc", width=5)
    draw.rectangle((150, 90, 210, 130), fill="#cfe4c7")
    draw.text((8, 8), words, fill="#7c756a")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


class TileMaker:
    """`asked` are the paths so far; what is answered can be changed from one question to the next."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.agents: list[str] = []
        self.status = 200
        self.content: bytes | None = None
        self.promised = 0
        self.location = ""
        self.go_on = Event()
        self.go_on.set()
        maker = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                maker.asked.append(self.path)
                maker.agents.append(self.headers["User-Agent"])
                maker.go_on.wait(20)
                content = picture(self.path) if maker.content is None else maker.content
                self.send_response(maker.status)
                if maker.location:
                    self.send_header("Location", maker.location)
                if maker.status != 204:
                    self.send_header("Content-Length", str(len(content) + maker.promised))
                self.end_headers()
                if maker.status != 204:
                    self.wfile.write(content)

            def log_message(self, *args: object) -> None:
                """Nothing on the terminal."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def source(self) -> TileSource:
        port = self._server.server_address[1]
        return TileSource(
            address=f"http://127.0.0.1:{port}/pale/{{z}}/{{x}}/{{y}}.png", maker="国土地理院", about=GSI.about
        )

    def stop(self) -> None:
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def tile_maker() -> Iterator[TileMaker]:
    maker = TileMaker()
    try:
        yield maker
    finally:
        maker.stop()
