//go:build pages

package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"foia/internal/manual"
)

// With the tag pages this is not foia, but the program that writes what is made from its
// commands: with -docs the pages of docs, with -man the man pages of commands (.1) and of help
// topics (.7). go generate runs it for the former; who packages foia, for the latter:
//
//	go run -tags pages ./cmd/foia -man man
//
// Man pages have the date that is in SOURCE_DATE_EPOCH (reproducible-builds.org), or none.
func main() {
	docs := flag.String("docs", "", "write the pages of docs that are made from the commands into this `folder`")
	man := flag.String("man", "", "write the man pages into this `folder`, which is made")
	flag.Parse()
	if err := writePages(*docs, *man); err != nil {
		fmt.Fprintln(os.Stderr, "pages:", err)
		os.Exit(1)
	}
}

func writePages(docs, man string) error {
	root := newRootCommand(&app{in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now, who: account})
	if docs != "" {
		pages, err := madeOf(root)
		if err != nil {
			return err
		}
		if err := writeAll(docs, pages); err != nil {
			return err
		}
	}
	if man == "" {
		return nil
	}
	if err := os.MkdirAll(man, 0o755); err != nil {
		return err
	}
	pages, err := manPages(root)
	if err != nil {
		return err
	}
	if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return fmt.Errorf("SOURCE_DATE_EPOCH has to be a number of seconds: %w", err)
		}
		for name, page := range pages {
			pages[name] = manual.Dated(page, time.Unix(seconds, 0))
		}
	}
	return writeAll(man, pages)
}

func writeAll(dir string, pages map[string]string) error {
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
