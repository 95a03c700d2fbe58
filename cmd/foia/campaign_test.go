package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"foia/internal/campaign"
	"foia/internal/docket"
	"foia/internal/longtest"
)

// An event and a letter for a whole campaign, killed at any moment and run again,
// are there once for each request, and the log and its files are whole.
func TestCampaignKilled(t *testing.T) {
	kills := longtest.Count(3, 8) // of each command
	const rows = 200
	var list strings.Builder
	list.WriteString("name,address,city,state,zip,law,custodians\n")
	for i := range rows {
		fmt.Fprintf(&list, "Bureau %d,%d Main Street,Reno,NV,89501,us-federal,Head office\n", i, i+1)
	}
	const ask = "subject: Camera contracts\nrecords: [\"The contracts in force on January 20, 2025, for body-worn cameras, with " +
		"amendments\"]\n" +
		"date_from: 2025-01-20\ndate_to: 2025-03-31\nsearch_terms: [body-worn camera]\nalready_public: A summary is on USAspending.gov.\n"
	k := newKillable(t, map[string]string{"cameras.csv": list.String(), "ask.yaml": ask})
	k.must("batch", "cameras.csv", "--template", "request", "--answers", "ask.yaml", "--on", "2026-09-01")
	seed := rand.New(rand.NewPCG(5, 21))
	killed := 0
	for _, args := range [][]string{{"record", "--campaign", "cameras", "sent", "--on", "2026-09-02", "--by", "portal"},
		{"letter", "--campaign", "cameras", "status", "--overdue"}} {
		for range kills {
			if k.kill(time.Duration(20+seed.IntN(400))*time.Millisecond, args...) {
				killed++
			}
		}
		k.must(args...)
		if out := k.must(args...); !strings.Contains(out,
			fmt.Sprintf("Already %s: %d.", map[string]string{"record": "recorded", "letter": "made"}[args[0]], rows)) {
			t.Errorf("run again: %s", out)
		}
	}
	if out := k.must("verify"); !strings.Contains(out, fmt.Sprintf("%d requests and", rows)) {
		t.Errorf("%s", out)
	}
	for i := range rows {
		var r struct{ Events []struct{ Kind string } }
		if i%50 > 0 {
			continue
		}
		if err := json.Unmarshal([]byte(k.must("show", fmt.Sprintf("2026-%04d", i+1), "--json")), &r); err != nil {
			t.Fatal(err)
		}
		if len(r.Events) != 3 {
			t.Errorf("request %d has %+v", i+1, r.Events)
		}
	}
	if killed < longtest.Count(1, 3) {
		t.Errorf("only %d of %d were killed while they ran", killed, 2*kills)
	}
}

// Sums in several currencies are each named.
func TestFeeWords(t *testing.T) {
	for _, row := range []struct {
		fees campaign.Fees
		want string
	}{
		{campaign.Fees{Unknown: 2}, "$0.00 by 0 offices; 0 decided without quoting a fee; 2 not known"},
		{campaign.Fees{Sum: 120005, Asked: 1}, "$1,200.05 by 1 office; 0 decided without quoting a fee; 0 not known"},
		{campaign.Fees{Sum: 9000, Asked: 3, Others: map[string]docket.Cents{"GBP": 45000, "EUR": 23500}},
			"$90.00 and 235.00 EUR and 450.00 GBP by 3 offices; 0 decided without quoting a fee; 0 not known"},
		{campaign.Fees{Asked: 1, Others: map[string]docket.Cents{"EUR": 100}},
			"1.00 EUR by 1 office; 0 decided without quoting a fee; 0 not known"},
	} {
		if got := feeWords(row.fees); got != row.want {
			t.Errorf("%q, want %q", got, row.want)
		}
	}
}
