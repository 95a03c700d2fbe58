"""Writes the lists of offices that make.sh is about, in both date systems."""
from datetime import date, datetime

import openpyxl
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HEAD = ["Agency Name", "Street Address", "City", "State", "Zip Code", "Records Email", "Date From", "Note"]
# Each cell: a value, or a value and its number format. A row that begins with None is hidden.
ROWS = [
    ["Boston Police", "1 Main St", "Boston", "MA", (2120, "00000"), "records@boston.example", (date(2025, 5, 6), "mm/dd/yy"), True],
    [None, "Left out", "1 Main St", "Reno", "NV", 89501, "left@out.example", (date(2025, 5, 6), "m/d/yyyy"), ""],
    ["Reno Police", "2 Main St", "Reno", "NV", (895015005, "00000-0000"), "records@reno.example", (datetime(2025, 5, 6, 14, 30), 'd. mmm yyyy "at" h:mm'), 0.1 + 0.2],
    ["Cambridge Police", "3 Main St", "Cambridge", "MA", "02139", "records@cambridge.example", (date(2024, 2, 29), "[$-409]d-mmm-yy;@"), (1234.5, "#,##0.00")],
    ["Ohio & Sons", "4 Main St\nFloor 2", "Columbus", "OH", (43215, "[<=99999]00000;00000-0000"), "#N/A", (date(1999, 12, 31), "dddd, mmmm d, yyyy"), (1.5, "[h]:mm")],
    ["Naïve Bureau", "5 Main St", "Albany", "NY", 12207, "a@b.example", (date(2025, 5, 6), 'yyyy"年"m"月"d"日"'), "3-4"],
]


def with_openpyxl(name, mac, formula, hidden=True):
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "Agencies"
    if hidden:
        first = book.create_sheet("Read me", 0)
        first["A1"] = "This list is updated every spring."
        first.sheet_state = "hidden"
        book.active = 1
    book.create_sheet("Old")["A1"] = "Nothing"
    sheet["A1"] = "Police departments"
    sheet.merge_cells("A1:H1")
    for i, text in enumerate(HEAD):
        sheet.cell(3, i + 1, text)
    for r, row in enumerate(ROWS, 4):
        if row[0] is None:
            row = row[1:]
            sheet.row_dimensions[r].hidden = True
        for c, cell in enumerate(row, 1):
            value, code = cell if isinstance(cell, tuple) else (cell, None)
            place = sheet.cell(r, c, value)
            if code:
                place.number_format = code
    if formula:
        sheet["A10"] = '=A4&" Annex"'
        sheet["E10"] = "=E4+1"
        sheet["E10"].number_format = "00000"
        sheet["G10"] = "=G4+1"
        sheet["G10"].number_format = "mm/dd/yy"
    book.save(name)


def with_xlsxwriter(name, mac, formula=False):
    book = xlsxwriter.Workbook(name, {"date_1904": mac})
    book.add_worksheet("Read me").hide()
    sheet = book.add_worksheet("Agencies")
    sheet.activate()
    book.add_worksheet("Old").write(0, 0, "Nothing")
    sheet.merge_range("A1:H1", "Police departments")
    sheet.write_row(2, 0, HEAD)
    for r, row in enumerate(ROWS, 3):
        if row[0] is None:
            row = row[1:]
            sheet.set_row(r, None, None, {"hidden": True})
        for c, cell in enumerate(row):
            value, code = cell if isinstance(cell, tuple) else (cell, None)
            style = book.add_format({"num_format": code}) if code else None
            if isinstance(value, date):
                sheet.write_datetime(r, c, value, style)
            elif value == "#N/A":
                sheet.write_formula(r, c, "=NA()", None, "#N/A")
            else:
                sheet.write(r, c, value, style)
    if formula:
        sheet.write_formula(9, 0, '=A4&" Annex"')
    book.close()


for system, mac in (("1900", False), ("1904", True)):
    with_openpyxl(f"openpyxl-{system}.xlsx", mac, False)
    with_openpyxl(f"openpyxl-formula-{system}.xlsx", mac, True)
    with_openpyxl(f"gnumeric-{system}.xlsx", mac, True, False)
    with_xlsxwriter(f"xlsxwriter-{system}.xlsx", mac)
with_xlsxwriter("xlsxwriter-formula-1900.xlsx", False, True)
