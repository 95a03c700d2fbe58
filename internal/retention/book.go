package retention

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
)

// The files as they were read, with their README. They are parsed when somebody asks for a
// series, and at no other start.
var (
	//go:embed data/grs.jsonl
	grsJSONL []byte
	//go:embed data/systems.jsonl
	systemsJSONL []byte
	//go:embed data/state-schedules.jsonl
	statesJSONL []byte
	//go:embed data/holders.csv
	holdersCSV []byte
)

// Book is all series, in the order of the files.
type Book struct {
	series []*Series
	byID   map[string]*Series

	index func() *index
}

// Load returns the built-in series.
var Load = sync.OnceValues(func() (*Book, error) { return readBook(grsJSONL, systemsJSONL, statesJSONL, holdersCSV) })

func readBook(grs, systems, states, holders []byte) (*Book, error) {
	b := &Book{byID: map[string]*Series{}}
	offices, err := readHolders(holders)
	if err != nil {
		return nil, err
	}
	for _, part := range []struct {
		name string
		text []byte
		make func([]byte) (*Series, error)
	}{{"grs.jsonl", grs, generalOf}, {"systems.jsonl", systems, systemOf}, {"state-schedules.jsonl", states, stateOf}} {
		n := 0
		for line := range bytes.Lines(part.text) {
			n++
			s, err := part.make(line)
			if err != nil {
				return nil, fmt.Errorf("the built-in schedules cannot be read (data/%s:%d): %w", part.name, n, err)
			}
			b.series = append(b.series, s)
		}
	}
	b.name()
	for id, ids := range offices {
		s, ok := b.byID[key(id)]
		if !ok {
			return nil, fmt.Errorf("the built-in schedules cannot be read (data/holders.csv): there is no series %s", id)
		}
		s.office = ids
	}
	b.index = sync.OnceValue(func() *index {
		texts := make([]Texts, len(b.series))
		for i, s := range b.series {
			texts[i] = s.texts()
		}
		return newIndex(texts)
	})
	return b, nil
}

// name gives each series an id of its own, and a superseded one its successor.
func (b *Book) name() {
	count := map[string]int{}
	for _, s := range b.series {
		count[key(s.ID)]++
	}
	byAuthority := map[string]string{}
	for _, s := range b.series {
		if count[key(s.ID)] > 1 { // one section can have several periods
			s.ID += ": " + firstWords(s.Title)
		}
		b.byID[key(s.ID)] = s
		if s.Authority != nil {
			if _, first := byAuthority[*s.Authority]; !first {
				byAuthority[*s.Authority] = s.ID
			}
		}
	}
	for _, s := range b.series {
		if s.Successor != nil {
			s.Next = byAuthority[*s.Successor]
		}
	}
}

// firstWords are a title up to the first comma or parenthesis.
func firstWords(title string) string {
	title, _, _ = strings.Cut(title, ",")
	title, _, _ = strings.Cut(title, " (")
	return title
}

// key is an id as ids are compared: 6.1.010 and grs 6.1.010 are the same.
func key(id string) string {
	k := strings.ToLower(strings.Join(strings.Fields(id), " "))
	return strings.TrimPrefix(k, "grs ")
}

// All are all series.
func (b *Book) All() []*Series { return b.series }

// Get is the series of an id.
func (b *Book) Get(id string) (*Series, bool) {
	s, ok := b.byID[key(id)]
	return s, ok
}

// Laws are the laws of which schedules were read, in order, with how many series.
func (b *Book) Laws() (ids []string, count map[string]int) {
	count = map[string]int{}
	for _, s := range b.series {
		if count[s.Law] == 0 {
			ids = append(ids, s.Law)
		}
		count[s.Law]++
	}
	return ids, count
}

// The laws that a series can have besides that of one state.
const (
	federal    = "us-federal"
	everyState = "us"
)

