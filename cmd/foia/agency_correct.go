package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/correspondence"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

// correctFlags are the flags of `foia agency correct`.
type correctFlags struct {
	office     agency.Office
	via        []string
	none, undo []string
	source, on string
	json       bool
}

func (a *app) agencyCorrect() *cobra.Command {
	var f correctFlags
	cmd := &cobra.Command{
		Use:   "correct OFFICE",
		Short: "Correct what the directory has of an office",
		Long: "Writes a correction into " + workspace.OfficesFile + ", with your source and its date. What\n" +
			"you give replaces what is built in; everything else stays. A postal address is\n" +
			"replaced as a whole. --undo brings the built-in value back.\n\n" +
			"What was sent keeps the contact it was sent to. Open requests that have another\n" +
			"one are listed, with the commands that change something about it.\n\n" +
			"To see all you corrected, ready to be passed on: foia agency report OFFICE",
		Example: "  foia agency correct dhs-ice --fax 202-555-0100 \\\n" +
			"      --source \"ICE's letter of November 12, 2026\" --on 2026-11-12\n" +
			"  foia agency correct irs --set-none phone --source irs.gov\n" +
			"  foia agency correct irs --undo phone",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.correctOffice(cmd, strings.Join(args, " "), f)
		},
	}
	flags := cmd.Flags()
	addOfficeFlags(cmd, &f.office, &f.via)
	flags.StringArrayVar(&f.none, "set-none", nil, "a `field` that the office does not have, such as fax (repeat for several)")
	flags.StringArrayVar(&f.undo, "undo", nil, "a `field` to take your correction back of; all for all of them (repeat for several)")
	flags.StringVar(&f.source, "source", "", "where you have it from: a letter, a `page`, a call")
	flags.StringVar(&f.on, "on", "", "the `date` as of which the source says it (default: today)")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

// factNames are the flags whose names differ from the keys of the file.
var factNames = map[string]string{"office": "foia_office", "portal": "portal_url", "via": "receives_by"}

