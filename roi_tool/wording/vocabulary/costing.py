"""Words of `costing`, `quoting` and `pricebook`."""

from roi_tool.wording.marking import N_

LABELS: dict[str, str] = {
    "option.stay": N_("Stay as you are"),
    "option.onprem_pri": N_("On-premises IP PBX + PRI lines"),
    "option.onprem_sip": N_("On-premises IP PBX + SIP trunk"),
    "option.keep_sip": N_("Keep your PBX + SIP trunk"),
    "option.hosted": N_("Hosted IP PBX"),
    "option.mix": N_("A mix by site"),
    "option.short.mix": N_("Mix"),
    "category.usage": N_("Calls"),
    "category.lines": N_("Lines and channels"),
    "category.seats": N_("Seats"),
    "category.numbers": N_("Numbers"),
    "category.equipment": N_("Equipment"),
    "category.licences": N_("Licences"),
    "category.setup": N_("Set-up"),
    "category.maintenance": N_("Maintenance"),
    "category.labour": N_("Administration"),
    "category.power": N_("Power and space"),
    "category.connectivity": N_("Connectivity"),
    "category.training": N_("Training"),
    "category.porting": N_("Number porting"),
    "category.termination": N_("Ending the old contract"),
    "category.overlap": N_("Paid twice while changing"),
    "category.change": N_("Own time in the change"),
    "category.tax": N_("Taxes and fees"),
    "category.other": N_("Other"),
    "cost.usage": N_("Calls"),
    "cost.commitments": N_("Minimum spend, channels and flat amounts of the tariff"),
    "cost.rental": N_("Line rental and services as billed"),
    "cost.kept_rental": N_("Rental on today’s bills that goes on"),
    "cost.item": N_("{name}"),
    "cost.pbx_purchase": N_("IP PBX, licences and handsets"),
    "cost.maintenance": N_("PBX maintenance"),
    "cost.upgrade": N_("PBX upgrade"),
    "cost.residual": N_("Value left at the end"),
    "cost.power": N_("Electricity and cooling"),
    "cost.administration": N_("Administration time"),
    "cost.termination": N_("Early termination of the old contract"),
    "cost.overlap": N_("Old and new service side by side"),
    "cost.time_saved": N_("Staff time saved (soft)"),
    "cost.financing": N_("Instalments instead of the purchase price"),
    "cost.tax": N_("{name} (estimate)"),
    "cost.assurance": N_("Software assurance of the PBX"),
    "cost.replacement": N_("Replacement of the PBX at end of life"),
    "cost.spares": N_("Spare parts"),
    "cost.space": N_("Rack and room"),
    "cost.exit": N_("Leaving the new contract early"),
    "cost.own_labour": N_("Your own people’s time in the project"),
    "cost.downtime": N_("Hours without telephones at the change"),
    "cost.learning": N_("Slower work while learning (soft)"),
    "driver.seats": N_("Seats"),
    "driver.staff_growth": N_("Staff growth a year"),
    "driver.outbound_minutes": N_("Outbound minutes"),
    "driver.mobile_share": N_("Calls to mobiles"),
    "driver.hosted_seat_price": N_("Hosted seat price"),
    "driver.channels": N_("Channels"),
    "driver.channel_price": N_("SIP channel price"),
    "driver.pri_line_price": N_("PRI circuit price"),
    "driver.pbx_purchase": N_("PBX purchase"),
    "driver.maintenance_rate": N_("Maintenance a year"),
    "driver.admin_hours": N_("Administration"),
    "driver.labour_rate": N_("Cost of an hour"),
    "driver.term_months": N_("Contract term"),
    "driver.soft_time_saved": N_("Time saved, counted at"),
    "driver.horizon_months": N_("Months compared"),
    "driver.discount_rate": N_("Discount rate"),
    "driver.today_rental": N_("Line rental today"),
    "driver.kept_rental": N_("Of which goes on anyway"),
    "driver.today_maintenance": N_("PBX maintenance today"),
    "driver.today_upgrade": N_("Upgrade your PBX needs"),
    "driver.numbers": N_("Numbers"),
    "driver.freephone_numbers": N_("Own freephone numbers"),
    "driver.analogue_lines": N_("Analogue lines that stay"),
    "driver.sites": N_("Sites"),
    "driver.carrier_price_rise": N_("Today’s prices rise a year"),
    "driver.offer_price_rise": N_("Offered prices rise a year"),
    "driver.labour_rise": N_("Labour costs rise a year"),
    "driver.contract_months_left": N_("Months left on the old contract"),
    "driver.termination_share": N_("Of which to be paid"),
    "driver.overlap_weeks": N_("Weeks with both services"),
    "driver.upgrade_share": N_("PBX upgrade, share of purchase"),
    "driver.upgrade_month": N_("PBX upgrade in month"),
    "driver.residual_share": N_("Resale value, share of purchase"),
    "driver.soft_minutes_per_seat": N_("Minutes saved a seat and month"),
    "driver.power_watts": N_("PBX power, watts"),
    "driver.power_price": N_("Electricity a kWh"),
    "driver.finance_months": N_("PBX paid in instalments, months"),
    "driver.finance_rate": N_("Interest of instalments"),
    "driver.finance_residual": N_("Lease: paid at its end, share of purchase"),
    "driver.assurance_rate": N_("Software assurance a year"),
    "driver.spares_share": N_("Spare parts, share of purchase"),
    "driver.cooling_share": N_("Cooling, on top of the power"),
    "driver.rack_rent": N_("Rent of rack and room"),
    "driver.lan_share": N_("Desks that need cable and switch port"),
    "driver.desk_phone_share": N_("Hosted seats with a new desk phone"),
    "driver.phone_rental_share": N_("Of which rented"),
    "driver.headset_share": N_("Desks with a new headset"),
    "driver.common_area_share": N_("Seats in common areas"),
    "driver.analogue_devices": N_("Fax, door and paging devices"),
    "driver.backup_share": N_("Sites with a back-up line"),
    "driver.burst_share": N_("Burst channels, of all channels"),
    "driver.caller_name_share": N_("Numbers that show a name"),
    "driver.recording_share": N_("Seats that are recorded"),
    "driver.crm_share": N_("Seats with customer records"),
    "driver.contact_centre_share": N_("Seats of contact centre agents"),
    "driver.exit_share": N_("Leaving the new contract early, share owed"),
    "driver.project_hours": N_("Own hours in the project"),
    "driver.downtime_hours": N_("Hours a desk without telephone"),
    "driver.learning_hours": N_("Hours a desk lost while learning"),
    "confidence.bill": N_("bill"),
    "confidence.contract": N_("contract"),
    "confidence.measured": N_("measured"),
    "confidence.price_book": N_("price book"),
    "confidence.choice": N_("choice"),
    "confidence.estimate": N_("estimate"),
    "confidence.default": N_("default"),
}

