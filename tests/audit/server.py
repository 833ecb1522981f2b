"""A real nginx with the sample settings, or a loopback server that sends the same headers."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers import REPOSITORY

SETTINGS = REPOSITORY / "docs" / "hosting" / "nginx.conf"
_HEADER = re.compile(r"^\s*add_header (\S+) (?:\"([^\"]*)\"|(\S+)) always;", re.MULTILINE)
_FRAME = """\
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {settings}
}}
"""


def sample_headers() -> dict[str, str]:
    """Return the headers that the sample settings send with each answer, but caching."""
    found = _HEADER.findall(SETTINGS.read_text(encoding="utf-8"))
    return {name: quoted or plain for name, quoted, plain in found if name != "Cache-Control"}


def find_nginx() -> str | None:
    """Return the path of nginx; install Debian's where that may be done (root)."""
    path = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if path is None and os.geteuid() == 0 and shutil.which("apt-get"):
        command = ["apt-get", "install", "-qy", "--no-install-recommends", "nginx"]
        subprocess.run(
            command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600
        )
        path = shutil.which("nginx", path="/usr/sbin")
    return path


@contextmanager
def nginx(program: str, site: Path, subfolder: str = "") -> Iterator[str]:
    """Serve a site with the sample settings; yields its address, ending in a slash."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = site.resolve()
        if subfolder:
            root = folder / "www"
            root.mkdir()
            (root / subfolder).symlink_to(site.resolve())
        port = _free_port()
        settings = SETTINGS.read_text(encoding="utf-8")
        for old, new in (
            (r"listen 80;", f"listen 127.0.0.1:{port};"),
            (r"root /srv/handbook/current;", f"root {root};"),
        ):
            assert settings.count(old) == 1, old
            settings = settings.replace(old, new)
        user = "user root;" if os.geteuid() == 0 else ""
        text = _FRAME.format(user=user, folder=folder, settings=settings)
        path = folder / "nginx.conf"
        path.write_text(text, encoding="utf-8")
        process = subprocess.Popen(
            [program, "-p", name, "-c", str(path)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}/{subfolder}{'/' if subfolder else ''}"
        finally:
            process.terminate()
            process.wait(timeout=10)


class _Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        for name, value in sample_headers().items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def loopback(site: Path) -> Iterator[str]:
    """Serve a site from this process with the headers of the sample settings."""
    handler = functools.partial(_Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[str]) -> None:
    for _attempt in range(100):
        if process.poll() is not None:
            assert process.stderr is not None
            raise RuntimeError(f"nginx does not start: {process.stderr.read()}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("nginx does not answer")
