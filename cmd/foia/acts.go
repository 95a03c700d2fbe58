package main

import (
	"io"
	"path/filepath"
	"strings"

	"foia/internal/remedy"
)

// commands are what the acts that advice names are called on the command line. The words
// of an act follow.
var commands = map[remedy.Verb]string{
	remedy.New:     "new",
	remedy.Change:  "edit",
	remedy.Discard: "discard",
	remedy.Record:  "record",
	remedy.Make:    "letter",
	remedy.Paper:   "paper",
	remedy.Send:    "send",
	remedy.Batch:   "batch",
	remedy.Redact:  "redact",

	remedy.Hide:    "private",
	remedy.Publish: "public",

	remedy.Show:      "show",
	remedy.Next:      "next",
	remedy.Explain:   "explain",
	remedy.Letters:   "letter",
	remedy.Events:    "record --help",
	remedy.Papers:    "paper --help",
	remedy.Campaign:  "campaign show",
	remedy.Campaigns: "campaign list",
	remedy.Lists:     "batch --help",

	remedy.Law:          "law show",
	remedy.Laws:         "law list",
	remedy.CheckLaw:     "law check",
	remedy.Office:       "agency show",
	remedy.Offices:      "agency list",
	remedy.FindOffice:   "agency search",
	remedy.AddOffice:    "agency add --help",
	remedy.Correct:      "agency correct",
	remedy.Compare:      "agency report",
	remedy.Template:     "template show",
	remedy.Templates:    "template list",
	remedy.CopyTemplate: "template new",
	remedy.FindSeries:   "records",
	remedy.FindSubject:  "subject search",
	remedy.Subject:      "subject show",
	remedy.Subjects:     "subject list",

	remedy.Settings:      "init",
	remedy.ShowSettings:  "init --print",
	remedy.Verify:        "verify",
	remedy.Export:        "log export",
	remedy.Seal:          "seal",
	remedy.Backup:        "backup",
	remedy.SetUpDatabase: "db setup",
	remedy.GiveAccess:    "db add",
	remedy.People:        "db people",
	remedy.Writing:       "db writing",
	remedy.CopyLog:       "db copy",
	remedy.Replies:       "inbox",
	remedy.Serve:         "serve",
}

// commandLine words acts as commands that can be pasted.
type commandLine struct {
	dir string // of the workspace, if the user named it
}

// Act is the command for an act.
func (c commandLine) Act(a remedy.Act) string {
	out := []string{"foia " + commands[a.Verb]}
	for _, w := range a.Words {
		out = append(out, pasted(w))
	}
	for _, d := range a.Details {
		out = append(out, c.Detail(d))
	}
	if c.dir != "" && !strings.HasSuffix(commands[a.Verb], "--help") {
		out = append(out, "-w "+quoteWord(c.dir))
	}
	return strings.Join(out, " ")
}

// Detail is the flag for a detail.
func (c commandLine) Detail(d remedy.Detail) string {
	switch {
	case d.Bare:
		return "--" + d.Name
	case d.Answer:
		return "--set " + d.Name + "=" + pasted(d.Value)
	}
	value := d.Value
	if _, open := remedy.IsOpen(value); d.Name == "answers" && !open && !filepath.IsAbs(value) {
		value = filepath.Join(c.dir, value) // a file of the workspace
	}
	return "--" + d.Name + " " + pasted(value)
}

// pasted is a word as it is typed into a shell.
func pasted(word string) string {
	if what, open := remedy.IsOpen(word); open {
		if strings.ContainsAny(what, " …") {
			return `"` + what + `"`
		}
		return what
	}
	return quoteWord(word)
}

// quoteWord puts a word in quotes where a shell of this system would take it apart.
func quoteWord(word string) string { return quoteFor(filepath.Separator, word) }

// quoteFor is quoteWord for a system whose paths have this separator. Where it is a backslash,
// that is a letter like others to both shells, cmd.exe knows no single quotes, and PowerShell
// doubles one within them.
func quoteFor(separator rune, word string) string {
	const bare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:=,@%+"
	special, quote := "\"$`\\!", `'\''`
	if separator == '\\' {
		special, quote = "\"$`", "''"
	}
	plain := func(r rune) bool { return r >= 0x80 || r == separator || strings.ContainsRune(bare, r) }
	if word != "" && !strings.ContainsFunc(word, func(r rune) bool { return !plain(r) }) {
		return word
	}
	if !strings.ContainsAny(word, special) {
		return `"` + word + `"`
	}
	return "'" + strings.ReplaceAll(word, "'", quote) + "'"
}

// wording is how this command line words acts: with the folder that the user named.
func (a *app) wording() remedy.Wording {
	if a.dirSet {
		return commandLine{dir: filepath.Clean(a.dir)}
	}
	return commandLine{}
}

// spoken is the output of a command: acts in it are worded as commands. What is printed
// at once holds its acts whole.
type spoken struct {
	to io.Writer
	a  *app
}

func (s *spoken) Write(p []byte) (int, error) {
	if _, err := io.WriteString(s.to, remedy.Words(string(p), s.a.wording())); err != nil {
		return 0, err
	}
	return len(p), nil
}

// speak has acts worded in what the command prints.
func (a *app) speak() {
	if _, done := a.out.(*spoken); !done {
		a.out = &spoken{to: &output{to: a.out}, a: a}
	}
	if _, done := a.err.(*spoken); !done {
		a.err = &spoken{to: a.err, a: a}
	}
}

// unworded is where bytes go that are no text of ours.
func unworded(w io.Writer) io.Writer {
	if s, ok := w.(*spoken); ok {
		return s.to
	}
	return w
}
