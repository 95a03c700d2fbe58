package pdfium

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// What is said of a bound is the bound.
func TestBoundsAreSaid(t *testing.T) {
	for said, bound := range map[string]string{ErrTooLarge.Error(): fmt.Sprintf(" %d MB ", MostBytes>>20),
		ErrTooLong.Error(): fmt.Sprintf(" %d seconds ", Longest/time.Second)} {
		if !strings.Contains(said, bound) {
			t.Errorf("%q does not say%s", said, bound)
		}
	}
}
