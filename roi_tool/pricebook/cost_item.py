"""The catalogue of costs: everything that telephony has been found to cost, as a closed list that every option must answer.

An item is answered by a line, included in something else, or not applicable for a stated reason: `quoting.coverage` sees to it.
Source: the checklists whose union is the catalogue, named in docs/cost-catalogue.md.
"""

from __future__ import annotations

from enum import StrEnum


class CostItem(StrEnum):
    """One item; `wording` has its words as `item.<value>`. The order is that of papers."""

    # Calls
    CALLS = "calls"
    INTERNATIONAL_CALLS = "international_calls"
    DIRECTORY_CALLS = "directory_calls"
    OVERAGE = "overage"
    MINIMUM_SPEND = "minimum_spend"
    # Lines, seats and numbers
    TRUNK_LINES = "trunk_lines"
    CHANNELS = "channels"
    BURST_CHANNELS = "burst_channels"
    SEATS = "seats"
    COMMON_AREA_SEATS = "common_area_seats"
    MINIMUM_SEATS = "minimum_seats"
    SITE_LICENCE = "site_licence"
    NUMBERS = "numbers"
    TOLL_FREE = "toll_free"
    CALLER_NAME = "caller_name"
    ANALOGUE_LINES = "analogue_lines"
    FIXED_FEE = "fixed_fee"
    RENEWAL_PRICE = "renewal_price"
    ESCALATOR = "escalator"
    # The system
    PBX_SYSTEM = "pbx_system"
    PBX_LICENCES = "pbx_licences"
    VOICEMAIL = "voicemail"
    GATEWAY = "gateway"
    SBC = "sbc"
    SESSION_LICENCES = "session_licences"
    SECURITY = "security"
    LEASE = "lease"
    MAINTENANCE = "maintenance"
    SOFTWARE_ASSURANCE = "software_assurance"
    UPGRADE = "upgrade"
    SPARES = "spares"
    REPLACEMENT = "replacement"
    RESIDUAL_VALUE = "residual_value"
    POWER = "power"
    COOLING = "cooling"
    RACK_SPACE = "rack_space"
    # At the desk
    HANDSETS = "handsets"
    HANDSET_RENTAL = "handset_rental"
    HEADSETS = "headsets"
    CONFERENCE_PHONES = "conference_phones"
    ADAPTERS = "adapters"
    # The network
    NETWORK_CHECK = "network_check"
    POE_SWITCHES = "poe_switches"
    CABLING = "cabling"
    UPS = "ups"
    INTERNET_ACCESS = "internet_access"
    BANDWIDTH = "bandwidth"
    BANDWIDTH_TEST = "bandwidth_test"
    BACKUP_LINE = "backup_line"
    # Services that are chosen
    RECORDING = "recording"
    CRM_CONNECTOR = "crm_connector"
    CONTACT_CENTRE = "contact_centre"
    # People
    ADMINISTRATION = "administration"
    MOVES_CHANGES = "moves_changes"
    TRAINING_USERS = "training_users"
    TRAINING_ADMINISTRATORS = "training_administrators"
    PROJECT = "project"
    OWN_LABOUR = "own_labour"
    # The change
    INSTALLATION = "installation"
    ACTIVATION = "activation"
    TRUNK_SET_UP = "trunk_set_up"
    TERMINAL_CONFIGURATION = "terminal_configuration"
    PORTING = "porting"
    OVERLAP = "overlap"
    TERMINATION = "termination"
    PROVIDER_TERMINATION = "provider_termination"
    DOWNTIME = "downtime"
    LEARNING = "learning"
    # Taxes and fees
    TAXES = "taxes"
    EMERGENCY_FEE = "emergency_fee"
    RECOVERY_FEES = "recovery_fees"


SERVICES = (CostItem.RECORDING, CostItem.CRM_CONNECTOR, CostItem.CONTACT_CENTRE)
"""Bought by who needs them: none is assumed, and an option that has one is no equal of one that has not."""
