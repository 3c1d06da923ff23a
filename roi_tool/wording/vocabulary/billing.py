"""Words of `billing`, of rate decks and of CGRateS."""

from roi_tool.wording.marking import N_

LABELS: dict[str, str] = {
    "movement.new": N_("new"),
    "movement.dearer": N_("dearer"),
    "movement.cheaper": N_("cheaper"),
    "movement.closed": N_("closed"),
    "movement.unchanged": N_("unchanged"),
    "deck.skipped.titles": N_("titles"),
    "deck.skipped.above_titles": N_("above the titles"),
    "deck.skipped.title_repeated": N_("titles repeated"),
    "deck.skipped.note": N_("notes without a code or a price"),
    "deck.skipped.repeated": N_("codes that stand twice with the same price"),
    "deck.skipped.other_sheet": N_("sheets without prices"),
    "deck.skipped.code_added": N_("codes listed as added, which the price sheet holds too"),
    "deck.skipped.not_a_removal": N_("rows of a sheet of changes that remove nothing"),
    "deck.increments.column": N_("a column"),
    "deck.increments.two_columns": N_("two columns"),
    "deck.increments.footnote": N_("a footnote"),
    "deck.increments.choice": N_("chosen"),
    "deck.increments.assumed": N_("assumed"),
    "deck.hyphen.range": N_("a range"),
    "deck.hyphen.area": N_("country and area"),
    "deck.role.code": N_("code"),
    "deck.role.country_code": N_("country code"),
    "deck.role.area_code": N_("area code"),
    "deck.role.npa": N_("area code (NPA)"),
    "deck.role.nxx": N_("exchange (NXX)"),
    "deck.role.country": N_("country"),
    "deck.role.destination": N_("destination"),
    "deck.role.detail": N_("detail"),
    "deck.role.rate": N_("price"),
    "deck.role.rate_new": N_("new price"),
    "deck.role.rate_current": N_("price now"),
    "deck.role.rate_first": N_("price of the first increment"),
    "deck.role.rate_next": N_("price of further increments"),
    "deck.role.rate_buy": N_("buying price"),
    "deck.role.rate_band": N_("price in a time band"),
    "deck.role.interstate": N_("price between states"),
    "deck.role.intrastate": N_("price within a state"),
    "deck.role.indeterminate": N_("price where the state is not known"),
    "deck.role.connect_fee": N_("connection fee"),
    "deck.role.min_charge": N_("minimum charge"),
    "deck.role.max_charge": N_("maximum charge"),
    "deck.role.increments": N_("billing increments"),
    "deck.role.initial": N_("first increment"),
    "deck.role.subsequent": N_("further increments"),
    "deck.role.grace": N_("grace period"),
    "deck.role.free": N_("free seconds"),
    "deck.role.from": N_("valid from"),
    "deck.role.till": N_("valid until"),
    "deck.role.change": N_("kind of change"),
    "deck.role.closed": N_("closed on"),
    "deck.role.blocked": N_("blocked"),
    "deck.role.currency": N_("currency"),
    "billing.reason.bad_row": N_("rows with the wrong number of cells"),
    "billing.reason.bad_start": N_("calls whose start cannot be read"),
    "billing.reason.bad_duration": N_("calls whose duration cannot be read"),
    "billing.reason.unknown_account": N_("calls of no account"),
    "billing.reason.outside_period": N_("calls of another month"),
    "billing.reason.duplicate": N_("calls whose id came before"),
    "billing.reason.unrated": N_("calls without a price"),
}

