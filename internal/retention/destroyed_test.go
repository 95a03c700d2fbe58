package retention

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/workday"
)

// keptOf is a series by its id, or by what it says in the book if nobody may be warned by it.
func keptOf(t testing.TB, id string) (*Kept, bool) {
	t.Helper()
	for _, k := range AllKept() {
		if k.ID == id {
			return k, true
		}
	}
	if _, ok := book(t).Get(id); !ok {
		t.Fatalf("there is no series %s", id)
	}
	return nil, false
}

// What becomes of the records of a period, by the time of a series. Each row has the mode, and the authority and
// the place where it was read as the data have them; a test of the whole table holds the rows to the data.
var destructions = []struct {
	why          string
	id           string
	mode         string
	authority    string
	source       string
	period       [2]string
	today        string
	lot          Lot
	oldest, last string // the days until which the oldest and the newest are kept
	left         int    // -1: cannot be told
	none         bool   // nothing is said
}{
	{"the example of the README", "GRS 5.6.111", Fixed, "DAA-GRS-2017-0006-0015", "archives.gov", [2]string{"2021-01-01", "2021-12-31"},
		"2026-11-29", AllGone, "2023-01-01", "2023-12-31", -1, false},
	{"six days left", "GRS 5.6.090", Fixed, "DAA-GRS-2021-0001-0003", "archives.gov", [2]string{"2026-11-05", "2026-11-05"},
		"2026-11-29", AllThere, "2026-12-05", "2026-12-05", 6, false},
	{"the last day is still one", "GRS 5.6.090", Fixed, "DAA-GRS-2021-0001-0003", "archives.gov", [2]string{"2026-11-05", "2026-11-05"},
		"2026-12-05", AllThere, "2026-12-05", "2026-12-05", 0, false},
	{"the day after is not", "GRS 5.6.090", Fixed, "DAA-GRS-2021-0001-0003", "archives.gov", [2]string{"2026-11-05", "2026-11-05"},
		"2026-12-06", AllGone, "2026-12-05", "2026-12-05", -1, false},
	{"the oldest are gone, the newest not", "GRS 5.6.090", Fixed, "DAA-GRS-2021-0001-0003", "archives.gov",
		[2]string{"2026-10-01", "2026-11-10"}, "2026-11-29", OldestGone, "2026-10-31", "2026-12-10", 11, false},
	{"an open end goes on until today", "GRS 5.6.090", Fixed, "DAA-GRS-2021-0001-0003", "archives.gov", [2]string{"2026-10-01", ""},
		"2026-11-29", OldestGone, "2026-10-31", "2026-12-29", 30, false},
	{"an open end that begins lately", "GRS 5.6.111", Fixed, "DAA-GRS-2017-0006-0015", "archives.gov", [2]string{"2026-01-20", ""},
		"2026-11-29", AllThere, "2028-01-20", "2028-11-29", 417, false},
	{"an open beginning", "GRS 5.6.111", Fixed, "DAA-GRS-2017-0006-0015", "archives.gov", [2]string{"", "2026-06-30"}, "2026-11-29",
		OldestGone, "", "2028-06-30", 579, false},
	{"a last day that lies ahead counts as today", "GRS 5.6.090", Fixed, "DAA-GRS-2021-0001-0003", "archives.gov",
		[2]string{"2026-11-20", "2027-11-20"}, "2026-11-29", AllThere, "2026-12-20", "2026-12-29", 21, false},
	{"a period that ends before it begins", "GRS 5.6.111", Fixed, "DAA-GRS-2017-0006-0015", "archives.gov",
		[2]string{"2021-12-31", "2021-01-01"}, "2026-11-29", 0, "", "", 0, true},
	{"a period that lies ahead", "GRS 5.6.111", Fixed, "DAA-GRS-2017-0006-0015", "archives.gov", [2]string{"2027-01-01", ""},
		"2026-11-29", 0, "", "", 0, true},
	{"no period", "GRS 5.6.111", Fixed, "DAA-GRS-2017-0006-0015", "archives.gov", [2]string{"", ""}, "2026-11-29", 0, "", "", 0, true},
	{"a leap day, and years", "GRS 5.6.111", Fixed, "DAA-GRS-2017-0006-0015", "archives.gov", [2]string{"2024-02-29", "2024-02-29"},
		"2026-02-28", AllThere, "2026-02-28", "2026-02-28", 0, false},
	{"a leap day within the days", "GRS 5.6.090", Fixed, "DAA-GRS-2021-0001-0003", "archives.gov", [2]string{"2028-02-10", "2028-02-10"},
		"2028-03-01", AllThere, "2028-03-11", "2028-03-11", 10, false},
	{"months from a day that the month lacks", "GRS 3.2.036", Fixed, "DAA-GRS-2022-0005-0002", "archives.gov",
		[2]string{"2023-08-31", "2023-08-31"}, "2026-02-28", AllThere, "2026-02-28", "2026-02-28", 0, false},
	{"months that have run", "GRS 3.2.036", Fixed, "DAA-GRS-2022-0005-0002", "archives.gov", [2]string{"2023-01-01", "2023-02-28"},
		"2026-11-29", AllGone, "2025-07-01", "2025-08-28", -1, false},
	{"hours end within a day", "GRS 3.2.035", Fixed, "DAA-GRS-2022-0005-0001", "archives.gov", [2]string{"2026-11-27", "2026-11-27"},
		"2026-11-29", AllThere, "2026-11-30", "2026-11-30", 1, false},
	{"from the closing of a matter: days left cannot be told", "GRS 5.6.021", Fixed, "DAA-GRS-2017-0006-0003", "archives.gov",
		[2]string{"2026-06-01", "2026-11-01"}, "2026-11-29", AllThere, "2026-12-01", "2027-05-01", -1, false},
	{"of a range the shorter time", "GRS 2.3.060", Range, "DAA-GRS-2018-0002-0006", "archives.gov", [2]string{"2021-01-01", "2022-06-30"},
		"2026-11-29", AllGone, "2025-01-01", "2026-06-30", -1, false},
	{"a floor of a state", "us-tx GR1000-26b", Minimum, "GR1000-26b", "tsl.texas.gov", [2]string{"2022-01-01", "2022-12-31"},
		"2026-11-29", AllGone, "2024-01-01", "2024-12-31", -1, false},
	{"a ceiling of a state", "us-co C.R.S. 24-72-113", Maximum, "C.R.S. 24-72-113", "lpdirect.net", [2]string{"2023-12-01", "2023-12-10"},
		"2026-11-29", AllThere, "2026-12-01", "2026-12-10", 2, false},
	{"a fixed time of a state", "us-oh 760-0826, series 1124: Security video", Fixed, "760-0826, series 1124", "rims.das.ohio.gov",
		[2]string{"2026-11-01", "2026-11-01"}, "2026-11-29", AllThere, "2026-12-01", "2026-12-01", 2, false},
	{"until something happens", "GRS 5.1.010", Event, "DAA-GRS-2016-0016-0001", "archives.gov", [2]string{"2001-01-01", "2001-12-31"},
		"2026-11-29", 0, "", "", 0, true},
	{"a time that the table does not give", "GRS 5.5.020", NotStated, "DAA-GRS-2016-0012-0002", "archives.gov",
		[2]string{"2001-01-01", "2001-12-31"}, "2026-11-29", 0, "", "", 0, true},
	{"permanent", "GRS 6.1.010", Permanent, "DAA-GRS-2022-0006-0001", "archives.gov", [2]string{"2001-01-01", "2001-12-31"}, "2026-11-29",
		0, "", "", 0, true},
	{"superseded: its successor is asked", "GRS 5.4.071", Superseded, "", "archives.gov", [2]string{"2001-01-01", "2001-12-31"},
		"2026-11-29", 0, "", "", 0, true},
	{"a number of low confidence", "GRS 4.2.020", Fixed, "DAA-GRS-2016-0002-0001", "archives.gov", [2]string{"2001-01-01", "2001-12-31"},
		"2026-11-29", 0, "", "", 0, true},
	{"of a state, read with low confidence", "us-ky state schedule for camera recordings", Minimum, "state schedule for camera recordings",
		"dcogc", [2]string{"2001-01-01", "2001-12-31"}, "2026-11-29", 0, "", "", 0, true},
	{"a rule without a time", "us-oh R.C. 149.351, 149.38, 149.381, 149.39", Rule, "R.C. 149.351, 149.38, 149.381, 149.39",
		"belmontcounty", [2]string{"2001-01-01", "2001-12-31"}, "2026-11-29", 0, "", "", 0, true},
	{"a hold", "us-wa LE schedule", Hold, "LE schedule", "info.5y1.org", [2]string{"2001-01-01", "2001-12-31"}, "2026-11-29", 0, "", "",
		0, true},
	{"a state's series whose period nobody read", "us-tx Local Schedule PS", Unread, "Local Schedule PS", "fdokumen",
		[2]string{"2001-01-01", "2001-12-31"}, "2026-11-29", 0, "", "", 0, true},
}

