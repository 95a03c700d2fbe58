package report

// Definition says exactly what a figure counts. What people read of a report has these
// texts, and so has its page in docs; a test compares them.
type Definition struct{ Term, Text string }

// Definitions are those of all figures, in the order of the table.
var Definitions = []Definition{
	{"Requests sent", "Requests that the log shows went out, or that an agency confirmed. Drafts, samples, and sendings that were " +
		"struck out or came back do not count. A request that foia opened because an agency referred records to another " +
		"office is a request to that office."},
	{"Responded", "The agency made a determination or released records. An acknowledgment, a question, a notice of fees or an " +
		"extension is not a response. The rate leaves out requests that were referred."},
	{"Decided", "The agency made a determination on the request. Each request sent is exactly one of decided, referred, ended or " +
		"open."},
	{"Referred", "The agency passed the whole request to another office and made no determination. The request at that office " +
		"counts, if the log has it."},
	{"Ended", "You closed or withdrew the request before a determination."},
	{"Open", "None of these has happened. Open requests are in no median."},
	{"Days", "Calendar days to the determination, the last if there are several: from the day of receipt that the agency gives " +
		"or you can prove, otherwise from the day of sending. A decision without a first day, or dated before it, is " +
		"counted as unknown."},
	{"Median", "Half of the decisions that can be timed took no longer. With fewer than five there is no median (–): one more " +
		"decision could move it anywhere."},
	{"Late", "The agency answered after its last day, or owes something that is overdue: an acknowledgment, an answer, " +
		"records, a decision on expedited processing or on an appeal. A day counts as missed only if it has passed by " +
		"every way of counting. Overdue is the part that the agency still owes. Where no last day is known, the request " +
		"is counted as unknown."},
	{"Outcome", "What the last determination said, in the words of the log. Only decided requests have one."},
	{"Exemptions", "Requests in which the last determination, or a release before it, claims an exemption or another ground to " +
		"withhold, by the name that its law has for it. A request with several counts under each. Where something was " +
		"withheld and the log has no ground, it is counted as unknown."},
	{"Fees asked", "The latest fee notice or estimate of each request, unless it was for nothing. Each currency is added up by " +
		"itself."},
	{"Fees paid", "The amounts that you recorded with a payment. A payment recorded without an amount is counted as unknown."},
	{"Pages", "Pages that the agency’s letters say were released or withheld. Letters that give no number, or count documents " +
		"instead, add nothing."},
}