// factKeys are the keys of the facts that flags name.
func factKeys(flag string, names []string) (keys []string, err error) {
	known := []string{"abbreviation", "parent", "office", "address", "email", "phone", "fax", "portal", "website", "via"}
	for _, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		if flag == "--undo" && name == "name" {
			keys = append(keys, name)
			continue
		}
		if !slices.Contains(known, name) {
			return nil, remedy.Misuse(flag+": there is no field "+name, "use one of: "+strings.Join(known, ", "))
		}
		key := factNames[name]
		if key == "" {
			key = name
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// correction is what the flags say of an office.
func (a *app) correction(f correctFlags, o agency.Office) (c agency.Correction, err error) {
	c = agency.Correction{Office: f.office, Ref: strings.TrimSpace(f.source)}
	c.Office.ID = o.ID
	for _, v := range f.via {
		c.Office.ReceivesBy = append(c.Office.ReceivesBy, agency.Channel(v))
	}
	written, err := c.Office.Written("", nil)
	if err != nil {
		return c, remedy.Misuse("--email: "+err.Error(), "give one address, such as name@example.org")
	}
	c.Office = written
	if c.None, err = factKeys("--set-none", f.none); err != nil {
		return c, err
	}
	if len(f.undo) == 1 && strings.EqualFold(f.undo[0], "all") {
		if c.Undo = slices.Clone(o.Corrected); len(c.Undo) == 0 {
			return c, remedy.Misuse("you have corrected nothing of "+o.ID, "to see the office: foia agency show "+o.ID)
		}
	} else if c.Undo, err = factKeys("--undo", f.undo); err != nil {
		return c, err
	}
	for _, key := range c.None {
		if c.Office.Value(key) != "" {
			return c, remedy.Misuse(agency.Label(key)+" has a value and is set to none", "leave out one of the two")
		}
	}
	says := c.Says()
	switch {
	case len(says)+len(c.Undo) == 0:
		return c, remedy.Misuse("nothing is said to be corrected", "give a field, such as --fax 202-555-0100; "+
			"to see them: foia agency correct --help")
	case slices.ContainsFunc(c.Undo, func(k string) bool { return slices.Contains(says, k) }):
		return c, remedy.Misuse("a field is corrected and undone at once", "leave out one of the two")
	case len(says) > 0 && c.Ref == "":
		return c, remedy.Misuse("--source is missing: where do you have this from?",
			"add it, such as --source \"ICE's letter of November 12, 2026\"")
	}
	day, err := a.on(f.on)
	if err == nil && day.After(a.today()) {
		err = remedy.Misuse("--on: "+day.Letter()+" is in the future", "give the date of the source")
	}
	c.Date = day.String()
	return c, err
}

func (a *app) correctOffice(cmd *cobra.Command, name string, f correctFlags) error {
	before, err := a.offices()
	if err != nil {
		return err
	}
	match, err := before.Find(name)
	if err != nil {
		return err
	}
	for _, n := range match.Notes {
		a.note("note: %s", n)
	}
	c, err := a.correction(f, match.Office)
	if err != nil {
		return err
	}
	if err := a.writeOffices(func(have []byte) ([]byte, error) {
		d, err := agency.Embedded()
		if err != nil {
			return nil, err
		}
		return d.Correct(have, c, workspace.OfficesFile)
	}); err != nil {
		return err
	}
	after, err := a.offices()
	if err != nil {
		return err
	}
	now, _ := after.Get(match.Office.ID)
	moved, err := a.movedRequests(cmd, now)
	if err != nil {
		return fmt.Errorf("the correction is written, but the open requests cannot be listed: %w", err)
	}
	changes := changesOf(match.Office, now, append(c.Says(), c.Undo...))
	if f.json {
		return a.json(map[string]any{"office": now.ID, "changes": changes, "requests": moved})
	}
	if err := a.showChanges(now, changes); err != nil {
		return err
	}
	a.showMoved(now, moved)
	return nil
}

// changeJSON is one fact before and after a correction.
type changeJSON struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// changesOf compares the facts of those keys; those of an address together.
func changesOf(before, after agency.Office, keys []string) (out []changeJSON) {
	for _, key := range keys {
		if agency.InAddress(key) && slices.Contains(keys, "address") {
			continue
		}
		out = append(out, changeJSON{key, withAge(before, key), withAge(after, key)})
	}
	return out
}

// withAge is a fact of an office, with the age of a contact.
func withAge(o agency.Office, key string) string {
	value := o.Value(key)
	if key == "address" && value != "" {
		value = strings.TrimSuffix(value+", "+agency.PlaceLine(o.City, o.State, o.ZIP, o.Country), ", ")
	}
	if c, ok := agency.ContactIn(key); ok && value != "" && o.Age(c) != "" {
		value += " (" + o.Age(c) + ")"
	}
	return value
}

func (a *app) showChanges(o agency.Office, changes []changeJSON) error {
	fmt.Fprintf(a.out, "%s (%s)\n\n", cell(o.Name), cell(o.ID))
	var rows [][]string
	for _, c := range changes {
		rows = append(rows, []string{agency.Label(c.Field), orNone(c.Before), orNone(c.After)})
	}
	return a.table([]terminal.Column{{}, {Name: "Before", Wraps: true}, {Name: "Now", Wraps: true}}, rows)
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// movedRequests are the open requests that have another contact. A folder without a log
// has none.
func (a *app) movedRequests(cmd *cobra.Command, now agency.Office) (moved []correspondence.Moved, err error) {
	moved = []correspondence.Moved{}
	w, err := a.workspace()
	if err != nil || !w.HasLog() {
		return moved, err
	}
	err = a.withLog(cmd, func(_ *workspace.Workspace, log *store.Log) error {
		found, err := correspondence.MovedRequests(cmd.Context(), log, now)
		moved = append(moved, found...)
		return err
	})
	return moved, err
}

// showMoved lists the open requests that have another contact, and what can be done.
func (a *app) showMoved(o agency.Office, moved []correspondence.Moved) {
	if len(moved) == 0 {
		return
	}
	fmt.Fprintf(a.out, "\n%s made with other contacts of this office; nothing about them was changed:\n",
		plural(len(moved), "open request was", "open requests were"))
	for _, m := range moved {
		var what []string
		for _, c := range m.Changed {
			what = append(what, string(c))
		}
		a.wrappedAfter("  "+m.Request+"  ", "    ", fmt.Sprintf("%s (%s): %s", m.Subject, m.Status, strings.Join(what, ", ")))
		what = nil
		if m.Drafted {
			what = append(what, "its letter is not sent and has the earlier contact; to change it:")
		}
		for _, l := range m.Letters {
			what = append(what, fmt.Sprintf("letter %d (%s) is not sent and has the earlier contact", l.Event, l.Letter))
		}
		if !m.Drafted {
			what = append(what, "its next letter will use the corrected contact, and say so:")
		}
		a.wrappedAfter("    ", "    ", strings.Join(what, "; "))
		for _, command := range m.Do {
			fmt.Fprintln(a.out, "    "+clean(command.String()))
		}
	}
}

// writeOffices changes the user's offices under the folder's lock, so that two commands
// at once lose nothing.
func (a *app) writeOffices(change func(have []byte) ([]byte, error)) (err error) {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	unlock, err := w.Lock(a.context())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	have, err := os.ReadFile(w.Path(workspace.OfficesFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot read your offices: %w", err)
	}
	text, err := change(have)
	if err != nil {
		return err
	}
	return w.WriteFile(workspace.OfficesFile, text)
}
