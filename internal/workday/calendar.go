package workday

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"foia/internal/yamltext"
)

// Policy says which days count as working days. The Act excepts "Saturdays,
// Sundays, and legal public holidays" (5 U.S.C. 552(a)(6)(A)(i)); no authority
// was found on holidays that fall on a weekend.
type Policy string

// The policies. Observed never accuses an agency early by the words of the
// statute; what is late by Lenient is late by any calendar.
const (
	Observed Policy = "observed" // also the Friday or Monday on which a holiday is observed
	Strict   Policy = "strict"   // only the days that 5 U.S.C. 6103(a) names
	Lenient  Policy = "lenient"  // observed, and days closed by executive order, and Inauguration Day
)

// Policies are all policies, the default first.
var Policies = []Policy{Observed, Strict, Lenient}

// ParsePolicy reads the name of a policy; empty is Observed.
func ParsePolicy(s string) (Policy, error) {
	if s == "" {
		return Observed, nil
	}
	if p := Policy(s); slices.Contains(Policies, p) {
		return p, nil
	}
	return "", fmt.Errorf("unknown policy %q: use observed, strict or lenient", s)
}

//go:embed days.yaml
var daysYAML []byte

// Day is a day off that is no legal public holiday.
type Day struct {
	Date     Date   `yaml:"-"`
	Name     string `yaml:"name"`
	Source   string `yaml:"source"`
	Observed bool   `yaml:"observed"` // left out by the policy "observed" too; else only by "lenient"
	Law      string `yaml:"law"`      // of offices under that law only, such as us-tx; empty: of federal offices
}

// listed is a day off in a file, with its date as it is written there.
type listed struct {
	Written written `yaml:"date"`
	Day     `yaml:",inline"`
}

// written is a date that may wait for the order in which the user writes dates.
type written struct {
	date Date
	open *Ambiguous
}

// UnmarshalText reads the date. What can be read in two ways is kept as such.
func (w *written) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		return nil
	}
	if w.date, err = ReadDate(string(b)); errors.As(err, &w.open) {
		return nil
	}
	return err
}

// in is the date in an order.
func (w written) in(o Order) (Date, error) {
	if w.open == nil {
		return w.date, nil
	}
	if d := w.open.In(o); !d.IsZero() {
		return d, nil
	}
	return Date{}, w.open
}

// Calendar knows which days are working days. The zero Calendar knows legal
// public holidays and Inauguration Day only; Federal also knows the days that
// executive orders closed.
type Calendar struct {
	days   map[dayUnder]Day
	digest string
	law    string // empty: the federal one
	place  *Place // nil: the holidays under that law are not known
}

// dayUnder is a day off of the offices under one law; empty: of federal ones.
type dayUnder struct {
	Date
	law string
}

// Under returns the calendar of offices under a law. If the holidays there are not
// known, only weekends are left out, and the policy lenient leaves out every day
// that is a holiday anywhere.
func (c *Calendar) Under(law string) *Calendar {
	if law == FederalLaw || law == "" {
		return c
	}
	place, _ := PlaceOf(law)
	return &Calendar{days: c.days, digest: c.digest, law: law, place: place}
}

// FederalLaw is the id of the law whose offices keep the legal public holidays of
// the United States.
const FederalLaw = "us-federal"

// HolidaysKnown tells whether the holidays of the place are known: if not, a day
// that was counted may be one, and the true date may be later.
func (c *Calendar) HolidaysKnown() bool { return c.law == "" || c.place != nil }

// Digest is the SHA-256, in hex, of the days that were added: what was counted
// with other days may be out of date.
func (c *Calendar) Digest() string { return c.digest }

// Federal is the calendar of federal offices.
var Federal = sync.OnceValues(func() (*Calendar, error) { return (&Calendar{digest: placesDigest()}).With(daysYAML, "days.yaml") })

// With returns the calendar with the days of a YAML text added. file is its
// name, for errors.
func (c *Calendar) With(raw []byte, file string) (*Calendar, error) {
	return c.WithDates(raw, file, "")
}

// WithDates is With for a text whose dates in figures stand in an order.
func (c *Calendar) WithDates(raw []byte, file string, order Order) (*Calendar, error) {
	var list struct {
		Days []listed `yaml:"days"`
	}
	if err := yamltext.Decode(yamltext.Source{File: file, Text: raw}, &list); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append([]byte(c.digest+string(order)), raw...))
	out := &Calendar{days: make(map[dayUnder]Day, len(c.days)+len(list.Days)), digest: hex.EncodeToString(sum[:])}
	for d, day := range c.days {
		out.days[d] = day
	}
	for i, l := range list.Days {
		date, err := l.Written.in(order)
		if err != nil {
			return nil, fmt.Errorf("day %d: %w (%s)", i+1, err, file)
		}
		day := l.Day
		if day.Date = date; date.IsZero() || day.Name == "" {
			return nil, fmt.Errorf("day %d has no date or no name (%s)", i+1, file)
		}
		if day.Law == FederalLaw {
			day.Law = ""
		}
		out.days[dayUnder{day.Date, day.Law}] = day
	}
	return out, nil
}

// Off returns why a day is not a working day under a policy; empty: it is one.
func (c *Calendar) Off(d Date, p Policy) string {
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return w.String()
	}
	if c.law != "" {
		return c.offUnder(d, p)
	}
	if h, ok := holidaysOf(d.year)[d]; ok && (!h.observed || p != Strict) {
		if h.observed {
			return h.name + " (observed)"
		}
		return h.name
	}
	if day, ok := c.days[dayUnder{d, ""}]; ok && (p == Lenient || p == Observed && day.Observed) {
		return day.Name
	}
	if p == Lenient && inaugurationDay(d) {
		return "Inauguration Day"
	}
	return ""
}

// offUnder is Off for a weekday under the law of a state or country.
func (c *Calendar) offUnder(d Date, p Policy) string {
	if c.place != nil {
		if h, ok := c.place.of(d.year)[d]; ok && (!h.observed || p != Strict) {
			if h.observed {
				return h.name + " (observed)"
			}
			return h.name
		}
	}
	if day, ok := c.days[dayUnder{d, c.law}]; ok && (p == Lenient || p == Observed && day.Observed) {
		return day.Name
	}
	if p != Lenient {
		return ""
	}
	if c.place != nil {
		if name := c.place.may(d); name != "" {
			return name
		}
	}
	return anyPlace(d.year, strings.HasPrefix(c.law, "us-"))[d]
}

// Next returns d itself if it is a working day, else the next one.
func (c *Calendar) Next(d Date, p Policy) Date {
	for c.Off(d, p) != "" {
		d = d.AddDays(1)
	}
	return d
}
