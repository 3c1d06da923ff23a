"""Words of `storage`, of opening cases, and of reading price books."""

from roi_tool.wording.marking import N_

LABELS: dict[str, str] = {}

SENTENCES: dict[str, str] = {
    "case_no_file": N_("There is no such file; check its name and folder."),
    "case_no_bill": N_("The case names this bill, but there is no such file; correct the entry “bills” or bring the file."),
    "case_too_large": N_("The file is larger than {limit} MB, which no case is; choose another file."),
    "case_not_readable": N_("The file is no YAML or JSON that can be read ({reason}); correct it there."),
    "case_wrong": N_("The entry “{entry}” is wrong: {reason}. Correct it in the case file."),
    "quote_damaged": N_("This is no .roiquote file, or it is damaged ({reason}); use another copy."),
    "quote_too_new": N_(
        "The quote was written by a newer program (version {found}; this one knows {known}); update this program."
    ),
    "quote_not_written": N_("The quote could not be written ({reason}); choose another folder or free some space."),
    "pricebook_unknown": N_("There is no price book “{name}”; give a folder, or one of those that are shipped: {known}."),
    "pricebook_no_folder": N_("There is no such folder of a price book; check its name."),
    "pricebook_no_file": N_("The price book lacks its file {name}; add it."),
    "pricebook_too_large": N_("The file is larger than {limit} MB, which no price book is; check it."),
    "pricebook_not_toml": N_("The file is no TOML that can be read ({reason}); correct it there."),
    "pricebook_wrong": N_("{entry}, “{key}”: {reason}. Correct the entry in the price book."),
}
