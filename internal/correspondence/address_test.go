package correspondence

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// Appeals go where the letter of determination says, else where the rule says; the
// two addresses of the IRS are both shown, and what is not known is not invented.
func TestAppealAddress(t *testing.T) {
	denied := "\n2025-05-05 determination outcome=denied exemptions=b5"
	for _, row := range []struct {
		to, events, address, want, note, err string
	}{
		{"treasury-irs", mailed + denied, "", "5045 E Butler Ave.", "6377A Riverside Avenue", ""},
		{"treasury-irs", mailed + denied + " appeal-to=\"FOIA Appeals, 1 Letter Street, Fresno, CA 93727\"", "", "1 Letter Street",
			"prevails", ""},
		{"treasury-tigta", "2025-04-08 sent by=email" + denied, "", "1401 H Street NW", "", ""},
		{"dhs-ice", portalSent + denied, "500 12th Street SW, Washington, DC 20536",
			"FOIA Appeals Officer  \nU.S. Immigration & Customs Enforcement  \nDepartment of Homeland Security  \n500 12th Street SW " +
				" \nWashington, DC 20536", "", ""},
		// The list of appeals, by the rules that it cites.
		{"doj-jmd", "2025-04-08 sent by=email" + denied, "", "Via U.S. mail",
			"where it goes is from 28 C.F.R. § 16.8(a), as of 2017 (foia is not certain of it)", ""},
		{"doj-jmd", "2025-04-08 sent by=email" + denied, "", "6th Floor  \n441 G Street NW  \nWashington, DC 20530-0001",
			"time to appeal: 90 calendar days", ""},
		{"cncs", "2025-04-08 sent by=email" + denied, "", "250 E Street SW  \nWashington, DC 20525",
			"“FOIA Appeal”; see that the appeal has: request number; the determination appealed (45 C.F.R. § 2507.14)", ""},
		{"nsf-ogc", "2025-04-08 sent by=email" + denied, "", "4201 Wilson Boulevard", "10 working days from the receipt", ""},
		{"nsf-ogc", "2025-04-08 sent by=email" + denied, "", "General Counsel", "but 5 U.S.C. § 552(a)(6)(A)(i)(III)(aa)", ""},
		{"eeoc-olc-hdq", "2025-04-08 sent by=email" + denied, "", "Via fax: 202-827-7545",
			"where it goes is from 29 C.F.R. § 1610.11, as of January 2025;", ""},
		{"ferc", "2025-04-08 sent by=email" + denied, "888 First Street NE, Washington, DC 20426", "FOIA Appeals Officer",
			"but ferc.gov, Administrative Appeals (undated): received within 45 days", ""},
		{"hhs-os", "2025-04-08 sent by=email" + denied + " appeal-to=\"FOIA Appeals, 1 Letter Street, Fresno, CA 93727\"", "",
			"1 Letter Street", "(45 C.F.R. § 5.62(b)(2))", ""},
		{"doj-jmd", "2025-04-08 sent by=email" + denied, "Director, 1 Given Street, Washington, DC 20000", "1 Given Street", "", ""},
	} {
		d := desk(t)
		c := aCase{to: row.to, events: row.events, day: "2025-05-12", kind: "appeal", address: row.address}
		c.live(t, d)
		made, err := d.Letter(t.Context(), c.followUp(d))
		if err != nil {
			t.Errorf("%s: %v", row.to, err)
			continue
		}
		text, err := os.ReadFile(d.Workspace.Path(made.Request.Folder + "/" + made.Files[1].Name))
		if err != nil || !strings.Contains(string(text), row.want) {
			t.Errorf("%s: no %q in\n%s", row.to, row.want, text)
		}
		if !strings.Contains(strings.Join(made.Notes, "\n"), row.note) {
			t.Errorf("%s: no note %q in %q", row.to, row.note, made.Notes)
		}
	}
	d := desk(t)
	c := aCase{to: "dhs-ice", events: portalSent + denied, day: "2025-05-12", kind: "appeal"}
	c.live(t, d)
	for _, via := range []agency.Channel{"", "mail", "portal", "email"} {
		f := c.followUp(d)
		f.Via = via
		var misuse *remedy.Error
		if _, err := d.Letter(t.Context(), f); !errors.As(err, &misuse) || !strings.Contains(misuse.What, "does not know where") {
			t.Errorf("an address by %q that nobody knows: %v", via, err)
		}
	}
	f := c.followUp(d)
	f.Via, f.Contact = "email", "appeals@example.gov"
	if made, err := d.Letter(t.Context(), f); err != nil ||
		!strings.Contains(strings.Join(made.Notes, "\n"), "no rule foia knows gives the address") {
		t.Errorf("an address that the letter of determination gives: %v, %v", made.Notes, err)
	}
}

