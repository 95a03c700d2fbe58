package letter

// Template is a request letter as text: what it asks the user, and what it says.
type Template struct {
	ID string
}

// Answers are the values of a template's fields, by field name.
type Answers map[string]any
