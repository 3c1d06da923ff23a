"""Words of `tariff` and `rating`, and of their files."""

from roi_tool.wording.marking import N_

LABELS: dict[str, str] = {
    "rating.reason.no_number": N_("no number"),
    "rating.reason.no_rate": N_("no rate for the number"),
    "rating.reason.no_band": N_("no price at that time"),
    "rating.reason.too_long": N_("longer than 30 days"),
    "rating.reason.too_dear": N_("price beyond what can be counted"),
    "rating.reason.bad_start": N_("start cannot be read"),
    "rating.reason.bad_row": N_("row with another number of cells than the header"),
    "rating.rounding.up": N_("up"),
    "rating.rounding.half_up": N_("half up"),
    "rating.rounding.half_even": N_("half to even"),
    "rating.rounding.down": N_("down"),
    "rating.jurisdiction.interstate": N_("between two states"),
    "rating.jurisdiction.intrastate": N_("within one state"),
    "rating.jurisdiction.indeterminate": N_("of no known state"),
    "rating.reason.bad_duration": N_("duration cannot be read"),
}

SENTENCES: dict[str, str] = {
    "tariff_several": N_("This folder holds several tariffs ({names}); name one of them."),
    "tariff_file_missing": N_("There is no such tariff file; give a tariff folder or a tariff.toml file."),
    "tariff_not_utf8": N_("This tariff file is not UTF-8 text; save it as UTF-8 and try again."),
    "tariff_not_toml": N_("This tariff file cannot be read ({reason}); correct it and try again."),
    "tariff_invalid": N_("The tariff is not valid: {reason}. Correct it and try again."),
    "tariff_deck_row": N_("This deck row cannot be used: {reason}."),
    "tariff_rate_left_out": N_("Rate “{rate}” is not valid: {reason}. The deck rows that name it have no price."),
    "tariff_deck_columns": N_("The deck has columns that are not known ({columns}) or lacks “prefix”; it may have: {known}."),
    "tariff_rows_left_out": N_(
        "{count} findings in the deck: what those rows price is left unrated. Correct them and rate again."
    ),
    "tariff_more_rows": N_("{count} more rows cannot be used."),
    "tariff_ambiguous": N_(
        "Two rules fit the same calls to {prefix} equally well: {first}, and {second}. Give one a weight or another time."
    ),
    "rating_numbers_not_text": N_("The column of called numbers holds something other than text; read it as text."),
    "call_file_missing": N_("There is no such file of calls; check its name."),
    "call_file_unreadable": N_("This file of calls cannot be read ({reason}); give a CSV or Parquet file."),
    "call_file_columns": N_("This file of calls lacks {missing}; it must have a start, a called number and a duration."),
    "call_bad_start": N_("The start “{cell}” is no date and time; the call is not rated."),
    "call_bad_duration": N_("“{cell}” is no duration; the call is not rated."),
    "call_row_cells": N_("This row does not have as many cells as the header ({cells}); it is not rated."),
    "calls_unrated": N_("{count} calls were not rated: {reason}."),
    "cgrates_no_profile": N_("The plan has no profile for {tenant}, {category}, {subject}, nor one for *any."),
    "cgrates_row": N_("The plan cannot be read: {reason}."),
    "rating_explain_call": N_("The call to {called} began on {start} ({zone}) and lasted {duration} minutes."),
    "rating_explain_prefix": N_("The longest prefix in the deck that fits is {prefix}{destination}."),
    "rating_explain_whole_number": N_("The deck has a price for the whole number {prefix}{destination}."),
    "rating_explain_any_number": N_("No prefix fits, so the deck's row for every other number holds{destination}."),
    "rating_explain_rate": N_("Its rate is “{rate}”."),
    "rating_explain_dates": N_("That row holds from {first} until before {last}."),
    "rating_explain_dates_from": N_("That row holds from {first} on."),
    "rating_explain_dates_till": N_("That row holds until before {last}."),
    "rating_explain_jurisdiction": N_(
        "By the area codes of both numbers the call is {jurisdiction}; a number that was ported may lie in another state."
    ),
    "rating_ported_numbers": N_(
        "States are told by area codes; a number that was ported may lie in another state, and its call be charged otherwise."
    ),
    "rating_explain_band": N_("At its start the time band “{band}” held."),
    "rating_explain_attempt_fee": N_("Each attempt costs {amount} {currency}."),
    "rating_explain_connect_fee": N_("Being answered costs {amount} {currency}, once."),
    "rating_explain_minimum": N_("The rate bills at least {time} minutes."),
    "rating_explain_part": N_(
        "From {first} to {last} it costs {price} {currency} for each {unit} s, in steps of {increment} s: "
        "{count} × {increment} s = {billed} minutes billed, {amount} {currency}."
    ),
    "rating_explain_part_minute": N_(
        "From {first} to {last} it costs {price} {currency} a minute, in steps of {increment} s: "
        "{count} × {increment} s = {billed} minutes billed, {amount} {currency}."
    ),
    "rating_explain_part_free": N_("From {first} to {last} it is free."),
    "rating_explain_allowance": N_("An allowance pays {time} minutes of that."),
    "rating_explain_too_short": N_("It is shorter than what the rate gives free, so no time is billed."),
    "rating_explain_not_answered": N_("It was not answered, so no time is billed."),
    "rating_explain_capped": N_("The maximum charge of the rate limits the sum."),
    "rating_explain_floored": N_("The minimum charge of the rate applies."),
    "rating_explain_sum": N_("Together that is {charge} {currency}."),
    "rating_explain_rounding": N_("Together {exact}, rounded {method} to {decimals} decimals: {charge} {currency}."),
    "rating_explain_used_allowance": N_("The allowance “{rule}” pays {time} minutes of it."),
    "rating_explain_fair_use": N_("By the fair use rule “{rule}” it costs {after} {currency} instead of {before}."),
    "rating_explain_tiers": N_("By the volume prices “{rule}” it costs {after} {currency} instead of {before}."),
    "rating_explain_credit": N_("The monthly credit “{rule}” pays {amount} {currency} of it."),
    "rating_explain_surcharge": N_("The surcharge “{rule}” adds {amount} {currency}."),
    "rating_explain_surcharge_estimate": N_("The surcharge “{rule}” adds {amount} {currency}; that is an estimate."),
    "rating_explain_altogether": N_("So the call costs {amount} {currency}."),
    "rating_explain_tax": N_("Tax ({taxes}) adds {amount} {currency}: {total} {currency} with tax."),
    "rating_explain_tax_included": N_("{amount} {currency} of that is tax ({taxes})."),
    "rating_explain_tax_estimate": N_("The tax is an estimate."),
    "rating_explain_carrier": N_("The cheapest carrier is “{carrier}” at {cost} {currency}: a margin of {margin} {currency}."),
    "rating_explain_carrier_loss": N_(
        "The cheapest carrier is “{carrier}” at {cost} {currency}: a loss of {margin} {currency}."
    ),
    "rating_explain_no_carrier": N_("No carrier's deck prices the number, so its cost is not known."),
    "rating_explain_unpriced_outbound": N_("The tariff does not price outbound calls: it costs nothing."),
    "rating_explain_unpriced_inbound": N_("The tariff does not price inbound calls: it costs nothing."),
    "rating_explain_unpriced_internal": N_("It stayed on the customer's own network, which is free."),
    "rating_explain_not_then": N_("Prefix {prefix}{destination} fits, but not on that date."),
    "rating_explain_unrated_no_number": N_("It has no number, so it cannot be priced."),
    "rating_explain_unrated_no_rate": N_("No prefix in the deck fits the number at that time, so it cannot be priced."),
    "rating_explain_unrated_no_band": N_(
        "Prefix {prefix} fits, but has no price at some time of the call, which is not priced."
    ),
    "rating_explain_unrated_too_long": N_("It lasts longer than 30 days, a stuck record rather than a call; it is not priced."),
    "rating_explain_unrated_too_dear": N_("Its price is beyond what can be counted."),
    "call_id_unknown": N_("There is no call “{id}” in this file; check the id."),
}
