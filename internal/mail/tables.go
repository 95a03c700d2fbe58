package mail

import "sync"

// named are what mail calls by names.
type named struct{ otherNames, monthsOf, zones map[string]string }

var tables = sync.OnceValue(func() named { return named{otherNamesTable(), monthsOfTable(), zonesTable()} })
