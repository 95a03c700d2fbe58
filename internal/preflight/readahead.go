package preflight

// ReadAhead reads the rules, so that a later Check finds them read. It may run
// beside anything else.
func ReadAhead() { rules() }
