package docket

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"foia/internal/law"
)

// Cents is an amount of money in one currency, exact to the cent.
type Cents int64

// ReadCents reads an amount as an event holds it: 120 or 120.50.
func ReadCents(s string) (Cents, error) {
	whole, part, dot := strings.Cut(s, ".")
	units, err := strconv.ParseUint(whole, 10, 63)
	cents := uint64(0)
	if err == nil && dot {
		cents, err = strconv.ParseUint(part, 10, 8)
	}
	if err != nil || dot && len(part) != 2 || units > (math.MaxInt64-99)/100 {
		return 0, fmt.Errorf("%q is not an amount of money", s)
	}
	return Cents(units*100 + cents), nil
}

// Plus adds an amount. The error is that the sum is larger than can be counted.
func (c Cents) Plus(other Cents) (Cents, error) {
	if other > math.MaxInt64-c {
		return 0, fmt.Errorf("%s plus %s is more than foia can count", c, other)
	}
	return c + other, nil
}

// String is the amount alone, such as 120.50.
func (c Cents) String() string { return fmt.Sprintf("%d.%02d", c/100, c%100) }

// MarshalText implements encoding.TextMarshaler.
func (c Cents) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *Cents) UnmarshalText(text []byte) (err error) {
	*c, err = ReadCents(string(text))
	return err
}

// Amount is a sum of money. As text it is 120.50 in dollars of the United States,
// else 120.50 EUR.
type Amount struct {
	Cents    Cents
	Currency string // as ISO 4217 has it: USD, EUR
}

// ReadAmount reads an amount as an event or a standing holds it: 120.50, 235 EUR. A
// number alone is in the currency given.
func ReadAmount(s, alone string) (Amount, error) {
	number, currency, named := strings.Cut(s, " ")
	if !named {
		currency = alone
	}
	cents, err := ReadCents(number)
	if err == nil && !slices.Contains(currencies, currency) {
		err = fmt.Errorf("%q is not a currency", currency)
	}
	return Amount{cents, currency}, err
}

// String is the amount, with its currency unless that is the dollar.
func (a Amount) String() string {
	if a.Currency == law.Dollars {
		return a.Cents.String()
	}
	return a.Cents.String() + " " + a.Currency
}

// MarshalText implements encoding.TextMarshaler.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (a *Amount) UnmarshalText(text []byte) (err error) {
	*a, err = ReadAmount(string(text), law.Dollars)
	return err
}

// InWords is an amount of an event as people write it: $235, 235 EUR, 50%.
func InWords(amount string) string {
	if amount == "" || strings.ContainsAny(amount, " %") {
		return amount
	}
	return "$" + amount
}

// signs are the signs of currencies. The plain dollar is that of the law.
var signs = map[string]string{"US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD", "€": "EUR", "£": "GBP"}

// currencies are the active codes of ISO 4217 for money that people pay with.
var currencies = strings.Fields(`AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
	CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
	IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
	MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP
	SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW`)

// marked matches a number with the sign or code of a currency before or after it.
var marked = regexp.MustCompile(`^([\p{L}\p{Sc}]*)\s*(\d[\d.,]*)\s*([\p{L}\p{Sc}]*)$`)

// percent matches a share of an amount.
var percent = regexp.MustCompile(`^(\d{1,3})\s*%$`)

// grouped matches a number with commas between its thousands.
var grouped = regexp.MustCompile(`^[1-9]\d{0,2}(,\d{3})+(\.\d{2})?$`)

// money reads 120, $120, 1,200.50, 235 EUR, €25.00; a share of the fees also as 50%.
func (d Detail) money(value, alone string) (string, error) {
	if m := percent.FindStringSubmatch(value); m != nil && d.Type == Share {
		n, err := strconv.Atoi(m[1])
		if err != nil || n < 1 || n > 100 {
			return "", &Refusal{fmt.Sprintf("--%s: %q is not a share of the fees", d.Name, value), "write a percentage from 1% to 100%"}
		}
		return strconv.Itoa(n) + "%", nil
	}
	m := marked.FindStringSubmatch(value)
	if m == nil {
		return "", d.notMoney(value)
	}
	currency, err := d.currency(m[1], m[3], alone)
	if err != nil {
		return "", err
	}
	number, err := d.amount(value, m[2])
	if err != nil || currency == law.Dollars && alone == law.Dollars {
		return number, err
	}
	return number + " " + currency, nil
}

func (d Detail) notMoney(value string) error {
	return &Refusal{fmt.Sprintf("--%s: %q is not an amount of money", d.Name, value), "write it like 120 or 120.50, with a currency if it is not dollars: \"235 EUR\""}
}

// currency reads the sign or code that stands before or after an amount.
func (d Detail) currency(before, after, alone string) (string, error) {
	mark := strings.ToUpper(before + after)
	if before != "" && after != "" && !sameMark(before, after) {
		return "", &Refusal{fmt.Sprintf("--%s: “%s … %s” is not one currency", d.Name, before, after), "name it once, as in \"235 EUR\""}
	}
	if before != "" && after != "" {
		mark = strings.ToUpper(after)
	}
	switch {
	case mark == "":
		return alone, nil
	case mark == "$" || mark == "DOLLARS":
		if strings.HasSuffix(alone, "D") {
			return alone, nil
		}
		return law.Dollars, nil
	case signs[mark] != "":
		return signs[mark], nil
	case slices.Contains(currencies, mark):
		return mark, nil
	}
	return "", &Refusal{fmt.Sprintf("--%s: “%s” is not a currency that foia knows", d.Name, before+after), "write its code of three letters, as in \"235 EUR\""}
}

// sameMark tells whether a sign before an amount and a code after it are the same
// currency: $25 USD, €25 EUR.
func sameMark(before, after string) bool {
	before, after = strings.ToUpper(before), strings.ToUpper(after)
	return signs[before] == after || before == "$" && strings.HasSuffix(after, "D") && slices.Contains(currencies, after)
}

// amount reads the number. A comma stands between thousands only with three digits
// after each: 25,00 may be 25.00 or 2500.
func (d Detail) amount(value, number string) (string, error) {
	if strings.Contains(number, ",") {
		if !grouped.MatchString(number) {
			return "", d.ambiguous(value, number)
		}
		number = strings.ReplaceAll(number, ",", "")
	}
	if _, err := ReadCents(number); err != nil {
		return "", d.notMoney(value)
	}
	whole, cents, dot := strings.Cut(number, ".")
	whole = strings.TrimLeft(whole[:len(whole)-1], "0") + whole[len(whole)-1:]
	if dot {
		return whole + "." + cents, nil
	}
	return whole, nil
}

// ambiguous names the ways in which a number with commas can be read.
func (d Detail) ambiguous(value, number string) error {
	whole, part, _ := strings.Cut(number, ",")
	if len(part) != 2 || strings.Trim(whole+part, "0123456789") != "" || whole == "" {
		return &Refusal{fmt.Sprintf("--%s: %q is not an amount of money", d.Name, value), "a comma goes only between thousands: write 1,200.50 or 1200.50"}
	}
	return &Refusal{fmt.Sprintf("--%s: %q may be %s.%s or %s%s", d.Name, value, whole, part, whole, part), fmt.Sprintf("write %s.%s or %s%s", whole, part, whole, part)}
}
