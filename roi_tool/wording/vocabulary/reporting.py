"""Words of `reporting` and `charting`."""

from roi_tool.wording.marking import N_

LABELS: dict[str, str] = {
    "option.short.stay": N_("Stay"),
    "option.short.onprem_pri": N_("On-premises, PRI"),
    "option.short.onprem_sip": N_("On-premises, SIP"),
    "option.short.keep_sip": N_("SIP trunk"),
    "option.short.hosted": N_("Hosted"),
    "chart.cumulative": N_("Cumulative cost, {currency}"),
    "chart.cumulative_thousands": N_("Cumulative cost, thousands of {currency}"),
    "chart.cumulative_millions": N_("Cumulative cost, millions of {currency}"),
    "chart.cumulative_billions": N_("Cumulative cost, billions of {currency}"),
    "chart.start": N_("start"),
    "chart.year": N_("year {count}"),
    "chart.month": N_("month {count}"),
    "chart.cheapest_from": N_("{option} cheapest from month {month}"),
    "chart.percent": N_("{value} %"),
    "chart.tornado": N_("What moves the saving of {option} over {months} months"),
    "chart.tornado_range": N_("{driver} {low}–{high}"),
    "chart.categories": N_("What the {months} months cost, by kind"),
    "chart.hours": N_("Calls by hour of the day"),
    "chart.group_calls": N_("Calls"),
    "chart.group_rental": N_("Lines, seats and numbers"),
    "chart.group_equipment": N_("Equipment and licences"),
    "chart.group_upkeep": N_("Maintenance and administration"),
    "chart.group_change": N_("The change itself"),
    "chart.group_other": N_("Taxes and other"),
}

SENTENCES: dict[str, str] = {}
