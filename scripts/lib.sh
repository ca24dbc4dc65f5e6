# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Words and time shared by the scripts. Sourced; defines functions only.

say() { printf '%s\n' "$*"; }

# heading TEXT: a line that stands out in a long log.
heading() { printf '\n=== %s ===\n' "$*"; }

# die TEXT: one sentence (what, where, what to do) and the end.
die() {
    printf 'GALAT: %s\n' "$*" >&2
    exit 1
}

need_root() {
    [ "$(id -u)" -eq 0 ] || die "$1 perlu hak root; jalankan: sudo make $2"
}

# took SECONDS: 75 -> "1 menit 15 detik"
took() {
    if [ "$1" -lt 60 ]; then
        printf '%s detik' "$1"
    else
        printf '%s menit %s detik' "$(($1 / 60))" "$(($1 % 60))"
    fi
}