// What asks about an appeal is none: it goes where the appeal went, and is told nothing of what an appeal must have, by when
// it is made, or how it is marked.
func TestLetterAboutAnAppeal(t *testing.T) {
	denied := "\n2025-05-05 determination outcome=denied exemptions=b5"
	const later = "\n2025-05-12 appealed of=determination by=mail\n2025-05-14 appeal-received"
	for _, row := range []struct{ to, events, want string }{
		{"cncs", denied + later, "250 E Street SW"},
		{"nsf-ogc", denied + later, "4201 Wilson Boulevard"},
		{"cncs", denied + " appeal-to=\"FOIA Appeals, 1 Letter Street, Fresno, CA 93727\"" + later, "1 Letter Street"},
		// Another decision since then says nothing of it.
		{"cncs", denied + " appeal-to=\"FOIA Appeals, 1 Letter Street, Fresno, CA 93727\"" + later +
			"\n2025-05-20 fee-waiver-denied", "1 Letter Street"},
	} {
		d := desk(t)
		c := aCase{to: row.to, events: "2025-04-08 sent by=email" + row.events, day: "2025-08-04", kind: "appeal-status"}
		c.live(t, d)
		made, err := d.Letter(t.Context(), c.followUp(d))
		if err != nil {
			t.Errorf("%s: %v", row.to, err)
			continue
		}
		text, err := os.ReadFile(d.Workspace.Path(made.Request.Folder + "/" + made.Files[1].Name))
		if err != nil || !strings.Contains(string(text), row.want) {
			t.Errorf("%s: no %q in\n%s", row.to, row.want, text)
		}
		notes := strings.Join(made.Notes, "\n")
		for _, ofAppeals := range []string{"mark the letter", "see that the appeal has", "time to appeal"} {
			if strings.Contains(notes, ofAppeals) {
				t.Errorf("%s: %q in\n%s", row.to, ofAppeals, notes)
			}
		}
	}
}

