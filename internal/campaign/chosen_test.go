package campaign

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/letter"
	"foia/internal/workday"
)

// listOf is the list of the offices that a pattern chooses.
func listOf(t testing.TB, pattern string) []ListRow {
	t.Helper()
	d, err := agency.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	c, err := d.Choose(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return ListOf(c, workday.MustDate("2026-11-29"), 365)
}

func asCSV(t testing.TB, rows []ListRow, checked string) string {
	t.Helper()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.Write(ListColumns()); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		cells := r.Cells()
		cells[slices.Index(ListColumns(), CheckedColumn)] = checked
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return out.String()
}

// underStates asks a batch's offices for the same under the laws of states.
func underStates(b *Batch) *Batch {
	b.Ask.Name = "public-records"
	b.Ask.Given = []letter.Layer{{File: "test", Answers: letter.Answers{"subject": "Camera contracts",
		"records": []string{"The contracts in force on January 20, 2025, for body-worn cameras"}}}}
	return b
}

// Every built-in office of states, cities and abroad is a row, whose status says what the
// directory has of it.
func TestListOfAll(t *testing.T) {
	rows := listOf(t, "*/*")
	byID, looks, missing := map[string]ListRow{}, 0, 0
	for _, r := range rows {
		switch {
		case r.Status == Missing:
			missing++
		case r.Status == Look:
			looks++
			if r.Office != "" || r.Contact != "" || r.FileBy != "" {
				t.Errorf("%+v: only where to look, and yet a contact", r)
			}
		default:
			byID[r.Office] = r
		}
		if r.Status != Missing && (r.Source == "" || r.Dated == "" || r.Confidence == "") {
			t.Errorf("%+v: no source, date or confidence", r)
		}
		if r.Status != Listed && r.Status != ByForm && r.Check == "" {
			t.Errorf("%+v: nothing says what to check", r)
		}
	}
	d, err := agency.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if len(byID) != 390 || looks != 41 || missing != 2 { // us-ak and us-wy have no office at all
		t.Errorf("%d offices, %d only where to look, %d laws without any", len(byID), looks, missing)
	}
	for id, r := range byID {
		o, ok := d.Get(id)
		if !ok {
			t.Fatal(id)
		}
		via := o.Preferred()
		if (r.Contact == "") != (via == "") || string(via) != r.FileBy || (r.Status == Doubted) != o.Doubtful(via) ||
			(r.Status == Unknown) != (via == "") {
			t.Errorf("%s: %+v", id, r)
		}
		for _, trap := range o.Traps {
			if !strings.Contains(r.Check, trap.Says) {
				t.Errorf("%s: the list does not tell of %s", id, trap.Kind)
			}
		}
	}
}

// Of all of them, none becomes a letter that goes where the directory has no contact, or a
// doubtful one that nobody checked; each other row is told by its line.
func TestNoneSilentlyMailed(t *testing.T) {
	rows := listOf(t, "*/*")
	for _, via := range []agency.Channel{"", agency.Portal, agency.Email, agency.Fax, agency.Mail} {
		for _, checked := range []string{"", "no", "maybe", "yes", "2026-11-28"} {
			b := underStates(batchOf(t, asCSV(t, rows, checked)))
			b.Ask.Via = via
			seen, letters, doubtful := 0, 0, 0
			r, err := b.open()
			if err != nil {
				t.Fatal(err)
			}
			err = r.chunks(func(chunk, _ []planned) error {
				for _, p := range chunk {
					if seen++; p.err != nil {
						if !strings.Contains(p.rejected().Reason, " ") || p.row.Line < 2 {
							t.Errorf("line %d: rejected without a reason", p.row.Line)
						}
						continue
					}
					letters++
					o, c := p.plan.Order.Office, p.plan.Order.Channel
					_, trap := o.TrapAgainst(c) // an error of the preflight, or a warning
					if c == "" || !o.Takes(c) && !trap || o.LookOnly {
						t.Errorf("line %d: a letter to %s by %q, which the directory does not have", p.row.Line, o.ID, c)
					}
					if o.Doubtful(c) {
						doubtful++
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Close(); err != nil {
				t.Error(err)
			}
			yes := checked == "yes" || checked == "2026-11-28"
			if seen != len(rows) || letters == 0 || doubtful > 0 && !yes || doubtful == 0 && yes && via == "" {
				t.Errorf("via %q, checked %q: %d of %d rows seen, %d letters, %d of them doubtful", via, checked, seen, len(rows), letters,
					doubtful)
			}
		}
	}
}

// A contact in the row of an office of the directory is not used, which is said.
func TestContactBesideOffice(t *testing.T) {
	b := underStates(batchOf(t, "office,email\nus-tx-dps,other@example.org\n"))
	s, err := b.Survey(t.Context(), nil)
	if err != nil || s.Letters != 1 || !slices.ContainsFunc(s.Notes, func(n string) bool {
		return strings.Contains(n, "the directory’s contact is used, not the row’s (line 2)")
	}) {
		t.Errorf("%+v, %v", s, err)
	}
}
