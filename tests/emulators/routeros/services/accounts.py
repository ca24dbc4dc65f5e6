# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may log in and do what."""

from __future__ import annotations

from abc import abstractmethod

import asyncssh

from ...core.device import Device as CoreDevice
from ..schema.menu import Path
from ..store.config import Config
from ..store.item import Item
from ..values.scalars import POLICIES

USER: Path = ("user",)
GROUP: Path = ("user", "group")
EVERYTHING = frozenset(POLICIES)


class Accounts(CoreDevice):
    store: Config
    ssh_keys: list[tuple[str, asyncssh.SSHKey]]

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.ssh_keys = []
        #: by the key object's identity
        self.ssh_key_comments: dict[int, str] = {}

    def user_item(self, name: str) -> Item | None:
        return next((item for item in self.store.items(USER) if item.values["name"] == name), None)

    def group_of(self, user: str) -> str:
        item = self.user_item(user)
        return item.values.get("group", "read") if item else "full"

    def policies_of(self, user: str) -> frozenset[str]:
        """What the user's group allows; nothing for an unknown user."""
        item = self.user_item(user)
        if item is None:
            return frozenset()
        for group in self.store.items(GROUP):
            if group.values["name"] == item.values.get("group"):
                parts = group.values.get("policy", "").split(",")
                return frozenset(part for part in parts if part and not part.startswith("!"))
        return frozenset()

    def _may_log_in(self, user: str) -> Item | None:
        item = self.user_item(user)
        if item is None or item.disabled or "ssh" not in self.policies_of(user):
            return None
        return item

    def accepts_password(self, user: str, password: str) -> bool:
        """A user with a key logs in with it and not with a password, unless the device is told otherwise."""
        item = self._may_log_in(user)
        right = item is not None and item.values.get("password", "") == password
        if right and any(owner == user for owner, _ in self.ssh_keys) and not self._passwords_beside_keys():
            right = False
        if not right:
            self.add_log("system,error,critical", f"login failure for user {user} via ssh")
        return right

    def _passwords_beside_keys(self) -> bool:
        menu, item = self.store.menus["ip", "ssh"], self.store.single(("ip", "ssh"))
        if "always-allow-password-login" in menu.properties:
            return item.get(menu, "always-allow-password-login") == "yes"
        return item.get(menu, "password-authentication") == "yes"

    def accepts_key(self, user: str, key: asyncssh.SSHKey) -> bool:
        if self._may_log_in(user) is None:
            return False
        return any(owner == user and known.public_data == key.public_data for owner, known in self.ssh_keys)

    def transfer_refusal(self, method: str, user: str, path: str, writing: bool) -> str | None:  # noqa: ARG002
        policies = self.policies_of(user)
        if "ftp" not in policies or (writing and "write" not in policies):
            return "permission denied"
        return None

    @abstractmethod
    def add_log(self, topics: str, message: str) -> None:
        """A line of the device's own log."""
