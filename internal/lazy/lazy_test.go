package lazy

import (
	"errors"
	"fmt"
	"testing"
)

// A pattern is made once.
func TestPattern(t *testing.T) {
	const p = Pattern(`^a+$`)
	if !p.RE().MatchString("aa") || p.RE().MatchString("b") {
		t.Error("the pattern does not do what it says")
	}
	if first, again := p.RE(), p.RE(); first != again {
		t.Error("it was made twice")
	}
}

// A failure is found among the causes of another.
func TestFailure(t *testing.T) {
	const gone = Failure("it is gone")
	if err := fmt.Errorf("not read: %w", gone); !errors.Is(err, gone) {
		t.Errorf("%v is not %v", err, gone)
	}
}