SENTENCES: dict[str, str] = {
    "driver_not_whole": N_("{driver} cannot be {value}; give a whole number."),
    "driver_range": N_("{driver}: the range from {low} to {high} does not hold the value {value}; correct one of the three."),
    "amounts_too_large": N_("These values add up to more than can be counted exactly; check seats, prices and growth."),
    "customer_nameless": N_("The customer has no name; give one."),
    "seats_impossible": N_("{seats} seats cannot be; give 1 or more."),
    "currencies_differ": N_(
        "The bills are in {bills} and the price book in {book}; use a price book in the bills’ currency, or "
        "give a rate of exchange."
    ),
    "currency_converted": N_("The bills are in {from}; they are converted to {to} at {rate} of {day} ({source})."),
    "exchange_rate": N_(
        "{rate} is no rate of exchange for {currency}; give what one unit of it is worth in the price book’s currency."
    ),
    "bills_month_missing": N_(
        "The bills have a gap from {start} to {end}; the months that are there are used. Add the missing "
        "bill for a full picture."
    ),
    "bill_twice": N_("{bill} is the same bill as {other}; it is counted once."),
    "bills_uneven": N_(
        "The bills of {bills} cover {own} of the {months} months, so what they cost a month is counted too low; "
        "add the missing bills."
    ),
    "bills_odd_period": N_(
        "The bills cover {days} days: what they hold is scaled to a month as {months} months. Add bills for whole months."
    ),
    "bill_unreconciled": N_(
        "{bill} does not add up: its stated total differs by {difference} from what was read. Figures that "
        "rest on it are marked."
    ),
    "usage_months_cut": N_(
        "The bills cover {months} months that lie in {touched} calendar months, and tariff “{tariff}” counts allowances, "
        "tiers or commitments by the calendar month: its calls may come out too cheap or too dear; add bills of whole "
        "calendar months."
    ),
    "usage_besides_calls": N_(
        "Tariff “{tariff}” charges {amount} a month besides calls (a minimum spend, channels, flat amounts). It is a line of "
        "its own, for the calls as they are on the bills: moving the minutes does not move it."
    ),
    "usage_unrated": N_(
        "{count} of {calls} calls have no price under tariff {tariff} and count as 0 there; add their "
        "destinations to the tariff."
    ),
    "calls_typical": N_(
        "There are no bills yet: today’s cost and the calls are a typical customer’s of {seats} seats. Add "
        "bills for real figures."
    ),
    "typical_too_many": N_(
        "Without bills the calls of {seats} seats cannot be guessed, only those of up to {most}; add a month’s itemised bill."
    ),
    "calls_not_itemised": N_(
        "The bills list no calls: the calls of a typical customer of {seats} seats stand in for them. Ask for itemised bills."
    ),
    "calls_unpriced": N_(
        "The calls carry no prices: what they cost today is estimated under tariff {tariff}. Add a bill with "
        "prices for the real cost."
    ),
    "rental_unknown": N_(
        "The bills show no line rental: it is taken as usual for the number of seats. Add the bill of the lines, or enter it."
    ),
    "rental_goes_on": N_(
        "{amount} a month of the bills is for internet access, mobile contracts or the like; it goes on under every option."
    ),
    "no_calls_at_all": N_("There are no calls, and the price book {book} has no typical ones to stand in; add bills."),
    "vat_taken_out": N_("The bills include VAT; it is taken out at {rate} %, so that all options compare without it."),
    "soft_savings_counted": N_("Staff time saved is counted at {share} %. It is a soft saving: no bill gets smaller by it."),
    "staying_is_cheapest": N_("Staying as you are is the cheapest option here."),
    "lead_changes": N_("{a} is the cheapest at first; from month {month} on {b} has cost less in total."),
    "lead_changes_later": N_(
        "{b} would overtake {a} in month {month}, soon after the {horizon} months compared; look at a longer time too."
    ),
    "product_withdrawn": N_("{product} is withdrawn from the market on {day}. {note}"),
    "scope_own_bandwidth": N_(
        "SIP trunk runs over the customer’s own internet line here, which is not in its cost, while other "
        "options include a line."
    ),
    "channels_too_few": N_("{channels} channels are fewer than the {needed} that these calls need in the busy hour."),
    "price_book_expired": N_("The price book {book} was valid until {day}; get the current one before quoting."),
    "setting_unreadable": N_("“{setting}” is no setting; write DRIVER=VALUE, such as seats=120."),
    "target_unreadable": N_("“{target}” is no target; write FIGURE=VALUE, such as payback_months=18."),
    "option_unknown": N_("There is no option “{option}” here; choose one of: {known}."),
    "mix_seats": N_("The sites of the mix have {sum} seats together, the customer has {seats}; correct the sites’ seats."),
    "mix_site": N_("No call is from a site called “{site}”; name it as the bills do: {known}."),
    "target_unknown": N_("There is no figure “{figure}” to solve for; choose one of: {known}."),
    "target_out_of_reach": N_(
        "No value of {driver} from {low} to {high} reaches {figure} = {value}; the nearest is {nearest}, at {at}."
    ),
}