func dayOf(s string) workday.Date {
	if s == "" {
		return workday.Date{}
	}
	return workday.MustDate(s)
}

func TestDestruction(t *testing.T) {
	modes := map[string]bool{}
	for _, row := range destructions {
		t.Run(row.why, func(t *testing.T) {
			s, _ := book(t).Get(row.id)
			if s == nil || s.Mode != row.mode || text(s.Authority) != row.authority || !strings.Contains(s.Source, row.source) {
				t.Fatalf("%s is not as the row has it: %+v", row.id, s)
			}
			modes[s.Mode] = true
			k, warns := keptOf(t, row.id)
			period := workday.Period{From: dayOf(row.period[0]), To: dayOf(row.period[1])}
			if !warns {
				if !row.none {
					t.Fatal("nobody is warned by it")
				}
				return
			}
			d, ok := k.Destruction(period, dayOf(row.today))
			if ok == row.none {
				t.Fatalf("something is said: %v", ok)
			}
			if row.none {
				return
			}
			left, told := d.Left(dayOf(row.today))
			if !told {
				left = -1
			}
			if d.Lot != row.lot || d.Oldest.String() != row.oldest || d.Newest.String() != row.last || left != row.left {
				t.Errorf("%d, kept until %s and %s, %d left", d.Lot, d.Oldest, d.Newest, left)
			}
		})
	}
	for _, mode := range []string{Fixed, Range, Event, NotStated, Permanent, Superseded, Minimum, Maximum, Rule, Hold, Unread} {
		if !modes[mode] {
			t.Errorf("no row has the mode %q", mode)
		}
	}
}

