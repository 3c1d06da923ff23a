"""Words of `storage`, of opening cases, and of reading price books."""

from roi_tool.wording.marking import N_

LABELS: dict[str, str] = {
    "form.currency": N_("three capital letters such as GBP"),
    "form.country": N_("two capital letters such as GB"),
    "form.id": N_("small letters, figures and _ beginning with a letter"),
    "form.sku": N_("capital letters, figures, . _ and -"),
    "form.number": N_("2 to 15 figures"),
    "form.timezone": N_("a time zone such as Europe/London"),
    "parse.alias": N_("aliases (& and *) are not allowed"),
    "parse.deep": N_("it is nested too deeply"),
    "parse.no_entries": N_("it holds no entries"),
    "parse.syntax": N_("a colon, a quote, a bracket or an indent is wrong there or just before"),
}

SENTENCES: dict[str, str] = {
    "case_no_file": N_("There is no such file; check its name and folder."),
    "case_no_bill": N_("The case names this bill, but there is no such file; correct the entry “bills” or bring the file."),
    "case_too_large": N_("The file is larger than {limit} MB, which no case is; choose another file."),
    "case_not_readable": N_("The file is no YAML or JSON that can be read: {reason}. Correct it there."),
    "case_key_twice": N_("“{entry}” stands there twice, and nobody knows which is meant; remove one."),
    "file_not_text": N_("The file is not text in UTF-8; save it as such."),
    "entry_missing": N_("“{entry}” is missing; add it."),
    "entry_unknown": N_("There is no entry “{entry}”; write {known}, or take it out."),
    "entry_not_whole": N_("“{entry}” is {found}; give a whole number."),
    "entry_not_number": N_("“{entry}” is {found}; give a number."),
    "entry_too_precise": N_("“{entry}” is {found}; give at most {limit} decimals."),
    "entry_too_many_figures": N_("“{entry}” is {found}; give at most {limit} figures."),
    "entry_not_list": N_("“{entry}” must be a list, one line with a dash for each."),
    "entry_not_entries": N_("“{entry}” must hold entries of a name and a value."),
    "entry_not_text": N_("“{entry}” is {found}; give text."),
    "entry_not_yes_no": N_("“{entry}” is {found}; give true or false."),
    "entry_not_date": N_("“{entry}” is {found}; give a date such as 2026-08-31."),
    "entry_empty": N_("“{entry}” is empty; fill it in."),
    "entry_too_long": N_("“{entry}” is longer than {limit} letters; shorten it."),
    "entry_too_few": N_("“{entry}” names nothing; give at least one."),
    "entry_too_small": N_("“{entry}” is {found}; give {limit} or more."),
    "entry_too_small_or_equal": N_("“{entry}” is {found}; give more than {limit}."),
    "entry_too_large": N_("“{entry}” is {found}; give {limit} or less."),
    "entry_too_large_or_equal": N_("“{entry}” is {found}; give less than {limit}."),
    "entry_not_among": N_("“{entry}” is {found}; choose one of: {known}."),
    "entry_wrong_form": N_("“{entry}” is {found}; give {form}."),
    "entry_range_order": N_("{entry}: minimum ≤ low ≤ value ≤ high ≤ maximum does not hold; correct one of them."),
    "entry_wrong": N_("“{entry}” is {found}, which cannot be used ({reason}); correct it."),
    "quote_damaged": N_("This is no .roiquote file, or it is damaged ({reason}); use another copy."),
    "quote_too_new": N_(
        "The quote was written by a newer program (version {found}; this one knows {known}); update this program."
    ),
    "quote_not_written": N_("The quote could not be written ({reason}); choose another folder or free some space."),
    "pricebook_unknown": N_("There is no price book “{name}”; give a folder, or one of those that are shipped: {known}."),
    "pricebook_no_folder": N_("There is no such folder of a price book; check its name."),
    "pricebook_no_file": N_("The price book lacks its file {name}; add it."),
    "pricebook_too_large": N_("The file is larger than {limit} MB, which no price book is; check it."),
    "pricebook_not_toml": N_("The file is no TOML that can be read; a quote, a bracket or an equals sign is wrong there."),
    "pricebook_twice": N_("{entry}: it stands twice; remove one."),
    "pricebook_dates": N_("{entry}: {found} is not after {limit}, when the price book begins; correct one of the two."),
    "pricebook_no_product": N_("{entry}: there is no product {found}; add it to products.toml or correct the name."),
    "pricebook_no_tariff": N_("{entry}: there is no tariff {found}; name one of: {known}."),
    "pricebook_offers_staying": N_("{entry}: staying as you are is the customer’s, not the operator’s; remove the offer."),
    "pricebook_tariff_currency": N_("{entry}: {found} is not the book’s {limit}; use one currency."),
    "pricebook_tariff_outside": N_("{entry}: {found} lies outside the price book; move the tariff into its folder."),
    "pricebook_assumptions": N_(
        "{entry}: these assumptions are missing: {known}. Add each with value, range, source and date."
    ),
}
