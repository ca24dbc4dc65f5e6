#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Signs the world's root zone, forges one answer in it, and writes the anchor for whoever wants to check.
set -eu
cd /etc/world
dnssec-keygen -q -a ECDSAP256SHA256 -f KSK . > /dev/null
dnssec-signzone -S -z -Q -o . -e +30d -f signed root.zone > /dev/null
sed -i 's/203\.0\.113\.66/203.0.113.67/' signed
chmod 644 signed
# ". IN DS 12345 13 2 AB CD" becomes ". static-ds 12345 13 2 "ABCD""
dnssec-dsfromkey -2 K.*.key | awk '{ printf ". static-ds %s %s %s \"", $4, $5, $6; for (i = 7; i <= NF; i++) printf "%s", $i; print "\"" }' > anchor
