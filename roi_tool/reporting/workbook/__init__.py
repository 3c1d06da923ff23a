"""The workbook writer: the same figures as the paper, as live formulas that a finance department can take apart."""
