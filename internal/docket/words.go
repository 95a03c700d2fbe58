package docket

import (
	"cmp"
	"sync"
)

// said are the events in the words of whoever has the letter in hand, one for each kind that a user
// records.
var said = sync.OnceValue(func() map[Kind]string {
	return map[Kind]string{
		Sent:                   "I sent it",
		Received:               "They got it, and I can prove it",
		LetterReceived:         "They got my follow-up letter, and I can prove it",
		Undelivered:            "It came back: it could not be delivered",
		Acknowledged:           "They acknowledged it",
		Renumbered:             "They gave it a tracking number, or a new one",
		Estimated:              "They gave a date by which they expect to finish",
		MessageWaiting:         "Something is waiting in their portal",
		MessageFetched:         "I picked up what was waiting in the portal",
		DeficiencyNotice:       "They say something is missing from the request",
		Perfected:              "I sent them what was missing",
		ClarificationRequested: "They have a question",
		ClarificationAnswered:  "I answered their question",
		FeeNotice:              "They want money",
		FeeAnswered:            "I answered about the fees, or paid",
		Extended:               "They want more time",
		ExpeditionRequested:    "I asked them to speed it up",
		ExpeditedGranted:       "They agree to speed it up",
		ExpeditedDenied:        "They refuse to speed it up",
		FeeWaiverRequested:     "I asked for a fee waiver",
		FeeWaiverGranted:       "They waive the fees",
		FeeWaiverDenied:        "They refuse to waive the fees",
		CategoryRequested:      "I asked for another fee category",
		CategoryAssigned:       "They put me in a fee category",
		Referred:               "They passed it, or part of it, to another office",
		Consulted:              "They are consulting another office first",
		RulingRequested:        "They asked for a ruling on whether they may withhold",
		InterimRelease:         "They sent some records, and more are to come",
		Determination:          "They gave a decision",
		StillInterestedAsked:   "They ask whether I am still interested",
		StillInterestedAnswer:  "I answered that I am still interested",
		Appealed:               "I appealed",
		AppealReceived:         "They got my appeal",
		AppealExtended:         "They want more time for the appeal",
		AppealDecided:          "They decided the appeal",
		OGISOpened:             "I asked OGIS to mediate",
		OGISClosed:             "OGIS closed its case",
		SuitFiled:              "A lawsuit was filed",
		Reminded:               "I asked where it stands",
		Withdrawn:              "I withdrew it, or part of it",
		Note:                   "Nothing came: I want to note something",
		FileAdded:              "I have a file to keep with it",
		Closed:                 "I am done with it",
		SeriesEnded:            "I want no more requests in this series",
		Correction:             "An entry in the log is wrong",
	}
})

// Words are an event in the words of whoever has the letter in hand, such as “They want money”.
func (k Kind) Words() string { return said()[k] }

// nothingThere is a decision that the letter itself seldom calls one.
func nothingThere() Came {
	return Came{Kind: Determination, Data: map[string]string{"outcome": "no-records"}, Words: "They say there is nothing"}
}

// choiceWords are the choices of details in plain words: of those of one kind, or of each kind that
// has a detail of that name.
var choiceWords = sync.OnceValue(func() map[string]map[string]string {
	return map[string]map[string]string{
		"determination/outcome": {
			"granted":           "They release everything",
			"partial":           "They release some of it, and withhold some",
			"denied":            "They withhold everything",
			"no-records":        "They found no records",
			"glomar":            "They neither confirm nor deny that there are any",
			"referred":          "Another office has it now, and will answer",
			"withdrawn":         "They treat it as withdrawn",
			"fee-related":       "They closed it over fees",
			"not-described":     "They say the records are not described well enough",
			"improper":          "They say it is not a proper request",
			"not-agency-record": "They say these are not the agency’s records",
			"duplicate":         "They say it repeats another request",
			"other":             "Something else",
		},
		"appeal-decided/outcome": {"affirmed": "They stand by their decision", "partly": "I won in part", "reversed": "I won",
			"remanded": "It goes back to the office that decided", "dismissed": "They dismissed the appeal"},
		"by":    {"portal": "Through the portal", "mail": "By mail", "email": "By e-mail", "fax": "By fax"},
		"track": {"simple": "Simple", "complex": "Complex", "expedited": "Expedited"},
		"for":   {"request": "The request", "appeal": "The appeal", "referral": "The referral"},
		"answer": {"agreed": "I agreed to pay", "refused": "I refused to pay", "narrowed": "I narrowed the request",
			"contested": "I contested the fees", "paid": "I paid"},
		"category": {"media": "News media", "educational": "Educational institution", "scientific": "Scientific institution",
			"commercial": "Commercial", "other": "Everyone else"},
		"of": {"determination": "The decision on the request", "expedition": "The refusal to speed it up",
			"fee-waiver": "The refusal of a fee waiver", "fee-category": "The fee category", Silence: "Their silence: no answer came",
			Charges: "What they charge"},
	}
})

