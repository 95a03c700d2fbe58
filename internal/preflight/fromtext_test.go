package preflight

import (
	"slices"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
)

// The frame of a letter as people write it: letterhead, date, addressee,
// salutation, closing and signature, in plain text.
const plainLetter = `Jane Doe
123 Main St
Apt 4
Albany, NY 12207
(518) 555-0101 / jane@example.org

March 3, 2026

U.S. Immigration and Customs Enforcement
Freedom of Information Act Office
500 12th Street, S.W., Stop 5009
Washington, D.C. 20536-5009

RE: Freedom of Information Act Request

Dear Freedom of Information Officer,

Under the Freedom of Information Act I am requesting:

1. E-mails of Jo Roe on leases,
   sent from January 1, 2025 through March 1, 2025.

   Search terms: "lease"; "rent, Albany"

2) The leases in force.

Custodians: Office of Facilities; Office of Leases

The reasons for a fee waiver are:

1. The public does not know the rents.

Best regards,

/s/
Jane Doe
Reporter
`

func TestFromText(t *testing.T) {
	d := FromText(plainLetter, agency.Office{}, law.Regime{}, agency.Mail, date)
	who := d.Requester
	if who.Name != "Jane Doe" || strings.Join(who.AddressLines(), "|") != "123 Main St|Apt 4|Albany, NY 12207" ||
		who.Email != "jane@example.org" || who.Phone != "(518) 555-0101" || !who.HasPostalAddress() {
		t.Errorf("the requester is %+v", who)
	}
	doc := d.Document
	if doc.Date != "March 3, 2026" || doc.Subject != "Freedom of Information Act Request" || len(doc.Addressee) != 4 ||
		doc.Closing != "Best regards," {
		t.Errorf("the frame is %+v", doc)
	}
	want := []letter.Record{
		{Text: "E-mails of Jo Roe on leases, sent from January 1, 2025 through March 1, 2025.", From: "2025-01-01", To: "2025-03-01",
			Terms: []string{"lease", "rent, Albany"}, Custodians: []string{"Office of Facilities", "Office of Leases"}},
		{Text: "The leases in force.", Custodians: []string{"Office of Facilities", "Office of Leases"}},
	}
	if len(d.Records) != len(want) {
		t.Fatalf("the items are %+v", d.Records)
	}
	for i, r := range d.Records {
		w := want[i]
		if r.Text != w.Text || r.From != w.From || r.To != w.To || !slices.Equal(r.Terms, w.Terms) ||
			!slices.Equal(r.Custodians, w.Custodians) {
			t.Errorf("item %d is %+v, want %+v", i+1, r, w)
		}
	}
}

// Without numbers, the items are the bullets, or the paragraph that asks.
func TestItemsWithoutNumbers(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"Dear X:\n\nI request:\n\n- the lease\n- the rent\n\nBest,\nJ", "the lease|the rent"},
		{"Dear X:\n\nI request the lease.\n\nI ask for a fee waiver.\n\nBest,\nJ", "I request the lease."},
		{"Dear X:\n\nI request the following:\n\nThe lease of 2024.\n\nBest,\nJ", "The lease of 2024."},
		{"Dear X:\n\nAs to fees:\n\n1. None.\n\nPlease send the lease.\n\nBest,\nJ", "Please send the lease."},
		{"Please send the lease.", "Please send the lease."},
		{"Dear X:\n\nGood day.\n\nBest,\nJ", ""},
	} {
		d := FromText(row.text, agency.Office{}, law.Regime{}, "", date)
		var got []string
		for _, r := range d.Records {
			got = append(got, r.Text)
		}
		if strings.Join(got, "|") != row.want {
			t.Errorf("%q: got %q, want %q", row.text, got, row.want)
		}
	}
}

// An address is the requester's only if its block is not the office's.
func TestAddressOfRequester(t *testing.T) {
	office := "Internal Revenue Service\nFOIA\nAtlanta, GA 30362-3006"
	for _, row := range []struct{ text, want string }{
		{office + "\n\nDear X:\n\nI request a lease.\n\nBest,\nJane Doe\n12 Oak Ave., Springfield, IL 62701", "62701"},
		{office + "\n\nDear X:\n\nI request a lease. My mailing address is 1 Main St, Albany, NY 12207.\n\nBest,\nJane Doe", "12207"},
		{office + "\n\nDear X:\n\nI request a lease.\n\nBest,\nJane Doe", ""},
	} {
		if d := FromText(row.text, agency.Office{}, law.Regime{}, "", date); d.Requester.ZIP != row.want {
			t.Errorf("%q: ZIP %q, want %q", row.text, d.Requester.ZIP, row.want)
		}
	}
}

func TestReadPeriod(t *testing.T) {
	for text, want := range map[string]string{
		"from January 20, 2025 through May 6, 2025":                     "2025-01-20..2025-05-06",
		"between 2025-01-20 and 2025-05-06":                             "2025-01-20..2025-05-06",
		"1/20/2025 - 5/6/2025":                                          "2025-01-20..2025-05-06",
		"20 January 2025 to 6 May 2025":                                 "2025-01-20..2025-05-06",
		"since January 20, 2025":                                        "2025-01-20..",
		"January 20, 2025 through the date on which the search begins":  "2025-01-20..",
		"up to and including May 6, 2025":                               "..2025-05-06",
		"the agreement of April 7, 2025":                                "..",
		"February 30, 2025 through May 6, 2025":                         "..2025-05-06",
		"a message of April 7, 2025, and later one of January 20, 2025": "..",
	} {
		from, to := readPeriod(text)
		if got := from + ".." + to; got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string]string{
		"One. Two? Three!":                       "One.|Two?|Three!",
		"See 5 U.S.C. § 552. Doe v. Roe is next": "See 5 U.S.C. § 552.|Doe v. Roe is next",
		"Mr. Doe wrote.\nLine":                   "Mr. Doe wrote.|Line",
		"":                                       "",
		"a.b":                                    "a.b",
	} {
		if got := strings.Join(slices.Collect(sentences(text)), "|"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	long := strings.Repeat("word ", 50) + "HERE " + strings.Repeat("más ", 50)
	got := quote(long, []int{250, 254})
	if !strings.Contains(got, "HERE") || !strings.HasPrefix(got, "“…word") || !strings.HasSuffix(got, "más…”") ||
		len([]rune(got)) > 125 {
		t.Errorf("got %s", got)
	}
	if got := quote("a\x1b[2J\u202eb\n c", []int{0, 1}); got != "“a [2J b c”" {
		t.Errorf("got %q", got)
	}
}
