package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/workday"
)

// document is what the log says of a text.
func document(text string) docket.Document {
	sum := sha256.Sum256([]byte(text))
	return docket.Document{Name: "letter.txt", SHA256: hex.EncodeToString(sum[:]), Size: int64(len(text))}
}

func mustKeep(t testing.TB, log *Log, id, text string) {
	t.Helper()
	if err := log.Write(t.Context(), func(tx *Tx) error { return tx.Keep(id, document(text), strings.NewReader(text)) }); err != nil {
		t.Fatal(err)
	}
}

// testDocuments is for both databases: a document comes back byte for byte, whatever
// its size, and only under its own SHA-256.
func testDocuments(t *testing.T, log *Log) {
	ids := mustAdd(t, log, 2)
	for _, size := range []int{0, 1, pieceSize - 1, pieceSize, pieceSize + 1, 3*pieceSize + 7} {
		text := strings.Repeat("x", size)
		mustKeep(t, log, ids[0], text)
		mustKeep(t, log, ids[0], text) // twice is once
		content, err := log.Document(t.Context(), ids[0], document(text))
		if err != nil {
			t.Fatal(size, err)
		}
		got, err := io.ReadAll(content)
		if err := errors.Join(err, content.Close()); err != nil || !bytes.Equal(got, []byte(text)) {
			t.Errorf("of %d bytes %d came back, %v", size, len(got), err)
		}
	}
	if _, err := log.Document(t.Context(), ids[1], document("x")); !errors.Is(err, ErrNoDocument) {
		t.Error("a document of another request:", err)
	}
	for name, d := range map[string]docket.Document{"other bytes": document("y"),
		"another size": {Name: "x", SHA256: document("x").SHA256, Size: 2}} {
		err := log.Write(t.Context(), func(tx *Tx) error { return tx.Keep(ids[1], d, strings.NewReader("x")) })
		if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "does not match the log") {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := errors.New("broken")
	err := log.Write(t.Context(), func(tx *Tx) error {
		return tx.Keep(ids[1], document("x"), io.MultiReader(strings.NewReader("x"), failing{broken}))
	})
	if !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, err := log.Document(t.Context(), ids[1], document("x")); !errors.Is(err, ErrNoDocument) {
		t.Error("something of a document that could not be read was kept:", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// testFind is for both databases.
func testFind(t *testing.T, log *Log) {
	log.project = aProjection(t, "one")
	err := log.Write(t.Context(), func(tx *Tx) error {
		for i, component := range []string{"One", "Two", "One", ""} {
			id := FormatID(2026, i+1)
			r := aRequest(id)
			r.Component = component
			if i == 0 || i == 3 { // the last of them is closed below
				r.Subject = `A text that has {"kept":[{"item":1}]} in it`
			} else {
				r.Kept = []docket.Kept{{Item: 1, Time: "30 days", Newest: workday.MustDate("2026-12-05"), Ahead: 30}}
			}
			if err := tx.Add(r, anEvent(id, docket.Drafted)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	event(t, log, "2026-0003", "2026-11-24", docket.Assigned, map[string]string{"to": "Ána"})
	event(t, log, "2026-0004", "2026-11-24", docket.Closed, nil)
	one, two := Addressee{"treasury-irs", "Department of the Treasury", "One"},
		Addressee{"treasury-irs", "Department of the Treasury", "Two"}
	none := Addressee{"treasury-irs", "Department of the Treasury", ""}
	if all, err := log.Addressees(t.Context()); err != nil || !slices.Equal(all, []Addressee{none, one, two}) {
		t.Error(all, err)
	}
	nobody, ana := "", "ánA"
	for _, row := range []struct {
		query Query
		want  []string
	}{
		{Query{}, []string{"2026-0001", "2026-0002", "2026-0003", "2026-0004"}},
		{Query{OpenOnly: true}, []string{"2026-0001", "2026-0002", "2026-0003"}},
		{Query{OpenOnly: true, KeptOnly: true}, []string{"2026-0002", "2026-0003"}},
		{Query{To: []Addressee{one}}, []string{"2026-0001", "2026-0003"}},
		{Query{To: []Addressee{two, none}}, []string{"2026-0002", "2026-0004"}},
		{Query{To: []Addressee{}}, nil},
		{Query{Assigned: &ana}, []string{"2026-0003"}},
		{Query{Assigned: &nobody, OpenOnly: true, To: []Addressee{one, none}}, []string{"2026-0001"}},
		{Query{Requests: []string{"2026-0004", "2026-0009", "2026-0001"}}, []string{"2026-0004", "2026-0001"}},
	} {
		for _, project := range []*Projection{aProjection(t, "one"), aProjection(t, "two")} { // fresh; folded
			log.project = project
			var got []string
			if err := log.Find(t.Context(), row.query,
				func(s Standing) error { got = append(got, s.Request.ID); return nil }); err != nil || !slices.Equal(got, row.want) {
				t.Errorf("%+v: %v, %v; want %v", row.query, got, err, row.want)
			}
		}
	}
	log.project = aProjection(t, "two")
	if any, err := log.AnyAssigned(t.Context()); !any || err != nil {
		t.Error(any, err) // nobody knows without folding
	}
	offices, err := log.AddresseesOf(t.Context(), []string{"2026-0002", "2026-0009"})
	if err != nil || !maps.Equal(offices, map[string]Addressee{"2026-0002": two}) {
		t.Error(offices, err)
	}
	log.project = aProjection(t, "one")
	if any, err := log.AnyAssigned(t.Context()); !any || err != nil {
		t.Error(any, err)
	}
	offices, err = log.AddresseesOf(t.Context(), []string{"2026-0002", "2026-0009"})
	if err != nil || !maps.Equal(offices, map[string]Addressee{"2026-0002": two}) {
		t.Error(offices, err)
	}
	if n, err := log.LongestID(t.Context()); n != len("2026-0001") || err != nil {
		t.Error(n, err)
	}
}