// question is how a person is asked for a detail.
type question struct{ title, help string }

// questions are those for details: for those of one kind, or of each kind that has a detail of that
// name.
var questions = sync.OnceValue(func() map[string]question {
	return map[string]question{
		"advance":               {"Must it be paid in advance?", ""},
		"amount":                {"How much?", "Such as 235 or 120.50; in another currency, 235 EUR."},
		"answer":                {"What did you answer?", ""},
		"answer-by":             {"By when do they want your answer?", "If the letter gives a day."},
		"appeal-by":             {"By when can you appeal, according to the letter?", "If it gives a day. Leave out a number of days."},
		"appeal-to":             {"Where does the letter say to send an appeal?", "Separate the lines with commas."},
		"authority":             {"Whom did they ask?", "Such as the Attorney General."},
		"by":                    {"How did it go out?", ""},
		"category":              {"Which fee category?", ""},
		"court":                 {"Which court?", "Such as D.D.C."},
		"days":                  {"How many working days do they add?", "If the letter gives a number."},
		"deposit":               {"How much do they want before they start?", "An amount, or a percentage such as 50%."},
		"discretion":            {"At their discretion?", "Yes if they waive fees without deciding that you are entitled to it."},
		"docket":                {"What is the number of the case?", ""},
		"exemptions":            {"Which exemptions do they claim?", ""},
		"fee-answered/amount":   {"How much did you pay?", "If you paid."},
		"for":                   {"What is the number for?", ""},
		"grounds":               {"Which unusual circumstances do they name?", ""},
		"letter":                {"Which letter?", ""},
		"misrouted":             {"Did it go to the wrong office of the agency?", "Yes if that office does not process requests."},
		"missing":               {"What do they say is missing?", ""},
		"ogis-opened/tracking":  {"What is the number of the case at OGIS?", ""},
		"outcome":               {"What did they decide?", ""},
		"pages":                 {"How many pages did they release?", ""},
		"part":                  {"Which part?", "Leave it out if it is all of it."},
		"proof":                 {"What proves it?", "A confirmation number, or the number of the certified mail."},
		"question":              {"What do they ask?", ""},
		"reason":                {"Why?", ""},
		"received":              {"When did they receive it?", "If you know; else the day it was sent counts."},
		"acknowledged/received": {"When did they receive it, according to the letter?", "If it gives a day."},
		"records":               {"How many documents did they release?", "If they count documents, not pages."},
		"referred/pages":        {"How many pages did they pass on?", "Leave it out if it is the whole request."},
		"referred/records":      {"How many documents did they pass on?", "If they count documents, not pages."},
		"replaces":              {"Which number does it replace?", ""},
		"search":                {"How much of that is for search?", ""},
		"statute":               {"On which statute does Exemption 3 rest?", "Such as 26 U.S.C. § 6103."},
		"to":                    {"Which office has it now?", "Type a name, an abbreviation or a word of it."},
		"track":                 {"On which track is it?", ""},
		"tracking":              {"What is their tracking number?", ""},
		"until":                 {"By when do they expect to finish?", ""},
		"extended/until":        {"What is the new date?", "If the letter gives one."},
		"appeal-extended/until": {"What is the new date?", "If the letter gives one."},
		"message-waiting/until": {"By when must you pick it up?", "If they say so."},
		"with":                  {"Whom do they consult?", ""},
		"withheld":              {"How many pages do they withhold?", ""},
		"withheld-records":      {"How many documents do they withhold?", "If they count documents, not pages."},
		"appealed/of":           {"What is the appeal against?", ""},
		"of":                    {"Which appeal?", ""},
		"correction/of":         {"Which entry is wrong?", ""},
		"correction/reason":     {"What is wrong with it?", ""},
		"undelivered/reason":    {"Why, according to the notice?", ""},
	}
})

// wordsOf are the words for a detail of a kind, or else those for each detail of that name.
func wordsOf[T any](words map[string]T, k Kind, detail string) T {
	if own, ok := words[string(k)+"/"+detail]; ok {
		return own
	}
	return words[detail]
}

// ChoiceWords is a choice of a detail in plain words.
func ChoiceWords(k Kind, detail, choice string) string {
	return cmp.Or(wordsOf(choiceWords(), k, detail)[choice], choice)
}
