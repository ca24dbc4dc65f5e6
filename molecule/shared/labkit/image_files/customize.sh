#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Run by mmdebstrap with the new root folder as its only argument; DISABLED, MASKED and CLOCK_OPTIONS come from image.py.
set -eu
root=$1

chroot "$root" useradd --create-home --shell /bin/bash --uid 1000 --comment "Operator Terpusat" terpusat
chroot "$root" passwd --lock root >/dev/null
printf 'terpusat ALL=(ALL:ALL) NOPASSWD: ALL\n' > "$root/etc/sudoers.d/terpusat"
chmod 0440 "$root/etc/sudoers.d/terpusat"
mkdir -p "$root/etc/ssh/sshd_config.d"
printf 'PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin no\nUseDNS no\n' \
    > "$root/etc/ssh/sshd_config.d/10-enrolment.conf"
# Each node gets host keys of its own when it is created.
rm -f "$root"/etc/ssh/ssh_host_*

cp "$(dirname "$0")/kernel-settings.service" "$root/etc/systemd/system/lab-kernel-settings.service"
chroot "$root" systemctl enable --quiet lab-kernel-settings.service systemd-networkd.service ssh.service
for unit in $DISABLED; do
    if [ -e "$root/usr/lib/systemd/system/$unit" ] || [ -e "$root/lib/systemd/system/$unit" ]; then
        chroot "$root" systemctl disable --quiet "$unit"
    fi
done
chroot "$root" systemctl mask --quiet $MASKED

# Options for building stay out of the image, save how this machine judges the dates of its mirror.
rm -f "$root/etc/apt/apt.conf.d/99mmdebstrap"
if [ -n "$CLOCK_OPTIONS" ]; then
    printf '%s\n' "$CLOCK_OPTIONS" > "$root/etc/apt/apt.conf.d/10lab-clock"
fi
: > "$root/etc/machine-id"
: > "$root/etc/resolv.conf.new" && mv "$root/etc/resolv.conf.new" "$root/etc/resolv.conf"
rm -rf "$root"/var/cache/apt/archives/*.deb
