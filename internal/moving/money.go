package moving

import (
	"slices"
	"strings"

	"foia/internal/entered"
	"foia/internal/lazy"
)

// ofMoney are the columns that hold amounts.
var ofMoney = []Means{isFeeNotice, isFeeCharged, isFeePaid, isCost}

// Amounts that are written with a comma before the cents, or with a point, and can mean nothing else.
const (
	commaCents = lazy.Pattern(`\d\.\d{3},\d\d\b`)
	pointCents = lazy.Pattern(`\d,\d{3}\.\d\d\b|\d\.\d\d\b`)
	inCents    = lazy.Pattern(`\d[\d.]*(,\d\d)?`)
)

// moneyStyle finds out whether amounts have a comma before the cents. As with days, all cells decide it, and never one alone.
func (t *table) moneyStyle(columns []Column) {
	comma, point := false, false
	for i := range columns {
		if !slices.Contains(ofMoney, columns[i].Means) {
			continue
		}
		for j := range t.rows {
			cell := t.rows[j].cells[i]
			comma = comma || commaCents.RE().MatchString(cell)
			point = point || pointCents.RE().MatchString(cell) && !commaCents.RE().MatchString(cell)
		}
	}
	t.comma = comma && !point
}

// readMoney reads an amount as the file writes them.
func (t *table) readMoney(cell string) (entered.Money, error) {
	m, err := entered.ReadMoney(cell, "USD")
	if err == nil || !t.comma {
		return m, err
	}
	return entered.ReadMoney(inCents.RE().ReplaceAllStringFunc(cell, func(number string) string {
		return strings.ReplaceAll(strings.ReplaceAll(number, ".", ""), ",", ".")
	}), "USD")
}

// money is an amount as the log has it; empty if there is none.
func (t *table) money(cell string) string {
	m, err := t.readMoney(cell)
	if err != nil || strings.Trim(m.Number, "0.") == "" {
		return ""
	}
	if m.Currency != "" && m.Currency != "USD" {
		return m.Number + " " + m.Currency
	}
	return m.Number
}

// zeroMoney tells whether a cell is an amount of nothing.
func (t *table) zeroMoney(cell string) bool {
	m, err := t.readMoney(cell)
	return err == nil && strings.Trim(m.Number, "0.") == ""
}
