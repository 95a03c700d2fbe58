package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"foia/internal/lazy"
	"foia/internal/store"
	"foia/internal/workspace"
)

// What a shell offers when somebody presses Tab. What a word of a command is follows from
// its use line, and what a flag takes from the word for it in the help; the two tables in
// complete_words.go say where the offers for each come from. So a new command that takes an
// ID has them, and a word that is in no table fails a test.
//
// Offers are read and nothing else: no log is made or brought up to date, no password asked
// for, and what cannot be read is no offer and no error.

// mostOffers is how many requests are offered: a shell shows no more, and typing the year
// finds the others.
const mostOffers = 300

// peekFor is how long a log may take to answer while somebody waits at a prompt.
const peekFor = 2 * time.Second

// typedSoFar is the command line that is being completed.
type typedSoFar struct {
	cmd    *cobra.Command
	args   []string // the words before
	begins string   // what is typed of this one
}

// offers are what a word may be; the last value says what else the shell may do.
type offers func(*app, typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective)

// completing tells whether a shell asks, and no person: only then is it looked up what every
// word may be.
func completing(args []string) bool {
	return len(args) > 0 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd)
}

// completeWords has the words and flags of all commands completed.
func (a *app) completeWords(root *cobra.Command) {
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) { a.completeFlag(root, f) })
	for _, cmd := range root.Commands() {
		a.completeCommand(cmd)
	}
}

func (a *app) completeCommand(cmd *cobra.Command) {
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) { a.completeFlag(cmd, f) })
	if cmd.ValidArgsFunction == nil && !isGroup(cmd) && cmd.Name() != completionName {
		cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, begins string) ([]cobra.Completion, cobra.ShellCompDirective) {
			given, ok := slotAt(cmd, len(args))
			if !ok {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return a.offered(given, typedSoFar{cmd, args, begins})
		}
	}
	for _, below := range cmd.Commands() {
		if cmd.Name() != completionName {
			a.completeCommand(below)
		}
	}
}

// completionName is the library's command, which knows its own words.
const completionName = "completion"

func (a *app) completeFlag(cmd *cobra.Command, f *pflag.Flag) {
	source, known := flagOffers(cmd, f)
	if !known || f.NoOptDefVal != "" {
		return
	}
	err := cmd.RegisterFlagCompletionFunc(f.Name, func(cmd *cobra.Command, args []string,
		begins string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return source(a, typedSoFar{cmd, args, begins})
	})
	if err != nil { // it was registered twice: nothing that a user can do
		panic(err)
	}
}

// offered gathers the offers for a place in which one of several words may stand.
func (a *app) offered(words []string, typed typedSoFar) (all []cobra.Completion, then cobra.ShellCompDirective) {
	then = cobra.ShellCompDirectiveNoFileComp
	for _, word := range words {
		source, known := wordOffers(typed.cmd, word)
		if !known {
			continue
		}
		found, directive := source(a, typed)
		all = append(all, found...)
		if directive != cobra.ShellCompDirectiveNoFileComp {
			then = directive
		}
	}
	return all, then
}

// slot is a place for words on a command line: what may stand there, and whether more of the
// same may follow.
type slot struct {
	words []string
	many  bool
}

var (
	flagsInUse  = lazy.Pattern(`\[-[^\]]*\]|-{1,2}[a-z]\S*( [A-Z]+)?( …)?`)
	placesInUse = lazy.Pattern(`[A-Z]+(?:\|[A-Z]+)*…?`)
)

// slotsOf are the places of a command line, as the use line has them.
func slotsOf(cmd *cobra.Command) (slots []slot) {
	_, use, _ := strings.Cut(cmd.Use, " ")
	use = flagsInUse.RE().ReplaceAllString(use, "")
	for _, place := range placesInUse.RE().FindAllString(use, -1) {
		words, many := strings.CutSuffix(place, "…")
		slots = append(slots, slot{strings.Split(words, "|"), many})
	}
	return slots
}

// slotAt is what may stand after some words. With --campaign, a command takes no ID.
func slotAt(cmd *cobra.Command, before int) ([]string, bool) {
	slots := slotsOf(cmd)
	if f := cmd.Flags().Lookup("campaign"); f != nil && f.Changed && len(slots) > 0 {
		slots = slots[1:]
	}
	if before < len(slots) && !slices.ContainsFunc(slots[:before], func(s slot) bool { return s.many }) {
		return slots[before].words, true
	}
	// After many of one kind, what follows may be more of them or the next.
	var words []string
	for i, s := range slots {
		if s.many && i <= before {
			words = append(words, s.words...)
			if i+1 < len(slots) {
				words = append(words, slots[i+1].words...)
			}
		}
	}
	return words, len(words) > 0
}

// peek looks into the log of the folder; what keeps it from being read is nobody's business
// at a prompt.
func (a *app) peek(typed typedSoFar, look func(context.Context, *workspace.Workspace, *store.Log) error) {
	w, err := workspace.Open(a.dir)
	if err != nil || !w.HasLog() {
		return
	}
	ctx, cancel := context.WithTimeout(typed.cmd.Context(), peekFor)
	defer cancel()
	log, err := w.PeekLog(ctx)
	if err != nil {
		return
	}
	if err := look(ctx, w, log); err != nil {
		cobra.CompDebugln(fmt.Sprint(err), false)
	}
	if err := log.Close(); err != nil {
		cobra.CompDebugln(fmt.Sprint(err), false)
	}
}
