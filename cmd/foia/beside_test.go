package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"foia/internal/longtest"
)

// Whoever verifies while others write is told of no damage: what a running command has not put
// into its place yet, or has logged since, is looked at again.
func TestVerifyBesideWriters(t *testing.T) {
	k := newKillable(t, map[string]string{"ask.yaml": batchAnswers, "scan.pdf": "%PDF-1.7 scan"})
	verifyBeside(t, k, number(t, "FOIA_VERIFIES", longtest.Count(10, 20)))
}

// batchAnswers are those of a request to any office.
const batchAnswers = "subject: Camera contracts\nrecords: [\"The contracts in force on January 20, 2025, for body-worn cameras, with " +
	"amendments\"]\n" +
	"date_from: 2025-01-20\ndate_to: 2025-03-31\nsearch_terms: [body-worn camera]\n"

// officeList is a list of n offices whose names nobody else has.
func officeList(name string, n int) string {
	var list strings.Builder
	list.WriteString("name,address,city,state,zip,portal,law,custodians\n")
	for i := range n {
		fmt.Fprintf(&list, "Bureau %s %d,%d Main Street,Springfield,NV,89501,https://records.example.gov/%d,us-nv,Head office\n", name, i,
			i+1, i)
	}
	return list.String()
}

func verifyBeside(t *testing.T, k *killable, times int) {
	k.batch("first", 3)
	var done atomic.Bool
	var writers sync.WaitGroup
	writer := func(write func(n int)) {
		writers.Go(func() {
			for n := 0; !done.Load() && !t.Failed(); n++ {
				write(n)
			}
		})
	}
	writer(func(n int) { k.batch(fmt.Sprint("more-", n), 1+n%3) })
	writer(func(n int) {
		k.must("record", fmt.Sprintf("2026-%04d", 1+n%3), "file", "--attach", "scan.pdf", "--note", fmt.Sprint("scan ", n))
	})
	for range times {
		// Within this process, which is ten times as fast as starting one.
		var out bytes.Buffer
		a := testApp()
		a.out, a.err = &out, &out
		if code := run([]string{"verify", "-w", k.dir}, a); code != exitDone || strings.Contains(out.String(), "interrupted") ||
			strings.Contains(out.String(), "does not match") {
			t.Errorf("exit code %d\n%s", code, &out)
			break
		}
	}
	done.Store(true)
	writers.Wait()
	t.Log(k.must("verify"))
}

// batch makes n requests.
func (k *killable) batch(name string, n int) {
	list := name + ".csv"
	if err := os.WriteFile(filepath.Join(k.dir, list), []byte(officeList(name, n)), 0o600); err != nil {
		k.t.Error(err)
		return
	}
	if out, err := k.command("batch", list, "--template", "public-records", "--answers", "ask.yaml").CombinedOutput(); err != nil {
		k.t.Errorf("foia batch: %v\n%s", err, out)
	}
}
