package mail

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is made when it is first needed: most commands read no mail.
type pattern string

var made sync.Map // *regexp.Regexp, by pattern

func (p pattern) re() *regexp.Regexp {
	if re, ok := made.Load(p); ok {
		return re.(*regexp.Regexp)
	}
	re := regexp.MustCompile(string(p))
	made.Store(p, re)
	return re
}

// failure is an error that is there without being made at the start of every command.
type failure string

func (f failure) Error() string { return string(f) }

// named are what mail calls by names.
type named struct{ otherNames, monthsOf, zones map[string]string }

var tables = sync.OnceValue(func() named { return named{otherNamesTable(), monthsOfTable(), zonesTable()} })
