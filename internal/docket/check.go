package docket

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foia/internal/law"
	"foia/internal/workday"
)

// Refusal says why an event cannot be: an impossible order, an impossible date.
type Refusal struct{ What, Remedy string }

func (r *Refusal) Error() string { return r.What }

// Hint says what to do.
func (r *Refusal) Hint() string { return r.Remedy }

// Usage: it is the command line that is wrong.
func (r *Refusal) Usage() bool { return true }

// Repeated says that the same event is in the log already.
type Repeated struct{ Event Event }

func (r *Repeated) Error() string {
	s := fmt.Sprintf("this is already in the log: event %d, %s on %s", r.Event.Seq, r.Event.Kind, r.Event.On)
	if entered := r.Event.entered(); entered != "" {
		s += ", " + entered
	}
	return s
}

// Hint says what to do.
func (r *Repeated) Hint() string { return "if it happened twice, add --again" }

// Usage: it is the command line that is wrong.
func (r *Repeated) Usage() bool { return true }

// Proposed is an event that somebody wants to record, with what it is checked
// against.
type Proposed struct {
	Request    Request
	Events     []Event // so far
	Event      Event
	Today      workday.Date
	Exemptions map[string]law.Exemption
	Again      bool // it is meant, although the same is there already
}

// Check tells whether an event can be recorded. What is impossible is an error;
// what is merely unusual comes back in words. The event returned has its details
// in their one form.
func (p Proposed) Check() (e Event, unusual []string, err error) {
	spec, ok := SpecOf(p.Event.Kind)
	if !ok || spec.Own {
		return e, nil, &Refusal{fmt.Sprintf("“%s” is not an event you can record", p.Event.Kind), "see: foia record --help"}
	}
	e = p.Event
	if e.Data, err = p.details(spec); err != nil {
		return e, nil, err
	}
	if err := p.checkDay(e); err != nil {
		return e, nil, err
	}
	if e.Kind == Correction {
		return e, nil, p.checkCorrection(e)
	}
	life := lifeOf(p.Events)
	for _, old := range life {
		if !p.Again && old.Kind == e.Kind && old.On == e.On && maps.Equal(told(old.Data), told(e.Data)) {
			return e, nil, &Repeated{old}
		}
	}
	if err := p.checkOrder(e, life); err != nil {
		return e, nil, err
	}
	return e, p.unusual(e, life), nil
}

// told is what the user told of an event, without what foia added.
func told(data map[string]string) map[string]string {
	data = maps.Clone(data)
	delete(data, "files")
	delete(data, "child")
	return data
}

// details reads every detail, and refuses those that the kind does not have.
func (p Proposed) details(spec Spec) (map[string]string, error) {
	out := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(p.Event.Data)) {
		value := strings.TrimSpace(p.Event.Data[name])
		if value == "" {
			continue
		}
		if name == "note" || name == "files" {
			out[name] = value
			continue
		}
		d, ok := spec.Detail(name)
		if !ok {
			return nil, &Refusal{fmt.Sprintf("--%s does not apply to “%s”", name, spec.Kind), detailsHint(spec)}
		}
		clean, err := d.read(value, p.Exemptions)
		if err != nil {
			return nil, err
		}
		out[name] = clean
	}
	for _, d := range spec.Details {
		if d.Required && out[d.Name] == "" {
			return nil, &Refusal{fmt.Sprintf("“%s” needs --%s (%s)", spec.Kind, d.Name, d.Help), detailsHint(spec)}
		}
	}
	return out, p.required(spec.Kind, out)
}

// required are details of which one at least must be there.
func (p Proposed) required(k Kind, data map[string]string) error {
	switch {
	case (k == Extended || k == AppealExtended) && (data["days"] == "") == (data["until"] == ""):
		return &Refusal{"an extension needs either a number of working days or a date", "add --days N or --until DATE, as the notice says"}
	case k == Note && data["note"] == "":
		return &Refusal{"the note is empty", "add --note \"…\""}
	case k == FileAdded && data["files"] == "":
		return &Refusal{"no file was named", "add --attach FILE"}
	}
	return nil
}

func detailsHint(spec Spec) string {
	names := []string{"--on", "--note", "--attach"}
	for _, d := range spec.Details {
		names = append(names, "--"+d.Name)
	}
	return fmt.Sprintf("“%s” takes %s", spec.Kind, strings.Join(names, ", "))
}

