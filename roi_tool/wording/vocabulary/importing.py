"""Words of `importing`."""

from roi_tool.wording.marking import N_

LABELS: dict[str, str] = {
    "charge_kind.recurring": N_("recurring"),
    "charge_kind.one_off": N_("one-off"),
    "charge_kind.usage_summary": N_("usage, not itemised"),
    "charge_kind.tax": N_("tax"),
    "charge_kind.fee": N_("fee"),
    "charge_kind.discount": N_("discount"),
    "charge_kind.credit": N_("credit"),
    "skipped.header": N_("column titles"),
    "skipped.heading": N_("headings"),
    "skipped.text": N_("plain text"),
    "skipped.total": N_("totals"),
    "skipped.type_row": N_("rows of data types"),
    "skipped.leg": N_("further legs of a call"),
    "skipped.usage_itemised": N_("summaries of calls that are itemised"),
    "skipped.layout_rule": N_("rows that the layout leaves out"),
    "skipped.message": N_("texts and data sessions without a charge"),
    "skipped.duplicate": N_("rows read already"),
    "skipped.in_progress": N_("records of calls still going on"),
    "skipped.summary": N_("summaries of other rows"),
    "skipped.equipment": N_("equipment and service details"),
    "skipped.not_a_call": N_("records that are no calls"),
    "audit.overcharged": N_("overcharged"),
    "audit.undercharged": N_("undercharged"),
    "audit.double_billed": N_("billed twice"),
    "explanation.subtotal": N_("total of a part"),
    "explanation.summary": N_("summary of rows"),
    "explanation.file": N_("all summaries of the file"),
    "explanation.not_in_file": N_("not in this file"),
    "tax_said.True": N_("with tax"),
    "tax_said.False": N_("without tax"),
    "asked.date_order": N_("dates"),
    "asked.duration": N_("durations"),
    "asked.charge": N_("charge"),
    "asked.timezone": N_("time zone"),
    "asked.currency": N_("currency"),
    "audit.not_judged": N_("not judged"),
    "audit.cause.whole_minutes": N_("as if each minute begun were charged"),
    "audit.cause.other_time": N_("as if at another time of the day or week"),
    "audit.cause.with_tax": N_("as if with tax"),
    "audit.cause.without_tax": N_("as if without tax"),
    "audit.cause.rounded": N_("rounded otherwise than agreed"),
    "audit.cause.other_file": N_("stands in another file too"),
    "audit.cause.same_file": N_("stands in this file twice"),
    "audit.cause.no_charge": N_("no charge on the bill"),
    "question.ambiguous_date": N_("Does the day or the month come first?"),
    "question.ambiguous_duration": N_("How are the durations written?"),
    "question.ambiguous_money": N_("Which column is the charge?"),
    "question.ambiguous_currency": N_("Which dollars are the amounts?"),
    "answer.USD": N_("US dollars"),
    "answer.CAD": N_("Canadian dollars"),
    "answer.AUD": N_("Australian dollars"),
    "answer.NZD": N_("New Zealand dollars"),
    "answer.dmy": N_("day, month, year"),
    "answer.mdy": N_("month, day, year"),
    "answer.ymd": N_("year, month, day"),
    "answer.m:s": N_("minutes and seconds"),
    "answer.h:m": N_("hours and minutes"),
    "answer.seconds": N_("seconds"),
    "answer.minutes": N_("minutes"),
}

