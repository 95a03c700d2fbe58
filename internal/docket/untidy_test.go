package docket

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"foia/internal/law"
	"foia/internal/workday"
)

// anUntidy is a life that is not as one imagines it: what is so on a day, what may be
// claimed of it, and which letters may be written.
type anUntidy struct {
	right  string // the right behavior
	source string // why it is right
	office string // empty: treasury-do
	via    string // empty: portal
	asks   string // of the request: expedited, fee_waiver
	events string // one a line
	day    string
	has    []string // lines of what is shown
	not    []string // what is not shown
	holds  []string // claims, with the values after a colon: late:May 6, 2025
	never  []string // claims that do not hold
	ready  []string // conditions of letters
	refuse []string // conditions that are refused, with the reason after a colon
}

const filed = "2025-04-08 sent by=portal\n2025-04-10 acknowledged received=2025-04-08 tracking=2025-F-00815"

var untidy = []anUntidy{
	// 1. After an appeal that was won.
	{right: "a remand: the old time, which was met, is not running",
		source: "5 U.S.C. 552(a)(6)(A); no rule read gives a time after a remand",
		events: filed + "\n2025-05-20 determination outcome=denied exemptions=b5\n2025-06-02 appealed by=portal\n2025-06-20 " +
			"appeal-decided of=determination outcome=remanded", day: "2025-09-01",
		has: []string{"remanded, denied", "next: ask when the request will be decided anew"}, holds: []string{"remanded:June 20, 2025"},
		never: []string{"late", "due", "undetermined", "reversed"},
		ready: []string{"remanded"}, refuse: []string{"late:the agency made its decision", "late-for-sure:the agency made its decision",
			"bad-extension:no extension notice", "no-number:the agency made its decision"}},
	{right: "a decision in part: what was affirmed is final, what was sent back is open", source: "5 U.S.C. 552(a)(6)(A)(ii)",
		events: filed + "\n2025-05-20 determination outcome=denied exemptions=b5\n2025-06-02 appealed by=portal\n2025-06-20 " +
			"appeal-decided outcome=partly", day: "2025-09-01",
		has:   []string{"remanded, denied", "next: ask when the part that was sent back will be decided; what was affirmed is final"},
		holds: []string{"remanded"}, never: []string{"late"}},
	{right: "a denial reversed: the records are asked for", source: "5 U.S.C. 552(a)(6)(C)(i)",
		events: filed + "\n2025-05-20 determination outcome=denied exemptions=b5\n2025-06-02 appealed by=portal\n2025-06-20 " +
			"appeal-decided outcome=reversed", day: "2025-06-21",
		has: []string{"next: ask for the records"}, holds: []string{"reversed:June 20, 2025"}, never: []string{"late", "remanded"},
		ready: []string{"remanded"}},
	{right: "affirmed: nothing is left but a court", source: "5 U.S.C. 552(a)(4)(B)",
		events: filed + "\n2025-05-20 determination outcome=denied exemptions=b5\n2025-06-02 appealed by=portal\n2025-06-20 " +
			"appeal-decided outcome=affirmed", day: "2025-09-01",
		has: []string{"appeal decided, denied", "next: talk to a lawyer about a suit"}, never: []string{"remanded", "reversed", "late"},
		refuse: []string{"remanded:no decision on an appeal has"}},
	{right: "a new determination after a remand has its own time to appeal", source: "31 CFR 1.6(a)",
		events: filed + "\n2025-05-20 determination outcome=denied exemptions=b5\n2025-06-02 appealed by=portal\n2025-06-20 " +
			"appeal-decided outcome=remanded\n2025-08-01 determination outcome=denied exemptions=b6", day: "2025-09-01",
		has: []string{"determined, denied", "you: appeal (determination), 2025-10-30"}, never: []string{"remanded", "late"},
		ready: []string{"adverse"}},

	// 2. Two appeals.
	{right: "a decision on one appeal leaves the other open", source: "5 U.S.C. 552(a)(6)(A)(ii), (E)(iii)", office: "dhs-ice",
		asks: "expedited",
		events: filed + "\n2025-04-16 expedited-denied\n2025-04-20 appealed of=expedition by=email\n2025-05-20 determination " +
			"outcome=denied\n2025-05-22 appealed of=determination by=email\n2025-05-28 appeal-decided of=expedition outcome=affirmed",
		day:   "2025-07-15",
		has:   []string{"appealed, denied", "agency: decision on the appeal (determination), 2025-06-23 · 22 days late"},
		holds: []string{"appeal-late:June 23, 2025"}, ready: []string{"appeal-late"}},
	{right: "a decision that may be of either appeal: nothing is claimed of both, and the log is to say which",
		source: "an older log names none", office: "dhs-ice", asks: "expedited",
		events: filed + "\n2025-04-16 expedited-denied\n2025-04-20 appealed of=expedition by=email\n2025-05-20 determination " +
			"outcome=denied\n2025-05-22 appealed of=determination by=email\n2025-05-28 appeal-decided outcome=affirmed", day: "2025-07-15",
		has: []string{"the log does not say which one this is about"}, never: []string{"appeal-late"}},

	// 3. Notices of extension.
	{right: "a notice on the fifth day whose date lies before the twentieth is short, and neither late nor without a date",
		source: "5 U.S.C. 552(a)(6)(B)(i)",
		events: filed + "\n2025-04-15 extended until=2025-05-02 grounds=voluminous", day: "2025-04-20",
		has: []string{"is not later than May 6, 2025"}, not: []string{"gives no date", "is late"},
		holds: []string{"extension-short:May 2, 2025"}, never: []string{"extension-late", "extension-undated", "extension-long"},
		ready: []string{"bad-extension"}},
	{right: "a notice after the twentieth day is late, and only that", source: "5 U.S.C. 552(a)(6)(B)(i); 31 CFR 1.4(c)",
		events: filed + "\n2025-05-08 extended until=2025-05-22 grounds=voluminous", day: "2025-05-10",
		has: []string{"the notice is late: the 20 days ended on May 6, 2025"}, holds: []string{"extension-late:May 6, 2025", "late"},
		never: []string{"extension-undated", "extension-short", "extension-long"}},
	{right: "a notice with neither date nor days is recorded, and remarked", source: "5 U.S.C. 552(a)(6)(B)(i)",
		events: filed + "\n2025-04-30 extended grounds=voluminous,consultation", day: "2025-05-10",
		has: []string{"the notice gives no date", "agency: determination, 2025-05-06 or 2025-05-20"}, holds: []string{"extension-undated"},
		never: []string{"extension-late", "late"}, ready: []string{"bad-extension"}},
	{right: "a notice that comes while a question is open is none of the three", source: "5 U.S.C. 552(a)(6)(A)(I)",
		events: filed + "\n2025-04-15 clarification-requested\n2025-05-20 extended until=2025-05-28 grounds=voluminous\n2025-06-02 " +
			"clarification-answered by=email", day: "2025-06-10",
		not:   []string{"is late", "gives no date", "not later than"},
		never: []string{"extension-late", "extension-undated", "extension-short"}},

	// 4. Questions that are open on day 0.
	{right: "a question that is open on day 0 stops the time from its beginning", source: "5 U.S.C. 552(a)(6)(A)(ii)", via: "mail",
		events: "2025-04-02 sent by=mail\n2025-04-07 clarification-requested\n2025-04-08 received", day: "2025-06-30",
		has: []string{"waiting for you", "the clock has been stopped since April 8, 2025"}, never: []string{"late"},
		refuse: []string{"late-for-sure:no deadline is known"}},
	{right: "once answered, the time runs from the answer", source: "5 U.S.C. 552(a)(6)(A)(ii)", via: "mail",
		events: "2025-04-02 sent by=mail\n2025-04-07 clarification-requested\n2025-04-08 received\n2025-05-01 " +
			"clarification-answered by=email", day: "2025-06-30",
		has: []string{"agency: determination, 2025-05-30"}, holds: []string{"late:May 30, 2025"}},

	// 5. A date of receipt much later than the portal's.
	{right: "an acknowledgment's later date of receipt does not go beyond ten working days after the filing, and both dates are shown",
		source: "5 U.S.C. 552(a)(6)(A)",
		events: "2025-04-08 sent by=portal\n2025-06-03 acknowledged received=2025-06-02 tracking=2025-F-1", day: "2025-06-30",
		has: []string{"agency: determination, 2025-05-20",
			"the agency gives June 2, 2025 as the date of receipt; it was sent by portal on April 8, 2025"},
		holds: []string{"late:May 20, 2025", "first-reached:April 8, 2025", "receipt-conflict:June 2, 2025"}},
	{right: "an acknowledgment's date within that time is taken", source: "5 U.S.C. 552(a)(6)(A)",
		events: "2025-04-08 sent by=portal\n2025-04-16 acknowledged received=2025-04-15 tracking=2025-F-1", day: "2025-05-30",
		has: []string{"agency: determination, 2025-05-13"}, holds: []string{"late:May 13, 2025", "receipt-conflict:April 15, 2025"}},

	// 6. Questions of fees that end.
	{right: "a fee waiver ends the question of fees", source: "5 U.S.C. 552(a)(6)(A)(II)", asks: "fee_waiver",
		events: filed + "\n2025-04-22 fee-notice amount=300\n2025-04-29 fee-waiver-granted", day: "2025-05-02",
		has: []string{"processing", "agency: determination, 2025-05-14"}, not: []string{"waiting for you", "stopped"}},
	{right: "an amount that is withdrawn ends it, too", source: "5 U.S.C. 552(a)(6)(A)(II)",
		events: filed + "\n2025-04-22 fee-notice amount=300\n2025-04-29 fee-notice amount=0", day: "2025-05-02",
		has: []string{"processing", "agency: determination, 2025-05-14"}, not: []string{"waiting for you", "stopped"}},
	{right: "a waiver of a part does not", source: "5 U.S.C. 552(a)(6)(A)(II)", asks: "fee_waiver",
		events: filed + "\n2025-04-22 fee-notice amount=300\n2025-04-29 fee-waiver-granted part=\"the search fees\"", day: "2025-05-02",
		has: []string{"waiting for you", "stopped since April 22, 2025"}},

	// 7. What is asked later.
	{right: "expedited processing that a later letter asks for has its own ten days", source: "31 CFR 1.4(e)(5)",
		events: filed + "\n2025-04-30 expedition-requested by=email", day: "2025-05-13",
		has:   []string{"expedition ignored", "agency: decision on expedited processing, 2025-05-10 or 2025-05-12"},
		holds: []string{"expedition-asked:April 30, 2025", "expedition-late:May 12, 2025"}, ready: []string{"expedition-late"}},
	{right: "asked again after a denial, it is asked", source: "31 CFR 1.4(e)", asks: "expedited",
		events: filed + "\n2025-04-14 expedited-denied\n2025-04-30 expedition-requested by=email", day: "2025-05-02",
		has: []string{"expedition asked"}},
	{right: "a fee waiver that a later letter asks for is asked", source: "5 U.S.C. 552(a)(4)(A)(iii)",
		events: filed + "\n2025-04-30 fee-waiver-requested by=email", day: "2025-05-02",
		has: []string{"fee waiver asked"}, holds: []string{"waiver-asked:April 30, 2025", "waiver-undecided"}},
	{right: "a category that a later letter asks for is the one to compare with", source: "5 U.S.C. 552(a)(4)(A)(ii)",
		events: filed + "\n2025-04-30 category-requested category=educational by=email\n2025-05-05 category-assigned category=educational",
		day:    "2025-05-06",
		never:  []string{"category"}, not: []string{"fee-category"}, refuse: []string{"adverse-fee-category:no adverse decision"}},

	// 8. A late letter that calls the request deficient.
	{right: "a deficiency notice after the time ran out does not undo the lateness", source: "5 U.S.C. 552(a)(6)(C)(i)",
		office: "treasury-irs", via: "mail",
		events: "2025-04-10 sent by=mail\n2025-04-14 received\n2025-06-02 deficiency-notice", day: "2025-06-10",
		has: []string{"agency: determination, 2025-05-12",
			"the time for the determination had run out on May 12, 2025, before this letter"},
		holds: []string{"late:May 12, 2025", "deficiency-late:May 12, 2025"}},
	{right: "one that came in time does, until the request is complete", source: "26 CFR 601.702(c)(7)(i)", office: "treasury-irs",
		via:    "mail",
		events: "2025-04-10 sent by=mail\n2025-04-14 received\n2025-04-25 deficiency-notice", day: "2025-05-20",
		has: []string{"it has not been completed"}, never: []string{"late", "deficiency-late"}, ready: []string{"deficient"}},

	// 9. Dates far ahead.
	{right: "an extension of seven months is answered at once", source: "5 U.S.C. 552(a)(6)(B)(ii)",
		events: filed + "\n2025-04-30 extended until=2025-12-01 grounds=voluminous", day: "2025-05-02",
		has: []string{"next: offer a narrower scope or another time"}, holds: []string{"extension-long:May 20, 2025"},
		ready: []string{"scope", "bad-extension"}},
	{right: "an estimate years ahead changes no time, and is waited for 60 days at most", source: "5 U.S.C. 552(a)(7)(B)(ii)",
		events: filed + "\n2025-05-08 estimated until=2027-09-30", day: "2025-07-07",
		has: []string{"agency: determination, 2025-05-06 · 62 days late", "next: ask for the status"}, holds: []string{"late"}},
	{right: "within those 60 days it is waited for", source: "5 U.S.C. 552(a)(7)(B)(ii)",
		events: filed + "\n2025-05-08 estimated until=2027-09-30", day: "2025-07-06", has: []string{"next: wait"}},
	{right: "the last safe day to sue comes before all else from half a year before it", source: "28 U.S.C. 2401(a)",
		events: filed + "\n2025-05-08 estimated until=2032-09-30\n2030-12-01 clarification-requested", day: "2030-12-02",
		has: []string{"next: talk to a lawyer about a suit (the last safe day to sue is May 6, 2031"}},

	// 10. Referrals.
	{right: "a referral of the whole request is no determination; nothing is left with the office",
		source: "CREW v. FEC, 711 F.3d 180 (D.C. Cir. 2013)",
		events: filed + "\n2025-04-20 referred to=treasury-irs child=2025-0002", day: "2025-06-30",
		has:   []string{"referred", "over", "next: follow the request at the other office"},
		never: []string{"late", "undetermined", "determined"}, refuse: []string{"late:referred as a whole"}},
	{right: "the outcome referred is none, either", source: "CREW v. FEC, 711 F.3d 180 (D.C. Cir. 2013)",
		events: filed + "\n2025-04-20 determination outcome=referred", day: "2025-06-30",
		has: []string{"referred, referred"}, never: []string{"determined", "late", "decision"},
		refuse: []string{"adverse:no adverse decision", "late:referred as a whole"}},
	{right: "of a part, the rest is still due", source: "6 CFR 5.4(f)",
		events: filed + "\n2025-04-20 referred to=treasury-irs pages=30", day: "2025-06-30",
		has: []string{"processing", "agency: determination, 2025-05-06 · 55 days late"}, holds: []string{"late", "referred"}},

	// 11. Letters without a date of receipt.
	{right: "an acknowledgment without a date of receipt is the latest possible one",
		source: "a letter about a request follows its receipt", via: "mail",
		events: "2025-04-08 sent by=mail\n2025-04-21 acknowledged tracking=2025-F-1", day: "2025-06-30",
		has: []string{"agency: determination, 2025-05-19"}, holds: []string{"late:April 21, 2025"}},

	// 13. In court.
	{right: "a suit stays a suit, whatever is recorded later", source: "5 U.S.C. 552(a)(4)(B)",
		events: filed + "\n2025-05-20 suit-filed court=D.D.C. docket=1:25-cv-1\n2025-06-01 determination outcome=denied\n2025-06-02 " +
			"appealed by=portal", day: "2025-08-01",
		has: []string{"in court, denied", "next: none (it is in court; your lawyer decides"}, holds: []string{"in-court:May 20, 2025"}},

	// 14. Late appeals, and appeals of silence.
	{right: "a late appeal is recorded, with what it means", source: "31 CFR 1.6(a)",
		events: filed + "\n2025-05-02 determination outcome=denied\n2025-08-15 appealed by=portal", day: "2025-08-20",
		has: []string{"appealed, denied", "the appeal is dated after the last day to appeal, July 31, 2025"}},
	{right: "an appeal of silence is an appeal, with what it is worth", source: "43 CFR 2.58(c)", office: "doi-blm",
		events: "2025-04-08 sent by=portal\n2025-06-15 appealed of=silence by=email", day: "2025-06-20",
		has: []string{"appealed", "43 C.F.R. § 2.58(c)", "agency: decision on the appeal (silence)"}, holds: []string{"late", "appealed"}},
	{right: "a determination overtakes it", source: "5 U.S.C. 552(a)(6)(A)(i)", office: "doi-blm",
		events: "2025-04-08 sent by=portal\n2025-06-15 appealed of=silence by=email\n2025-06-25 determination outcome=granted",
		day:    "2025-08-20",
		has:    []string{"determined, granted"}, never: []string{"appeal-late"}},

	// 16. A deficiency nobody answered.
	{right: "a request that the IRS calls deficient is likely closed after 35 days, and a new one is the way",
		source: "26 CFR 601.702(c)(1)(i)", office: "treasury-irs", via: "mail",
		events: "2025-04-10 sent by=mail\n2025-04-14 received\n2025-04-25 deficiency-notice", day: "2025-06-10",
		has: []string{"next: make a new request: this one is likely closed"}, refuse: []string{"deficient:the request is likely closed"}},

	// 17. Corrections.
	{right: "a determination that is struck out takes the appeal of it along", source: "5 U.S.C. 552(a)(6)(A)(i)(III)",
		events: filed + "\n2025-05-02 determination outcome=denied\n2025-05-10 appealed by=portal\n2025-05-12 correction of=3 " +
			"reason=mistake", day: "2025-06-30",
		has: []string{"processing", "nothing follows from this appeal"}, holds: []string{"late"},
		never: []string{"appealed", "appeal-late", "determined"}},

	// 18. Answers by mail.
	{right: "an answer by mail ends the pause once something shows that it arrived", source: "5 U.S.C. 552(a)(6)(A)(ii)",
		events: filed + "\n2025-04-15 clarification-requested\n2025-04-22 clarification-answered by=mail", day: "2025-06-30",
		has: []string{"processing", "stopped since April 15, 2025"}, never: []string{"late"}},
	{right: "which may be a certified-mail receipt for that letter", source: "5 U.S.C. 552(a)(6)(A)(ii)",
		events: filed + "\n2025-04-15 clarification-requested\n2025-04-22 letter-made letter=clarification\n2025-04-22 " +
			"clarification-answered by=mail letter=4\n2025-04-28 letter-received letter=4", day: "2025-06-30",
		has: []string{"agency: determination, 2025-05-20"}, holds: []string{"late:May 20, 2025"}},

	// 19. The ladder.
	{right: "with a case open at OGIS nobody begins again at the first reminder", source: "5 U.S.C. 552(h)(3)",
		events: filed + "\n2025-06-02 ogis-opened", day: "2025-08-01",
		has: []string{"next: wait for OGIS, or talk to a lawyer about a suit"}},
	{right: "a letter that was made and not sent is asked after, and counts for nothing", source: "nobody has read it",
		events: filed + "\n2025-05-12 letter-made letter=status via=email", day: "2025-05-20",
		has: []string{"next: send letter 3 (status), then record the date"}, never: []string{"reminded"}},
	{right: "once it is sent, it counts", source: "users ask not to be told to chase when they just did",
		events: filed + "\n2025-05-12 letter-made letter=status via=email\n2025-05-13 reminded letter=3 by=email", day: "2025-06-20",
		has: []string{"next: demand the estimated date of completion"}, holds: []string{"reminded:May 13, 2025"}},

	// What could not be delivered.
	{right: "a request that came back was not sent", source: "5 U.S.C. 552(a)(6)(A): the time runs from receipt",
		events: "2025-04-08 sent by=email\n2025-04-09 undelivered reason=\"mailbox full\"", day: "2025-06-30",
		has: []string{"drafted", "it could not be delivered on April 9, 2025"}, never: []string{"sent", "late"},
		refuse: []string{"sent:has not been sent"}},
	{right: "sent again, it runs from then", source: "5 U.S.C. 552(a)(6)(A)",
		events: "2025-04-08 sent by=email\n2025-04-09 undelivered\n2025-04-14 sent by=portal", day: "2025-05-30",
		has: []string{"agency: determination, 2025-05-12"}, holds: []string{"sent:April 14, 2025", "late:May 12, 2025"}},

	// What the requester ended.
	{right: "a request that was withdrawn is closed; of a part, the rest goes on", source: "users",
		events: filed + "\n2025-04-20 withdrawn part=\"item 1\" by=email", day: "2025-05-30", has: []string{"processing"},
		holds: []string{"late"}},
	{right: "withdrawn as a whole, nothing is due", source: "users",
		events: filed + "\n2025-04-20 withdrawn by=email", day: "2025-05-30", has: []string{"closed", "over"},
		never: []string{"late", "undetermined"}},
	{right: "a letter that treats the request as withdrawn, which the requester did not do, can be appealed",
		source: "5 U.S.C. 552(a)(6)(A)(i)(III)",
		events: filed + "\n2025-05-02 determination outcome=withdrawn", day: "2025-05-30",
		has: []string{"determined, withdrawn", "you: appeal (determination)"}, holds: []string{"decision-withdrawn"},
		ready: []string{"adverse"}},
	{right: "what the requester withdrew cannot be appealed, in court either",
		source: "5 U.S.C. 552(a)(6)(A)(i)(III): adverse determinations",
		events: filed + "\n2025-04-17 withdrawn\n2025-04-17 determination outcome=withdrawn\n2025-07-01 suit-filed court=D.D.C. " +
			"docket=25-cv-1", day: "2025-08-30",
		refuse: []string{"adverse:no adverse decision"}},

	// What the long comparison of claims found.
	{right: "a request that was passed on is without a number only when ten days have passed by the kindest calendar",
		source: "5 U.S.C. 552(a)(6)(A), (a)(7)(A); offices were closed on January 9, 2025",
		events: "2024-12-20 sent by=portal\n2025-01-11 acknowledged received=2025-01-11", day: "2025-01-24", never: []string{"unnumbered"}},
	{right: "and the next working day it is", source: "5 U.S.C. 552(a)(7)(A)",
		events: "2024-12-20 sent by=portal\n2025-01-11 acknowledged received=2025-01-11", day: "2025-01-27", holds: []string{"unnumbered"}},
	{right: "a notice that falls into an open question does not take too long because one calendar ends sooner",
		source: "5 U.S.C. 552(a)(6)(A)(ii)(I), (B)(i); offices were closed on December 24, 2024",
		events: "2024-11-25 sent by=portal\n2024-12-26 clarification-requested\n2025-01-10 extended until=2025-02-04\n2025-02-08 " +
			"clarification-answered", day: "2025-04-09", never: []string{"extension-long"},
		refuse: []string{"bad-extension:the notice dated January 10, 2025"}},
	{right: "a question that comes after a notice moves the agency's own date, too",
		source: "5 U.S.C. 552(a)(6)(A)(ii): tolls the 20-day period",
		events: filed + "\n2025-04-28 extended until=2025-05-16 grounds=consultation\n2025-05-09 clarification-requested\n2025-05-19 " +
			"clarification-answered by=portal", day: "2025-05-26", never: []string{"late"}},
	{right: "a Sunday that the agency named for itself is its last day",
		source: "5 U.S.C. 552(a)(6)(B)(i): the date on which a determination is expected",
		events: filed + "\n2025-05-02 extended until=2025-05-11 grounds=consultation", day: "2025-05-13",
		holds: []string{"late:May 11, 2025"}},
	{right: "a letter that was appealed and decided is not asked about again", source: "users",
		events: filed + "\n2025-05-20 determination outcome=denied exemptions=b5\n2025-06-02 appealed by=portal\n2025-06-20 " +
			"appeal-decided outcome=remanded", day: "2025-09-01", refuse: []string{"adverse:it was appealed on June 2, 2025"}},
}

