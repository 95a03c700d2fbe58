package campaign

import (
	"os"
	"slices"
	"strings"
	"testing"

	"foia/internal/correspondence"
	"foia/internal/workday"
)

func TestPlace(t *testing.T) {
	for _, c := range []struct{ address, country, zip string }{
		{"FOIA Office|1 Main St|Reno, NV 89501", "", "89501"},
		{"FOIA Office|1 Main St|Boston, MA 02109-1234", "", "02109-1234"},
		{"FOIA Office|1 Main St|Reno, NV 89501|U.S.A.", "", "89501"},
		{"Liaison|Bahnhofstrasse 1|Zurich, 8001|Switzerland", "Switzerland", "8001"},
		{"Liaison|Unter den Linden 1|10117 Berlin|Germany", "Germany", "10117"},
		{"Liaison|1 High Street|London SW1A 1AA|United Kingdom", "United Kingdom", "1AA"},
		{"Only a name", "", ""},
		{"", "", ""},
	} {
		country, zip := place(strings.Split(c.address, "|"))
		if country != c.country || zip != c.zip {
			t.Errorf("%s: %q, %q", c.address, country, zip)
		}
	}
}

func TestMailingOrder(t *testing.T) {
	letter := func(id, place string) *correspondence.Mailed {
		return &correspondence.Mailed{ID: id, Addressee: strings.Split("Office|"+place, "|")}
	}
	want := []*correspondence.Mailed{letter("2026-0009", "Boston, MA 02109"), letter("2026-9999", "Reno, NV 89501"),
		letter("2026-10000", "Reno, NV 89501"),
		letter("2027-0001", "Reno, NV 89501"), letter("2026-0001", "Zurich, 8001|Switzerland")}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, inMailingOrder)
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("place %d has %s", i, got[i].ID)
		}
	}
}

// Many letters become volumes; fewer letters later leave none of the old ones. A
// letter that was changed is named and left out.
func TestVolumes(t *testing.T) {
	b := batchOf(t, "name,address,city,state,zip,law,custodians\nA,1 Main,Reno,NV,89503,us-federal,Head\nB,1 "+
		"Main,Reno,NV,89502,us-federal,Head\nC,1 Main,Reno,NV,89501,us-federal,Head\n")
	if _, err := b.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := b.Desk.Workspace
	log, err := w.ReadLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	p := Print{Folder: Folder{Workspace: w, Log: log, Name: "test"}, Press: b.Desk.Press, What: Requests,
		On: workday.MustDate("2026-11-23"), perVolume: 2}
	out, err := p.Run(t.Context())
	if err != nil || out.Letters != 3 || len(out.Volumes) != 2 || out.Volumes[1].First != 3 || out.Volumes[1].Last != 3 {
		t.Fatalf("%+v, %v", out, err)
	}
	if got, want := files(t, w.Path("campaigns/test")),
		"letters-01.pdf letters-02.pdf mailing-list-01.pdf mailing-list-02.pdf"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	r, err := log.Request(t.Context(), "2026-0002")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.Path(r.Folder+"/letter.pdf"), []byte("%PDF-1.4 another"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err = p.Run(t.Context())
	if err != nil || out.Letters != 2 || len(out.Failed) != 1 || out.Failed[0].ID != "2026-0002" ||
		!strings.Contains(out.Failed[0].Reason, "was changed after it was made") {
		t.Fatalf("%+v, %v", out, err)
	}
	p.perVolume, p.Filter.Only = 0, []string{"2026-0003"}
	if out, err = p.Run(t.Context()); err != nil || out.Letters != 1 || out.Volumes[0].PDF != "campaigns/test/letters.pdf" {
		t.Fatalf("%+v, %v", out, err)
	}
	if got, want := files(t, w.Path("campaigns/test")), "letters.pdf mailing-list.pdf"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func files(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}