// read brings a detail into its one form.
func (d Detail) read(value string, exemptions map[string]law.Exemption) (string, error) {
	wrong := func(what string) (string, error) {
		return "", &Refusal{fmt.Sprintf("--%s: %s", d.Name, what), d.Help}
	}
	switch d.Type {
	case Day:
		day, err := workday.ReadDate(value)
		if err != nil {
			return wrong(err.Error())
		}
		return day.String(), nil
	case Number:
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > 100_000_000 {
			return wrong(fmt.Sprintf("%q is not a number", value))
		}
		return strconv.Itoa(n), nil
	case Money:
		return d.money(value)
	case Choice:
		if !slices.Contains(d.Choices, value) {
			return wrong(fmt.Sprintf("%q is not one of %s", value, strings.Join(d.Choices, ", ")))
		}
	case Codes:
		return readCodes(value, exemptions)
	}
	return value, nil
}

// money reads 120, $120, 1,200.50.
func (d Detail) money(value string) (string, error) {
	plain := strings.ReplaceAll(strings.TrimPrefix(value, "$"), ",", "")
	whole, cents, dot := strings.Cut(plain, ".")
	w, err := strconv.Atoi(whole)
	if err != nil || w < 0 || dot && (len(cents) != 2 || strings.Trim(cents, "0123456789") != "") {
		return "", &Refusal{fmt.Sprintf("--%s: %q is not an amount in dollars", d.Name, value), "write it like 120 or 120.50"}
	}
	if !dot {
		return strconv.Itoa(w), nil
	}
	return fmt.Sprintf("%d.%s", w, cents), nil
}

// readCodes reads exemptions as people write them: b5, (b)(5), b7E, (b)(7)(E), 7e.
func readCodes(value string, exemptions map[string]law.Exemption) (string, error) {
	var codes []string
	for _, word := range strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		bare := strings.NewReplacer("(", "", ")", "").Replace(strings.ToUpper(word))
		code := "b" + strings.TrimPrefix(bare, "B")
		if _, ok := exemptions[code]; !ok {
			known := slices.Sorted(maps.Keys(exemptions))
			return "", &Refusal{fmt.Sprintf("--exemptions: there is no exemption %q", word), "the exemptions are " + strings.Join(known, ", ")}
		}
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return strings.Join(codes, ","), nil
}

// checkDay refuses days that cannot be.
func (p Proposed) checkDay(e Event) error {
	on := "--on: "
	switch {
	case e.On.IsZero():
		return &Refusal{on + "the day is missing", "add --on 2025-05-06"}
	case e.On.After(p.Today):
		return &Refusal{fmt.Sprintf("%s%s is in the future: today is %s", on, e.On.Letter(), p.Today.Letter()), "record it once it has happened"}
	case e.Kind != Note && e.Kind != FileAdded && e.On.Before(p.Request.Created):
		return &Refusal{fmt.Sprintf("%s%s is before the request, which is dated %s", on, e.On.Letter(), p.Request.Created.Letter()), "check the date of the letter"}
	}
	for _, name := range []string{"answer-by", "appeal-by"} {
		if d := e.day(name); !d.IsZero() && d.Before(e.On) {
			return &Refusal{fmt.Sprintf("--%s: %s is before the letter that gives it, %s", name, d.Letter(), e.On.Letter()), "check the letter"}
		}
	}
	if d := e.day("until"); !d.IsZero() && d.Before(e.On) {
		return &Refusal{fmt.Sprintf("--until: %s is before the notice, %s", d.Letter(), e.On.Letter()), "check the letter"}
	}
	if d := e.day("received"); !d.IsZero() {
		switch {
		case e.Kind == Acknowledged && d.After(e.On):
			return &Refusal{fmt.Sprintf("--received: %s is after the acknowledgment, %s", d.Letter(), e.On.Letter()), "check the letter"}
		case e.Kind == Acknowledged && d.Before(p.Request.Created):
			return &Refusal{fmt.Sprintf("--received: %s is before the request, which is dated %s", d.Letter(), p.Request.Created.Letter()), "check the letter"}
		case e.Kind != Acknowledged && d.Before(e.On):
			return &Refusal{fmt.Sprintf("--received: %s is before it was sent, %s", d.Letter(), e.On.Letter()), "check the proof"}
		}
	}
	return nil
}

// needs lists, for each kind that answers another, what must have happened before.
var needs = map[Kind]struct {
	before []Kind
	what   string
}{
	ClarificationAnswered: {[]Kind{ClarificationRequested}, "the agency's question"},
	FeeAnswered:           {[]Kind{FeeNotice}, "the agency's notice of fees"},
	StillInterestedAnswer: {[]Kind{StillInterestedAsked}, "the agency's letter"},
	AppealReceived:        {[]Kind{Appealed}, "your appeal"},
	AppealExtended:        {[]Kind{Appealed}, "your appeal"},
	AppealDecided:         {[]Kind{Appealed}, "your appeal"},
	OGISClosed:            {[]Kind{OGISOpened}, "the opening of the case at OGIS"},
}

