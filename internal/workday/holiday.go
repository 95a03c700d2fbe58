package workday

import (
	"maps"
	"sync"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/us"
)

// legalHoliday is a legal public holiday under the statute's own name.
type legalHoliday struct {
	name string
	rule *cal.Holiday
}

// legalHolidays is the whole list of 5 U.S.C. 6103(a). Juneteenth is in it since
// 2021 (Pub. L. 117-17), Martin Luther King's birthday is observed since 1986.
var legalHolidays = []legalHoliday{
	{"New Year's Day", us.NewYear},
	{"Birthday of Martin Luther King, Jr.", us.MlkDay},
	{"Washington's Birthday", us.PresidentsDay},
	{"Memorial Day", us.MemorialDay},
	{"Juneteenth National Independence Day", us.Juneteenth},
	{"Independence Day", us.IndependenceDay},
	{"Labor Day", us.LaborDay},
	{"Columbus Day", us.ColumbusDay},
	{"Veterans Day", us.VeteransDay},
	{"Thanksgiving Day", us.ThanksgivingDay},
	{"Christmas Day", us.ChristmasDay},
}

// firstYear is the first for which the list above is right.
const firstYear = 1986

// holiday is a legal holiday on the day on which it is kept.
type holiday struct {
	name     string
	observed bool // on another day, since its own falls on a weekend
}

// holidaysOf returns the holidays kept in a year: on the day itself and, if that
// falls on a weekend, on Friday for Saturday (5 U.S.C. 6103(b)(1)) or on Monday
// for Sunday (Executive Order 11582).
func holidaysOf(year int) map[Date]holiday {
	if kept, ok := holidayYears.Load(year); ok {
		return kept.(map[Date]holiday)
	}
	kept := map[Date]holiday{}
	// New Year's Day may be observed on the last day of the year before.
	for _, y := range []int{year + 1, year} {
		for _, h := range legalHolidays {
			on, instead := h.rule.Calc(y)
			if on.IsZero() {
				continue
			}
			kept[DateOf(instead)] = holiday{h.name, true}
			kept[DateOf(on)] = holiday{h.name, false}
		}
	}
	maps.DeleteFunc(kept, func(d Date, _ holiday) bool { return d.year != year })
	holidayYears.Store(year, kept)
	return kept
}

// holidayYears keeps what holidaysOf found, by year: a log asks for the same few
// years again and again.
var holidayYears sync.Map

// inaugurationDay tells whether a day is Inauguration Day, or the day on which it
// is observed: January 20 of each fourth year after 1965, or the day after if that
// is a Sunday (5 U.S.C. 6103(c)). It is a holiday only for pay and leave, in and
// around the District of Columbia.
func inaugurationDay(d Date) bool {
	if (d.year-1965)%4 != 0 || d.month != time.January {
		return false
	}
	twentieth := Date{d.year, time.January, 20}
	if twentieth.Weekday() == time.Sunday {
		return d.day == 21
	}
	return d.day == 20
}
