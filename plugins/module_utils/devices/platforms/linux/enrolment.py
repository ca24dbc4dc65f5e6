# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a Debian machine in: a user with a key and password-less sudo; the factory user's password is locked."""

from __future__ import annotations

from ...enrolment import Account
from ...outcome import TransactionFailedError
from ...session import Session
from .shell import quote, run_root


class Enrolment:
    """The contract of `devices.enrolment`, whose docstrings hold here."""

    device_type = "linux"
    interactive = False
    factory_user = "root"

    def install(self, session: Session, account: Account) -> list[str]:
        user, line = quote(account.user), quote(account.key.line)
        rule = quote(f"{account.user} ALL=(ALL:ALL) NOPASSWD: ALL")
        return _steps(
            session,
            f"""
if ! id {user} >/dev/null 2>&1; then
    useradd --create-home --shell /bin/bash {user}
    printf '%s:%s\\n' {user} {quote(account.password)} | chpasswd
    echo 'pengguna {account.user} dibuat'
fi
# Rights before the key: who can log in can then go on by itself.
rule=/etc/sudoers.d/90-terpusat-{account.user}
if ! printf '%s\\n' {rule} | cmp -s - "$rule"; then
    # sudo passes over names with a dot, so a half-written one is never read.
    printf '%s\\n' {rule} >"$rule.new"
    chmod 0440 "$rule.new"
    visudo -cqf "$rule.new"
    mv "$rule.new" "$rule"
    echo 'hak sudo dipasang'
fi
home=$(getent passwd {user} | cut -d: -f6)
group=$(id -gn {user})
if ! grep -qsxF {line} "$home/.ssh/authorized_keys"; then
    install -d -m 0700 -o {user} -g "$group" "$home/.ssh"
    # Whole and renamed: a key that somebody else put there stays also when this is cut off.
    {{ cat "$home/.ssh/authorized_keys" 2>/dev/null || :; printf '%s\\n' {line}; }} >"$home/.ssh/.authorized_keys.new"
    chown {user}:"$group" "$home/.ssh/.authorized_keys.new"
    chmod 0600 "$home/.ssh/.authorized_keys.new"
    mv "$home/.ssh/.authorized_keys.new" "$home/.ssh/authorized_keys"
    echo 'kunci SSH dipasang'
fi
""",
        )

    def lacks(self, session: Session) -> str:
        result = session.run("sudo -n true") if session.login.user != "root" else session.run("true")
        return "" if result.code == 0 else "tidak dapat menjalankan sudo tanpa kata sandi"

    def retire(self, session: Session, factory_user: str) -> list[str]:
        if not self.pending(session, factory_user):
            return []
        run = f"passwd -l {quote(factory_user)} >/dev/null\n"
        return _steps(session, f"{run}echo 'kata sandi pabrik {factory_user} dikunci'\n")

    def pending(self, session: Session, factory_user: str) -> bool:
        # P: a password that works (passwd(1)).
        result = run_root(session, f"passwd -S {quote(factory_user)} 2>/dev/null || :")
        return result.out.decode(errors="replace").split()[1:2] == ["P"]

    def save(self, session: Session) -> None:
        """Nothing to do: what stands in files is what a boot starts from."""
        del session


def _steps(session: Session, script: str) -> list[str]:
    result = run_root(session, f"set -eu\n{script}")
    if result.code:
        lines = result.err.decode(errors="replace").strip().splitlines()
        raise TransactionFailedError(
            f"{session.login.host}: pendaftaran berhenti di tengah ({lines[-1] if lines else 'tanpa pesan'}); login "
            "lama tetap berlaku, perbaiki lalu jalankan sekali lagi"
        )
    return [line for line in result.out.decode(errors="replace").splitlines() if line]
