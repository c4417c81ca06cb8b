"""Disks of one's own: small ones and read-only ones, where mounting is allowed."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Mounts:
    """Mounts as root does, or in a user namespace, where its commands run then too."""

    def __init__(self) -> None:
        self.prefix: list[str] = []
        self.holder: subprocess.Popen | None = None

    def __enter__(self) -> "Mounts":
        if not self.works():
            # Its mounts are seen by those who enter it.
            self.holder = subprocess.Popen(
                ["unshare", "-rm", "sh", "-c", "echo; exec sleep 100000"], stdout=subprocess.PIPE, text=True
            )
            self.holder.stdout.readline()
            self.prefix = ["nsenter", "-t", str(self.holder.pid), "-U", "-m", "--preserve-credentials", "--"]
            if not self.works():
                self.__exit__()
                raise RuntimeError("no disk can be mounted: neither as this user nor in a user namespace")
        return self

    def __exit__(self, *_) -> None:
        if self.holder:
            self.holder.kill()
            self.holder.wait()
            self.holder.stdout.close()

    def works(self) -> bool:
        try:
            folder = Path("/mnt")
            self.call("mount", "-t", "tmpfs", "-o", "size=64k", "none", folder)
            self.call("umount", folder)
        except (subprocess.CalledProcessError, FileNotFoundError):
            return False
        return True

    def call(self, *command: str | Path) -> None:
        subprocess.run([*self.prefix, *map(str, command)], check=True, capture_output=True)

    @contextmanager
    def small(self, folder: Path, kilobytes: int) -> Iterator[Path]:
        """A disk in memory that holds no more than so much."""
        folder.mkdir(parents=True)
        self.call("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=755", "none", folder)
        try:
            yield folder
        finally:
            self.call("umount", folder)

    def resize(self, folder: Path, kilobytes: int) -> None:
        self.call("mount", "-o", f"remount,size={kilobytes}k", folder)

    @contextmanager
    def read_only(self, folder: Path, place: Path) -> Iterator[Path]:
        """The same folder at another place, where nothing can be written."""
        place.mkdir(parents=True)
        self.call("mount", "--bind", folder, place)
        try:
            self.call("mount", "-o", "remount,bind,ro", place)
            yield place
        finally:
            self.call("umount", place)