// Of an appeal that goes by e-mail or fax, the rule's own address is used.
func TestAppealContact(t *testing.T) {
	d := desk(t)
	c := aCase{to: "dos-dos-main", events: "2025-04-08 sent by=email\n2025-05-05 determination outcome=denied exemptions=b5",
		day: "2025-05-12", kind: "appeal"}
	c.live(t, d)
	for via, want := range map[agency.Channel]string{agency.Email: "Via e-mail: FOIAAppeals@state.gov", agency.Fax: "Via fax: 202-485-1718",
		agency.Mail: "Via U.S. mail"} {
		f := c.followUp(d)
		f.Via, f.Again = via, true
		made, err := d.Letter(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(d.Workspace.Path(made.Request.Folder + "/" + made.Files[1].Name))
		if err != nil || !strings.Contains(string(text), want) || !strings.Contains(string(text), "Room B-266") { // 22 C.F.R. § 171.15(a)
			t.Errorf("by %s: %v\n%s", via, err, text)
		}
	}
}

// A later letter goes by the agency's own portal if the request did, by e-mail if the
// directory's address is recent, else as the request went: never by an address of 2017
// because there is one. The dates are those of agency/data/departments.
func TestLaterChannel(t *testing.T) {
	on := workday.MustDate("2026-11-28")
	directory := desk(t).Directory
	own := agency.Office{ID: "x", UserAdded: true, PortalURL: "https://x.example", Email: "x@example.org", ZIP: "1"}
	for _, row := range []struct {
		office string
		sent   agency.Channel
		want   agency.Channel
		note   string
	}{
		{"doj-fbi", agency.Portal, agency.Portal, "foiparequest@ic.fbi.gov, is as of July 2017"}, // FOIA.gov's form
		{"doj-fbi", agency.Email, agency.Email, ""},                                              // it went there, and the user was told
		{"doj-fbi", agency.Mail, agency.Mail, ""},
		{"doj-fbi", agency.Fax, agency.Fax, ""},
		{"doj-fbi", "", agency.Email, ""}, // nothing is known
		{"dhs-ice", agency.Portal, agency.Email, "by e-mail to ice-foia@ice.dhs.gov, the directory’s contact as of January 2026"},
		{"dhs-priv", agency.Portal, agency.Portal, ""},    // dhs.gov/foia
		{"treasury-do", agency.Portal, agency.Portal, ""}, // home.treasury.gov
		{"treasury-irs", agency.Portal, agency.Portal, "takes new requests only"},
		{"treasury-irs", agency.Fax, agency.Fax, ""},
		{"x", agency.Portal, agency.Portal, ""},
		{"x", agency.Mail, agency.Email, ""},
	} {
		o, ok := directory.Get(row.office)
		if !ok {
			o = own
		}
		r := route{sent: row.sent, stale: 365}
		order := letter.Order{Office: o, Date: on, Channel: laterChannel(o, r, on)}
		if order.Channel != row.want {
			t.Errorf("%s, by %s: %s, want %s", row.office, row.sent, order.Channel, row.want)
		}
		if got := strings.Join(otherWay(&order, r), "; "); !strings.Contains(got, row.note) || row.note == "" && got != "" {
			t.Errorf("%s, by %s: %q, want %q", row.office, row.sent, got, row.note)
		}
	}
}

// A letter that answers in the portal names no form for new requests, and has no age.
func TestLaterByForm(t *testing.T) {
	d := desk(t)
	c := aCase{to: "treasury-irs", events: portalSent, day: "2025-07-12", kind: "status"}
	c.live(t, d)
	made, err := d.Letter(t.Context(), c.followUp(d))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(d.Workspace.Path(made.Request.Folder + "/" + made.Files[1].Name))
	if err != nil || !strings.Contains(string(text), "Via online portal\n") || strings.Contains(string(text), "foia.gov/request") {
		t.Errorf("%v\n%s", err, text)
	}
	for _, f := range made.Findings {
		if f.Rule == "C02" {
			t.Errorf("the warning stands again: %s", f.Title)
		}
	}
}

// The envelope of an appeal bears what the rule wants there; other letters do not.
func TestAppealMarking(t *testing.T) {
	for _, row := range []struct{ office, kind, want string }{
		{"cncs", "appeal", "FOIA Appeal"},                                // 45 C.F.R. § 2507.14
		{"cfpb", "appeal-expedition", "Appeal for Expedited Processing"}, // 12 C.F.R. § 1070.21(b)
		{"cfpb", "appeal", "Freedom of Information Act Appeal"},
		{"sec", "appeal", "Freedom of Information Act Appeal"}, // not known
		{"cncs", "appeal-status", "Freedom of Information Act Correspondence"},
		{"cncs", "status", "Freedom of Information Act Correspondence"},
		{"cncs", "", "Freedom of Information Act Request"},
	} {
		o, _ := desk(t).Directory.Get(row.office)
		raw, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		if got := (frozenLetter{kind: row.kind, request: docket.Request{Office: raw}}).marking(); got != row.want {
			t.Errorf("%s to %s: %q, want %q", row.kind, row.office, got, row.want)
		}
	}
}
