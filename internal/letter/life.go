package letter

import "slices"

// Life is what a later letter may say of the request so far: days, numbers and
// words from its log. A name that is not there is empty; a name that is not in
// LifeNames is an error of the template.
type Life map[string]any

// LifeNames are the names that {{.life.…}} may have, with what they hold. Days are
// as printed in a letter.
var LifeNames = map[string]string{
	"subject":           "subject of the request",
	"request_date":      "date of the request's letter",
	"sent":              "date the request was sent",
	"sent_by":           "how it was sent",
	"received":          "date the agency received it, according to the agency or to your proof",
	"assumed":           "date it must have received it, if nothing shows when it did",
	"forwarded":         "date the time begins even though the proper component did not have it",
	"tracking":          "the agency's tracking numbers",
	"due":               "last day for the determination",
	"due_what":          "what that day is for: the determination or, under the law of a state, another step",
	"promised":          "yes, if it is the date the agency gave itself",
	"lenient":           "the same under the most lenient calendar",
	"overdue":           "yes, if that day has passed under every calendar",
	"days_late":         "calendar days since the last day for the determination",
	"working_days_late": "working days since then",
	"working_days":      "working days since receipt",
	"tenth_day_passed":  "yes, if more than ten working days have passed since receipt",
	"estimate":          "the agency's own date of completion",
	"extended":          "date of the extension notice",
	"extended_by":       "working days the notice adds",
	"extended_until":    "new date the notice gives",
	"extended_late":     "yes, if the notice came after the 20 days",
	"extended_long":     "yes, if the notice takes more than ten working days",
	"ungrounded":        "yes, if the notice names none of the three grounds",
	"original_due":      "last day of the 20 days",
	"question_date":     "date of the agency's question",
	"question":          "the agency's question",
	"second_question":   "yes, if it is the agency's second",
	"deficiency_date":   "date of the letter that calls the request deficient",
	"missing":           "what that letter says is missing",
	"fee_date":          "date of the notice of fees",
	"fee_amount":        "amount in dollars",
	"fee_search":        "the part that is for search",
	"fee_late":          "yes, if the notice came after the time for the determination",
	"interest_date":     "date of the still-interested letter",
	"acknowledged":      "date of the acknowledgment",
	"track":             "processing track",
	"determination":     "date of the determination",
	"outcome":           "outcome, as a code",
	"codes":             "exemptions claimed, as codes",
	"exemptions":        "exemptions claimed, by name",
	"pages":             "number of pages released",
	"withheld":          "number of pages withheld",
	"interim":           "date of the last interim release",
	"interim_pages":     "its number of pages",
	"decision":          "date of the decision that is appealed",
	"category":          "fee category asked for",
	"assigned":          "fee category the agency assigned",
	"expedition_due":    "last day for the decision on expedited processing",
	"expedition_late":   "calendar days since then",
	"expedition_denied": "date of the denial of expedited processing",
	"waiver_denied":     "date of the denial of the fee waiver",
	"appeal":            "date of the appeal",
	"appeal_received":   "date the agency received it",
	"appeal_number":     "number of the appeal",
	"appeal_due":        "last day for the decision on the appeal",
	"appeal_late":       "calendar days since then",
	"appeal_decided":    "date of the decision on the appeal",
	"appeal_outcome":    "what was decided, as a code",
	"referred":          "date of the referral",
	"referred_to":       "office it was referred to",
	"reminders":         "how many times the requester has asked for the status",
	"asks_waiver":       "yes, if the request asks for a fee waiver",
	"asks_expedition":   "yes, if the request asks for expedited processing",
}

// data gives every name, so that {{if .life.x}} can ask for each.
func (l Life) data() map[string]any {
	data := map[string]any{}
	for name := range LifeNames {
		switch v := l[name].(type) {
		case string:
			data[name] = typed(v)
		case nil:
			data[name] = typed("")
		case []string:
			out := make([]typed, len(v))
			for i, s := range v {
				out[i] = typed(s)
			}
			data[name] = out
		default:
			data[name] = v
		}
	}
	return data
}

// claims tells whether the agency claimed an exemption: b7 stands for each of its
// parts.
func (l Life) claims(code string) bool {
	codes, _ := l["codes"].([]string)
	return slices.ContainsFunc(codes, func(c string) bool { return c == code || code == "b7" && len(c) > 2 && c[:2] == "b7" })
}
