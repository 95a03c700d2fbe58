package desktop

// opener is what a double click does. It takes the target as it is, unlike cmd.exe, to which
// the & of an address would be the end of a command.
func opener(target string) (name string, args []string, err error) {
	return "rundll32.exe", []string{"url.dll,FileProtocolHandler", target}, nil
}

// shown tells whether there is a screen.
func shown() bool { return true }
