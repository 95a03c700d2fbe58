package docket

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/lazy"
	"foia/internal/remedy"
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
	if err == nil && !entered.Currency(currency) {
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

// InWords is an amount of an event as people write it: $1,235, 235 EUR, 50%.
func InWords(amount string) string {
	if amount == "" || strings.HasSuffix(amount, "%") {
		return amount
	}
	if strings.Contains(amount, " ") {
		return entered.Grouped(amount)
	}
	return "$" + entered.Grouped(amount)
}

// percent matches a share of an amount.
const percent = lazy.Pattern(`^(\d{1,3})\s*(%|percent|per cent)$`)

// money reads an amount in the spellings that package entered knows; a share of the
// fees also as 50%.
func (d Detail) money(value, alone string) (string, error) {
	if m := percent.RE().FindStringSubmatch(value); m != nil && d.Type == Share {
		n, err := strconv.Atoi(m[1])
		if err != nil || n < 1 || n > 100 {
			return "", remedy.Misuse(fmt.Sprintf("%s: %s is not a share of the fees", remedy.Name(d.Name), entered.Shown(value)),
				"write a percentage from 1% to 100%")
		}
		return strconv.Itoa(n) + "%", nil
	}
	m, err := entered.ReadMoney(value, alone)
	if err != nil {
		return "", d.refused(err)
	}
	if m.Currency == law.Dollars && alone == law.Dollars {
		return m.Number, nil
	}
	return m.Number + " " + m.Currency, nil
}

// refused names the detail whose value cannot be read.
func (d Detail) refused(err error) error {
	refusal := remedy.Misuse(fmt.Sprintf("%s: %v", remedy.Name(d.Name), err), d.Help)
	var cannot *remedy.Error
	if errors.As(err, &cannot) {
		refusal.Do = cannot.Do
	}
	return refusal
}
