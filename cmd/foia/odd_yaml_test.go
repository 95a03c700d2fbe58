package main

import (
	"context"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"foia/internal/longtest"
	"foia/internal/yamltext/yamltest"
)

// Odd lines in any file of the user's are an error with the file and a line of it,
// whatever command reads them, and never more than that.
func TestOddYAML(t *testing.T) {
	for _, file := range []struct {
		name string // where it lies in the folder
		list string // a key of it that has a list of maps below it, if there is one
		text string // before the odd lines
		end  string // after them
		read func(a *app, path string) error
	}{
		{"answers.yaml", "", "subject: X\n", "", func(_ *app, path string) error {
			_, err := readAnswers(path)
			return err
		}},
		{"foia.yaml", "requesters", "requesters:\n  - {id: me, name: A}\n", "", func(a *app, _ string) error {
			_, err := a.workspace()
			return err
		}},
		{"agencies.yaml", "offices", "offices:\n  - {id: x, name: X}\n", "", func(a *app, _ string) error {
			_, _, err := a.openStock()
			return err
		}},
		{"holidays.yaml", "days", "days:\n  - {date: 2026-12-24, name: X}\n", "", func(a *app, _ string) error {
			w, err := a.workspace()
			if err == nil {
				_, err = w.Calendar()
			}
			return err
		}},
		{"laws/us-zz.yaml", "appeals", "id: us-zz\nappeals:\n  - {id: x}\n", "", func(a *app, _ string) error {
			w, err := a.workspace()
			if err == nil {
				_, err = w.Laws()
			}
			return err
		}},
		{"templates/letters/own.md", "fields", "---\nid: own\ntitle: T\n", "---\nDear {{.office}}\n", func(a *app, _ string) error {
			w, err := a.workspace()
			if err == nil {
				_, err = library(w).Template("own")
			}
			return err
		}},
		{"templates/clauses/fees.md", "fields", "---\nid: fees\n", "---\nFees\n", func(a *app, _ string) error {
			w, err := a.workspace()
			if err == nil {
				_, err = library(w).Template("request")
			}
			return err
		}},
		{"templates/packs/own.yaml", "letters", "id: own\ntitle: T\n", "", func(a *app, _ string) error {
			w, err := a.workspace()
			if err == nil {
				_, err = library(w).Pack("own")
			}
			return err
		}},
		{"templates/subjects/own.yaml", "names", "id: own\ntitle: T\n", "", func(a *app, _ string) error {
			lib, err := a.subjects()
			if err == nil {
				_, err = lib.Get("own")
			}
			return err
		}},
	} {
		odds := maps.Clone(yamltest.Odd)
		if file.list != "" {
			maps.Copy(odds, yamltest.Panics(file.list))
		}
		for name, odd := range odds {
			if file.end != "" && (name == "a second document" || name == "text after the end") {
				continue // three hyphens end the head of a template
			}
			if len(odd) > 100_000 && file.name != "answers.yaml" && !longtest.On() {
				continue
			}
			t.Run(filepath.Base(file.name)+"/"+name, func(t *testing.T) {
				t.Parallel()
				a := &app{in: os.Stdin, out: io.Discard, err: io.Discard, now: time.Now, who: account, dir: t.TempDir(),
					ctx: context.Background()}
				path := filepath.Join(a.dir, filepath.FromSlash(file.name))
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				head := file.text
				if file.list != "" {
					if before, _, has := strings.Cut(head, file.list+":"); has && strings.HasPrefix(odd, file.list+":") {
						head = before // the key is not to appear twice
					}
				}
				if err := os.WriteFile(path, []byte(head+odd+file.end), 0o600); err != nil {
					t.Fatal(err)
				}
				yamltest.Refused(t, filepath.Base(path), file.read(a, path))
			})
		}
	}
}
