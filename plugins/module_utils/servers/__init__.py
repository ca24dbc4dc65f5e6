# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server modules share. Runs on the target (Python 3.9 or later) and imports no third-party package."""
