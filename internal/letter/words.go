package letter

import (
	"embed"
	"fmt"
	"path"
	"strconv"
	"strings"
	"sync"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/lazy"
	"foia/internal/workday"
	"foia/internal/yamltext"
)

// The words that the program itself puts into a letter, a file for each language;
// words/README.md says what each is.
//
//go:embed words/*.yaml
var wordsFiles embed.FS

// The languages of letters whose template names none: in the United States, and to
// offices of other countries.
const (
	american     = "en"
	otherEnglish = "en-abroad"
)

// words are those of one language.
type words struct {
	Tag        string                    `yaml:"tag"`
	Name       string                    `yaml:"name"`
	Date       string                    `yaml:"date"`
	Months     []string                  `yaml:"months"`
	Subject    string                    `yaml:"subject"`
	Reference  string                    `yaml:"reference"`
	Greeting   string                    `yaml:"greeting"`
	Closing    string                    `yaml:"closing"`
	Enclosures string                    `yaml:"enclosures"`
	Page       string                    `yaml:"page"`
	Attention  string                    `yaml:"attention"`
	RequestTo  string                    `yaml:"request_to"`
	Via        map[agency.Channel]string `yaml:"via"`
	Money      map[string]string         `yaml:"money"`
	Point      string                    `yaml:"point"`
	Comma      string                    `yaml:"comma"`
	And        string                    `yaml:"and"`
	LastComma  bool                      `yaml:"last_comma"`
	Quotes     []string                  `yaml:"quotes"`
	Search     string                    `yaml:"search"`
	Where      string                    `yaml:"where"`
	Dates      string                    `yaml:"dates"`
	Terms      string                    `yaml:"terms"`
	Between    string                    `yaml:"between"`
	Until      string                    `yaml:"until"`
	OfSearch   string                    `yaml:"of_search"`
	Message    struct {
		Attached string `yaml:"attached"`
		Also     string `yaml:"also"`
		Answer   string `yaml:"answer"`
	} `yaml:"message"`

	american bool
}

// languages are the words by language, read when they are first needed.
var languages sync.Map

// wordsIn are the words of a language; the error says which there are.
func wordsIn(language string) (*words, error) {
	if w, ok := languages.Load(language); ok {
		return w.(*words), nil
	}
	file := path.Join("words", language+".yaml")
	raw, err := wordsFiles.ReadFile(file)
	if err != nil || !isID(language) {
		return nil, &Problem{What: "foia has no words for letters in the language " + quoted(language),
			Remedy: "the languages are " + strings.Join(Languages(), ", ")}
	}
	w := &words{}
	if err := yamltext.Decode(yamltext.Source{File: file, Text: raw}, w); err != nil {
		return nil, err
	}
	w.american = language == american
	languages.Store(language, w)
	return w, nil
}

// Languages are the codes that a template may have as its language.
func Languages() []string {
	entries, err := wordsFiles.ReadDir("words")
	if err != nil {
		panic("letter: the words are not in the program: " + err.Error())
	}
	var out []string
	for _, e := range entries {
		if code := strings.TrimSuffix(e.Name(), ".yaml"); code != otherEnglish {
			out = append(out, code)
		}
	}
	return out
}

// mustWords is wordsIn for a language that the program comes with; a template's own was
// looked up when it was compiled.
func mustWords(language string) *words {
	w, err := wordsIn(language)
	if err != nil {
		panic("letter: " + err.Error())
	}
	return w
}

// words are those of a letter to an office under a law.
func (t *Template) words(r law.Regime) *words {
	switch {
	case t.Language != american:
		return mustWords(t.Language)
	case abroad(r):
		return mustWords(otherEnglish)
	}
	return mustWords(american)
}

// LanguageName is what the language of the template is called in English.
func (t *Template) LanguageName() string { return mustWords(t.Language).Name }

// day is a day as the language writes it.
func (w *words) day(d workday.Date) string {
	if w.american {
		return d.Letter()
	}
	return fillWords(w.Date, "day", strconv.Itoa(d.Midnight().Day()), "month", w.Months[d.Midnight().Month()-1], "year",
		fmt.Sprintf("%04d", d.Year()))
}

// letterDay is a day as American letters have it, as whoever knows the log gives it.
const letterDay = lazy.Pattern(`^[A-Z][a-z]+ \d{1,2}, \d{4}$`)

// dated is a text of the log, in the language if it is a day.
func (w *words) dated(s string) string {
	if w.american || !letterDay.RE().MatchString(s) {
		return s
	}
	var reader workday.Reader
	d, err := reader.Read(s)
	if err != nil {
		return s // a number that only looks like a day
	}
	return w.day(d)
}

// dayAtEnd is a day that ends a text, as that of a copy that goes with a letter.
const dayAtEnd = lazy.Pattern(`[A-Z][a-z]+ \d{1,2}, \d{4}$`)

// datedEnds are texts that end with a day, with that in the language.
func (w *words) datedEnds(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = dayAtEnd.RE().ReplaceAllStringFunc(s, w.dated)
	}
	return out
}

// money is an amount as the language writes it.
func (w *words) money(number, currency string) string {
	n := strings.NewReplacer(".", w.Point, ",", w.Comma).Replace(entered.Grouped(number))
	form, ok := w.Money[currency]
	if !ok {
		form = w.Money["other"]
	}
	return fillWords(form, "n", n, "currency", currency)
}

// list joins entries as in a sentence.
func (w *words) list(entries []typed) typed {
	separator := ", "
	for _, e := range entries {
		if strings.Contains(string(e), ",") {
			separator = "; "
		}
	}
	texts := make([]string, len(entries))
	for i, e := range entries {
		texts[i] = string(e)
	}
	last := len(texts) - 1
	if last < 1 {
		return typed(strings.Join(texts, ""))
	}
	before := " "
	if last > 1 && (w.LastComma || separator == "; ") {
		before = separator
	}
	return typed(strings.Join(texts[:last], separator) + before + w.And + " " + texts[last])
}

// quote puts a text into the language's quotation marks.
func (w *words) quote(s string) string {
	return w.Quotes[0] + strings.Trim(s, "\"“”„") + w.Quotes[1]
}

// labels are the words that whoever sets the letter needs; nil where they are the usual.
func (w *words) labels() *Labels {
	if w.american {
		return nil
	}
	return &Labels{Subject: w.Subject, Enclosures: w.Enclosures, Page: w.Page}
}

// fillWords puts values into their places: name, value, name, value.
// A brace in a value is not a place.
func fillWords(form string, values ...string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(form, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		value, known := valueOf(name, values)
		if !closed || !known {
			value, after = "{", rest
		}
		b.WriteString(value)
		form = after
	}
}

// valueOf is the value that follows a name.
func valueOf(name string, values []string) (string, bool) {
	for i := 0; i < len(values); i += 2 {
		if values[i] == name {
			return values[i+1], true
		}
	}
	return "", false
}
