"""Words of `traffic`, and of the returns in `costing`."""

from roi_tool.wording.marking import N_

LABELS: dict[str, str] = {
    "decided_by.peak": N_("the measured peak of calls at one time"),
    "decided_by.erlang_b": N_("Erlang B on the busy hour"),
    "layer2.ethernet": N_("Ethernet, 14 + 4 frame check"),
    "layer2.ethernet-802.1q": N_("Ethernet with one 802.1Q tag"),
    "layer2.ethernet-qinq": N_("Ethernet with two tags"),
    "layer2.pppoe": N_("PPP over Ethernet"),
    "layer2.ppp": N_("PPP, 6 + closing flag"),
    "layer2.mlppp": N_("Multilink PPP, 6 + closing flag"),
    "layer2.frf12": N_("Frame Relay with FRF.12, 6 + closing flag"),
    "layer2.frame-relay": N_("Frame Relay, 6 + closing flag"),
    "layer2.hdlc": N_("HDLC, 6 + closing flag"),
    "layer2.atm": N_("ATM AAL5 with LLC/SNAP, in cells of 53"),
    "layer2.ip": N_("at the IP layer, no link header"),
    "convention.tei": N_(
        "TEI: the start undiscounted, each year's money discounted at the end of its year; a part year counts as a year"
    ),
    "convention.monthly": N_(
        "monthly: the start undiscounted, each month's money discounted at the end of its month, at the twelfth root of the "
        "yearly rate"
    ),
    "convention.dated": N_("dates: the first day undiscounted, later ones by years of 365 days, as XNPV and XIRR do"),
    "note.costs_negative": N_("The costs stand with a minus sign; they were read as costs, not as savings."),
    "note.rate_above_one": N_("The rate is above 100 % a year; 10 % is written 0.1 or “10%”."),
    "note.keys_unknown": N_("Entries that are not known here and were not used: {keys}."),
    "note.columns_are_years": N_("The columns were read as years; where they are months, add “periods”: “months”."),
    "figure.pv_benefits": N_("Present value of benefits"),
    "figure.pv_costs": N_("Present value of costs"),
    "figure.npv": N_("Net present value (NPV)"),
    "figure.roi_tei": N_("ROI by TEI (NPV / present value of costs)"),
    "figure.roi_nucleus": N_("ROI by Nucleus (average year of three / initial cost)"),
    "figure.irr": N_("Internal rate of return a year (IRR)"),
    "figure.payback_months": N_("Payback, simple"),
    "figure.payback_discounted_months": N_("Payback, discounted"),
    "undefined.dated": N_("it is defined for years, and these flows are dated"),
    "undefined.no_result": N_("no number fits these figures"),
    "undefined.endless_queue": N_("with at least as much traffic as lines the queue grows without end; there is no mean wait"),
    "model.erlang_b": N_("Erlang B"),
    "model.erlang_c": N_("Erlang C"),
    "model.extended_erlang_b": N_("Extended Erlang B"),
    "undefined.target_not_reached": N_("no value between the bounds reaches the target"),
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
    "erlang_two_of_three": N_("{count} of traffic, lines and blocking are given; give exactly two, and the third is found."),
    "erlang_duration": N_("--calls needs --duration, the mean duration of a call in seconds."),
    "erlang_collapse": N_(
        "With every lost caller trying again, {lines} lines cannot carry {traffic} erlangs and attempts pile up without end; "
        "give more lines or a smaller retry share."
    ),
    "returns_rate": N_("A yearly rate of {rate} cannot be used to discount; give a fraction above −1, such as 0.1 for 10 %."),
    "returns_scenarios": N_("The scenarios must be cases by name, such as low, base and high; give each its own object."),
    "returns_too_large": N_(
        "At a yearly rate of {rate} over {periods} periods the values grow too large to compute; give a rate further above −1."
    ),
    "returns_ragged": N_("The flows differ in length ({first} columns and {other}); give every row the same columns."),
    "returns_empty": N_("There are no flows over time; give at least one row with an initial column and one period after it."),
    "returns_dates": N_("{dates} dates do not fit {columns} columns; give one for each, none before the first and in order."),
    "returns_periods": N_("{periods} periods cannot be computed; give a number above 0."),
    "returns_printed": N_("No figure is called “{name}”; choose from: {known}."),
    "returns_file": N_("The file cannot be read ({reason}); check its name and that it is text in UTF-8."),
    "returns_json": N_("This is not the JSON object that is needed ({reason}); see `roi-tool returns --help`."),
    "returns_key_missing": N_("“{key}” is missing; add it to the file."),
    "returns_number": N_("{name} is {value}, which is no usable number; write it like 1250.50."),
    "returns_list": N_("{name} must be a list of 1 to {most} numbers; write it like [-100, 40, 40]."),
    "returns_date": N_("{value} is no date; write it like 2026-05-31."),
    "returns_risk": N_("The risk of {name} is {value}; give a fraction from 0 to 1."),
    "returns_choice": N_("{key} cannot be “{value}”; choose from: {known}."),
    "returns_function": N_("There is no function “{function}”; choose from: {known}."),
    "traffic_minutes": N_(
        "{minutes} minutes a month on {days} working days with {share} of a day in its busy hour make no traffic; give minutes "
        "from 0, days from 1 to 31 and a share above 0, at most 1."
    ),
    "traffic_no_calls": N_(
        "There is no call in these files, so that no traffic can be measured; give the minutes of a month with --minutes."
    ),
    "traffic_span": N_(
        "The calls run from {first} to {last}, more than {most} years; look for a wrong date, such as a wrong year."
    ),
    "traffic_gap": N_(
        "There is no call from {first} to {last}: a bill seems to be missing. These days count in no average; add the bill if "
        "there is one."
    ),
    "traffic_no_times": N_(
        "The bill shows days without times of day: busy hour and channels are estimated from the minutes, nothing is measured."
    ),
    "traffic_nothing_given": N_("No file is given; name calls or bills, or give the minutes of a month with --minutes."),
    "traffic_minutes_or_files": N_("Files and --minutes are both given; give one of them."),
    "traffic_file": N_("There is no file {file}; check its name."),
    "traffic_out": N_(
        "A traffic report is made of calls or bills and written as .pdf or .xlsx; {file} cannot be made of what was given."
    ),
    "traffic_lines": N_("{lines} lines paid for make no sense; give a whole number from 1 on."),
    "traffic_months": N_("A period of {months} months makes no sense; give a whole number from 1 on."),
    "traffic_rejected": N_("{count} rows could not be read and are not in these figures; see roi-tool bill read."),
    "budget_month": N_("A fiscal year cannot begin in month {month}; give a month from 1 to 12."),
    "three_points": N_(
        "Lowest {low}, most likely {likely} and highest {high} are not in this order; give three numbers that do not fall."
    ),
    "draws_count": N_("{draws} draws cannot be made; give a number from 2 to 10,000,000."),
    "codec_unknown": N_("“{codec}” is no codec that is known; choose from: {known}."),
    "codec_payload": N_("{codec} cannot carry {payload} ms in a packet; choose a multiple of {frame} ms, up to 1000."),
    "codec_bit_rate": N_("{codec} cannot run at {rate} bit/s; leave the rate out, or use Opus from 6000 to 510000."),
    "layer2_unknown": N_("“{layer2}” is no link that is known; choose from: {known}."),
    "vpn_unknown": N_("“{vpn}” is no tunnel that is known; choose from: {known}, or give its bytes with --vpn-bytes."),
    "bandwidth_calls": N_("The bandwidth of {calls} calls cannot be computed; give a number from 0 to 10,000,000."),
    "bandwidth_talking": N_("The share of time with speech cannot be {talking}; give a fraction above 0, at most 1."),
    "bandwidth_bytes": N_("{bytes} is no sensible overhead; give a number from 0 to 1000."),
    "bandwidth_link": N_("A link of {link} kbit/s with {reserve} of it kept free cannot be; give 0 or more, and less than 1."),
    "crtp_link": N_("Header compression (cRTP) does not work over {layer2} or a tunnel, only on serial links: {known}."),
}
