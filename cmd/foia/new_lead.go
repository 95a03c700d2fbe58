package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/filing"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/subject"
	"foia/internal/terminal"
)

// newRequest is what the questions of foia new lead to.
const newRequest = "New request"

// leading is a request that somebody is led to, question by question.
type leading struct {
	a     *app
	desk  *filing.Desk
	book  *law.Book
	ask   filing.Ask // what the command line says
	named bool       // it names the template
	flags *newFlags
	kept  keptRequest // what was answered so far

	subjects *subject.Library
}

// notListed is what somebody chooses whose office is not in the directory.
const notListed = "not-in-the-list"

func (a *app) newLeading(desk *filing.Desk, ask filing.Ask, f *newFlags, kept keptRequest) (*leading, error) {
	book, err := desk.Workspace.Laws()
	if err != nil {
		return nil, err
	}
	if kept.Answers == nil {
		kept.Answers = letter.Answers{}
	}
	return &leading{a: a, desk: desk, book: book, ask: ask, named: ask.Name != "", flags: f, kept: kept,
		subjects: subjectsOf(desk.Workspace)}, nil
}

// lead asks what a request needs, shows the letter, and gives what is to be made.
func (a *app) lead(desk *filing.Desk, ask filing.Ask, f *newFlags, kept keptRequest) ([]filing.Planned, *leading, error) {
	l, err := a.newLeading(desk, ask, f, kept)
	if err != nil {
		return nil, nil, err
	}
	defer a.closeForm()
	if err := l.untilAgreed(); err != nil {
		return nil, nil, err
	}
	plan, err := l.plan()
	return plan, l, err
}

// untilAgreed asks, and shows the letter, until it is to be made.
func (l *leading) untilAgreed() error {
	first, err := l.unanswered()
	if err != nil {
		return err
	}
	for {
		w := way{of: newRequest, steps: l.steps, first: first, more: 1, kept: l.keep, again: resumeCommand}
		if err := l.a.walk(w); err != nil {
			return err
		}
		if l.flags.preview != "" || l.flags.yes {
			return nil
		}
		steps, err := l.steps()
		if err != nil {
			return err
		}
		err = l.a.review(reviewed{of: newRequest, n: len(steps) + 1, make: "Make the letter", drafts: l.drafts, answers: l.changeable,
			kept: func() error { return l.keep("") }, again: resumeCommand, force: &l.flags.force})
		if errors.Is(err, terminal.ErrBack) {
			first = len(steps) - 1
			continue
		}
		if err != nil {
			return err
		}
		if first, err = l.unanswered(); err != nil {
			return err
		}
		if steps, err = l.steps(); err != nil || first >= len(steps) { // a change can bring questions with it
			return err
		}
	}
}

// office is the office that is asked; ok is false if none is chosen yet.
func (l *leading) office() (agency.Office, bool) {
	name := l.officeName()
	switch {
	case name == "":
		return agency.Office{}, false
	case l.ask.At != nil || l.kept.Own.described():
		return agency.Office{Name: name, Law: l.lawID()}, l.lawID() != ""
	}
	match, err := l.desk.Directory.Find(name)
	if err != nil {
		return agency.Office{}, false
	}
	if match.Office.Law == "" && match.Office.UserAdded {
		match.Office.Law = l.lawID()
	}
	return match.Office, true
}

func (l *leading) officeName() string {
	if len(l.ask.Offices) > 0 {
		return l.ask.Offices[0]
	}
	return l.kept.Office
}

func (l *leading) lawID() string {
	if l.ask.Law != "" {
		return l.ask.Law
	}
	return l.kept.Own.Law
}

// template is the one of the command line, or the one for the law of the office.
func (l *leading) template() (*letter.Template, letter.Typing, error) {
	office, known := l.office()
	name := l.ask.Name
	if !l.named {
		name = "request"
		if known && office.UnderLaw() != law.Federal {
			name = "public-records"
		}
	}
	regime := l.book.For(office.ID, office.Law)
	typing := l.desk.Typing()
	typing.Law, typing.Currency = office.UnderLaw(), regime.Currency()
	t, err := l.desk.Library.Template(name)
	return t, typing, err
}

