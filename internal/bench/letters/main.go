// Command letters makes the standard letter many times and says how fast:
//
//	go run ./internal/bench/letters -letter FILE -addressees FILE -n 1000 -workers 1 -out DIR
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"foia/internal/pdf"
)

func main() {
	letterFile := flag.String("letter", "internal/bench/letters/testdata/letter.json", "the standard letter")
	addressees := flag.String("addressees", "internal/bench/letters/testdata/addressees.json", "the recipients, in turn")
	n := flag.Int("n", 1000, "number of letters")
	workers := flag.Int("workers", 1, "number of goroutines and of cores to use")
	out := flag.String("out", "", "the folder to write to")
	flag.Parse()
	if err := run(*letterFile, *addressees, *n, *workers, *out); err != nil {
		fmt.Fprintln(os.Stderr, "letters:", err)
		os.Exit(1)
	}
}

func run(letterFile, addresseeFile string, n, workers int, out string) error {
	if out == "" || n < 1 || workers < 1 {
		return errors.New("give -out FOLDER, with -n and -workers at least 1")
	}
	runtime.GOMAXPROCS(workers)
	debug.SetGCPercent(400)
	start := time.Now()
	var text standard
	var to []addressee
	if err := errors.Join(readJSON(letterFile, &text), readJSON(addresseeFile, &to), os.MkdirAll(out, 0o700)); err != nil {
		return err
	}
	if len(to) == 0 || len(text.Letterhead) == 0 || len(text.Sign) < 2 {
		return errors.New("the letter has no letterhead or signature, or there is nobody to write to")
	}
	fonts, err := pdf.LoadFonts()
	if err != nil {
		return err
	}
	var next atomic.Int64
	var all sync.WaitGroup
	failures := make(chan error, workers)
	for range workers {
		all.Go(func() {
			for i := int(next.Add(1) - 1); i < n; i = int(next.Add(1) - 1) {
				if err := write(fonts, text, to[i%len(to)], i, out); err != nil {
					failures <- err
					return
				}
			}
		})
	}
	all.Wait()
	close(failures)
	if err := <-failures; err != nil {
		return err
	}
	memory, err := peak()
	if err != nil {
		return err
	}
	took := time.Since(start).Seconds()
	fmt.Printf("letters=%d workers=%d seconds=%.3f per_second=%.1f rss_mb=%d\n", n, workers, took, float64(n)/took, memory>>20)
	return nil
}

func write(fonts *pdf.Fonts, text standard, to addressee, i int, out string) error {
	file, err := fonts.Typeset(text.fill(to), pdf.Stationery{})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, fmt.Sprintf("%s-%d.pdf", to.Ref, i)), file.Bytes, 0o600)
}