SENTENCES: dict[str, str] = {
    # Which table
    "deck_not_found": N_("No table of codes and prices was found in the first {rows} rows; is this a rate deck?"),
    "deck_prices_by_name": N_(
        "The prices stand by name, not by code (columns: {columns}); a deck needs a column of codes. "
        "Add the codes and try again."
    ),
    "deck_without_prices": N_("There are codes but no column of prices (columns: {columns}); name it “Rate” and try again."),
    "deck_sheet_unknown": N_("There is no sheet “{sheet}”; the sheets are: {sheets}."),
    "deck_sheets_several": N_("{count} sheets hold codes and prices ({sheets}); say which with --sheet."),
    "deck_price_columns_several": N_("Several columns could be the price: {columns}; say which with --price-column."),
    "deck_price_column_unknown": N_("There is no column “{column}”; the columns are: {columns}."),
    "deck_price_title_missing": N_("Column {column} has no title but holds decimals, so it is read as the price."),
    "deck_without_titles": N_("The file has no titles; column {code} is read as the code and column {price} as the price."),
    # Whole columns
    "deck_hyphen_mixed": N_(
        "A hyphen is a range in “{range}” and country and area in “{area}”; "
        "say which holds for the column with --hyphen range or --hyphen area."
    ),
    "deck_decimal_doubtful": N_("“{sample}” can be thousands or a decimal comma; it is read as a decimal comma."),
    "deck_date_ambiguous": N_(
        "“{sample}” reads as {options}, and nothing in the column decides; it is read as {chosen}. "
        "Say otherwise with --date-order."
    ),
    "deck_price_scaled": N_(
        "The title says another unit: prices are multiplied by {factor} to be per minute and in whole currency units."
    ),
    "deck_prices_rounded": N_("{count} prices are finer than nine decimals and were rounded half up to nine."),
    "deck_increments_assumed": N_(
        "The deck names no billing increments; {increments} is assumed. Say otherwise with --increments."
    ),
    "deck_increments_of_nobody": N_(
        "A footnote gives increments to “{names}”, but no destination starts with that; check them."
    ),
    "deck_currency_not_named": N_("The deck names no currency; say it with --currency."),
    "deck_currency_assumed": N_("The deck names no currency, so {currency} was assumed; say otherwise with --currency."),
    "deck_currency_unknown": N_("“{currency}” is no currency code; give three capital letters such as EUR."),
    "deck_currencies_differ": N_(
        "The old prices are in {old} and the new ones in {new}: dearer and cheaper mean nothing between two currencies; give "
        "both in one."
    ),
    "deck_currencies_several": N_("The deck is in several currencies ({currencies}); split it into one file for each."),
    "deck_country_unknown": N_("There is no country “{country}”; give two capital letters such as GB."),
    "deck_empty": N_("No row gave a code."),
    # One row
    "deck_code_missing": N_("A price without a code; give the row its code."),
    "deck_code_damaged": N_(
        "“{cell}” was a code before a spreadsheet changed it; format the column as text and ask the sender for the file again."
    ),
    "deck_code_not_digits": N_("“{cell}” is no dialling code."),
    "deck_code_empty": N_("“{cell}” holds no digits of a code."),
    "deck_code_national": N_("“{cell}” starts with 0, so its country is missing; say the deck's country with --country."),
    "deck_code_too_long": N_("“{cell}” is longer than any number (15 digits)."),
    "deck_range_crooked": N_("The range “{cell}” must go up between codes of the same length."),
    "deck_range_too_wide": N_("The range “{cell}” holds more than 100,000 codes; use a shorter prefix."),
    "deck_rate_missing": N_("There is no price."),
    "deck_rate_not_number": N_("The price “{cell}” is no number."),
    "deck_rate_negative": N_("The price “{cell}” is negative."),
    "deck_rate_too_high": N_("The price “{cell}” is above a million a minute."),
    "deck_increments_unreadable": N_("The billing increments “{cell}” cannot be read; they look like 60/1."),
    "deck_date_unreadable": N_("The date “{cell}” cannot be read, or ends before it starts."),
    "deck_code_repeated": N_("Code {code} stands more than once with the same price (rows {rows}); it is kept once."),
    "deck_code_contradicted": N_(
        "Code {code} has several prices for the same time (rows {rows}: {prices}); none is taken until the deck is mended."
    ),
    # Into a tariff
    "deck_not_written": N_("The tariff cannot be written to {folder} ({reason})."),
    "deck_closed_without_price": N_("{count} closed codes have no price here; they end in the deck that this one amends."),
    "deck_blocked_without_price": N_(
        "{count} codes are blocked; a tariff cannot refuse calls, so their calls take the price of a shorter code "
        "where there is one."
    ),
    "deck_rows_of_tariff_left_out": N_(
        "{count} rows of the tariff (such as that of prefix “{prefix}”) are not compared: they hold for a time band, a class "
        "of number, another direction or a whole number, or have a rate that no deck can express."
    ),
    "deck_unchanged_without_price": N_(
        "{count} codes are named without a price; read the deck with --onto the one in force to keep theirs."
    ),
    # CGRateS
    "cgrates_no_folder": N_("There is no folder of CGRateS files here."),
    "cgrates_file_missing": N_("The plan has no {file}; a CGRateS tariff plan needs it."),
    "cgrates_file_unreadable": N_("The file cannot be read as UTF-8 text."),
    "cgrates_row_short": N_("The row has {count} cells but needs {needed}."),
    "cgrates_no_such_profile": N_("The plan has no profile {asked}; it has: {known}."),
    "cgrates_cannot": N_("CGRateS cannot express “{what}”; take it out of the tariff or bill it elsewhere."),
    "cgrates_cannot_rate": N_("CGRateS cannot express “{what}” of rate “{rate}”; change the rate and try again."),
    "cgrates_cannot_entry": N_("CGRateS cannot express the row of prefix “{prefix}” ({what}); take it out and try again."),
    "cgrates_gap": N_(
        "Prefix “{prefix}” has no price for part of day {day} (1 is Monday); CGRateS stops working when a call runs "
        "into that, so give every hour a price."
    ),
    "cgrates_more": N_("{count} more reasons are not listed."),
    "cgrates_not_written": N_("The plan cannot be written to {folder} ({reason})."),
    "cgrates_rounds_increments": N_(
        "CGRateS rounds the price of one increment to 5 decimals before it multiplies ({count} rates, such as “{rate}”); "
        "set increment_decimals = 5 and increment_rounding = “cgrates” in the tariff to bill the same here."
    ),
    "cgrates_halves": N_(
        "CGRateS rounds halves in binary fractions, so an exact half (rate “{rate}”, its increment or its call) can fall down "
        "instead of up; increment_rounding = “cgrates” in the tariff does the same here."
    ),
    "cgrates_border_unseen": N_(
        "CGRateS does not see a border of time bands inside a slot that the call outlasts (rate “{rate}”); "
        "increment_rounding = “cgrates” in the tariff does the same here."
    ),
    "cgrates_zone": N_(
        "CGRateS judges time bands by the clock of the answer time that it is given: hand it local times with their offset "
        "(zone of the tariff: {zone})."
    ),
    "cgrates_dates": N_(
        "A call that runs over a date on which prices change can cost something else in CGRateS, which cuts it there; "
        "here the price at its start counts."
    ),
    "cgrates_whole_numbers": N_(
        "{count} whole numbers, such as {number}, are prefixes in the plan: a longer number that begins like one and has no "
        "price of its own is billed as if it were that number."
    ),
    "cgrates_holidays": N_("The plan spells out the holidays of {first} to {last}; write it again before they run out."),
    "cgrates_direction": N_(
        "Prices of {direction} calls are a category of their own (…_{direction}); rate such calls under it."
    ),
    "cgrates_left_out": N_(
        "The plan leaves out the tariff's {what}: CGRateS keeps them elsewhere, and prices are not touched."
    ),
    # The billing run
    "billing_accounts_unreadable": N_("The accounts cannot be read: {reason}."),
    "billing_accounts_too_large": N_("The accounts file is larger than 256 MB; split it."),
    "billing_accounts_none": N_("There are no accounts in this file; it needs a list “accounts”."),
    "billing_accounts_columns": N_("The accounts need columns “account” and “tariff” (found: {columns})."),
    "billing_account_wrong": N_("Account {account}, {field}: {reason}."),
    "billing_account_twice": N_("Account {account} stands twice; each id once."),
    "billing_number_twice": N_("Number {number} belongs to two accounts; give it to one."),
    "billing_tariff_missing": N_("There is no tariff “{tariff}” in this folder, which {accounts} should be billed by."),
    "billing_run_busy": N_("Another process is billing into this folder; wait until it is done."),
    "billing_other_run": N_(
        "This folder holds another run (different: {changed}); give a new folder, or the same input to go on with that run."
    ),
    "billing_folder_taken": N_("This folder holds other files; give an empty or a new one."),
    "order_of_staying": N_("Staying as you are is no order; choose one of the options that are offered."),
    "order_option_unknown": N_("There is no option “{option}” to order; choose one of: {known}."),
    "order_start_wrong": N_("“{start}” is no day such as 2026-12-01; give the first day of the contract."),
    "order_folder_taken": N_("There are files in this folder; give an empty or a new one for the order."),
    "order_not_written": N_("The order cannot be written here: {reason}."),
    "order_tax_left_out": N_(
        "The tax “{name}” is not on everything that is billed, so the order leaves it out; enter it in the billing."
    ),
    "billing_nothing_carried": N_(
        "Allowances roll over ({count}, such as “{allowance}”), and this run begins with nothing left from earlier months. "
        "If there was a month before, bill again into a new folder with --previous and that month's output; "
        "if not, --previous none says so."
    ),
    "billing_previous_unfinished": N_(
        "This folder holds no finished billing run whose sums close; finish that month first, then give its output here."
    ),
    "billing_previous_month": N_(
        "This folder holds {found}, but {month} goes on from {needed}; give the finished output of that month, or say with "
        "--period which month is billed."
    ),
    "billing_previous_damaged": N_(
        "What the allowances had left is not what that month's run wrote; bill that month again into a new folder and "
        "give that."
    ),
    "billing_allowance_changed": N_(
        "Allowance “{allowance}” of account {account} counts something else in tariff “{tariff}” than in the month before, "
        "so what is left cannot be taken up; give the new allowance another id, and what is left of the old one lapses."
    ),
    "billing_departed": N_(
        "Accounts of the month before that are not billed now had something left of their allowances ({count}, such as "
        "{account}): it lapses. If an account only has another id now, give it the old one."
    ),
    "billing_lapsed": N_(
        "What allowances had left lapses, because the tariff does not roll them over any more ({count}, such as "
        "“{allowance}” of account {account}); see that this was agreed."
    ),
    "billing_ids_shared": N_(
        "Call ids stand under several accounts ({count}, such as “{id}”), and each account was billed ({amount} without tax): "
        "shared_ids.csv lists the calls; see whose they are."
    ),
    "billing_no_calls": N_("There are no calls to bill and no month is named; say it with --period."),
    "billing_period_wrong": N_("“{period}” is no month; write it like 2026-05."),
    "billing_does_not_close": N_("Counts or sums do not close: this is our fault. Do not send these invoices."),
}
