package docket

import (
	"strings"

	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// Status is where a request stands. What the agency decided is its outcome, and
// whether somebody is late follows from the deadlines and the day: neither is a
// status.
type Status string

// The statuses, in the order of a request's life.
const (
	IsDrafted    Status = "drafted"
	IsUnclear    Status = "sent or not" // foia sent it by e-mail, and got no answer
	IsSent       Status = "sent"
	IsProcessing Status = "processing"
	IsWaiting    Status = "waiting for you" // the agency asked something
	IsReferred   Status = "referred"
	IsDetermined Status = "determined"
	IsAppealed   Status = "appealed"
	IsDecided    Status = "appeal decided"
	IsRemanded   Status = "remanded" // the appeal sent it back, or gave you right
	IsInCourt    Status = "in court"
	IsClosed     Status = "closed"
	IsDiscarded  Status = "discarded" // it was never sent
)

// Statuses are all of them, in that order.
var Statuses = []Status{IsDrafted, IsUnclear, IsSent, IsProcessing, IsWaiting, IsReferred, IsDetermined, IsAppealed, IsDecided,
	IsRemanded, IsInCourt, IsClosed, IsDiscarded}

// ReadStatus reads a status; hyphens may stand for its spaces.
func ReadStatus(s string) (Status, error) {
	var words []string
	for _, known := range Statuses {
		word := strings.ReplaceAll(string(known), " ", "-")
		if strings.ReplaceAll(s, " ", "-") == word {
			return known, nil
		}
		words = append(words, word)
	}
	return "", remedy.Misuse(remedy.Name("status")+": unknown status “"+short(s)+"”", "use one of "+strings.Join(words, ", "))
}

// Decision is a decision of its own beside the determination: on expedited
// processing, on the fee waiver.
type Decision struct {
	State string       `json:"state"` // not asked, unknown, asked, granted, denied, ignored, not decided
	On    workday.Date `json:"on,omitzero"`
}

// What a Decision may be.
const (
	NotAsked   = "not asked"
	NotKnown   = "unknown" // the request was taken over, and its letter is not here
	Asked      = "asked"
	Granted    = "granted"
	Denied     = "denied"
	Ignored    = "ignored"
	NotDecided = "not decided" // a determination came without it
)

// Reading is another date that a rule, a letter or another reading of a rule gives.
type Reading struct {
	Due  workday.Date `json:"due,omitzero"` // unknown: another way, of which no time was read
	Says string       `json:"says"`
	Cite string       `json:"cite,omitempty"`

	Untimed string `json:"untimed,omitempty"` // as of a Deadline, and so is If
	If      string `json:"if,omitempty"`
}

// Why no time for a way of review is known.
const (
	NotRead = "not read"
	NoTime  = "none" // the law was read, and states none
)

// What is due. Each is a deadline of its own.
const (
	DueAcknowledgment = "acknowledgment"
	DueResponse       = "response"
	DueDetermination  = "determination"
	DueProduction     = "release of the records"
	DuePromised       = "answer by its own date"
	DueReminder       = "reminder (suggested)"
	DueExpedition     = "decision on expedited processing"
	DuePerfection     = "completion of the request"
	DueClarification  = "answer to the agency's question"
	DueFees           = "answer on fees"
	DueInterest       = "answer that you are still interested"
	DueMessage        = "fetching of the message in the portal"
	DueAppeal         = "appeal"
	DueAppealLast     = "appeal, last day by the letter or the rule"
	DueAppealDecision = "decision on the appeal"
	DueSuit           = "suit, last safe day"
)

// Deadline is one date by which somebody must do something.
type Deadline struct {
	What    string       `json:"what"`
	Of      string       `json:"of,omitempty"` // of an appeal: what it is against
	Who     Who          `json:"who"`
	Due     workday.Date `json:"due,omitzero"`     // unknown if Why says so
	Lenient workday.Date `json:"lenient,omitzero"` // late by every calendar after this day
	Last    workday.Date `json:"last,omitzero"`    // of a safe day to appeal: the last that the letter or a rule gives
	Cite    string       `json:"cite"`
	Says    string       `json:"says,omitempty"`
	Topic   string       `json:"topic"`
	Event   int          `json:"event,omitempty"`   // the number of the event that it starts from
	Met     workday.Date `json:"met,omitzero"`      // the day on which it was done
	Over    string       `json:"over,omitempty"`    // why nobody needs to do it any more
	Why     string       `json:"why,omitempty"`     // why the date is unknown
	Untimed string       `json:"untimed,omitempty"` // of an appeal that may be open without a known time: NotRead or NoTime
	If      string       `json:"if,omitempty"`      // the one case in which the law gives this time
	Caution string       `json:"caution,omitempty"` // why the true date may be another
	To      string       `json:"to,omitempty"`      // of an appeal under the law of a state or country: who reviews
	Court   bool         `json:"court,omitempty"`   // that is a court
	Ways    []Way        `json:"ways,omitempty"`    // of the same: what foia makes for it, the first choice first
	Opens   workday.Date `json:"opens,omitzero"`    // of one against silence: the first day on which there is any
	Pay     bool         `json:"pay,omitempty"`     // of fees that were agreed to: they have to be paid
	Lapses  bool         `json:"lapses,omitempty"`  // the rule closes the request once the day has passed
	Start   string       `json:"start,omitempty"`   // how the first day came about, in words
	Added   string       `json:"added,omitempty"`   // what an extension adds, in words
	Other   []Reading    `json:"other,omitempty"`

	Count   *workday.Count `json:"count,omitempty"`
	Counted bool           `json:"counted,omitempty"` // in short, of Count: there was one

	rank int // of a way of review, beside others of which no time was read
}

// Title is what is due, with what an appeal is against.
func (d Deadline) Title() string {
	if d.Of == "" || d.Of == "determination" {
		return d.Listed()
	}
	return d.Listed() + " (" + d.Of + ")"
}

// inOneCase marks in lists a day that holds in one case only. Which one is a sentence, too
// long for a list: next, show and explain say it.
const inOneCase = ", in one case only"

// Listed is what is due as a list says it: a reader of a list alone must not take the day
// of a special case for the day of every request.
func (d Deadline) Listed() string {
	if d.If == "" {
		return d.What
	}
	return d.What + inOneCase
}

// Open tells whether the deadline still has to be met.
func (d Deadline) Open() bool { return d.Met.IsZero() && d.Over == "" }

// ForSure tells whether the day has passed by every calendar; it has not if the clock
// stands still by one of them.
func (d Deadline) ForSure(today workday.Date) bool {
	return !d.Due.IsZero() && !d.Lenient.IsZero() && today.After(d.Lenient)
}

// lenientWords says until when the agency has time by the most lenient calendar, in words
// for a person who does not know that foia counts by several.
func (d Deadline) lenientWords() string {
	if d.Lenient.IsZero() {
		return "counted with every doubtful day in its favor, the agency’s clock is stopped"
	}
	return "counted with every doubtful day in its favor, the agency has until " + d.Lenient.Letter()
}

// dayAfter is the day after a day; unknown after the unknown one.
func dayAfter(d workday.Date) workday.Date {
	if d.IsZero() {
		return d
	}
	return d.AddDays(1)
}

// Late tells by how many calendar days it was met late, or has been missed by
// today; 0 if it was not.
func (d Deadline) Late(today workday.Date) int {
	end := today
	if !d.Met.IsZero() {
		end = d.Met
	}
	if d.Due.IsZero() || d.Over != "" || !end.After(d.Due) {
		return 0
	}
	return d.Due.DaysUntil(end)
}

// Remark is something that the law says about an event, such as that a second
// clarification does not stop the clock.
type Remark struct {
	Event int    `json:"event"`
	Topic string `json:"topic"`
	Says  string `json:"says"`
	Cite  string `json:"cite,omitempty"`
}

// State is what follows from the events of a request. It does not depend on the
// day on which it is looked at.
type State struct {
	Kept          []Kept       `json:"kept,omitempty"` // of the request, while it has not gone out; a log finds it at the head of the JSON
	Status        Status       `json:"status"`
	Outcome       string       `json:"outcome,omitempty"`
	Sent          workday.Date `json:"sent,omitzero"`
	Received      workday.Date `json:"received,omitzero"`       // day 0 of the time for a determination
	ReceivedHow   string       `json:"received_how,omitempty"`  // proven, told, assumed, deemed, bound, acknowledged, completed
	FirstReceived workday.Date `json:"first_received,omitzero"` // by any office of the agency that takes requests
	Numbers       []string     `json:"tracking_numbers,omitempty"`
	Track         string       `json:"track,omitempty"`
	Estimate      workday.Date `json:"estimate,omitzero"`  // the agency's own date of completion
	Estimated     workday.Date `json:"estimated,omitzero"` // the date of the letter that gives it
	Expedition    Decision     `json:"expedition"`
	Waiver        Decision     `json:"fee_waiver"`
	Category      string       `json:"fee_category,omitempty"` // as asked for, or as the agency assigned it
	Account       Account      `json:"account,omitzero"`
	AppealDecided workday.Date `json:"appeal_decided,omitzero"` // the last decision on an appeal about the request as a whole
	AppealOutcome string       `json:"appeal_outcome,omitempty"`
	Conditional   []string     `json:"conditional,omitempty"` // of what a time is set for some requests only
	Deadlines     []Deadline   `json:"deadlines,omitempty"`
	Remarks       []Remark     `json:"remarks,omitempty"`
	Last          Event        `json:"last"`
	Reminded      workday.Date `json:"reminded,omitzero"` // the last letter that asked how the request stands
	Letters       []string     `json:"letters,omitempty"` // kinds of the further letters that were sent, in order
	Unsent        []Unsent     `json:"unsent,omitempty"`  // further letters that were made and not sent
	Notice        Notice       `json:"notice,omitzero"`   // the first notice of extension
	Suit          workday.Date `json:"suit,omitzero"`     // the first complaint in court
	OGIS          workday.Date `json:"ogis,omitzero"`     // an open case at OGIS
	Child         string       `json:"child,omitempty"`   // the request that has what was referred as a whole
	// the office asked for a ruling on which the law takes comments, and has not decided since
	Ruling     workday.Date `json:"ruling,omitzero"`
	SeriesOver workday.Date `json:"series_over,omitzero"` // the day on which the user ended the series
	LawUnknown bool         `json:"law_unknown,omitempty"`
	Begun      bool         `json:"begun,omitempty"` // something shows that the request went out
	Sample     bool         `json:"sample,omitempty"`
	Undated    []Undated    `json:"undated,omitempty"` // events whose day is not known
	Unclear    []Unclear    `json:"unclear,omitempty"` // letters that may have gone out by e-mail, or not
	Hands
}

// Unsent is a further letter that was made, and of which no event says that it went out.
type Unsent struct {
	Event  int          `json:"event"`
	Letter string       `json:"letter"`
	On     workday.Date `json:"on"`
	Via    string       `json:"via,omitempty"`
}

// Notice is what is to be answered in a notice of extension.
type Notice struct {
	On   workday.Date `json:"on,omitzero"`
	Bad  bool         `json:"bad,omitempty"`  // late, without a date or ground, or too long: it may be objected to
	Long bool         `json:"long,omitempty"` // it takes more than the Act allows: an offer on the scope answers it
}

// Deadline returns the last deadline of that name.
func (s State) Deadline(what string) (Deadline, bool) {
	for i := len(s.Deadlines) - 1; i >= 0; i-- {
		if s.Deadlines[i].What == what {
			return s.Deadlines[i], true
		}
	}
	return Deadline{}, false
}

// Open tells whether anything can still happen that matters: a closed request, or
// a sample, asks for nothing more.
func (s State) Open() bool { return s.Status != IsClosed && s.Status != IsDiscarded && !s.Sample }

// Basis is what dates are counted by.
type Basis struct {
	Book     *law.Book
	Calendar *workday.Calendar
	Policy   workday.Policy
}
