package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/yamltext"
)

// Config is foia.yaml: who asks, and what holds for every letter.
type Config struct {
	Requesters       []letter.Requester `yaml:"requesters"`
	DefaultRequester string             `yaml:"default_requester"`
	StaleAfterDays   int                `yaml:"stale_after_days"` // age of a directory record from which foia warns
	Policy           string             `yaml:"holidays"`         // observed, strict or lenient; see package workday
	Dates            workday.Order      `yaml:"dates"`            // us or eu: how 5/6/2026 is meant; empty: such a date is refused
	Paper            string             `yaml:"paper"`            // letter or a4
	Letterhead       Letterhead         `yaml:"letterhead"`
	Fonts            []string           `yaml:"fonts"` // TrueType files, for characters that the built-in typeface lacks

	Database        string `yaml:"database"`         // postgres://NAME@HOST/DATABASE of a shared log; empty: a file in the folder
	Documents       string `yaml:"documents"`        // where documents are kept for all: database or folder
	DocumentsFolder string `yaml:"documents_folder"` // the folder that all share, if not the database
	TrackingCSV     *bool  `yaml:"tracking_csv"`     // whether each command renews the spreadsheet; true, unless it says otherwise

	Mail MailServer `yaml:"imap"` // on which answers arrive; it is only read, and only when asked for
	Send SendServer `yaml:"smtp"` // what takes letters to send, when asked to
}

// Letterhead is the picture at the head of a letter.
type Letterhead struct {
	Image string `yaml:"image"` // a PNG or JPEG file
	Alt   string `yaml:"alt"`   // what it shows, in words
}

// DefaultStaleAfterDays is the age of a directory record from which foia warns,
// unless foia.yaml says otherwise: a year, in which offices do move.
const DefaultStaleAfterDays = 365

// readConfig reads foia.yaml; a folder without one has an empty Config.
func readConfig(file string) (Config, error) {
	raw, err := yamltext.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return Config{StaleAfterDays: DefaultStaleAfterDays}, nil
	}
	if err != nil {
		return Config{}, fmt.Errorf("the settings cannot be read: %w", err)
	}
	return ParseConfig(filepath.Base(file), raw)
}

// ParseConfig reads the text of a foia.yaml. Unknown keys are errors, since a
// misspelt one would silently do nothing.
func ParseConfig(name string, raw []byte) (Config, error) {
	var c Config
	source := yamltext.Source{File: name, Text: raw,
		Fix: "`" + remedy.To(remedy.ShowSettings).String() + "` shows a complete file with explanations"}
	if err := yamltext.Decode(source, &c); err != nil {
		return c, err
	}
	if c.StaleAfterDays == 0 {
		c.StaleAfterDays = DefaultStaleAfterDays
	}
	if _, err := workday.ParsePolicy(c.Policy); err != nil {
		return c, &remedy.Error{Where: name, What: "holidays: " + err.Error(), Do: "write holidays: observed"}
	}
	order, err := workday.ParseOrder(string(c.Dates))
	if err != nil {
		return c, &remedy.Error{Where: name, What: "dates: " + err.Error(),
			Do: "write dates: us or dates: eu, or leave the line out: such dates are then refused"}
	}
	c.Dates = order
	for _, check := range []func(file string) error{c.checkSharing, c.checkMail, c.checkSending} {
		if err := check(name); err != nil {
			return c, err
		}
	}
	seen := map[string]bool{}
	for i, r := range c.Requesters {
		if r.ID == "" || r.Name == "" || seen[r.ID] {
			return c, &remedy.Error{Where: name, What: fmt.Sprintf("requester %d has no id or no name, or its id is not unique", i+1),
				Do: "give each requester its own id and the name of the person who signs"}
		}
		seen[r.ID] = true
	}
	if c.DefaultRequester != "" && !seen[c.DefaultRequester] {
		return c, &remedy.Error{Where: name, What: "default_requester is not one of the requesters: " + c.DefaultRequester,
			Do: "name one of " + strings.Join(c.ids(), ", ")}
	}
	return c, nil
}

func (c Config) ids() []string {
	var ids []string
	for _, r := range c.Requesters {
		ids = append(ids, r.ID)
	}
	return ids
}

// Requester returns the requester with that id, or, for "", the default one.
// ok is false if the file names no requester at all.
func (c Config) Requester(id string) (r letter.Requester, ok bool, err error) {
	if id == "" {
		id = c.DefaultRequester
	}
	if id == "" && len(c.Requesters) > 0 {
		id = c.Requesters[0].ID
	}
	if id == "" {
		return r, false, nil
	}
	i := slices.IndexFunc(c.Requesters, func(r letter.Requester) bool { return r.ID == id })
	if i < 0 {
		known := "foia.yaml names none; add one with " + remedy.To(remedy.Settings).String()
		if len(c.Requesters) > 0 {
			known = "foia.yaml has " + strings.Join(c.ids(), ", ")
		}
		return r, false, &remedy.Error{Where: "foia.yaml", What: "there is no requester " + id, Do: known, Misuse: true}
	}
	return c.Requesters[i], true, nil
}
