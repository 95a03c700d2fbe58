package main

import "strings"

// accountVariable is the environment variable with the name of the account.
const accountVariable = "USERNAME"

// accountName is the name of an account without that of its domain or machine, which the
// system puts before it, as DESK-3\ana: the log names the machine by itself, and a person who
// works on two systems has one name there.
func accountName(full string) string { return full[strings.LastIndex(full, `\`)+1:] }
