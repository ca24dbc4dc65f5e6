# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Surveys that offices filled in, into the register: read, flagged, previewed, written.

files → sheets → table → entries → offices and places → plausibility → edits → texts → judged → files replaced
"""
