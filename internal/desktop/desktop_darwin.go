package desktop

func opener(target string) (name string, args []string, err error) {
	return "open", []string{target}, nil
}

// shown tells whether there is a screen.
func shown() bool { return true }
