package docket

import (
	"slices"

	"foia/internal/workday"
)

// Kind is what happened. The words are those of the field (see ARCHITECTURE.md).
type Kind string

// What may happen to a request.
const (
	Drafted                Kind = "drafted"
	Imported               Kind = "imported"
	Redrafted              Kind = "redrafted"
	Discarded              Kind = "discarded"
	Sent                   Kind = "sent"
	Received               Kind = "received"
	Acknowledged           Kind = "acknowledged"
	Estimated              Kind = "estimated"
	DeficiencyNotice       Kind = "deficiency-notice"
	Perfected              Kind = "perfected"
	ClarificationRequested Kind = "clarification-requested"
	ClarificationAnswered  Kind = "clarification-answered"
	FeeNotice              Kind = "fee-notice"
	FeeAnswered            Kind = "fee-answered"
	Renumbered             Kind = "renumbered"
	Undelivered            Kind = "undelivered"
	LetterReceived         Kind = "letter-received"
	MessageWaiting         Kind = "message-waiting"
	MessageFetched         Kind = "message-fetched"
	ExpeditionRequested    Kind = "expedition-requested"
	FeeWaiverRequested     Kind = "fee-waiver-requested"
	CategoryRequested      Kind = "category-requested"
	Extended               Kind = "extended"
	ExpeditedGranted       Kind = "expedited-granted"
	ExpeditedDenied        Kind = "expedited-denied"
	FeeWaiverGranted       Kind = "fee-waiver-granted"
	FeeWaiverDenied        Kind = "fee-waiver-denied"
	CategoryAssigned       Kind = "category-assigned"
	Referred               Kind = "referred"
	Consulted              Kind = "consulted"
	RulingRequested        Kind = "ruling-requested"
	InterimRelease         Kind = "interim-release"
	Determination          Kind = "determination"
	StillInterestedAsked   Kind = "still-interested-asked"
	StillInterestedAnswer  Kind = "still-interested-answered"
	Appealed               Kind = "appealed"
	AppealReceived         Kind = "appeal-received"
	AppealExtended         Kind = "appeal-extended"
	AppealDecided          Kind = "appeal-decided"
	OGISOpened             Kind = "ogis-opened"
	OGISClosed             Kind = "ogis-closed"
	SuitFiled              Kind = "suit-filed"
	Reminded               Kind = "reminded"
	LetterMade             Kind = "letter-made"
	LetterSent             Kind = "letter-sent"
	Sending                Kind = "sending"
	NotSent                Kind = "not-sent"
	Withdrawn              Kind = "withdrawn"
	Note                   Kind = "note"
	FileAdded              Kind = "file"
	Redacted               Kind = "redacted"
	Closed                 Kind = "closed"
	SeriesEnded            Kind = "series-ended"
	Assigned               Kind = "assigned"
	Tagged                 Kind = "tagged"
	Untagged               Kind = "untagged"
	MadePrivate            Kind = "private"
	MadePublic             Kind = "public"
	Correction             Kind = "correction"
)

// Who acts, or owes something.
type Who string

// The two sides of a request.
const (
	You    Who = "you"
	Agency Who = "agency"
)

// DetailType says how a detail of an event is read.
type DetailType string

// The types of details.
const (
	Text       DetailType = "text"
	Day        DetailType = "date"
	Number     DetailType = "number"
	Money      DetailType = "amount"
	Share      DetailType = "amount|percentage"
	Choice     DetailType = "choice"
	Picks      DetailType = "choices" // one or more of them
	LetterName DetailType = "letter"  // a letter that was made, by its number or its kind
	Codes      DetailType = "exemptions"
	Office     DetailType = "office"
	Flag       DetailType = "yes"
)

// Detail is one thing that may be told of an event.
type Detail struct {
	Name     string
	Type     DetailType
	Choices  []string
	Required bool
	Help     string
}

// Spec says what a kind of event means and what may be told of it.
type Spec struct {
	Kind    Kind
	Who     Who
	Says    string
	Details []Detail
	Own     bool // written by foia itself, not with foia record
}

// Answers tells whether an event is something that the agency said to you about the
// request: what it merely received, or did not even get, is not.
func (s Spec) Answers() bool {
	return s.Who == Agency && s.Kind != Received && s.Kind != Undelivered && s.Kind != LetterReceived
}

