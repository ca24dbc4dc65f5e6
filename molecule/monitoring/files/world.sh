#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# srv2 stands for the network: it answers for every device and every office's gateway, and has the devices' ports.
set -e
for address in 10.255.0.1 10.10.0.1 10.255.0.3 10.255.0.4 10.20.0.1 10.20.1.1; do
  ip address replace "$address/32" dev lo
done
for port in 2 3 4 5; do
  ip link show "eth$port" >/dev/null 2>&1 || ip link add "eth$port" type veth peer name "far$port"
  ip link set "eth$port" up
  ip link set "far$port" up
done
