package mail

import (
	"fmt"
	"strings"
	"testing"
)

// What is said of a bound is the bound.
func TestBoundIsSaid(t *testing.T) {
	if bound := fmt.Sprintf(" %d MB ", MostBytes>>20); !strings.Contains(errLarge.Error(), bound) {
		t.Errorf("%q does not say%s", errLarge, bound)
	}
}