SENTENCES: dict[str, str] = {
    "no_files": N_("No file was named; name at least one bill."),
    "file_missing": N_("There is no such file; check its name and folder."),
    "file_is_folder": N_("This is a folder; name the files in it."),
    "file_is_no_file": N_("This is a device or a pipe, not a file; save the bill as a file and read that."),
    "file_changed": N_("The file changed while it was read; wait until it is complete and read it again."),
    "file_unreadable": N_("The file cannot be opened ({reason}); close it in other programs or check your rights."),
    "file_too_large": N_("The file is larger than {limit}; split it and read the parts together."),
    "no_room_for_calls": N_(
        "There is no room on the disk for the calls of this long bill ({reason}); free about as much as the file takes and"
        " read it again."
    ),
    "file_empty": N_("The file holds nothing; ask for it again."),
    "file_is_picture": N_("This is a picture, not a bill; ask the carrier for the CSV or Excel download."),
    "pdf_reader_missing": N_(
        'This is a PDF; ask the carrier for the CSV or Excel download, or install the PDF reader: pip install "roi-tool[pdf]".'
    ),
    "pdf_first_try": N_("This was read from a PDF, which is a first try ({percent} % sure); check the calls and the total."),
    "pdf_protected": N_("The PDF is protected by a password; save it without one, or ask for the CSV or Excel download."),
    "pdf_without_text": N_("The PDF holds pictures of pages and no text; ask the carrier for the CSV or Excel download."),
    "pdf_pages_unread": N_(
        "{count} pages hold pictures and no text and were not read (from page {page} on); check the calls and the total."
    ),
    "pdf_table_ruled": N_("Page {pages}: a ruled table of {rows} rows, {percent} % sure at most."),
    "pdf_table_printed": N_("Page {pages}: {rows} printed lines, cut into cells at wide gaps, {percent} % sure at most."),
    "pdf_too_long": N_("The PDF has more than {limit} pages; ask the carrier for the CSV or Excel download."),
    "file_is_pdf": N_("This is a PDF; ask the carrier for the CSV or Excel download, which holds every call exactly."),
    "file_is_binary": N_("This is no text and no workbook that can be read; ask for the bill as CSV or Excel."),
    "file_is_web_page": N_("This is a web page, not a download; save the bill as CSV or Excel and read that."),
    "xml_refused": N_("This XML file cannot be read safely; ask for the bill as CSV or Excel."),
    "xml_damaged": N_("The file is damaged or incomplete from line {line} on; download it again."),
    "xml_without_table": N_("This XML holds no records that look like calls or charges; ask for the bill as CSV or Excel."),
    "workbook_protected": N_("The workbook is protected by a password; open it, save it without one and read it again."),
    "workbook_damaged": N_("The workbook is damaged or incomplete; download it again."),
    "workbook_formulas": N_("The sheet holds formulas without values; open it in Excel, save it and read it again."),
    "sheet_too_large": N_(
        "The sheet spans {rows} rows and {columns} columns, more than any bill; delete the empty ones and save it again."
    ),
    "workbook_too_large": N_("The sheets of the workbook span more cells than any bill; delete those that are not part of it."),
    "too_many_columns": N_(
        "The file has {count} columns, more than any bill ({limit} are read); remove what is not part of it."
    ),
    "archive_damaged": N_("The zip file is damaged or incomplete; download it again."),
    "archive_protected": N_("The zip file is protected by a password; unpack it and read the files in it."),
    "archive_too_large": N_(
        "The zip file would unpack to far more than any bill holds and is refused; unpack it yourself if you trust it."
    ),
    "archive_in_archive": N_("The zip file holds other zip files; unpack it and read the files in it."),
    "archive_too_many": N_("The zip file holds {count} files ({limit} are read); unpack it and read those of the bill."),
    "archive_members_unread": N_(
        "{count} files in the zip were not read ({names}); if they are part of the bill, unpack them and read them too."
    ),
    "archive_without_bill": N_("The zip file holds no bill that can be read."),
    "no_calls": N_("No calls and no charges were found; check that this is a bill, or say what its columns are."),
    "option_invalid": N_("{option} cannot be “{value}”; use {known}."),
    "layout_unknown": N_("There is no layout “{layout}”; choose one of: {known}."),
    "layout_not_toml": N_("The layout file cannot be read ({reason}); correct it."),
    "layout_name_taken": N_("A layout that came with the tool has the name “{layout}” already; choose another name."),
    "layout_not_written": N_("The layout could not be saved ({reason}); check your rights in its folder."),
    "layout_invalid": N_("The layout's field “{field}” is not valid ({reason}); correct it."),
    "cell_not_date": N_("the date cannot be read; correct it, or say how dates are written."),
    "cell_not_duration": N_("the duration cannot be read; correct it, or say how durations are written."),
    "cell_not_amount": N_("the amount cannot be read; correct it."),
    "numbers_mangled": N_(
        "A spreadsheet has cut the digits of {count} numbers (such as 1.41555E+10); ask for the original file."
    ),
    "duplicate_rows": N_("{count} calls stand in an earlier file already and are counted once."),
    "duplicate_file": N_("The file holds nothing that an earlier one does not ({count} calls); it is not counted again."),
    "repeated_rows": N_("{count} rows are exactly alike; they are kept, but check for double billing."),
    "ambiguous_date": N_("It is not certain whether the day or the month comes first ({samples}); say so with --date-order."),
    "ambiguous_duration": N_("It is not certain how durations are written ({samples}): {options}."),
    "ambiguous_currency": N_("Amounts such as {samples} may be {options}, and nothing else tells; say so with --currency."),
    "zone_assumed": N_(
        "The numbers do not prove one time zone of {country}, so {zone} is taken; if the account keeps another, say --timezone."
    ),
    "ambiguous_money": N_("It is not certain which column is the charge ({options}); say so with --charge."),
    "usage_not_itemised": N_(
        "“{label}” is more than the calls that are itemised; the rest is kept as usage that is not itemised."
    ),
    "not_reconciled": N_("The bill states {stated} ({by}), {read} was read: {difference} is not explained."),
    "difference_explained": N_(
        "The bill states {stated} ({by}), {read} was read: the difference of {difference} is explained line by line."
    ),
    "difference_explained_in_part": N_(
        "The bill states {stated} ({by}), {read} was read: {rest} of the difference of {difference} is not explained."
    ),
    "bill_repeated": N_("This holds the {count} calls of {other} again, under another name; it is not counted."),
    "bill_repeated_charges": N_("This holds the charges of {other} again, under another name; it is not counted."),
    "bill_repeated_in_part": N_("{count} of its {all} calls stand in {other} already and are counted once."),
    "answer_recalled": N_("Read with {answer}, as you answered on {day}."),
    "answer_not_kept": N_("The answer could not be kept ({reason}); check your rights in its folder."),
    "answer_unknown": N_("There is no answer with the id “{id}”; `roi-tool bill answers` lists them."),
    "remember_nothing": N_(
        "--remember keeps what --date-order, --duration, --charge, --timezone and --currency say; give at least one of them."
    ),
    "charge_unknown": N_("No column has the title “{title}”; the titles are: {known}."),
    "output_not_written": N_("{file} could not be written ({reason}); close it where it is open, or choose another place."),
    "audit_without_charges": N_("The bill shows no charges for its calls, so there is nothing to audit."),
    "audit_tax_unknown": N_(
        "The bill’s prices are {bill}, the contract’s {contract}; say the rate with --vat, such as --vat 20, to compare them."
    ),
    "audit_tax_assumed": N_(
        "The bill does not say whether its prices hold tax; they are taken to be {state} as the contract’s."
    ),
    "audit_unpriced": N_("{count} calls cannot be judged: {reason}."),
    "audit_currency": N_("The bill is in {bill}, the contract in {contract}; audit it against the contract of its currency."),
}
