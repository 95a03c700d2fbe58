// Command quick writes the quick forms: what the program reads in place of the YAML that
// people read and mend, and the pages made from it. go generate runs it in the folder of
// each room that has some.
package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/preflight"
	"foia/internal/retention"
	"foia/internal/store"
	"foia/internal/subject"
	"foia/internal/workday"
)

// rooms make their quick forms of the files below their folder. The names are relative to
// it.
var rooms = map[string]func(fs.FS) (map[string][]byte, error){
	"agency": agency.Quick, "law": law.Quick, "preflight": preflight.Quick, "templates": letter.Quick,
	"workday": workday.Quick, "retention": retention.Quick, "store": store.Quick, "subjects": subject.Quick,
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "quick:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 || rooms[args[0]] == nil {
		return fmt.Errorf("name one of the rooms %s", strings.Join(slices.Sorted(maps.Keys(rooms)), ", "))
	}
	made, err := rooms[args[0]](os.DirFS("."))
	if err != nil {
		return err
	}
	for name, text := range made {
		if err := os.WriteFile(filepath.FromSlash(name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