// standing are the answers that are there before anybody is asked.
func (l *leading) standing() []letter.Layer {
	return append(slices.Clone(l.ask.Given), letter.Layer{Answers: l.ask.Requester.Answers, File: "foia.yaml", Shared: true})
}

func (l *leading) given() letter.Layer {
	return letter.Layer{Answers: l.kept.Answers, File: "your answer"}
}

// steps are the questions as the answers so far make them.
func (l *leading) steps() ([]step, error) {
	var out []step
	if len(l.ask.Offices) == 0 {
		out = l.officeSteps()
	}
	t, typing, err := l.template()
	if err != nil {
		return nil, err
	}
	asked, err := t.Leading(l.given(), l.standing(), typing)
	if err != nil {
		return nil, err
	}
	for _, q := range asked {
		_, items := t.Field("records")
		if q.Field.Name == "subject" && items {
			out = append(out, l.subjectSteps(q.Field, typing)...)
		} else {
			out = append(out, l.a.fieldSteps([]letter.Asking{q}, l.kept.Answers, nil, typing)...)
		}
	}
	return out, nil
}

// unanswered is the place of the first question that nobody was asked.
func (l *leading) unanswered() (int, error) {
	steps, err := l.steps()
	if err != nil {
		return 0, err
	}
	for i, s := range steps {
		if !slices.Contains(l.kept.Asked, s.name) {
			return i, nil
		}
	}
	return len(steps), nil
}

// keep keeps the answers so far.
func (l *leading) keep(name string) error {
	if name != "" && !slices.Contains(l.kept.Asked, name) {
		l.kept.Asked = append(l.kept.Asked, name)
	}
	if l.named {
		l.kept.Template = l.ask.Name
	}
	if len(l.ask.Offices) > 0 {
		l.kept.Office = l.ask.Offices[0]
	}
	return l.kept.write(l.desk.Workspace)
}

// plan is what is to be made.
func (l *leading) plan() ([]filing.Planned, error) {
	ask := l.ask
	t, _, err := l.template()
	if err != nil {
		return nil, err
	}
	ask.Name = t.ID
	ask.Given = append([]letter.Layer{l.given()}, ask.Given...)
	if len(ask.Offices) == 0 {
		ask.Offices = []string{l.kept.Office}
		own := l.kept.Own.flags()
		if ask.Law == "" {
			ask.Law = own.law
		}
		if ask.At == nil {
			if ask.At, err = own.office(l.book); err != nil {
				return nil, err
			}
		}
	}
	if l.kept.Via != "" {
		ask.Via = agency.Channel(l.kept.Via)
	}
	return l.desk.Plan(ask)
}

func (l *leading) drafts() ([]draft, error) {
	plan, err := l.plan()
	if err != nil {
		return nil, err
	}
	drafts, err := wouldMake(l.a, l.desk, plan)
	_, typing, bad := l.template()
	if len(drafts) > 0 && bad == nil {
		drafts[0].Notes = l.expected(typing)
		if figures, err := l.figures(); err == nil {
			drafts[0].Notes = append(drafts[0].Notes, figures...)
		} else {
			return nil, err
		}
	}
	return drafts, err
}

// wouldMake is what a plan would make.
func wouldMake(a *app, desk *filing.Desk, plan []filing.Planned) (out []draft, err error) {
	made, err := desk.WouldMake(a.context(), plan)
	for _, m := range made {
		out = append(out, draft{m.Draft, m.Findings, nil})
	}
	return out, err
}

