"""How many pieces of a thing are needed in each month, by what its quantity follows."""

from __future__ import annotations

from collections.abc import Mapping

from roi_tool.costing.months import Amounts, whole_units
from roi_tool.costing.priced_item import quantities, quantities_at_least
from roi_tool.pricebook import Per
from roi_tool.quoting.inputs import Inputs

CHANNELS_PER_PRI = 30
"""Bearer channels of a European primary-rate circuit. Source: ITU-T I.431 (1993), 30B+D."""

DRIVER_OF_PER = {
    Per.SEAT: "seats",
    Per.CHANNEL: "channels",
    Per.LINE: "channels",
    Per.ANALOGUE: "analogue_lines",
    Per.DEVICE: "analogue_devices",
    Per.SITE: "sites",
    Per.NUMBER: "numbers",
    Per.FREEPHONE: "freephone_numbers",
    Per.ORDER: "",
}
"""What a quantity follows → the driver that moves it."""

_GROWING = (Per.SEAT, Per.CHANNEL, Per.LINE, Per.NUMBER)
INPUTS_OF_PER = {
    per: (
        *((driver,) if driver else ()),
        *(("staff_growth",) if per in _GROWING else ()),
        *(("sites",) if per is Per.LINE else ()),
    )
    for per, driver in DRIVER_OF_PER.items()
}
"""What a quantity follows → every driver that it follows."""


def pieces_of(per: Per, times: float, inputs: Inputs) -> Amounts:
    """Return whole pieces by month, shape (months + 1,). Seats, channels and numbers grow with the staff."""
    return counted(per, times, inputs.value, inputs.horizon)


def counted(per: Per, times: float, value: Mapping[str, float], horizon: int) -> Amounts:
    """`pieces_of` from the values of the drivers in `INPUTS_OF_PER`."""
    driver = DRIVER_OF_PER[per]
    count = round(value[driver]) if driver else 1
    growth = value["staff_growth"] if per in _GROWING else 0.0
    if per is Per.LINE:
        circuits: Amounts = -(-whole_units(count, growth, horizon) // CHANNELS_PER_PRI)
        # A circuit ends in one building: each site needs its own.
        return quantities_at_least(circuits, round(value["sites"]), times)
    return quantities(count, times, growth, horizon)
