package store

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/docket"
	"foia/internal/workday"
)

// Whatever is kept reads as encoding/json reads it, and it is read the quick way.
func TestUnmarshal(t *testing.T) {
	text := rapid.OneOf(rapid.SampledFrom([]string{"", "5 U.S.C. § 552(a)(6)", `"quoted" \ <b>&amp;`, "a\tb\nc\x01", "\u2028", "漢字"}),
		rapid.String())
	day := rapid.Custom(func(t *rapid.T) workday.Date {
		if rapid.Bool().Draw(t, "unknown") {
			return workday.Date{}
		}
		return workday.MustDate("2026-01-01").AddDays(rapid.IntRange(0, 4000).Draw(t, "days"))
	})
	deadline := rapid.Custom(func(t *rapid.T) docket.Deadline {
		return docket.Deadline{What: text.Draw(t, "what"), Due: day.Draw(t, "due"), Cite: text.Draw(t, "cite"), Event: rapid.IntRange(0,
			1<<40).Draw(t, "event"), Court: rapid.Bool().Draw(t, "court"),
			Ways: []docket.Way{{Letter: text.Draw(t, "letter"), Last: day.Draw(t, "last")}}}
	})
	rapid.Check(t, func(t *rapid.T) {
		r := docket.Request{ID: text.Draw(t, "id"), Created: day.Draw(t, "created"), Sample: rapid.Bool().Draw(t, "sample"),
			Facts: rapid.MapOf(text, text).Draw(t, "facts")}
		if rapid.Bool().Draw(t, "of a series") {
			r.Series = &docket.Series{First: r.ID, Number: rapid.IntRange(0, 99).Draw(t, "number")}
		}
		s := docket.State{Status: docket.Status(text.Draw(t, "status")), Deadlines: rapid.SliceOfN(deadline, 0, 6).Draw(t, "deadlines"),
			Hands: docket.Hands{Tags: rapid.SliceOf(text).Draw(t, "tags"), Private: true}, Begun: rapid.Bool().Draw(t, "begun")}
		pages := rapid.Int().Draw(t, "pages")
		s.Account.Pages = &pages
		sameAsJSON(t, r.Brief(), true)
		sameAsJSON(t, s.Brief(), pages >= 0 && pages < 1e15)
	})
}

// sameAsJSON reads what is written of a value in both ways.
func sameAsJSON[T any](t *rapid.T, value T, quick bool) {
	written, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var got, want T
	if err := unmarshal(string(written), false, &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(written, &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s\n got %+v\nwant %+v", written, got, want)
	}
	var again T
	if k := (keptJSON{text: string(written), own: true}); quick && !readerOf(reflect.TypeFor[T]())(&k, reflect.ValueOf(&again).Elem()) {
		t.Fatalf("not read the quick way: %s", written)
	} else if quick && !reflect.DeepEqual(again, want) {
		t.Fatalf("with texts of its own: %+v\nwant %+v", again, want)
	}
}

// Whatever stands there instead, by whosever hand, it reads or is refused as encoding/json
// would have it.
func FuzzUnmarshal(f *testing.F) {
	for _, text := range []string{`{"status":"sent","deadlines":[{"what":"appeal","who":"you"}],"begun":true}`, `{"status":null}`,
		` {"status":"sent"}`, `{"STATUS":"sent"}`, `{"status":"sent","status":"closed"}`, `{"begun":true,"status":"sent"}`, `{}`, `null`,
		`{"deadlines":[]}`, `{"deadlines":null,"account":{"pages":01,"fee":"USD 5.00"}}`, `{"sent":"2026-02-31"}`, `{"sent":""}`,
		`{"status":"a\"b\\","outcome":"\u00e9\ud83d"}`, "{\"status\":\"\xff\"}", "{\"status\":\"a\nb\"}", `{"status":"sent"}}`,
		`{"begun":truefalse}`,
		`{"account":{"pages":-1}}`, `{"account":{"pages":1234567890123456}}`, `{"account":{"pages":null}}`, `{"tags":["a","b"`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got, want docket.State
		errGot, errWant := unmarshal(text, false, &got), json.Unmarshal([]byte(text), &want)
		if (errGot == nil) != (errWant == nil) || errGot == nil && !reflect.DeepEqual(got, want) {
			t.Fatalf("%q\n got %+v, %v\nwant %+v, %v", text, got, errGot, want, errWant)
		}
	})
}

func BenchmarkUnmarshal(b *testing.B) {
	deadline := docket.Deadline{What: docket.DueAppeal, Of: "determination", Who: docket.You, Due: workday.MustDate("2026-11-21"),
		Lenient: workday.MustDate("2026-11-21"), Cite: "5 U.S.C. § 552(a)(6)(A)(i)(III)(aa)", Topic: "appeal", Event: 7,
		Why: strings.Repeat("as it is ", 9)}
	s := docket.State{Status: docket.IsDecided, Sent: deadline.Due,
		Deadlines: []docket.Deadline{deadline, deadline, deadline, deadline, deadline},
		Hands:     docket.Hands{Owner: "ana"}}
	written, err := json.Marshal(s)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(written)))
	b.ReportAllocs()
	for b.Loop() {
		var into docket.State
		if err := unmarshal(string(written), false, &into); err != nil {
			b.Fatal(err)
		}
	}
}
