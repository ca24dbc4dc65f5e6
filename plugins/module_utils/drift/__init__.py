# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs between the hosts and what is written, told from the results of a run in check mode.

observation (what a callback hears) -> classify -> report -> text, JSON, exit code. Pure: no Ansible, no device.
"""
