# SPDX-License-Identifier: GPL-3.0-or-later
"""nornir with nornir-netmiko: log in to every device of hosts.yaml, read its running configuration, log out.

Run by the peers' own Python. Prints how many configurations arrived whole.
"""

import sys

from nornir import InitNornir
from nornir.core.task import Result, Task
from nornir_netmiko.tasks import netmiko_send_command


def read(task: Task) -> Result:
    task.run(netmiko_send_command, command_string="show running-config")
    task.host.close_connections()
    return Result(host=task.host)


nornir = InitNornir(
    inventory={"plugin": "SimpleInventory", "options": {"host_file": sys.argv[1]}},
    runner={"plugin": "threaded", "options": {"num_workers": int(sys.argv[2])}},
    logging={"enabled": False},
)
results = nornir.run(read)
whole = sum(not result.failed and str(result[1].result).rstrip().endswith("end") for result in results.values())
print(f"read {whole} of {len(nornir.inventory.hosts)}")