// Lives that are not as one imagines them, each with what is right and why.
func TestUntidyLives(t *testing.T) {
	b := basis(t)
	for _, u := range untidy {
		t.Run(strings.ReplaceAll(u.right, " ", "-"), func(t *testing.T) {
			r := Request{ID: "2025-0001", Law: law.Federal, OfficeID: orElse(u.office, "treasury-do"), Via: orElse(u.via, "portal"),
				Template: "request", Created: workday.MustDate("2025-04-01"),
				Facts: map[string]string{"fee_category": "media", "fee_waiver": NotAsked, "expedited": NotAsked}}
			for _, fact := range strings.Fields(u.asks) {
				r.Facts[fact] = Asked
			}
			var events []Event
			for line := range strings.SplitSeq(u.events, "\n") {
				events = append(events, anEventOf(t, len(events)+1, line))
			}
			day := workday.MustDate(u.day)
			text := show(r, events, day, b)
			for _, want := range u.has {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in\n%s", want, text)
				}
			}
			for _, wrong := range u.not {
				if strings.Contains(text, wrong) {
					t.Errorf("%q in\n%s", wrong, text)
				}
			}
			u.claims(t, At(r, events, day, b), text)
		})
	}
}

func (u anUntidy) claims(t *testing.T, v *View, text string) {
	t.Helper()
	claims := v.Claims("")
	for _, want := range u.holds {
		name, value, _ := strings.Cut(want, ":")
		values, ok := claims.Hold[name]
		found := value == ""
		for _, v := range values {
			found = found || v == value
		}
		if !ok || !found {
			t.Errorf("%s: %v (%s)\n%s", want, values, claims.Why[name], text)
		}
	}
	for _, name := range u.never {
		if !slices.Contains(ClaimNames(), name) {
			t.Fatalf("there is no claim %s", name)
		}
		if values, ok := claims.Hold[name]; ok {
			t.Errorf("%s holds: %v\n%s", name, values, text)
		}
	}
	for _, needs := range u.ready {
		if err := v.Ready(needs); err != nil {
			t.Errorf("%s: %v\n%s", needs, err, text)
		}
	}
	for _, want := range u.refuse {
		needs, why, _ := strings.Cut(want, ":")
		var not *NotReady
		if err := v.Ready(needs); !errors.As(err, &not) || !strings.Contains(not.Error(), why) {
			t.Errorf("%s: %v\n%s", want, err, text)
		}
		if needs == "adverse" && v.Ready("appeal-late") != nil && strings.Contains(not.Hint(), "appeal-status") {
			t.Errorf("the hint names a letter that is refused: %s", not.Hint())
		}
	}
}

// What is to be done by a day that has passed is to be done by the next that still
// counts.
func TestNextNamesNoPastDay(t *testing.T) {
	b := basis(t)
	r := Request{ID: "2025-0001", Law: law.Federal, OfficeID: "doj-jmd", Via: "email", Created: workday.MustDate("2025-04-01"),
		Facts: map[string]string{}}
	events := []Event{anEventOf(t, 1, "2025-04-08 sent by=email"),
		anEventOf(t, 2, "2025-11-03 still-interested-asked answer-by=2025-11-17")}
	for day, want := range map[string]string{"2025-11-10": "2025-11-17", "2025-11-18": "2025-12-17", "2026-02-01": ""} {
		step := Next(r, Fold(r, events, b), workday.MustDate(day))
		if step.By.String() != want {
			t.Errorf("on %s: %+v, want by %s", day, step, want)
		}
	}
}