// Detail returns the detail of that name.
func (s Spec) Detail(name string) (Detail, bool) {
	i := slices.IndexFunc(s.Details, func(d Detail) bool { return d.Name == name })
	if i < 0 {
		return Detail{}, false
	}
	return s.Details[i], true
}

// SpecOf returns what is known of a kind.
func SpecOf(k Kind) (Spec, bool) {
	i := slices.IndexFunc(Specs, func(s Spec) bool { return s.Kind == k })
	if i < 0 {
		return Spec{}, false
	}
	return Specs[i], true
}

// The ways in which letters travel. What goes by portal, e-mail or fax is there
// on the day it is sent.
var ways = []string{"portal", "mail", "email", "fax"}

// Outcomes are what a determination may be.
var Outcomes = []string{"granted", "partial", "denied", "no-records", "glomar", "referred", "withdrawn", "fee-related",
	"not-described", "improper", "not-agency-record", "duplicate", "other"}

// FeeAnswers are what you may answer to a notice of fees.
var FeeAnswers = []string{"agreed", "refused", "narrowed", "contested", "paid"}

// Categories are the fee categories, as the template field fee_category has them.
var Categories = []string{"media", "educational", "scientific", "commercial", "other"}

// Grounds are those of unusual circumstances, 5 U.S.C. 552(a)(6)(B)(iii)(I) to (III);
// "other" and "none" are what agencies write all the same.
var Grounds = []string{"field-facilities", "voluminous", "consultation", "other", "none"}

func details(d ...Detail) []Detail { return d }

// These are details of several kinds.
var (
	by       = Detail{Name: "by", Type: Choice, Choices: ways, Help: "how it was sent"}
	proof    = Detail{Name: "proof", Type: Text, Help: "what proves it: a confirmation or certified-mail number"}
	appealBy = Detail{Name: "appeal-by", Type: Day, Help: "the last day to appeal, according to the letter"}
	appealTo = Detail{Name: "appeal-to", Type: Text, Help: "where the letter says to send an appeal; separate the lines with commas"}
	answerBy = Detail{Name: "answer-by", Type: Day, Help: "the last day to answer, according to the letter"}
	arrived  = Detail{Name: "received", Type: Day, Help: "the date the agency received it (default: the day it was sent)"}
	ofLetter = Detail{Name: "letter", Type: LetterName,
		Help: "the letter that was sent: its number in the log, or its kind, such as status"}
	pages     = Detail{Name: "pages", Type: Number, Help: "number of pages released"}
	withheld  = Detail{Name: "withheld", Type: Number, Help: "number of pages withheld"}
	documents = Detail{Name: "records", Type: Number, Help: "number of documents, where the agency counts documents rather than pages"}
	kept      = Detail{Name: "withheld-records", Type: Number, Help: "number of documents withheld, where the agency counts documents"}
	codes     = Detail{Name: "exemptions", Type: Codes, Help: "exemptions claimed, such as b5,b7E or k2; under the law of a state or " +
		"country, its own sections, separated by semicolons"}
	statute  = Detail{Name: "statute", Type: Text, Help: "the statute that Exemption 3 rests on, such as \"26 U.S.C. § 6103\""}
	tracking = Detail{Name: "tracking", Type: Text, Help: "the agency's tracking number"}
	extra    = Detail{Name: "days", Type: Number, Help: "the number of working days added"}
	until    = Detail{Name: "until", Type: Day, Help: "the new date"}
	tags     = Detail{Name: "tags", Type: Text, Help: "the tags, separated by commas"}
	grounds  = Detail{Name: "grounds", Type: Picks, Choices: Grounds,
		Help: "the unusual circumstances the notice names, separated by commas"}
	category = Detail{Name: "category", Type: Choice, Choices: Categories, Required: true, Help: "the fee category"}
	which    = Detail{Name: "of", Type: Choice, Choices: Matters, Help: "which appeal (default: the one that is open)"}
)

// yours are the details of what you send to the agency, after those of its own.
func yours(own ...Detail) []Detail { return append(own, by, proof, arrived, ofLetter) }

