//go:build unix

package disk

// word is what the system says.
func word(err error) string { return err.Error() }
