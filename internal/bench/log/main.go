// Command log makes a folder with a large, made-up log to measure with:
//
//	go run ./internal/bench/log -n 100000 -out DIR
//	foia due -w DIR
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"foia/internal/bench"
	"foia/internal/workday"
	"foia/internal/workspace"
)

func main() {
	n := flag.Int("n", 100_000, "number of requests, of ten events each")
	out := flag.String("out", "", "the folder to make")
	day := flag.String("day", "2026-11-23", "the date the log is as of")
	open := flag.Bool("open", false, "only requests that are open")
	flag.Parse()
	if err := run(*n, *out, *day, *open); err != nil {
		fmt.Fprintln(os.Stderr, "log:", err)
		os.Exit(1)
	}
}

func run(n int, out, day string, open bool) error {
	today, err := workday.ParseDate(day)
	if err != nil {
		return fmt.Errorf("-day, like 2026-11-23: %w", err)
	}
	if out == "" || n < 1 {
		return errors.New("give -out FOLDER and -n at least 1")
	}
	if err := os.MkdirAll(out, 0o700); err != nil {
		return err
	}
	w, err := workspace.Open(out)
	if err != nil {
		return err
	}
	ctx := context.Background()
	log, err := w.OpenLog(ctx, true)
	if err != nil {
		return err
	}
	fill := bench.Fill
	if open {
		fill = bench.FillOpen
	}
	if err := errors.Join(fill(ctx, log, n, today), log.Close()); err != nil {
		return err
	}
	fmt.Printf("requests=%d events=%d\n", n, 10*n)
	return nil
}
