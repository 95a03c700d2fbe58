package filing

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Ask is what the user asked for: a template or pack, and what goes into it.
type Ask struct {
	Name      string           // of a template or a pack
	Offices   []string         // for a template; a pack names its own
	Only      []string         // of a pack: the names of the letters wanted; empty: all
	Via       agency.Channel   // empty: the way that the office prefers
	Requester letter.Requester // complete with standing answers
	Date      workday.Date     // of the letters
	Given     []letter.Layer   // answers for every letter, the first wins
	Own       map[string][]letter.Layer
	Sample    bool
	Law       string         // under which the offices answer; empty: as the directory has it
	At        *agency.Office // where the one office is, if it is not in the directory
	Series    *docket.Series // of a recurring request: see Repeated
	Dropped   *entered.Tally // what was left out of At, since it cannot be seen
}

// Planned is one letter before it has an id.
type Planned struct {
	Order  letter.Order
	Name   string // template, or pack/letter
	Slug   string // end of the folder's name
	Asked  agency.Match
	Digest string // fingerprint: the same letter asked for again has the same

	answered letter.Answers
	series   *docket.Series
	filled   *letter.Draft // by Rehearse, without an id; nil: it has to be filled
}

// Speaks tells whether a field of the letter has an answer.
func (p Planned) Speaks(field string) bool { return p.answered.Text(field) != "" }

// InPack is the pack that the letter belongs to, and its name there.
func (p Planned) InPack() (pack, name string, ok bool) { return strings.Cut(p.Name, "/") }

// Subject is what the letter is about, as the log will have it.
func (p Planned) Subject() string { return p.answered.Text("subject") }

