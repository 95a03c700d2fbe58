package docket

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Cents is an amount of money, exact to the cent.
type Cents int64

// ReadCents reads an amount in dollars as an event holds it: 120 or 120.50.
func ReadCents(s string) (Cents, error) {
	whole, part, dot := strings.Cut(s, ".")
	dollars, err := strconv.ParseUint(whole, 10, 63)
	cents := uint64(0)
	if err == nil && dot {
		cents, err = strconv.ParseUint(part, 10, 8)
	}
	if err != nil || dot && len(part) != 2 || dollars > (math.MaxInt64-99)/100 {
		return 0, fmt.Errorf("%q is not an amount in dollars", s)
	}
	return Cents(dollars*100 + cents), nil
}

// Plus adds an amount. The error is that the sum is larger than can be counted.
func (c Cents) Plus(other Cents) (Cents, error) {
	if other > math.MaxInt64-c {
		return 0, fmt.Errorf("$%s plus $%s is more than foia can count", c, other)
	}
	return c + other, nil
}

// String is the amount in dollars, such as 120.50.
func (c Cents) String() string { return fmt.Sprintf("%d.%02d", c/100, c%100) }

// MarshalText implements encoding.TextMarshaler.
func (c Cents) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *Cents) UnmarshalText(text []byte) (err error) {
	*c, err = ReadCents(string(text))
	return err
}
