# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Typed records of the register, one file per noun."""

from __future__ import annotations

from .acme import Acme
from .addresses import PortRef, VlanRange
from .addressing import SEGMENTS, AddressingRules, Segment, SegmentVlans
from .application import Application, Database, DataClass, RunsAt, Runtime
from .application_run import Health, Setting
from .asset import Asset
from .backup import Backup
from .bandwidth import Bandwidth
from .bgp import Announcements, BgpSession
from .central import Central
from .circuit import Capacity, Circuit, CircuitKind, CircuitRole, Contract, Handoff, Handoff6, Media
from .complaint import Complaint, Line
from .controller import Controller
from .database_service import DatabaseService
from .device import READINESS, Device, DevicePort, DevicePortUse, DeviceRole, Platform, Readiness
from .dns import Dns, DnsFilter, PublicAddress
from .dns_record import DnsEntry
from .edge_proxy import EdgeProxy, RateLimit
from .event import Event, EventDays, EventHours, EventKind
from .finding import Finding
from .government import IANA_TIME_ZONES, AddressPools, Government, Rules, TimeZone, VlanNumbers
from .logging import Logging
from .monitoring import Monitoring
from .opd import STAGES, Coverage, Location, LocationKind, Opd, OpdKind, PastStage, Stage
from .policies import BandwidthRules, Billing, EventRules, SubscriptionRules
from .probe import Probe
from .record import Record, UnknownFieldError
from .register import Register
from .rollout_rules import AcceptanceRules, RolloutRules
from .server import Basis, Condition, Place, Server, ServerPort, ServerPortUse, ServerState, ServerSystem, Specs
from .services import Access, Snmp
from .vpn import Vpn

__all__ = [
    "IANA_TIME_ZONES",
    "READINESS",
    "SEGMENTS",
    "STAGES",
    "AcceptanceRules",
    "Access",
    "Acme",
    "AddressPools",
    "AddressingRules",
    "Announcements",
    "Application",
    "Asset",
    "Backup",
    "Bandwidth",
    "BandwidthRules",
    "Basis",
    "BgpSession",
    "Billing",
    "Capacity",
    "Central",
    "Circuit",
    "CircuitKind",
    "CircuitRole",
    "Complaint",
    "Condition",
    "Contract",
    "Controller",
    "Coverage",
    "DataClass",
    "Database",
    "DatabaseService",
    "Device",
    "DevicePort",
    "DevicePortUse",
    "DeviceRole",
    "Dns",
    "DnsEntry",
    "DnsFilter",
    "EdgeProxy",
    "Event",
    "EventDays",
    "EventHours",
    "EventKind",
    "EventRules",
    "Finding",
    "Government",
    "Handoff",
    "Handoff6",
    "Health",
    "Line",
    "Location",
    "LocationKind",
    "Logging",
    "Media",
    "Monitoring",
    "Opd",
    "OpdKind",
    "PastStage",
    "Place",
    "Platform",
    "PortRef",
    "Probe",
    "PublicAddress",
    "RateLimit",
    "Readiness",
    "Record",
    "Register",
    "RolloutRules",
    "Rules",
    "RunsAt",
    "Runtime",
    "Segment",
    "SegmentVlans",
    "Server",
    "ServerPort",
    "ServerPortUse",
    "ServerState",
    "ServerSystem",
    "Setting",
    "Snmp",
    "Specs",
    "Stage",
    "SubscriptionRules",
    "TimeZone",
    "UnknownFieldError",
    "VlanNumbers",
    "VlanRange",
    "Vpn",
]
