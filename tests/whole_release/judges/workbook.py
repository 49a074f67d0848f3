"""Prints what openpyxl reads of the workbook: rows of each sheet, formulas, types and a Chinese name, as JSON."""

import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1], read_only=True)
rows: dict[str, int] = {}
formulas = 0
kinds: dict[str, str] = {}
for sheet in book.worksheets:
    for number, row in enumerate(sheet.iter_rows()):
        formulas += sum(cell.data_type == "f" for cell in row)
        if sheet.title == "cloud_quarters" and number == 0:
            names = [cell.value for cell in row]
        if sheet.title == "cloud_quarters" and number == 1:
            kinds = {name: type(cell.value).__name__ for name, cell in zip(names, row, strict=False)}
    rows[sheet.title] = number
print(json.dumps({"rows": rows, "formulas": formulas, "kinds": kinds}))
