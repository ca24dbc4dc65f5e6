#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# wal-archive FOLDER PATH NAME: PostgreSQL calls this for each finished segment and keeps it until this succeeds.
set -eu
target="$1/$3.gz"
if [ -e "$target" ]; then
    # Sent before, but PostgreSQL died before it knew. A different content is another cluster's: never overwrite it.
    if gunzip -c "$target" | cmp -s - "$2"; then exit 0; fi
    echo "$target sudah ada dan isinya lain" >&2
    exit 1
fi
gzip -1 -c "$2" > "$1/.$3.baru"
sync "$1/.$3.baru"
mv "$1/.$3.baru" "$target"
sync "$1"
