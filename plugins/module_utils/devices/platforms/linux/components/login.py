# SPDX-License-Identifier: GPL-3.0-or-later
"""How people get in: our settings of sshd and the common PAM stacks.

Nothing else locks everybody out as surely, so these files change behind the guard: only a fresh login that can also use
sudo confirms them. The files are whole and always come together; a rule that is off is content, not absence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from .base import Component, Parts, View

SSHD_PATH = "/etc/ssh/sshd_config.d/50-terpusat-hardening.conf"
#: What a site adds below this line may be anything (Match, several values a keyword); only lines above are asked for.
ADDITIONS = "# Tambahan"
_RELOAD = "mkdir -p /run/sshd\nsshd -t\nsystemctl try-reload-or-restart ssh.service\n"


class Login(Component):
    """sshd's keywords are compared with what is in force: an earlier file of somebody else overrules ours."""

    name = "login"
    globs = (
        SSHD_PATH,
        "/etc/pam.d/common-auth",
        "/etc/pam.d/common-account",
        "/etc/pam.d/common-password",
        "/etc/security/faillock.conf",
        "/etc/security/pwquality.conf",
    )
    tools: ClassVar[Mapping[str, str]] = {"sshd": "openssh-server"}

    @override
    def stands(self, paths: Collection[str]) -> bool:
        """The PAM stacks are the distribution's where our own file does not stand beside them."""
        return SSHD_PATH in paths

    @override
    def validate(self, files: Sequence[File]) -> list[str]:
        # A path that is ours and not in the bundle would be removed; without a PAM stack nobody gets in.
        present = {file.path for file in files}
        return [f"{path} tidak ada dalam bundel" for path in self.globs if files and path not in present]

    @override
    def check(self, files: Sequence[File]) -> str:
        return (
            f'mkdir -p /run/sshd\nsshd -t -f "$STAGE"{SSHD_PATH}\n'
            "for module in $(sed 's/#.*//' \"$STAGE\"/etc/pam.d/common-* | grep -o 'pam_[a-z0-9_]*[.]so' | sort -u)\n"
            "do ls /lib/*/security/$module /usr/lib/*/security/$module 2>/dev/null | grep -q . "
            '|| { echo "modul PAM $module tidak terpasang" >&2; exit 1; }\ndone\n'
        )

    @override
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        return {"sshd": "mkdir -p /run/sshd; sshd -T"}

    @override
    def intended(self, view: View) -> Parts:
        return {"sshd": _render(keywords(view.text(SSHD_PATH)))}

    @override
    def running(self, view: View) -> Parts:
        effective = keywords(view.answers.out("sshd"))
        return {"sshd": _render({key: effective.get(key, "") for key in keywords(view.text(SSHD_PATH))})}

    @override
    def apply(self, view: View) -> str:
        return _RELOAD

    @override
    def restore(self, view: View) -> str:
        return _RELOAD


def keywords(text: str) -> dict[str, str]:
    """Keyword (lower case, as ``sshd -T`` prints it) → value, up to the site's own additions."""
    found: dict[str, str] = {}
    for line in text.partition(ADDITIONS)[0].splitlines():
        key, _, value = line.strip().partition(" ")
        if key and not key.startswith("#"):
            found.setdefault(key.lower(), value.strip())
    return found


def _render(values: Mapping[str, str]) -> str:
    return "".join(f"{key} {value}\n" for key, value in sorted(values.items()))
