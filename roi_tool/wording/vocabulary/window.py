"""Words of `desktop` and `workspace`."""

from roi_tool.wording.marking import N_

LABELS: dict[str, str] = {
    "page.home": N_("Home"),
    "page.customer": N_("Customer"),
    "page.bills": N_("Bills"),
    "page.traffic": N_("Traffic"),
    "page.today": N_("Today"),
    "page.options": N_("Options"),
    "page.what_if": N_("What-if"),
    "page.reports": N_("Reports"),
    "step.case": N_("change of customer or bills"),
    "step.reset": N_("reset of all values"),
}

SENTENCES: dict[str, str] = {
    "settings_unreadable": N_("The settings cannot be used ({reason}); the defaults stand in until you change a setting."),
    "settings_not_written": N_("The settings could not be kept ({reason}); they hold until the window is closed."),
    "value_unreadable": N_("“{typed}” is not a number; type one such as 12.5."),
    "value_out_of_bounds": N_("“{typed}” is out of bounds; type a value from {low} to {high}."),
    "nothing_to_read": N_("There is no file to read; choose bills as CSV, XLSX or text files."),
    "export_kind_unknown": N_("“{kind}” is not a kind of paper; let the file's name end in .pdf or .xlsx."),
    "export_not_written": N_("The paper could not be written ({reason}); close the file elsewhere or choose another place."),
}
