package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"foia/internal/agency"
	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/remedy"
)

// packOf plans letters of the built-in pack for the fictional requester.
func packOf(t *testing.T, only ...string) []filing.Planned {
	t.Helper()
	a := &app{in: strings.NewReader(""), out: &bytes.Buffer{}, err: &bytes.Buffer{}, now: time.Now, who: account, dir: t.TempDir()}
	w, stock, err := a.openStock()
	if err != nil {
		t.Fatal(err)
	}
	who, err := a.requester(w, newFlags{sample: true})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := (&filing.Desk{Book: a.book(w), Stock: stock}).Plan(filing.Ask{Name: "irs-dhs-mou", Only: only, Requester: who,
		Date: a.today()})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// Who is asked sees each letter, its office and how to file it, and what follows from
// the answer.
func TestAgree(t *testing.T) {
	var out bytes.Buffer
	question := ""
	answer := func(yes bool, err error) func(string) (bool, error) {
		return func(q string) (bool, error) { question = q; return yes, err }
	}
	if err := agree(&out, packOf(t), answer(true, nil)); err != nil {
		t.Error(err)
	}
	for _, want := range []string{"agreement", "social-security", "Social Security Administration", "Departmental Offices", "portal",
		"email"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if n := strings.Count(out.String(), "\n"); n > 18 {
		t.Errorf("%d lines push each other off the screen:\n%s", n, out.String())
	}
	if question != "Make 11 letters to 7 offices in the name of Jane Q. Sample? Nothing is sent." {
		t.Error(question)
	}
	var misuse *remedy.Error
	if err := agree(&out, packOf(t, "signing"), answer(false, nil)); !errors.As(err, &misuse) ||
		!strings.Contains(misuse.What, "nothing was written") {
		t.Error(err)
	}
	if question != "Make 1 letter to 1 office in the name of Jane Q. Sample? Nothing is sent." {
		t.Error(question)
	}
	lost := errors.New("the line is dead")
	if err := agree(&out, packOf(t, "signing"), answer(true, lost)); !errors.Is(err, lost) {
		t.Error(err)
	}
}

// Only a pack in one's own name is asked about, and nobody is asked where there is no
// terminal.
func TestAgreed(t *testing.T) {
	pack := packOf(t, "agreement", "signing")
	single := []filing.Planned{{Name: "request", Order: letter.Order{Office: agency.Office{ID: "dhs-ice"}}}}
	for _, row := range []struct {
		name    string
		plan    []filing.Planned
		f       newFlags
		refused bool
	}{
		{"a pack", pack, newFlags{}, true},
		{"a pack, for machines", pack, newFlags{json: true}, true},
		{"a pack with --yes", pack, newFlags{yes: true}, false},
		{"the next of a series", pack, newFlags{nextOf: []string{"2026-0001"}}, false},
		{"samples", pack, newFlags{sample: true}, false},
		{"one letter", single, newFlags{}, false},
		{"nothing", nil, newFlags{}, false},
	} {
		var out bytes.Buffer
		a := &app{in: strings.NewReader("y\n"), out: &out, err: &out}
		err := a.agreed(row.plan, row.f)
		var misuse *remedy.Error
		if errors.As(err, &misuse) != row.refused || err != nil && !row.refused {
			t.Errorf("%s: %v", row.name, err)
		}
		if row.refused && (!misuse.Usage() || !strings.Contains(misuse.Do, "--yes") ||
			!strings.Contains(misuse.What, "2 letters to 2 offices")) {
			t.Errorf("%s: %+v", row.name, misuse)
		}
		if out.Len() > 0 {
			t.Errorf("%s: printed %s", row.name, out.String())
		}
	}
}