// checkOrder refuses an order that cannot be. Events are entered as they are found:
// what must come before is looked for by its day.
func (p Proposed) checkOrder(e Event, l life) error {
	before := l.until(e.On)
	if need, ok := needs[e.Kind]; ok && before.first(need.before...) == nil {
		return &Refusal{fmt.Sprintf("“%s” on %s: the log has no record of %s by that date", e.Kind, e.On.Letter(), need.what),
			fmt.Sprintf("record that first: foia record %s %s --on DATE", p.Request.ID, need.before[0])}
	}
	if e.Kind == Received {
		if sent := l.first(Sent); sent != nil && e.On.Before(sent.On) {
			return &Refusal{fmt.Sprintf("it cannot have been received on %s: it was sent on %s", e.On.Letter(), sent.On.Letter()), "check the proof, or correct the date it was sent"}
		}
	}
	if e.Kind == Appealed {
		return p.checkAppeal(e, before)
	}
	if e.Kind == SeriesEnded {
		return p.checkSeries()
	}
	return nil
}

// checkAppeal refuses an appeal against nothing.
func (p Proposed) checkAppeal(e Event, before life) error {
	for _, old := range before {
		matter, ok := adverse(old, p.Request.Facts["fee_category"])
		if old.Kind == Determination && old.Data["outcome"] == "granted" {
			matter, ok = "determination", true // a full grant may still be incomplete
		}
		if ok && (e.Data["of"] == "" || e.Data["of"] == matter) {
			return nil
		}
	}
	what := "decision"
	if of := e.Data["of"]; of != "" {
		what = "decision on " + of
	}
	return &Refusal{fmt.Sprintf("the log has no %s by %s that could be appealed", what, e.On.Letter()),
		"an agency's silence is not appealed but lets you sue. If there was a decision, record it first: foia record " + p.Request.ID + " determination --on DATE --outcome …"}
}

func (p Proposed) checkCorrection(e Event) error {
	seq, err := strconv.Atoi(e.Data["of"])
	i := slices.IndexFunc(p.Events, func(x Event) bool { return x.Seq == seq })
	switch {
	case err != nil || i < 0:
		return &Refusal{fmt.Sprintf("--of: request %s has no event %s", p.Request.ID, e.Data["of"]), "see the numbers: foia show " + p.Request.ID}
	case p.Events[i].Kind == Drafted || p.Events[i].Kind == LetterMade:
		return &Refusal{fmt.Sprintf("event %d, %s, cannot be corrected: the letter has been made", seq, p.Events[i].Kind), "if it was a mistake, record closed with the reason"}
	case p.Events[i].Kind == MadePrivate || p.Events[i].Kind == MadePublic:
		return &Refusal{fmt.Sprintf("event %d, %s, cannot be corrected: to change who may see a request, set it again", seq, p.Events[i].Kind), "use foia private ID or foia public ID"}
	case struckOut(p.Events)[seq]:
		return &Refusal{fmt.Sprintf("event %d has already been corrected", seq), "see: foia show " + p.Request.ID}
	}
	return nil
}

// unusual says what is possible and seldom.
func (p Proposed) unusual(e Event, l life) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if e.Kind == Sent && l.first(Sent) != nil {
		say("it was already sent, on %s; sending it again does not restart the clock", l.first(Sent).On.Letter())
	}
	if l.first(Sent) == nil && e.Kind != Sent && e.Kind != Note && e.Kind != FileAdded && e.Kind != Closed && e.Kind != SeriesEnded {
		say("the log does not say when the request was sent; record that too")
	}
	if c := l.last(Closed); c != nil && e.Kind != Note && e.Kind != FileAdded && e.Kind != SeriesEnded {
		say("the request was closed on %s", c.On.Letter())
	}
	if e.Kind == Determination {
		if old := l.until(e.On).last(Determination); old != nil && l.after(*old).first(AppealDecided, Appealed) == nil {
			say("there was a determination on %s; this one replaces it", old.On.Letter())
		}
		if r := l.first(Received); r != nil && e.On.Before(r.On) {
			say("the determination is dated before the request was received, %s", r.On.Letter())
		}
	}
	if (e.Kind == ExpeditedGranted || e.Kind == ExpeditedDenied) && p.Request.Facts["expedited"] != Asked {
		say("the request did not ask for expedited processing")
	}
	if (e.Kind == FeeWaiverGranted || e.Kind == FeeWaiverDenied) && p.Request.Facts["fee_waiver"] != Asked {
		say("the request did not ask for a fee waiver")
	}
	if n, err := strconv.Atoi(e.Data["days"]); err == nil && n > 10 {
		say("more than ten working days: the agency must also offer to limit the scope or arrange another time")
	}
	if age := e.On.DaysUntil(p.Today); age > 365*3 {
		say("that was %d years ago", age/365)
	}
	return out
}
