"""Words of `traffic`, and of the returns in `costing`."""

from roi_tool.wording.marking import N_

LABELS: dict[str, str] = {
    "decided_by.peak": N_("the measured peak of calls at one time"),
    "decided_by.erlang_b": N_("Erlang B on the busy hour"),
    "convention.tei": N_(
        "TEI: the start undiscounted, each year's money discounted at the end of its year; a part year counts as a year"
    ),
    "convention.monthly": N_(
        "monthly: the start undiscounted, each month's money discounted at the end of its month, at the twelfth root of the yearly rate"
    ),
    "undefined.no_flow": N_("no money flows either way"),
    "undefined.payback_not_within": N_("the benefits do not cover the outlay within the horizon"),
    "undefined.payback_not_lasting": N_(
        "what was recovered is lost again: the benefits so far are below the costs so far at the end of the horizon"
    ),
    "undefined.irr_no_change": N_("the net flow never changes its sign, so no rate makes it worth nothing"),
    "undefined.irr_many_changes": N_(
        "the net flow changes its sign more than once, so that several rates could be called its IRR"
    ),
    "undefined.irr_out_of_reach": N_("the rate lies outside what can be computed (near −100 %, or beyond 10¹¹)"),
    "undefined.no_costs": N_("there are no costs to set the net present value against"),
    "undefined.no_initial_cost": N_("there is no initial cost to set the yearly benefit against"),
    "undefined.under_three_years": N_("it averages three years, and the flows cover less"),
}

SENTENCES: dict[str, str] = {
    "traffic_zone": N_("“{zone}” is no time zone; give an IANA name such as Europe/London."),
    "traffic_growth": N_("{name} cannot be {value}; give a fraction from −1 on, such as 0.1 for 10 % more."),
    "erlang_traffic": N_("Traffic of {traffic} erlangs cannot be computed; give a number from 0 to {most}."),
    "erlang_lines": N_("{lines} lines cannot be computed; give a whole number from 1 to {most}."),
    "erlang_blocking": N_("A blocking of {blocking} cannot be; give a fraction above 0 and below 1, such as 0.01 for 1 %."),
    "erlang_retry": N_("A retry share of {retry} cannot be; give a fraction from 0 to 1."),
    "erlang_calls": N_("{calls} calls of {duration} seconds make no traffic; give two numbers that are not negative."),
    "erlang_collapse": N_(
        "With every lost caller trying again, {lines} lines cannot carry {traffic} erlangs and attempts pile up without end; "
        "give more lines or a smaller retry share."
    ),
    "returns_rate": N_("A yearly rate of {rate} cannot be used to discount; give a fraction above −1, such as 0.1 for 10 %."),
    "returns_ragged": N_("The flows differ in length ({first} columns and {other}); give every row the same columns."),
    "returns_empty": N_("There are no flows; give at least one row with an initial column and a period."),
}