// row is what the three kinds of lines have.
type row struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Records    *string  `json:"records"`
	Retention  *string  `json:"retention"`
	N          *int     `json:"retention_n"`
	Most       *int     `json:"retention_max"`
	Unit       *string  `json:"retention_unit"`
	Clock      *string  `json:"clock"`
	Authority  *string  `json:"authority"`
	Note       *string  `json:"note"`
	Words      []string `json:"words"`
	Source     string   `json:"source"`
	ReadVia    string   `json:"read_via"`
	SourceDate *string  `json:"source_date"`
	Confidence string   `json:"confidence"`

	// NARA's table.
	Part             string   `json:"schedule_title"`
	Basis            *string  `json:"records_basis"`
	Mode             string   `json:"retention_mode"`
	Longer           *bool    `json:"longer_allowed"`
	Keepers          []string `json:"custodian_hint"`
	Successor        *string  `json:"superseded_by"`
	ScopeNote        string   `json:"scope_note"`
	ScopeSource      string   `json:"scope_source"`
	PeriodSource     string   `json:"retention_source"`
	PeriodConfidence *string  `json:"retention_confidence"`
	ClockDetail      string   `json:"clock_detail"`
	ClockConfidence  string   `json:"clock_detail_confidence"`
	Warn             bool     `json:"warn"`

	// Systems.
	Name     string  `json:"name"`
	Agency   string  `json:"agency"`
	Kind     string  `json:"kind"` // of a state's series: the mode
	What     *string `json:"what"`
	Citation *string `json:"citation"`

	// States.
	State  string   `json:"state"`
	Scope  string   `json:"scope"`
	Series string   `json:"series"`
	Topics []string `json:"topics"`
}

func (r row) common() *Series {
	return &Series{ID: r.ID, Title: r.Title, Holds: r.Records, HoldsBasis: r.Basis, Keepers: r.Keepers, Part: r.Part,
		Retention: r.Retention, Mode: r.Mode, N: r.N, Most: r.Most, Unit: r.Unit, Clock: r.Clock, Longer: r.Longer,
		Authority: r.Authority, Successor: r.Successor, Note: r.Note, Source: r.Source, ReadVia: r.ReadVia, SourceDate: r.SourceDate,
		Confidence: r.Confidence, ScopeNote: r.ScopeNote, ScopeSource: r.ScopeSource, PeriodSource: r.PeriodSource,
		PeriodConfidence: r.PeriodConfidence, ClockDetail: r.ClockDetail, ClockConfidence: r.ClockConfidence, Warns: r.Warn,
		words: r.Words}
}

func generalOf(line []byte) (*Series, error) {
	var r row
	err := json.Unmarshal(line, &r)
	s := r.common()
	s.Kind, s.Law = General, federal
	return s, err
}

func systemOf(line []byte) (*Series, error) {
	var r row
	err := json.Unmarshal(line, &r)
	s := r.common()
	s.Kind, s.Law, s.Agency, s.Title, s.Holds, s.Notice = r.Kind, federal, r.Agency, r.Name, r.What, r.Citation
	if s.Retention == nil {
		s.Mode = Unread
	} else {
		s.Mode = NotStated // one text for several kinds of records
	}
	return s, err
}

func stateOf(line []byte) (*Series, error) {
	var r row
	err := json.Unmarshal(line, &r)
	s := r.common()
	s.Kind, s.Law, s.Mode, s.Scope = State, "us-"+strings.ToLower(r.State), r.Kind, r.Scope
	if r.State == "ALL" {
		s.Law = everyState
	}
	if r.Retention == nil {
		s.Mode = Unread
	}
	s.ID = s.Law + " " + r.Series
	s.Authority = &r.Series
	s.topics = r.Topics
	return s, err
}

// readHolders are the offices whose system a series is, by the ids of the directory.
func readHolders(raw []byte) (map[string][]string, error) {
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("the built-in schedules cannot be read (data/holders.csv): %w", err)
	}
	out := map[string][]string{}
	for _, r := range rows[1:] {
		out[r[0]] = strings.Fields(r[1])
	}
	return out, nil
}
