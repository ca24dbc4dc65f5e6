# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's Debian images, built with mmdebstrap and rebuilt only when their inputs change.

Images are shared between checkouts on purpose: the same inputs give the same tag, and a second clone starts at once.
"""

import fcntl
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from labkit import machine, mirror, packages
from labkit.errors import LabError
from labkit.progress import Progress
from labkit.shell import run, tail

DEFAULT_SUITE = "trixie"
SUITES = ("trixie", "bookworm")
REPOSITORY = "localhost/terpusat-"
_FILES = Path(__file__).parent / "image_files"
_PARALLEL = 2
_WORK = Path("/var/tmp")
_WORK_PREFIX = "terpusat-image-"
_LOCK = Path("/run/lock/terpusat-image.lock")


@dataclass(frozen=True)
class Image:
    """An image by what goes into it."""

    kind: str
    suite: str = DEFAULT_SUITE

    def __post_init__(self) -> None:
        if self.kind not in packages.KINDS:
            raise LabError(f"Jenis citra '{self.kind}' tidak dikenal; pilih salah satu: {', '.join(packages.KINDS)}.")
        if self.suite not in SUITES:
            raise LabError(f"Rilis Debian '{self.suite}' tidak dikenal; pilih salah satu: {', '.join(SUITES)}.")

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages to install."""
        return packages.KINDS[self.kind]

    def reference(self, source: mirror.Mirror) -> str:
        """The image's name with a tag made of everything that goes into it."""
        inputs = {
            "packages": self.packages,
            "suite": self.suite,
            "sources": source.sources(self.suite),
            "clock": source.clock_options,
            "units": (packages.DISABLED, packages.MASKED),
            "options": _options(self),
            "files": {file.name: file.read_text() for file in sorted(_FILES.iterdir())},
            "architecture": os.uname().machine,
        }
        digest = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:12]
        return f"{REPOSITORY}{self.kind}-{self.suite}:{digest}"


def exists(reference: str) -> bool:
    """Whether podman already has the image."""
    return run(machine.podman("image", "exists", reference), check=False).returncode == 0


def ensure(images: set[Image], source: mirror.Mirror, progress: Progress) -> dict[Image, str]:
    """Build what is missing and give back the reference of every image.

    :raises LabError: a build failed; the message holds the end of mmdebstrap's output.
    """
    references = {image: image.reference(source) for image in images}
    missing = [image for image, reference in references.items() if not exists(reference)]
    if not missing:
        return references
    with _locked(progress):
        for abandoned in _WORK.glob(f"{_WORK_PREFIX}*"):  # of a build that was killed: the lock says nobody builds now
            shutil.rmtree(abandoned, ignore_errors=True)
        missing = [image for image in missing if not exists(references[image])]  # or built while we waited
        with ThreadPoolExecutor(_PARALLEL) as pool:  # dpkg keeps one core busy
            builds = [pool.submit(_build, image, references[image], source, progress) for image in missing]
        for build in builds:
            build.result()
    return references


def _options(image: Image) -> list[str]:
    options = ["--variant=minbase", "--mode=root", "--format=tar", "--dpkgopt=force-unsafe-io"]
    if image.kind == "server":
        # A fresh Debian installation knows its packages; without lists --check could not name a single one.
        options.append("--skip=cleanup/apt/lists")
    return options


def _build(image: Image, reference: str, source: mirror.Mirror, progress: Progress) -> None:
    progress.step(f"Membuat citra {image.kind} (Debian {image.suite}, {len(image.packages)} paket, sekitar 1 menit) …")
    command = ["mmdebstrap", *_options(image), f"--keyring={machine.DEBIAN_KEYRING}"]
    hook = f'{shlex.quote(str(_FILES / "customize.sh"))} "$1"'
    command += [f"--include={','.join(image.packages)}", f"--customize-hook={hook}"]
    command += [f"--aptopt={option}" for option in source.clock_options]
    command += [f'--aptopt={key} "{value}";' for key, value in source.proxies]
    command += [image.suite, "-", *source.sources(image.suite)]
    environment = {
        **os.environ,
        "DISABLED": " ".join(packages.DISABLED),
        "MASKED": " ".join(packages.MASKED),
        "CLOCK_OPTIONS": "\n".join(source.clock_options),
    }
    # Not /tmp: on many machines it is memory.
    with tempfile.TemporaryDirectory(prefix=_WORK_PREFIX, dir=_WORK) as folder:
        Path(folder).chmod(0o755)  # apt downloads as a user of its own
        environment["TMPDIR"] = folder
        archive = Path(folder) / "root.tar"
        with archive.open("wb") as output:
            built = subprocess.run(command, stdout=output, stderr=subprocess.PIPE, env=environment, check=False)
        if built.returncode != 0:
            raise LabError(
                f"Citra {image.kind} gagal dibuat; periksa apakah apt di mesin ini bisa mengunduh paket Debian "
                f"{image.suite}.\n{tail(built.stderr.decode(errors='replace'))}"
            )
        run(machine.podman("import", "--change", "CMD=/sbin/init", str(archive), reference), timeout=300)
    progress.step(f"Citra {image.kind} siap: {reference}")


@contextmanager
def _locked(progress: Progress) -> Iterator[None]:
    _LOCK.parent.mkdir(parents=True, exist_ok=True)
    with _LOCK.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress.step("Citra sedang dibuat oleh proses lain; menunggu …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def remove_unused() -> list[str]:
    """Remove the lab's images that no container uses; give back what was removed."""
    listed = run(machine.podman("images", "--format", "{{.Repository}}:{{.Tag}}")).stdout.split()
    ours = [reference for reference in listed if reference.startswith(REPOSITORY)]
    # podman refuses (without --force) to remove an image that a container of another checkout still uses.
    return [name for name in ours if run(machine.podman("rmi", name), check=False).returncode == 0]
