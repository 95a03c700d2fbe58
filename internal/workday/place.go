package workday

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rickar/cal/v2"

	"foia/internal/lazy"
	"foia/internal/yamltext"
)

// places.yaml has the holidays of states and countries, each with the statute in
// which they were read; places.json says the same and is read ten times as fast.
//
//go:embed places.json
var placesJSON []byte

// Place is the calendar of a state or country.
type Place struct {
	Law      string     `yaml:"law" json:"law"` // id of its law on public records: us-tx
	Name     string     `yaml:"name" json:"name"`
	Cite     string     `yaml:"cite" json:"cite"`
	Source   string     `yaml:"source" json:"source"`
	AsOf     string     `yaml:"as_of" json:"as_of"`
	Read     string     `yaml:"read" json:"read"`
	Saturday string     `yaml:"saturday" json:"saturday"` // where a holiday on a Saturday is kept: friday, monday, none, unknown
	Sunday   string     `yaml:"sunday" json:"sunday"`
	Weekend  string     `yaml:"weekend_cite" json:"weekend_cite,omitempty"`
	Days     []PlaceDay `yaml:"days" json:"days"`
	Business *struct {
		Cite   string `yaml:"cite" json:"cite"`
		Says   string `yaml:"says" json:"says"`
		Source string `yaml:"source" json:"source"`
	} `yaml:"business_day" json:"business_day,omitempty"` // what the law calls a business day, if that was read
	Unknown []string `yaml:"unknown" json:"unknown,omitempty"`

	years sync.Map // year → map[Date]holiday
}

// PlaceDay is one holiday of a place.
type PlaceDay struct {
	Name string `yaml:"name" json:"name"`
	// 11-11; third monday of january; easter -2; fourth thursday of november +1
	On       string `yaml:"on" json:"on"`
	Years    string `yaml:"years,omitempty" json:"years,omitempty"`       // even or odd; empty: every year
	From     int    `yaml:"from,omitempty" json:"from,omitempty"`         // the first year
	Until    int    `yaml:"until,omitempty" json:"until,omitempty"`       // the last year
	Keeps    bool   `yaml:"keeps,omitempty" json:"keeps,omitempty"`       // is not moved from a weekend
	Saturday string `yaml:"saturday,omitempty" json:"saturday,omitempty"` // where this day is kept, if not as the others
	// offices may be closed, or not: only the policy lenient leaves it out
	May bool `yaml:"may,omitempty" json:"may,omitempty"`
}

// places are those of places.json, by law. The file is part of the program and
// read by every test, so a fault in it is a fault of the program.
var places = sync.OnceValue(func() map[string]*Place {
	var list struct {
		Calendars []*Place `json:"calendars"`
	}
	if err := json.Unmarshal(placesJSON, &list); err != nil {
		panic("workday: places.json: " + err.Error())
	}
	out := map[string]*Place{}
	for _, p := range list.Calendars {
		out[p.Law] = p
	}
	return out
})

// placesDigest is the SHA-256 of the holidays of places, in hex.
func placesDigest() string {
	sum := sha256.Sum256(placesJSON)
	return hex.EncodeToString(sum[:])
}

// PlaceOf returns the holidays of the place that a law is of, if they are known.
func PlaceOf(law string) (*Place, bool) {
	p, ok := places()[law]
	return p, ok
}

// parsePlaces reads places.yaml.
func parsePlaces(raw []byte) ([]*Place, error) {
	var list struct {
		Calendars []*Place `yaml:"calendars"`
	}
	if err := yamltext.Decode(yamltext.Source{File: "places.yaml", Text: raw}, &list); err != nil {
		return nil, fmt.Errorf("the holidays of places cannot be read: %w", err)
	}
	for _, p := range list.Calendars {
		for _, d := range p.Days {
			if _, err := d.in(2026); err != nil {
				return nil, fmt.Errorf("%s, %s: %w", p.Law, d.Name, err)
			}
		}
	}
	return list.Calendars, nil
}

// forms of PlaceDay.On.
var (
	fixedForm   = lazy.Pattern(`^(\d\d)-(\d\d)$`)
	weekdayForm = lazy.Pattern(`^(first|second|third|fourth|last) (\w+day) of (\w+)$`)
	afterForm   = lazy.Pattern(`^tuesday after first monday of (\w+)$`)
	shiftForm   = lazy.Pattern(`^(.*\S) ([+-]\d+)$`)
)

var ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}

// in is the day in a year, whether it is a holiday then or not.
func (d PlaceDay) in(year int) (Date, error) {
	on, shift := d.On, 0
	if m := shiftForm.RE().FindStringSubmatch(on); m != nil {
		on = m[1]
		shift, _ = strconv.Atoi(m[2]) // digits by the form
	}
	rule, err := holidayRule(on)
	if err != nil {
		return Date{}, err
	}
	if afterForm.RE().MatchString(on) {
		shift++
	}
	actual, _ := rule.Calc(year)
	return DateOf(actual).AddDays(shift), nil
}