// Plan turns what was asked for into letters to be made. It reads templates and
// directory, and writes nothing.
func (d *Desk) Plan(a Ask) ([]Planned, error) {
	pack, err := d.Library.Pack(a.Name)
	if err == nil {
		return d.planPack(pack, a)
	}
	if _, none := err.(*letter.NotFound); !none {
		return nil, err
	}
	t, err := d.Library.Template(a.Name)
	if err != nil {
		return nil, err
	}
	if t.Kind != letter.RequestKind {
		return nil, remedy.Misuse(a.Name+" is a follow-up letter, not a request",
			"use: "+remedy.To(remedy.Make, remedy.Open("ID"), a.Name).String())
	}
	if len(a.Offices) == 0 {
		return nil, remedy.Misuse("missing "+remedy.Name("to"), fmt.Sprintf("name an office, for example %s (search with: %s)",
			remedy.Give("to", "irs"), remedy.To(remedy.FindOffice, remedy.Open("WORDS"))))
	}
	if len(a.Only) > 0 || len(a.Own) > 0 {
		return nil, remedy.Misuse(a.Name+" is a single template, not a pack of letters",
			fmt.Sprintf("leave out %s, and write %s without a letter's name", remedy.Name("only"),
				remedy.Answer("field", remedy.Open("value"))))
	}
	var out []Planned
	for _, office := range a.Offices {
		p, err := d.plan(t, office, a.Name, "", a, a.Given)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func (d *Desk) planPack(pack *letter.Pack, a Ask) ([]Planned, error) {
	if len(a.Offices) > 0 {
		return nil, remedy.Misuse("the pack "+pack.ID+" names its own offices",
			fmt.Sprintf("leave out %s, or use: %s", remedy.Name("to"),
				remedy.To(remedy.New, "request").With("to", remedy.Open("OFFICE"))))
	}
	if err := checkNames(pack, a); err != nil {
		return nil, err
	}
	var out []Planned
	for _, l := range pack.Letters {
		if len(a.Only) > 0 && !slices.Contains(a.Only, l.Name) {
			continue
		}
		t, err := d.Library.Template(l.Template)
		if err != nil {
			return nil, err
		}
		layers := slices.Concat(a.Own[l.Name], a.Given)
		layers = append(layers, letter.Layer{Answers: a.Requester.Answers, File: "foia.yaml", Shared: true},
			letter.Layer{Answers: l.Defaults, File: pack.File}, letter.Layer{Answers: pack.Defaults, File: pack.File, Shared: true})
		one := a
		if l.Place != nil {
			if one, err = ofPlace(pack, l, a); err != nil {
				return nil, err
			}
			l.Office = l.Place.Name
		}
		if one.Via == "" {
			one.Via = agency.Channel(l.Via)
		}
		p, err := d.plan(t, l.Office, pack.ID+"/"+l.Name, l.Name, one, layers)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// ofPlace is what is asked for with the office of a letter that is made up. Nobody's letter goes there.
func ofPlace(pack *letter.Pack, l letter.PackLetter, a Ask) (Ask, error) {
	if !a.Sample {
		return a, remedy.Misuse("the offices of the pack "+pack.ID+" are made up, for samples",
			"make a list of the real ones, and the letters from it: "+
				remedy.To(remedy.Batch, remedy.Open("LIST")).With("template", l.Template).String())
	}
	p := l.Place
	a.At = &agency.Office{Address: p.Address, City: p.City, State: p.State, ZIP: p.ZIP, Law: p.Law}
	return a, nil
}

// checkNames refuses names of letters that the pack does not have.
func checkNames(pack *letter.Pack, a Ask) error {
	var names []string
	for _, l := range pack.Letters {
		names = append(names, l.Name)
	}
	for _, name := range slices.Concat(a.Only, slices.Sorted(maps.Keys(a.Own))) {
		if slices.Contains(names, name) {
			continue
		}
		p := &letter.Problem{What: fmt.Sprintf("the pack %s has no letter “%s”", pack.ID, name), Misuse: true,
			Remedy: "its letters are " + strings.Join(names, ", ")}
		if own := a.Own[name]; len(own) > 0 {
			p.File, p.Line = own[0].File, own[0].Lines[""]
		}
		return p
	}
	for _, l := range a.Given {
		if _, shared := l.Answers["records"]; shared {
			return &letter.Problem{File: l.File, Line: l.Lines["records"], Field: "records", Misuse: true,
				What:   "the records differ from letter to letter of the pack " + pack.ID,
				Remedy: "name the letter: " + remedy.Answer(names[0]+".records", remedy.Open("…"))}
		}
	}
	return nil
}

func (d *Desk) plan(t *letter.Template, office, name, slugEnd string, a Ask, layers []letter.Layer) (Planned, error) {
	match, err := d.find(office, a)
	if err != nil {
		return Planned{}, err
	}
	return d.planOffice(t, match, name, slugEnd, a, layers)
}

// find is the office of that name: one of the directory, or one that the user
// describes.
func (d *Desk) find(name string, a Ask) (agency.Match, error) {
	name = entered.Line(name)
	if a.At != nil {
		o := *a.At
		o.Name = name
		o, ways := agency.Described(o)
		if len(ways) == 0 {
			return agency.Match{}, remedy.Misuse("there is no way to reach "+name,
				"add "+waysNamed(remedy.Name("address")))
		}
		return agency.Match{Office: o}, nil
	}
	match, err := d.Directory.Find(name)
	switch {
	case a.Law == "":
		return match, err
	case err != nil:
		return match, remedy.Misuse(fmt.Sprintf("the directory has no office “%s”", name),
			"give its address: "+remedy.Give("address", "715 E 8th St, Austin, TX 78701")+", or "+waysNamed())
	case match.Office.Law == "" && match.Office.UserAdded:
		match.Office.Law = a.Law
	case match.Office.UnderLaw() != a.Law:
		return match, remedy.Misuse(fmt.Sprintf("%s is under %s, not %s", match.Office.Name, match.Office.UnderLaw(), a.Law),
			fmt.Sprintf("leave out %s, or describe another office with %s", remedy.Name("law"), remedy.Name("address")))
	}
	return match, nil
}

// waysNamed are the details that say how an office can be reached, as advice names them,
// after others.
func waysNamed(before ...string) string {
	return strings.Join(append(before, remedy.Name("email"), remedy.Name("fax")), ", ") + " or " + remedy.Name("portal")
}

// PlanFor plans a letter to an office that need not be in the directory.
func (d *Desk) PlanFor(t *letter.Template, match agency.Match, a Ask) (Planned, error) {
	return d.planOffice(t, match, a.Name, "", a, a.Given)
}

func (d *Desk) planOffice(t *letter.Template, match agency.Match, name, slugEnd string, a Ask, layers []letter.Layer) (Planned, error) {
	o := match.Office
	if o.UserAdded && o.Email != "" { // that of a list or a flag; agencies.yaml was checked when it was read
		if _, err := entered.ReadEmail(o.Email); err != nil {
			return Planned{}, remedy.Misuse("the e-mail address of "+o.Name+": "+err.Error(),
				"give one address, such as name@example.org")
		}
	}
	if o.LookOnly {
		return Planned{}, onlyLook(o)
	}
	book, err := d.Workspace.Laws()
	if err != nil {
		return Planned{}, err
	}
	if !t.MadeFor(o.UnderLaw()) && book.Knows(o.UnderLaw()) {
		return Planned{}, madeForOther(t, o)
	}
	via := a.Via
	if via == "" {
		via = o.Preferred()
	}
	if slugEnd == "" {
		layers = append(append([]letter.Layer(nil), layers...), letter.Layer{Answers: a.Requester.Answers, File: "foia.yaml", Shared: true})
	}
	p := Planned{Name: name, Asked: match, Order: letter.Order{
		Template: t, Regime: book.For(o.ID, o.Law), Office: o, Channel: via, Requester: a.Requester,
		Date: a.Date, Layers: layers, Sample: a.Sample, Charset: d.Charset(), Dates: d.Dates(d.Today),
	}}
	if a.Series != nil {
		if err := d.fitsSeries(t, *a.Series, layers); err != nil {
			return Planned{}, err
		}
	}
	answers, dropped, err := p.Order.Complete()
	if err != nil {
		return Planned{}, err
	}
	p.Order.Dropped = dropped.With(a.Dropped)
	p.answered, p.Order.Answers, p.series = answers, answers, a.Series
	end := slugEnd
	if end == "" {
		end = answers.Text("subject")
	}
	p.Slug = workspace.Slug(shortName(o), end)
	if p.Digest, err = fingerprint(name, t, o.ID, via, a.Requester, answers); err == nil && a.Series != nil {
		p.Digest, err = seriesDigest(p.Digest, *a.Series), checkItems(answers)
	}
	return p, err
}

// onlyLook says that the directory has no contact of an office, only where to look for one.
func onlyLook(o agency.Office) error {
	return remedy.Misuse(fmt.Sprintf("the directory does not know how to reach %s, only where to look", o.Name),
		fmt.Sprintf("look at %s, and describe the office: %s", o.Source, agency.WriteToOffice(o)))
}

// madeForOther says that a template would tell an office of a law that does not
// bind it.
func madeForOther(t *letter.Template, o agency.Office) error {
	use := "public-records"
	if o.UnderLaw() == law.Federal {
		use = "request"
	}
	return remedy.Misuse(fmt.Sprintf("the template %s is for the law %s, but %s is under %s", t.ID, t.Law, o.Name, o.UnderLaw()),
		"use the template "+use+", or one of your own made for that law")
}

// fingerprint tells whether a letter was made before: the same template, office,
// requester and answers. The day does not count, so that a command run again
// tomorrow does not file the same request twice.
func fingerprint(
	name string, t *letter.Template, office string, via agency.Channel, r letter.Requester, answers letter.Answers,
) (string, error) {
	b, err := json.Marshal(struct {
		Name, Template, Office, Via string
		Requester                   letter.Requester
		Answers                     letter.Answers
	}{name, t.SHA256, office, string(via), r, answers})
	if err != nil {
		return "", fmt.Errorf("the answers cannot be written as JSON: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// shortName is what an office is called in the names of folders.
func shortName(o agency.Office) string {
	if o.Abbreviation != "" || !o.UserAdded {
		return o.Abbreviation
	}
	const most = 24
	name := []rune(o.Name)
	return string(name[:min(len(name), most)])
}