// The later the day, the less is left; and what is there on a day was there on the day before.
func TestDestructionOnlyGoesOn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(AllKept()).Draw(t, "series")
		from := workday.MustDate("2000-01-01").AddDays(rapid.IntRange(0, 9000).Draw(t, "from"))
		p := workday.Period{From: from, To: from.AddDays(rapid.IntRange(0, 800).Draw(t, "days"))}
		today := p.To.AddDays(rapid.IntRange(0, 9000).Draw(t, "later"))
		a, ok := k.Destruction(p, today)
		b, later := k.Destruction(p, today.AddDays(1))
		if !ok || !later || b.Lot > a.Lot || a.Oldest.After(a.Newest) || a.Oldest.Before(p.From) {
			t.Fatalf("%+v then %+v", a, b)
		}
		if left, told := a.Left(today); told && left < 0 {
			t.Fatalf("%d days left of %+v", left, a)
		}
	})
}

// The shortest of several times counts.
func TestSoonest(t *testing.T) {
	named := Named(Asked{Text: "The visitor logs of the headquarters", Law: federal, Offices: []string{"epa"}})
	if len(named) != 2 {
		t.Fatalf("%d series are named", len(named))
	}
	d, ok := Soonest(named, workday.Period{From: dayOf("2023-01-01"), To: dayOf("2023-12-31")}, dayOf("2026-11-29"))
	if !ok || d.Of.ID != "GRS 5.6.111" || d.Lot != AllGone {
		t.Errorf("%+v", d)
	}
	if _, ok := Soonest(nil, workday.Period{From: dayOf("2023-01-01")}, dayOf("2026-11-29")); ok {
		t.Error("nothing is named, and something is said")
	}
}

// How a warning begins.
func TestLets(t *testing.T) {
	for id, want := range map[string]string{
		"GRS 5.6.111": "GRS 5.6.111 lets an agency destroy “Visitor processing records, All other facility security areas” two " +
			"years after they were made (DAA-GRS-2017-0006-0015)",
		"GRS 2.1.060": "GRS 2.1.060 lets an agency destroy “Job application packages” one year after they were made " +
			"(DAA-GRS-2014-0002-0011)",
		"GRS 2.3.060": "GRS 2.3.060 lets an agency destroy “Administrative grievance, disciplinary, performance-based, and adverse " +
			"action case files” 4 to 7 years after the matter closed (DAA-GRS-2018-0002-0006)",
		"us-tx GR1000-26b": "Under GR1000-26b, the records “General correspondence” of local governments are kept for at least two " +
			"years after they were made",
		"us-co C.R.S. 24-72-113": "Under C.R.S. 24-72-113, the records “Passive surveillance records (cameras that watch routinely)” of " +
			"government entities are kept for at most three years after they were made",
	} {
		k, ok := keptOf(t, id)
		if !ok {
			t.Errorf("nobody is warned by %s", id)
			continue
		}
		if got := k.Lets(); got != want {
			t.Errorf("%s: %s", id, got)
		}
		if strings.Contains(k.Lets(), "have been destroyed") {
			t.Errorf("%s says that they are gone", id)
		}
	}
}