// officeSteps ask for the office, and for where it is if the directory does not know.
func (l *leading) officeSteps() []step {
	own := &l.kept.Own
	ask := func(q terminal.Question) func(terminal.Place) error {
		return func(at terminal.Place) error {
			q.At = at
			return l.a.asks(q)
		}
	}
	chosen := l.kept.Office
	if own.Named {
		chosen = notListed
	}
	steps := []step{{name: "office", ask: func(at terminal.Place) error {
		err := ask(terminal.Question{Kind: terminal.Search, Title: "Whom do you ask?", Into: &chosen, Find: l.findOffices,
			Help: "Type a name, an abbreviation or a word of it."})(at)
		switch {
		case err != nil:
			return err
		case chosen == notListed && !own.Named:
			l.kept.Office, *own = "", keptOffice{Named: true}
		case chosen != notListed:
			l.kept.Office, *own = chosen, keptOffice{}
		}
		return nil
	}}}
	if !own.Named {
		return steps
	}
	return append(steps,
		step{"office-name", ask(terminal.Question{Title: "The name of the office", Into: &l.kept.Office, Check: needed,
			Help: "For example: Austin Police Department"})},
		step{"office-law", ask(terminal.Question{Kind: terminal.Search, Title: "Under which law does it answer?", Into: &own.Law,
			Find: l.findLaws,
			Help: "Type the state or country. Offices of the U.S. government answer under the Freedom of Information Act."})},
		step{"office-address", ask(terminal.Question{Kind: terminal.Block, Title: "Its postal address", Into: &own.Address,
			Optional: true, Help: "Street, and below it the city with state and ZIP code: 715 E 8th St / Austin, TX 78701",
			Check: l.checkAddress})},
		step{"office-email", ask(terminal.Question{Title: "Its e-mail address", Into: &own.Email, Optional: own.Address != "",
			Check: func(s string) error {
				try := *own
				try.Email = strings.TrimSpace(s)
				return l.checkOffice(try)
			}})})
}

// checkAddress says what is wrong with an address; it may be empty where an e-mail address follows.
func (l *leading) checkAddress(s string) error {
	try := l.kept.Own
	if try.Address = s; strings.TrimSpace(s) == "" {
		return nil
	}
	return l.checkOffice(try)
}

func (l *leading) checkOffice(own keptOffice) error {
	o, err := own.flags().office(l.book)
	var wrong *remedy.Error
	switch {
	case errors.As(err, &wrong):
		return errors.New(wrong.What)
	case err == nil && o == nil:
		return errors.New("a letter needs an address or an e-mail address to go to")
	}
	return err
}

// mostOffices is how many offices are offered at once.
const mostOffices = 7

func (l *leading) findOffices(words string) (out []terminal.Option) {
	offices, says := l.desk.Directory.Typed(words, mostOffices)
	if says != "" {
		out = append(out, terminal.Option{Label: says})
	}
	for _, o := range offices {
		out = append(out, l.officeOption(o))
	}
	return append(out, terminal.Option{Label: "Not in the list: I type its address", Value: notListed})
}

func (l *leading) findLaws(words string) (out []terminal.Option) {
	add := func(id, place, name string) {
		if matches(id+" "+place+" "+name, words) {
			out = append(out, terminal.Option{Label: place + ": " + name, Value: id})
		}
	}
	for _, id := range l.book.Records().IDs() {
		p, _ := l.book.Records().Law(id)
		add(id, p.Place, p.Name)
	}
	add(law.Federal, "United States, federal", "Freedom of Information Act (FOIA)")
	return out
}

// changeable are the answers that can be changed once the letter is seen.
func (l *leading) changeable() (out []changeable, err error) {
	plan, err := l.plan()
	if err != nil {
		plan = nil // what is wrong is among the answers
	}
	if len(l.ask.Offices) == 0 {
		for _, s := range l.officeSteps() {
			label := map[string]string{"office": "Whom you ask", "office-name": "Name of the office", "office-law": "Law of the office",
				"office-address": "Address of the office", "office-email": "E-mail address of the office"}[s.name]
			now := map[string]string{"office": l.kept.Office, "office-name": l.kept.Office, "office-law": l.kept.Own.Law,
				"office-address": l.kept.Own.Address, "office-email": l.kept.Own.Email}[s.name]
			out = append(out, changeable{label, cell(now), s})
		}
	}
	if len(plan) > 0 && len(plan[0].Order.Office.ReceivesBy) > 1 {
		order := plan[0].Order
		out = append(out, viaChange(l.a, order.Office, string(order.Channel), &l.kept.Via))
	}
	t, typing, err := l.template()
	if err != nil {
		return nil, err
	}
	more, err := l.a.changeFields(t, l.kept.Answers, append([]letter.Layer{l.given()}, l.standing()...), typing)
	return append(out, more...), err
}