// Specs are all kinds of events, in the order of a request's life.
var Specs = []Spec{
	{Kind: Drafted, Who: You, Says: "the letter was made and frozen", Own: true},
	{Kind: Imported, Who: You, Says: "the request was taken over from another tracker; its letter is not here", Own: true, Details: details(
		Detail{Name: "from", Type: Text, Help: "the file"},
		Detail{Name: "line", Type: Text, Help: "the line, or lines, of the file"},
		Detail{Name: "row_sha256", Type: Text, Help: "the SHA-256 of the row as it was kept"})},
	{Kind: Redrafted, Who: You, Says: "the letter was changed before it was sent", Own: true, Details: details(
		Detail{Name: "changed", Type: Text, Help: "what differs"})},
	{Kind: Discarded, Who: You, Says: "a letter that was not sent was thrown away", Own: true, Details: details(
		Detail{Name: "of", Type: Text, Help: "the number of a further letter; empty: the request"},
		Detail{Name: "reason", Type: Text, Help: "why"})},
	{Kind: Sent, Who: You, Says: "the request was sent", Details: details(by, proof, arrived,
		Detail{Name: "letter", Type: LetterName, Help: "that follow-up letter was sent, not the request: its number or its kind"})},
	{Kind: Received, Who: Agency, Says: "the agency received the request, and you can prove it", Details: details(proof,
		Detail{Name: "misrouted", Type: Flag, Help: "it went to an office of the agency that does not process it"})},
	{Kind: LetterReceived, Who: Agency, Says: "the agency received a follow-up letter, and you can prove it", Details: details(
		Detail{Name: "letter", Type: LetterName, Required: true, Help: "the letter: its number in the log, or its kind"},
		proof)},
	{Kind: Undelivered, Who: Agency, Says: "something you sent could not be delivered", Details: details(
		Detail{Name: "letter", Type: LetterName, Help: "the letter that came back: its number or its kind (default: the request)"},
		Detail{Name: "reason", Type: Text, Help: "why, according to the notice"})},
	{Kind: Acknowledged, Who: Agency, Says: "the agency acknowledged the request", Details: details(tracking,
		Detail{Name: "received", Type: Day, Help: "the date of receipt, according to the agency"},
		Detail{Name: "track", Type: Choice, Choices: []string{"simple", "complex", "expedited"}, Help: "the processing track"},
		Detail{Name: "until", Type: Day, Help: "the date the agency expects to finish"})},
	{Kind: Renumbered, Who: Agency, Says: "the agency gave or changed a tracking number", Details: details(
		Detail{Name: "tracking", Type: Text, Required: true, Help: "the new number"},
		Detail{Name: "for", Type: Choice, Choices: []string{"request", "appeal", "referral"},
			Help: "what the number is for (default: request)"},
		Detail{Name: "replaces", Type: Text, Help: "the number it replaces"})},
	{Kind: Estimated, Who: Agency, Says: "the agency gave an estimated completion date", Details: details(
		Detail{Name: "until", Type: Day, Required: true, Help: "the date it expects to finish"})},
	{Kind: MessageWaiting, Who: Agency, Says: "a message or files are waiting in the agency's portal", Details: details(
		Detail{Name: "until", Type: Day, Help: "the last day to fetch them"})},
	{Kind: MessageFetched, Who: You, Says: "you fetched what was waiting in the portal"},
	{Kind: DeficiencyNotice, Who: Agency, Says: "the agency calls the request deficient", Details: details(
		Detail{Name: "missing", Type: Text, Help: "what the letter says is missing"}, answerBy)},
	{Kind: Perfected, Who: You, Says: "you completed the request", Details: yours()},
	{Kind: ClarificationRequested, Who: Agency, Says: "the agency asks for information", Details: details(
		Detail{Name: "question", Type: Text, Help: "what it asks"}, answerBy)},
	{Kind: ClarificationAnswered, Who: You, Says: "you answered the agency's question", Details: yours()},
	{Kind: FeeNotice, Who: Agency, Says: "the agency estimates or demands fees", Details: details(
		Detail{Name: "amount", Type: Money, Required: true, Help: "the amount, such as 235 or 120.50; in another currency, \"235 EUR\""},
		Detail{Name: "search", Type: Money, Help: "the part that is for search"},
		Detail{Name: "deposit", Type: Share, Help: "what is to be paid before the work begins: an amount, or a percentage such as 50%"},
		Detail{Name: "advance", Type: Flag, Help: "the agency demands payment in advance"}, answerBy)},
	{Kind: FeeAnswered, Who: You, Says: "you answered about fees", Details: yours(
		Detail{Name: "answer", Type: Choice, Choices: FeeAnswers, Help: "what you answered"},
		Detail{Name: "amount", Type: Money, Help: "the amount you paid"})},
	{Kind: Extended, Who: Agency, Says: "the agency extended its time (unusual circumstances)", Details: details(extra, until, grounds)},
	{Kind: ExpeditionRequested, Who: You, Says: "you asked for expedited processing in a later letter", Details: yours()},
	{Kind: ExpeditedGranted, Who: Agency, Says: "expedited processing was granted"},
	{Kind: ExpeditedDenied, Who: Agency, Says: "expedited processing was denied", Details: details(appealBy)},
	{Kind: FeeWaiverRequested, Who: You, Says: "you asked for a fee waiver in a later letter", Details: yours()},
	{Kind: FeeWaiverGranted, Who: Agency, Says: "the fee waiver was granted", Details: details(
		Detail{Name: "part", Type: Text, Help: "what is waived, if not all fees"},
		Detail{Name: "discretion", Type: Flag, Help: "the agency waives them at its discretion, without deciding that you are " +
			"entitled to it"})},
	{Kind: FeeWaiverDenied, Who: Agency, Says: "the fee waiver was denied", Details: details(appealBy)},
	{Kind: CategoryRequested, Who: You, Says: "you asked for a fee category in a later letter", Details: yours(category)},
	{Kind: CategoryAssigned, Who: Agency, Says: "the agency put you in a fee category", Details: details(category, appealBy)},
	{Kind: Referred, Who: Agency, Says: "the request, or some of the records, was referred to another office, which will answer",
		Details: details(
			Detail{Name: "to", Type: Office, Required: true, Help: "the office that has it now"}, pages, documents,
			Detail{Name: "part", Type: Text, Help: "what was referred, if not the whole request and the letter gives no numbers"},
			Detail{Name: "child", Type: Text, Help: "the request that foia opened for it"})},
	{Kind: Consulted, Who: Agency, Says: "the agency consults another office, and will still answer itself", Details: details(
		Detail{Name: "with", Type: Text, Help: "the office it consults"})},
	{Kind: RulingRequested, Who: Agency, Says: "the agency asked another authority whether it may withhold records (as in Texas)",
		Details: details(
			Detail{Name: "authority", Type: Text, Help: "the authority it asked, such as the Attorney General"})},
	{Kind: InterimRelease, Who: Agency, Says: "some records were released, and more are to come",
		Details: details(pages, withheld, documents, kept, codes, statute, appealBy, appealTo)},
	{Kind: Determination, Who: Agency, Says: "the agency decided the request", Details: details(
		Detail{Name: "outcome", Type: Choice, Choices: Outcomes, Required: true, Help: "what it decided"}, codes, statute, pages, withheld,
		documents, kept, appealBy, appealTo)},
	{Kind: StillInterestedAsked, Who: Agency, Says: "the agency asks whether you are still interested", Details: details(answerBy)},
	{Kind: StillInterestedAnswer, Who: You, Says: "you answered that you are still interested", Details: yours()},
	{Kind: Appealed, Who: You, Says: "you appealed", Details: yours(
		Detail{Name: "of", Type: Choice, Choices: Matters, Help: "what the appeal is against (default: the last adverse decision)"})},
	{Kind: AppealReceived, Who: Agency, Says: "the agency received the appeal", Details: details(which,
		Detail{Name: "tracking", Type: Text, Help: "the number of the appeal"})},
	{Kind: AppealExtended, Who: Agency, Says: "the agency extended the time to decide the appeal",
		Details: details(which, extra, until, grounds)},
	{Kind: AppealDecided, Who: Agency, Says: "the appeal was decided", Details: details(which,
		Detail{Name: "outcome", Type: Choice, Choices: []string{"affirmed", "partly", "reversed", "remanded", "dismissed"}, Required: true,
			Help: "what was decided"})},
	{Kind: OGISOpened, Who: You, Says: "you asked OGIS for mediation", Details: details(
		Detail{Name: "tracking", Type: Text, Help: "the number of the case at OGIS"}, by, proof, ofLetter)},
	{Kind: OGISClosed, Who: Agency, Says: "OGIS closed its case"},
	{Kind: SuitFiled, Who: You, Says: "a complaint was filed in court", Details: details(
		Detail{Name: "court", Type: Text, Required: true, Help: "such as D.D.C."},
		Detail{Name: "docket", Type: Text, Required: true, Help: "the number of the case"})},
	{Kind: Reminded, Who: You, Says: "you asked for the status of the request", Details: yours()},
	{Kind: Withdrawn, Who: You, Says: "you withdrew the request, or a part of it", Details: yours(
		Detail{Name: "part", Type: Text, Help: "the part that is withdrawn, if not all"})},
	{Kind: LetterMade, Who: You, Says: "a follow-up letter was made and frozen", Own: true},
	{Kind: LetterSent, Who: You, Says: "a follow-up letter was sent", Own: true, Details: details(
		Detail{Name: "letter", Type: LetterName, Required: true, Help: ofLetter.Help}, by, proof, arrived)},
	{Kind: Sending, Who: You, Says: "an e-mail with a letter was begun to be sent", Own: true, Details: details(
		Detail{Name: "letter", Type: LetterName, Help: ofLetter.Help},
		Detail{Name: "sender", Type: Text, Help: "the address it comes from"},
		Detail{Name: "recipient", Type: Text, Help: "the address it goes to"},
		Detail{Name: "copies", Type: Text, Help: "who gets a copy"},
		Detail{Name: "message-id", Type: Text, Help: "by what answers and delivery notices name it"},
		Detail{Name: "sha256", Type: Text, Help: "of the exact message, which is kept with the event"})},
	{Kind: NotSent, Who: You, Says: "an e-mail with a letter did not go out", Own: true, Details: details(
		Detail{Name: "of", Type: Number, Help: "the event in which it was begun to be sent"},
		Detail{Name: "reason", Type: Text, Help: "why"})},
	{Kind: Note, Who: You, Says: "something to remember", Details: details()},
	{Kind: FileAdded, Who: You, Says: "a file was added to the request"},
	{Kind: Redacted, Who: You, Says: "a copy of a received file was made for publication, with places covered", Own: true,
		Details: details(
			Detail{Name: "copy_of", Type: Text, Help: "the file"},
			Detail{Name: "copy_of_sha256", Type: Text, Help: "its SHA-256"},
			Detail{Name: "boxes", Type: Number, Help: "how many places are covered"})},
	{Kind: Closed, Who: You, Says: "you closed the request", Details: details(
		Detail{Name: "reason", Type: Text, Help: "why"})},
	{Kind: SeriesEnded, Who: You, Says: "you ended the series: no more requests", Details: details(
		Detail{Name: "reason", Type: Text, Help: "why"})},
	{Kind: Assigned, Who: You, Says: "someone was assigned to the request", Own: true, Details: details(
		Detail{Name: "to", Type: Text, Help: "who; empty for nobody"})},
	{Kind: Tagged, Who: You, Says: "tags were added", Own: true, Details: details(tags)},
	{Kind: Untagged, Who: You, Says: "tags were removed", Own: true, Details: details(tags)},
	{Kind: MadePrivate, Who: You, Says: "only its owner and the people named can see it", Own: true, Details: details(
		Detail{Name: "people", Type: Text, Help: "who, besides its owner; replaces any earlier list"})},
	{Kind: MadePublic, Who: You, Says: "everyone who reads the log can see it again", Own: true},
	{Kind: Correction, Who: You, Says: "an earlier event is wrong and does not count", Details: details(
		Detail{Name: "of", Type: Number, Required: true, Help: "the number of the event in the log"},
		Detail{Name: "reason", Type: Text, Required: true, Help: "what was wrong"})},
}

// Matters are what an appeal may be against. From silence the Act gives no appeal;
// some agencies take one all the same.
var Matters = []string{"determination", "expedition", "fee-waiver", "fee-category", Silence, Charges}

// Silence is the matter of an appeal that no decision came before.
const Silence = "silence"

// Charges is the matter of a complaint about a notice of fees, under the law of a state.
const Charges = "charges"

// toAppeal says what is decided where something may be appealed.
func toAppeal(matter string) string {
	switch matter {
	case "expedition":
		return "appeal the denial of expedited processing"
	case "fee-waiver":
		return "appeal the denial of the fee waiver"
	case "fee-category":
		return "appeal the fee category"
	case Silence:
		return "appeal, as there was no answer"
	case Charges:
		return "complain about the charges"
	}
	return "appeal the " + matter // the determination; an extension, in Ireland
}

// day reads a detail of an event that is a date; what is not there, or is none, is
// the unknown date. Events are checked when they are recorded.
func (e Event) day(name string) workday.Date {
	d, err := workday.ParseDate(e.Data[name])
	if err != nil {
		return workday.Date{}
	}
	return d
}
