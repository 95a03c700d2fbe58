#!/bin/sh
# Makes the Excel files of this folder, each by another program: openpyxl 3.0.9 and
# XlsxWriter 3.0.2 (Debian's python3-openpyxl, python3-xlsxwriter), LibreOffice 7.4.7
# (libreoffice-calc-nogui) and Gnumeric 1.12.55 (gnumeric). The last two open what
# openpyxl wrote and save it, which also computes its formulas. Gnumeric forgets that a
# sheet is hidden, so that its files have none.
set -e
cd "$(dirname "$0")"
/usr/bin/python3 make.py
for system in 1900 1904; do
	cp "openpyxl-formula-$system.xlsx" "libreoffice-$system.xlsx"
	soffice --headless --convert-to xlsx:"Calc MS Excel 2007 XML" --outdir saved "libreoffice-$system.xlsx" >/dev/null
	mv "saved/libreoffice-$system.xlsx" .
	ssconvert -T Gnumeric_Excel:xlsx "gnumeric-$system.xlsx" "saved/gnumeric-$system.xlsx" 2>/dev/null
	mv "saved/gnumeric-$system.xlsx" .
done
rm -r saved openpyxl-formula-1904.xlsx
