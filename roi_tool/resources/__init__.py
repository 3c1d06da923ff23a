"""Where the data that ships with the tool lie: fonts, example price books, report templates, sample bills.

Knows paths only; never reads what is in them.
"""

from roi_tool.resources.folders import font_file, pricebooks_folder, report_templates_folder, sample_bills_folder

__all__ = ["font_file", "pricebooks_folder", "report_templates_folder", "sample_bills_folder"]