func holidayRule(on string) (*cal.Holiday, error) {
	if on == "easter" {
		return &cal.Holiday{Func: cal.CalcEasterOffset}, nil
	}
	if m := fixedForm.RE().FindStringSubmatch(on); m != nil {
		month, _ := strconv.Atoi(m[1])
		day, _ := strconv.Atoi(m[2])
		if _, err := NewDate(2024, time.Month(month), day); err != nil {
			return nil, err
		}
		return &cal.Holiday{Month: time.Month(month), Day: day, Func: cal.CalcDayOfMonth}, nil
	}
	if m := afterForm.RE().FindStringSubmatch(on); m != nil {
		on = "first monday of " + m[1]
	}
	m := weekdayForm.RE().FindStringSubmatch(on)
	if m == nil {
		return nil, fmt.Errorf("“%s” is not a day of the year", on)
	}
	month, weekday := monthOf(m[3]), weekdayOf(m[2])
	if month == 0 || weekday < 0 {
		return nil, fmt.Errorf("“%s” is not a day of the year", on)
	}
	return &cal.Holiday{Month: month, Weekday: weekday, Offset: ordinals[m[1]], Func: cal.CalcWeekdayOffset}, nil
}

// holds tells whether the day is a holiday in a year.
func (d PlaceDay) holds(year int) bool {
	return year >= d.From && (d.Until == 0 || year <= d.Until) && (d.Years == "" || (d.Years == "even") == (year%2 == 0))
}

// of returns the holidays of a year: on their own days, and on the days to which
// those on a weekend are moved.
func (p *Place) of(year int) map[Date]holiday {
	if kept, ok := p.years.Load(year); ok {
		return kept.(map[Date]holiday)
	}
	kept := map[Date]holiday{}
	var moved []PlaceDay
	for _, y := range []int{year - 1, year, year + 1} {
		for _, d := range p.Days {
			on, err := d.in(y)
			if err != nil || !d.holds(y) || d.May { // the error is none that places.json can have: a test reads it all
				continue
			}
			if on.year == year {
				kept[on] = holiday{d.Name, false}
			}
			if !d.Keeps && (on.Weekday() == time.Saturday || on.Weekday() == time.Sunday) {
				moved = append(moved, PlaceDay{Name: d.Name, On: on.String(), Saturday: d.Saturday})
			}
		}
	}
	slices.SortFunc(moved, func(a, b PlaceDay) int { return strings.Compare(a.On, b.On) })
	for _, m := range moved {
		to := p.keptOn(MustDate(m.On), m.Saturday, kept)
		if !to.IsZero() && to.year == year {
			kept[to] = holiday{m.Name, true}
		}
	}
	p.years.Store(year, kept)
	return kept
}

// may is the day off of that date on which offices may be closed, or not; empty: there is
// none.
func (p *Place) may(on Date) string {
	for _, d := range p.Days {
		if day, err := d.in(on.year); err == nil && d.May && d.holds(on.year) && day == on {
			return d.Name
		}
	}
	return ""
}

// keptOn is the weekday on which a holiday of a weekend is kept; the unknown date
// if it is lost, or nobody knows. A day that is a holiday itself, such as the
// Monday after a Christmas on a Sunday, gives way to the next: so in the United
// Kingdom (its list says it for 2021, 2022 and 2027); elsewhere nothing was read, and a
// day too many is left out rather than one too few.
func (p *Place) keptOn(on Date, own string, taken map[Date]holiday) Date {
	rule := cmp.Or(own, p.Saturday)
	if on.Weekday() == time.Sunday {
		rule = p.Sunday
	}
	switch {
	case rule == "friday":
		return on.AddDays(-1)
	case rule == "monday":
		to := on.AddDays(1)
		for to.Weekday() != time.Monday && to.Weekday() != time.Tuesday {
			to = to.AddDays(1)
		}
		for _, there := taken[to]; there; _, there = taken[to] {
			to = to.AddDays(1)
		}
		return to
	}
	return Date{}
}

// anyPlace are the days of a year that are a holiday in some state, or in some other
// country.
func anyPlace(year int, american bool) map[Date]string {
	key := anyYear{year, american}
	if kept, ok := anyYears.Load(key); ok {
		return kept.(map[Date]string)
	}
	out := map[Date]string{}
	for _, law := range slices.Sorted(maps.Keys(places())) {
		if strings.HasPrefix(law, "us-") != american {
			continue
		}
		p := places()[law]
		for d, h := range p.of(year) {
			if _, there := out[d]; !there {
				out[d] = h.name + " (" + p.Name + ")"
			}
		}
	}
	if american {
		for d, h := range holidaysOf(year) {
			out[d] = h.name + " (federal)"
		}
	}
	all := maps.Clone(out)
	all[Date{year + 1, time.January, 1}] = "New Year's Day" // may be kept on the last day of the year before
	for d, name := range all {
		for _, near := range keptSomewhere(d) {
			if out[near] == "" {
				out[near] = name + ", which some keep on this day"
			}
		}
	}
	anyYears.Store(key, out)
	return out
}

// keptSomewhere are the weekdays on which some place may keep a holiday that falls
// on a weekend.
func keptSomewhere(d Date) []Date {
	switch d.Weekday() {
	case time.Saturday:
		return []Date{d.AddDays(-1), d.AddDays(2)}
	case time.Sunday:
		return []Date{d.AddDays(1)}
	}
	return nil
}

type anyYear struct {
	year     int
	american bool
}

var anyYears sync.Map
