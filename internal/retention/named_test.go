package retention

import (
	"strings"
	"testing"
)

// By what an item names a series, and by what it does not.
func TestNamed(t *testing.T) {
	cases := map[string]struct {
		asked Asked
		want  string // ids
	}{
		"its id": {Asked{Law: federal, Text: "What General Records Schedule item 5.6.111 covers"},
			"GRS 5.6.111"},
		"its id, written": {Asked{Law: federal, Text: "Whatever GRS 5.6.111 covers."}, "GRS 5.6.111"},
		"its authority": {Asked{Law: federal, Text: "Records under DAA-GRS-2017-0006-0015, all of them"},
			"GRS 5.6.111"},
		"another, longer": {Asked{Law: federal, Text: "Records under DAA-GRS-2017-0006-00151 and GRS 5.6.1115"},
			""},
		"superseded":     {Asked{Law: federal, Text: "The records of GRS 5.4.071 on the boiler room"}, ""},
		"not of a state": {Asked{Law: "us-tx", Text: "Whatever GRS 5.6.111 covers."}, ""},
		"of another state": {Asked{Law: "us-ny", Of: "City of Springfield", Text: "Body camera video of the stop"},
			""},
		"an unknown law": {Asked{Text: "The visitor logs"}, ""},
		"a title": {Asked{Law: federal, Title: "Visitor logs", Text: "Those of May 6"},
			"GRS 5.6.110 GRS 5.6.111"},
		"in a list": {Asked{Law: federal, Text: "Visitor logs, e-mails and photographs of the day"},
			"GRS 5.6.110 GRS 5.6.111"},
		"a form of it": {Asked{Law: federal, Text: "Copies of all security camera footage from the lobby"},
			"GRS 5.6.090"},
		"e-mail about it": {Asked{Law: federal, Text: "E-mail about the visitor logs"}, "GRS 6.1.011"},
		"a policy on it":  {Asked{Law: federal, Text: "The policy on visitor logs"}, ""},
		"its system":      {Asked{Law: federal, Text: "The visitor log software contract"}, ""},
		"a prison":        {Asked{Law: federal, Text: "Visitor logs of the prison in Springfield"}, ""},
		"law enforcement": {Asked{Law: federal, Offices: []string{"dhs-ice", "dhs"}, Text: "Visitor logs of the headquarters"},
			""},
		"their department": {Asked{Law: federal, Offices: []string{"dhs"}, Text: "Visitor logs of the lobby"},
			"GRS 5.6.110 GRS 5.6.111"},
		"a Capstone post": {Asked{Law: federal, Text: "E-mail of the Administrator"}, ""},
		"a city": {Asked{Law: "us-tx", Of: "City of Springfield", Text: "E-mails of the manager"},
			"us-tx GR1000-26a us-tx GR1000-26b"},
		"an agency": {Asked{Law: "us-tx", Of: "Texas Department of Health", Text: "E-mails of the chemist"},
			"us-tx 1.1.007 us-tx 1.1.008"},
		"one of a section": {Asked{Law: "us-oh", Of: "Highway Patrol", Text: "The series “Security video” (760-0826, series 1124)"},
			"us-oh 760-0826, series 1124: Security video"},
		"none of a section": {Asked{Law: "us-oh", Of: "Highway Patrol", Text: "The series 760-0826, series 1124"},
			""},
		"nothing": {Asked{Law: federal}, ""},
		"signs":   {Asked{Law: federal, Text: "…—“”((, , ,\x00\xff of of"}, ""},
	}
	for why, c := range cases {
		t.Run(why, func(t *testing.T) {
			var got []string
			for _, k := range Named(c.asked) {
				got = append(got, k.ID)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("named are %q", got)
			}
		})
	}
}

// What foia records --item prints of a series names that series.
func TestItemsNameTheirSeries(t *testing.T) {
	for _, k := range AllKept() {
		s, ok := book(t).Get(k.ID)
		if !ok {
			t.Errorf("%s is in no schedule", k.ID)
			continue
		}
		item, err := s.Item()
		if err != nil {
			t.Error(err)
			continue
		}
		of := "Office"
		if len(k.Has) > 0 {
			of = k.Has[0]
		}
		law := k.Law
		if law == everyState {
			law = "us-tx"
		}
		named := Named(Asked{Title: item.Title, Text: item.Text, Law: law, Of: of})
		if len(named) == 0 || named[0].ID != k.ID {
			t.Errorf("the item of %s names %d series: %s", k.ID, len(named), item.Text)
		}
	}
}

// Whatever an item says, it is read without a panic.
func FuzzNamed(f *testing.F) {
	for _, s := range []string{"", "The visitor logs of x", "of", ",,,", "E-mail", "GRS 5.6.111", "\xff—", "audio of of of 911"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, law := range []string{federal, "us-ca"} {
			for _, k := range Named(Asked{Title: s, Text: s, Law: law, Of: "City of Springfield"}) {
				if k.Law != law && k.Law != everyState {
					t.Errorf("%s under %s", k.ID, law)
				}
			}
		}
	})
}

// kept.json is what Quick makes of the files that people correct.
func TestKeptInStep(t *testing.T) {
	made, err := Quick(dataFiles())
	if err != nil {
		t.Fatal(err)
	}
	if string(made["kept.json"]) != string(keptJSON) {
		t.Error("kept.json is out of step with the schedules: go generate ./internal/retention")
	}
}

// What is wrong in the lists beside the schedules is told, with the file.
func TestListsThatAreWrong(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"names.txt":   {"visitor log: GRS 5.6.111", "names.txt"},
		"clocks.csv":  {"clock,counted,words\n", "clocks.csv"},
		"scopes.csv":  {"scope,has,lacks\n", "scopes.csv"},
		"outside.csv": {"schedule,what,value\n5.6,office,x\n", "outside.csv"},
	} {
		_, err := Quick(with(dataFiles(), name, c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Quick(with(dataFiles(), "names.txt", "GRS 9.9.999 also: dream diaries\n")); err == nil {
		t.Error("a name of a series that there is not is taken")
	}
}
