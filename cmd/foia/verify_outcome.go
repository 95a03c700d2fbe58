package main

import (
	"slices"
	"strings"

	"foia/internal/store"
)

// noteLeft names what commands left that were interrupted: nothing is wrong with the log.
func (a *app) noteLeft(left []string) {
	const most = 3
	if len(left) == 0 {
		return
	}
	more := ""
	if len(left) > most {
		more = " and " + plural(len(left)-most, "more", "more")
	}
	a.note("note: left by a command that was interrupted: %s%s; the next command that writes to the log puts it into place, or clears it "+
		"away if the log does not have it",
		strings.Join(left[:min(most, len(left))], ", "), more)
}

// outcome is the error of a verification; nil if all is well.
func (v verification) outcome() error {
	switch {
	case len(v.faults) > 0:
		return &broken{v.faults}
	case len(v.busy) > 0:
		return &undecided{v.busy}
	}
	return nil
}

// broken says that verify found something.
type broken struct{ faults []store.Fault }

func (b *broken) has(kinds ...store.FaultKind) bool {
	return slices.ContainsFunc(b.faults, func(f store.Fault) bool { return slices.Contains(kinds, f.Kind) })
}

func (b *broken) Error() string {
	n := len(b.faults)
	switch {
	case b.has(store.InLog, store.InDates, store.Missing, store.Changed, store.CopyOnly, ""):
		return "the log or its files are not intact: " + plural(n, "problem", "problems")
	case b.has(store.OfDraft):
		return "files of letters that were not sent are not intact: " + plural(n, "problem", "problems")
	case b.has(store.OfSeal):
		return "the log is intact, but not every seal that was kept of it: " + plural(n, "problem", "problems")
	case b.has(store.InRights):
		return "the log is intact, but others than its owners may change it: " + plural(n, "problem", "problems")
	case b.has(store.Unreadable):
		return "not everything could be checked: " + plural(n, "problem", "problems")
	}
	return "the log is intact, but does not have everything in its folder: " + plural(n, "problem", "problems")
}

// remediesOf are what to do about faults, the gravest first.
var remediesOf = []struct {
	kinds  []store.FaultKind
	remedy string
}{
	{[]store.FaultKind{store.InLog, ""}, "the log itself is damaged, and foia does not add to a damaged log: restore a backup into a new " +
		"folder with foia restore FILE -w FOLDER"},
	{[]store.FaultKind{store.Missing, store.Changed}, "a file that is missing or was changed comes from a backup: foia restore FILE -w " +
		"FOLDER restores one into a new folder, from which you can copy it"},
	{[]store.FaultKind{store.OfDraft}, "the files of a letter that was not sent can be restored: " +
		"foia verify --repair; a change in its answers.yaml goes into the letter with foia edit ID"},
	{[]store.FaultKind{store.CopyOnly}, "of the copies in this folder that were changed, the originals are intact: move the copies away, " +
		"then run foia fetch ID"},
	{[]store.FaultKind{store.InDates}, "the events are intact, and foia explain ID counts dates from them; the next event of a request " +
		"stores its dates anew"},
	{[]store.FaultKind{store.OfSeal},
		"a seal that is gone or was changed comes from a backup; --seal FILE compares the log with a copy of it " +
			"that you keep elsewhere, such as on paper; if you removed it on purpose, remove its line from .foia-seals too"},
	{[]store.FaultKind{store.InRights},
		"rights that foia does not give are taken away when an owner of the database runs foia db setup"},
	{[]store.FaultKind{store.Unreadable}, "what cannot be read is not known to be damaged: check its permissions, the disk or the " +
		"connection, then repeat foia verify"},
	{[]store.FaultKind{store.NotInLog}, "what the log does not have is for you to record or to move away"},
}

// Hint says what to do about each kind of thing that was found.
func (b *broken) Hint() string {
	var out []string
	for _, r := range remediesOf {
		if b.has(r.kinds...) && !(len(out) > 0 && r.kinds[0] == store.Missing) { // a restored log has its files
			out = append(out, r.remedy)
		}
	}
	return strings.Join(out, "; ")
}

// undecided says that another command was writing for as long as verify waited.
type undecided struct{ busy []store.Fault }

func (u *undecided) Error() string {
	return "another foia command is writing in this folder: " + plural(len(u.busy), "file or folder", "files or folders") +
		" could not be checked yet, such as: " + u.busy[0].What
}

// Hint says what to do.
func (u *undecided) Hint() string {
	return "run foia verify again when it has finished; nothing is known to be wrong"
}