// viaChange offers the ways in which an office takes requests.
func viaChange(a *app, office agency.Office, now string, into *string) changeable {
	var options []terminal.Option
	for _, c := range office.ReceivesBy {
		options = append(options, terminal.Option{Label: viaWord(string(c)), Value: string(c)})
	}
	return changeable{"How it is filed", viaWord(now), step{"via", func(at terminal.Place) error {
		via := now
		err := a.asks(terminal.Question{Kind: terminal.Choice, Title: "How is it filed?", Options: options, Into: &via, At: at})
		if err == nil {
			*into = via
		}
		return err
	}}}
}

// changeFields are the fields of a letter, each with what it says now.
func (a *app) changeFields(t *letter.Template, into letter.Answers, layers []letter.Layer, in letter.Typing) (out []changeable,
	err error) {
	fields, answers, err := t.Answered(layers, in)
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		if f.Name == letter.LastDay {
			continue
		}
		q := letter.Asking{Field: f, Period: f.Name == letter.FirstDay}
		label, now := f.Label, answerText(answers[f.Name])
		if q.Period {
			label, now = letter.PeriodLabel, letter.PeriodText(answers)
		}
		if now == "" {
			now = "–"
		}
		out = append(out, changeable{label, now, a.fieldSteps([]letter.Asking{q}, into, answers, in)[0]})
	}
	return out, nil
}

// answerText is an answer in a line.
func answerText(v any) string {
	text, _, items := letter.Field{}.Typed(v)
	switch v := v.(type) {
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case nil:
		return ""
	}
	if len(items) > 0 {
		text = strings.Join(items, "; ")
	}
	return cell(text)
}

// sameCommand is the command that makes the same letter without questions.
func (l *leading) sameCommand(answersFile string) string {
	t, _, err := l.template()
	if err != nil {
		return ""
	}
	words := []string{"foia new " + quoteWord(t.ID), "--to " + quoteWord(l.officeName())}
	own := l.kept.Own
	for _, flag := range [][2]string{{"--law", own.Law}, {"--address", strings.ReplaceAll(strings.TrimSpace(own.Address), "\n", ", ")},
		{"--email", own.Email}, {"--via", l.kept.Via}} {
		if flag[1] != "" {
			words = append(words, flag[0]+" "+quoteWord(flag[1]))
		}
	}
	sets, ok := setWords(t, l.kept.Answers)
	if !ok || len(strings.Join(sets, " ")) > longestSets {
		sets = []string{"--answers " + quoteWord(answersFile)}
	}
	if l.a.dirSet {
		sets = append(sets, "-w "+quoteWord(l.a.dir))
	}
	return strings.Join(append(words, sets...), " ")
}

// longestSets is how long the answers on a command line may be, so that anybody reads them.
const longestSets = 500

// setWords are answers as --set gives them; not ok if one cannot be given so.
func setWords(t *letter.Template, answers letter.Answers) (out []string, ok bool) {
	for _, f := range t.Fields {
		values := []string{}
		switch v := answers[f.Name].(type) {
		case nil:
		case string:
			values = append(values, v)
		case bool:
			values = append(values, answerText(v))
		case []string:
			values = append(values, v...)
		case []letter.Record:
			return nil, false
		case []any:
			for _, one := range v {
				s, plain := one.(string)
				if !plain {
					return nil, false
				}
				values = append(values, s)
			}
		default:
			values = append(values, fmt.Sprint(v))
		}
		for _, v := range values {
			if strings.ContainsAny(v, "\n\r") {
				return nil, false
			}
			out = append(out, "--set "+quoteWord(f.Name+"="+v))
		}
	}
	return out, true
}
