package docket

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"foia/internal/remedy"
)

// Amounts in the currencies that letters name, in one form.
func TestMoney(t *testing.T) {
	for _, row := range []struct{ law, written, want string }{
		{"", "235", "235"}, {"", "$235", "235"}, {"", "$1,200.50", "1200.50"}, {"", "1,234,567", "1234567"}, {"", "007", "7"},
		{"", "0", "0"}, {"", "0.00", "0.00"},
		{"", "235 USD", "235"}, {"", "US$ 235", "235"}, {"", "$25 USD", "25"}, {"", "25 dollars", "25"},
		{"", "235 EUR", "235 EUR"}, {"", "EUR 235", "235 EUR"}, {"", "235eur", "235 EUR"}, {"", "€ 25.00", "25.00 EUR"},
		{"", "£450", "450 GBP"}, {"", "€25 EUR", "25 EUR"},
		{"", "CA$5", "5 CAD"}, {"us-tx", "90", "90"}, {"somewhere", "90", "90"},
		{"de", "235", "235 EUR"}, {"de", "$5", "5 USD"}, {"gb", "450", "450 GBP"}, {"ca", "5", "5 CAD"}, {"ca", "$5", "5 CAD"},
		{"ca", "US$5", "5 USD"}, {"au", "$30", "30 AUD"},
		// The spellings that package entered knows; its own tests have them all.
		{"", "$ 25", "25"}, {"", "25.-", "25"}, {"", "1.200,50", "1200.50"}, {"", "1\u00a0234,56 EUR", "1234.56 EUR"}, {"", "1.5", "1.50"},
		{"", ".50", "0.50"}, {"", "5.", "5"}, {"", "$235\u200b", "235"},
	} {
		e, _, err := proposeTo(t, "office", row.law, begun, `2025-05-07 fee-notice amount="`+row.written+`"`, false)
		if err != nil || e.Data["amount"] != row.want {
			t.Errorf("%s, %q: %v, %v; want %q", row.law, row.written, e.Data, err, row.want)
		}
	}
	for written, why := range map[string]string{
		"25,00": "amount: \"25,00\" may be 25.00 or 2,500", "€ 1,20": "may be 1.20 or 120", "1234,567": "is not an amount",
		"1,23,456": "is not an amount", "1.200": "may be 1.20 or 1,200",
		"0,500": "is not an amount", "-5": "is not an amount", "five": "is not an amount", "235 ERU": "\"ERU\" is not a currency",
		"€235 GBP": "is not one currency", "99999999999999999999": "is not an amount", "50%": "is not an amount", "$": "is not an amount",
	} {
		_, _, err := propose(t, begun, `2025-05-07 fee-notice amount="`+written+`"`, false)
		var refusal *remedy.Error
		if !errors.As(err, &refusal) || !strings.Contains(remedy.Plain(refusal.What), why) || refusal.Do == "" {
			t.Errorf("%q: %v; want %q", written, err, why)
		}
	}
}

// A deposit may also be a share.
func TestDeposit(t *testing.T) {
	for written, want := range map[string]string{"50%": "50%", "50 %": "50%", "50 percent": "50%", "５０％": "50%", "100%": "100%",
		"125.50": "125.50", "60 EUR": "60 EUR", "0%": "", "101%": "", "half": ""} {
		e, _, err := propose(t, begun, `2025-05-07 fee-notice amount=300 deposit="`+written+`"`, false)
		if (err == nil) != (want != "") || err == nil && e.Data["deposit"] != want {
			t.Errorf("%q: %v, %v; want %q", written, e.Data, err, want)
		}
	}
}

// Amounts in another currency than the law's, or in two, are possible and seldom.
func TestMoneyUnusual(t *testing.T) {
	for line, says := range map[string]string{
		`2025-05-07 fee-notice amount="235 EUR"`:             "the amount is in EUR; under this law it is usually in USD",
		`2025-05-07 fee-notice amount="235 EUR" search=100`:  "search is in USD, and amount in EUR",
		`2025-05-07 fee-notice amount=235 deposit="50 EUR"`:  "deposit is in EUR, and amount in USD",
		`2025-05-07 fee-notice amount=235 deposit="50%"`:     "",
		`2025-05-07 determination outcome=denied statute=x`:  "Exemption 3 is not among the exemptions",
		`2025-05-07 interim-release exemptions=b3 statute=x`: "",
	} {
		_, unusual, err := propose(t, begun, line, false)
		said := remedy.Plain(strings.Join(unusual, "\n"))
		if err != nil || !strings.Contains(said, says) || says == "" && said != "" {
			t.Errorf("%s: %q, %v", line, said, err)
		}
	}
}

// An amount reads again from what it is written as.
func TestAmountText(t *testing.T) {
	for text, want := range map[string]string{"35.05": `"35.05"`, "235.00 EUR": `"235.00 EUR"`} {
		var a Amount
		if err := json.Unmarshal([]byte(`"`+text+`"`), &a); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if raw, err := json.Marshal(&a); err != nil || string(raw) != want {
			t.Errorf("%s: %s, %v", text, raw, err)
		}
	}
	var a Amount
	if err := json.Unmarshal([]byte(`"5 XYZ"`), &a); err == nil {
		t.Errorf("%v", a)
	}
	for amount, want := range map[string]string{"235": "$235", "1461712.00": "$1,461,712.00", "235 EUR": "235 EUR",
		"1235.50 EUR": "1,235.50 EUR", "50%": "50%", "": ""} {
		if got := InWords(amount); got != want {
			t.Errorf("%q: %q", amount, got)
		}
	}
}
