# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the actions that only look at a device have in common: one session, distinct ends, no secret in a result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import inspection
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.inspection import Inspection
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    DeviceError,
    Outcome,
    SessionLostError,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.device_action import DeviceAction
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.evidence import RunEvidence

#: the end of an action that only looks
READ = "read"


class InspectionAction(DeviceAction):
    """Subclasses parse their arguments in `run` and call `inspect`."""

    def inspect(
        self,
        variables: dict[str, Any],
        platform: str | None,
        prepare: Callable[[Inspection, str, Login, RunEvidence], Callable[[Session], dict[str, Any]]],
    ) -> dict[str, Any]:
        """Run the function that ``prepare`` returns on a session; both may raise `DeviceError`.

        ``prepare`` gets the inspection, the platform's name, the login and the evidence, before any login.
        """
        login = self.login(variables)
        evidence = RunEvidence(self._templar, variables, (login.password, login.secret))
        try:
            name = self.platform_name(variables, platform)
            looking = inspection.load(name)
            work = prepare(looking, name, login, evidence)
            with Session.open(login, looking.device_type, interactive=looking.interactive) as session:
                result = {"changed": False, "outcome": READ, "msg": "", **work(session)}
            masked: dict[str, Any] = evidence.net.mask_all(result)
        except DeviceError as error:
            return failure(error.outcome, str(error))
        except SessionLostError as error:
            return failure(Outcome.OFFLINE, f"{error}; perangkat tidak diubah, ulangi bila jalurnya sudah pulih")
        return masked


def failure(outcome: Outcome, message: str) -> dict[str, Any]:
    """A result that did not come about. Offline counts as unreachable, so that the play goes on with the others."""
    counted = "unreachable" if outcome is Outcome.OFFLINE else "failed"
    return {"changed": False, "outcome": outcome.value, "msg": message, counted: True}
