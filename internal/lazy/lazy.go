// Package lazy has values that cost nothing before they are needed: foia starts for every command, and most
// commands need few of them.
package lazy

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression that is made when it is first needed, and then kept.
type Pattern string

var made sync.Map // *regexp.Regexp, by Pattern

// RE is the regular expression. It panics if the pattern is none.
func (p Pattern) RE() *regexp.Regexp {
	if re, ok := made.Load(p); ok {
		return re.(*regexp.Regexp)
	}
	re := regexp.MustCompile(string(p))
	made.Store(p, re)
	return re
}

// Failure is an error that may be a constant.
type Failure string

func (f Failure) Error() string { return string(f) }
