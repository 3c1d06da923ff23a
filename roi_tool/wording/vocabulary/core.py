"""Words that every room shares, and the sentences for the call table's and the scenario's findings."""

from roi_tool.wording.marking import N_

LABELS: dict[str, str] = {
    "direction.outbound": N_("outbound"),
    "direction.inbound": N_("inbound"),
    "direction.internal": N_("internal"),
    "class.geographic": N_("landlines"),
    "class.mobile": N_("mobiles"),
    "class.toll_free": N_("toll-free"),
    "class.premium": N_("premium rate"),
    "class.shared_cost": N_("shared cost"),
    "class.special": N_("special numbers"),
    "class.emergency": N_("emergency"),
    "class.international": N_("international"),
    "class.internal": N_("internal"),
    "class.unknown": N_("not known"),
    "class.inbound": N_("calls received"),
    "source.typical": N_("a typical customer of the price book"),
    "source.nothing_said": N_("nothing said"),
}

SENTENCES: dict[str, str] = {
    "calls_columns": N_("The table of calls does not have the columns it must have (found: {columns})."),
    "calls_column_missing": N_("The table of calls has no column “{column}”; add it and try again."),
    "calls_column_type": N_("The table of calls holds values that cannot be read ({reason}); correct them and try again."),
    "calls_null": N_("The column “{column}” is empty in {count} rows of the table of calls; fill them or remove the rows."),
    "calls_id_twice": N_("Call id “{id}” stands twice in the table of calls; each call needs its own."),
    "calls_negative_duration": N_("A call lasts less than nothing; correct its duration."),
    "calls_mixed": N_("These bills differ in {what} ({values}); compare them one customer and currency at a time."),
    "driver_unknown": N_("There is no driver “{driver}”; choose one of: {known}."),
    "driver_out_of_bounds": N_("{driver} cannot be {value}; choose a value from {low} to {high}."),
}
