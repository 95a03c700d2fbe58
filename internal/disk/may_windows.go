package disk

// MayWrite knows nothing: rights are those of lists that only an attempt goes through.
func MayWrite(string) error { return nil }

// Owner is not looked up.
func Owner(string) string { return "" }
