package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"testing"

	"foia/internal/docket"
)

// list reads rows of n requests, and then ends with an error.
func list(t *testing.T, n int, end error) func(context.Context, func(standingRow) error) error {
	return func(ctx context.Context, hand func(standingRow) error) error {
		for i := range n {
			brief, err := json.Marshal(docket.Request{ID: strconv.Itoa(i)}.Brief())
			if err != nil {
				t.Error(err)
			}
			if err := hand(standingRow{Request: strconv.Itoa(i), Brief: string(brief), State: "{}"}); err != nil {
				return err
			}
		}
		return errors.Join(end, ctx.Err())
	}
}

// What is made on all cores is handed over in the order of the rows, however many there are, and
// up to the first error, whoever has it.
func TestPipeline(t *testing.T) {
	failure := errors.New("failure")
	for _, n := range []int{0, 1, chunkRows - 1, chunkRows, chunkRows + 1, 20*chunkRows + 7} {
		for _, fails := range []string{"nothing", "reading", "making", "handing over"} {
			var end error
			if fails == "reading" {
				end = failure
			}
			at, got := n*2/3, 0
			err := pipeline{
				make: func(s Standing) (any, error) {
					if fails == "making" && s.Request.ID == strconv.Itoa(at) {
						return nil, failure
					}
					return s.Request.ID, nil
				},
				hand: func(made any) error {
					if made != strconv.Itoa(got) {
						return fmt.Errorf("%v at place %d", made, got)
					}
					if fails == "handing over" && got == at {
						return failure
					}
					got++
					return nil
				},
			}.run(t.Context(), list(t, n, end))
			want := n
			if n > 0 && (fails == "making" || fails == "handing over") {
				want = at
			}
			if failed := fails != "nothing" && (n > 0 || fails == "reading"); got != want || errors.Is(err, failure) != failed ||
				!failed && err != nil {
				t.Errorf("%d rows, %s fails: %d were handed over, %v", n, fails, got, err)
			}
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	err := pipeline{make: func(Standing) (any, error) { return nil, nil }, hand: func(any) error { stop(); return nil }}.run(ctx,
		list(t, 100*chunkRows, nil))
	if !errors.Is(err, context.Canceled) {
		t.Error("interrupted:", err)
	}
}

// Beyond four digits, standings are in the order of the numbers too, as they are kept and as they
// are folded, and each is there once.
func TestStandingsBeyondFourDigits(t *testing.T) {
	log, path := newSQLite(t)
	execRaw(t, path, `WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE i < 10050)
		INSERT INTO requests SELECT printf('2026-%04d', i), 2026, i, '', '', '', '', '{}', printf('%064d', i) FROM c`,
		`INSERT INTO standings (request, campaign, addressee, assignee, open, last, brief, state)
		SELECT id, '', '', '', number % 2, '', printf('{"id":"%s"}', id), '{}' FROM requests`)
	for _, open := range []bool{false, true} {
		place := 0
		err := log.readStandings(t.Context(), choice{where: fmt.Sprintf("open + 0 >= %d", oneIf(open))}, func(row standingRow) error {
			place++
			if open && place%2 == 0 {
				place++
			}
			if row.Request != FormatID(2026, place) {
				return fmt.Errorf("place %d has %s", place, row.Request)
			}
			return nil
		})
		if err != nil || place < 10_049 {
			t.Error(place, err)
		}
	}
}
