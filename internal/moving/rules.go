package moving

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"foia/internal/docket"
	"foia/internal/yamltext"
)

//go:embed data/*.yaml
var files embed.FS

// columnRule says what a heading means.
type columnRule struct {
	Means  Means  `yaml:"means"`
	Cells  string `yaml:"cells"` // day, flag, text or any; several with commas
	Rank   int    `yaml:"rank"`
	Name   string `yaml:"name"`
	Unless string `yaml:"unless"`
	Beside string `yaml:"beside"` // another heading of the file
	Says   string `yaml:"says"`
	Source string `yaml:"source"`

	name, unless, beside *regexp.Regexp
}

// ruleSet is a set of rules of words, of which the first that fits counts.
type ruleSet struct {
	Set   string     `yaml:"set"`
	Rules []wordRule `yaml:"rules"`
}

// wordRule says what words mean.
type wordRule struct {
	Says   string   `yaml:"says"`
	Unless string   `yaml:"unless"`
	Gives  []string `yaml:"gives"`
	State  string   `yaml:"state"`
	Reason string   `yaml:"reason"`
	Source string   `yaml:"source"`

	says, unless *regexp.Regexp
	gives        []Event
}

var columnRules = sync.OnceValue(func() []columnRule {
	var out []columnRule
	decode("columns.yaml", &out)
	for i := range out {
		r := &out[i]
		r.name = regexp.MustCompile(r.Name)
		if r.Unless != "" {
			r.unless = regexp.MustCompile(r.Unless)
		}
		if r.Beside != "" {
			r.beside = regexp.MustCompile(r.Beside)
		}
	}
	return out
})

var (
	statusRules = sync.OnceValue(func() []ruleSet { return wordRules("statuses.yaml") })
	proseRules  = sync.OnceValue(func() []ruleSet { return wordRules("prose.yaml") })
)

func decode(name string, into any) {
	raw, err := files.ReadFile("data/" + name)
	if err == nil {
		err = yamltext.Decode(yamltext.Source{File: name, Text: raw}, into)
	}
	if err != nil {
		panic(fmt.Sprintf("data/%s: %v", name, err)) // it is in the program
	}
}

func wordRules(name string) []ruleSet {
	var out []ruleSet
	decode(name, &out)
	for i := range out {
		for j := range out[i].Rules {
			out[i].Rules[j].compile()
		}
	}
	return out
}

var places = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("{days}", `(?P<days>\d{1,3})`, "{pages}", `(?P<pages>\d{1,3}(?:,\d{3})*|\d{1,6})`,
		"{amount}", `(?P<amount>\d[\d,]*(?:\.\d\d)?)`)
})

func (r *wordRule) compile() {
	r.says = regexp.MustCompile(places().Replace(r.Says))
	if r.Unless != "" {
		r.unless = regexp.MustCompile(r.Unless)
	}
	for _, text := range r.Gives {
		e, err := ReadEvent(text)
		if err != nil {
			panic(fmt.Sprintf("%q: %v", text, err)) // it is in the program
		}
		r.gives = append(r.gives, e)
	}
}

func (r *wordRule) fits(text string) []int {
	if r.unless != nil && r.unless.MatchString(text) {
		return nil
	}
	return r.says.FindStringSubmatchIndex(text)
}

// ReadEvent reads an event as the rules and a mapping write it: determination outcome=denied.
func ReadEvent(text string) (Event, error) {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return Event{}, fmt.Errorf("an event is missing")
	}
	spec, ok := docket.SpecOf(docket.Kind(fields[0]))
	if !ok || spec.Own {
		return Event{}, fmt.Errorf("%q is not a kind of event", fields[0])
	}
	e := Event{Kind: spec.Kind}
	for _, f := range fields[1:] {
		name, value, ok := strings.Cut(f, "=")
		if _, known := spec.Detail(name); !ok || !known {
			return Event{}, fmt.Errorf("%q is not a detail of %s", f, spec.Kind)
		}
		e.set(name, value)
	}
	return e, nil
}

func (e *Event) set(name, value string) {
	if value == "" {
		return
	}
	if e.Data == nil {
		e.Data = map[string]string{}
	}
	e.Data[name] = value
}

// String is the event as a rule or mapping writes it.
func (e Event) String() string {
	out := string(e.Kind)
	if spec, ok := docket.SpecOf(e.Kind); ok {
		for _, d := range spec.Details {
			if v := e.Data[d.Name]; v != "" {
				out += " " + d.Name + "=" + v
			}
		}
	}
	return out
}
