package main

import "runtime"

// peak is about the most memory that this program has had, in bytes: what its runtime has
// taken from the system, which takes little back in so short a time.
func peak() (uint64, error) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys, nil
}
