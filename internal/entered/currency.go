package entered

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/remedy"
)

// signs are what stands for a currency besides its code. The plain dollar is that of
// whoever is asked for the money.
var signs = map[string]string{"US$": "USD", "USDOLLAR": "USD", "USDOLLARS": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD",
	"NZ$": "NZD",
	"€":   "EUR", "EURO": "EUR", "EUROS": "EUR", "£": "GBP"}

// currencies are the active codes of ISO 4217 for money that people pay with.
var currencies = strings.Fields(`AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
	CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
	IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
	MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP
	SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW`)

// Currency tells whether a code is that of a currency.
func Currency(code string) bool { return slices.Contains(currencies, code) }

// currencyOf reads the sign or code before or after an amount, or both.
func currencyOf(before, after, alone string) (string, error) {
	first, second := mark(before), mark(after)
	if first != "" && second != "" && !sameMark(first, second) {
		return "", remedy.Cannot(fmt.Sprintf("%s … %s is not one currency", Shown(before), Shown(after)), "name it once, as in \"235 EUR\"")
	}
	name := first
	if second != "" {
		name = second
	}
	switch {
	case name == "":
		return alone, nil
	case name == "$" || name == "DOLLARS" || name == "DOLLAR":
		if strings.HasSuffix(alone, "D") {
			return alone, nil
		}
		return "USD", nil
	case signs[name] != "":
		return signs[name], nil
	case Currency(name):
		return name, nil
	}
	return "", remedy.Cannot(Shown(strings.TrimSpace(before+" "+after))+" is not a currency that foia knows",
		"write its code of three letters, as in \"235 EUR\"")
}

// mark is a sign or code as the tables have it: US $, U.S.$ and us$ are US$.
func mark(s string) string {
	return strings.ToUpper(strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), ".", ""))
}

// sameMark tells whether what stands before an amount and what stands after it are the
// same currency: $25 USD, €25 EUR, US$25 dollars.
func sameMark(before, after string) bool {
	dollar := func(s string) bool { return s == "$" || s == "DOLLARS" || s == "DOLLAR" }
	code := func(s string) string {
		if named := signs[s]; named != "" {
			return named
		}
		return s
	}
	a, b := code(before), code(after)
	return a == b || dollar(a) && dollar(b) ||
		dollar(a) && Currency(b) && strings.HasSuffix(b, "D") || dollar(b) && Currency(a) && strings.HasSuffix(a, "D")
}
