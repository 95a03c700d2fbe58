package filing

import "testing"

const (
	denied   = numbered + "2025-05-02 determination outcome=denied exemptions=b5\n"
	appeal1  = denied + "2025-05-12 appealed of=determination by=email\n"
	expedite = "asks expedited\n"
)

// What the clock has got wrong before, each with the claim that was false. The numbers are
// only to find a row again.
func TestModelFormerFaults(t *testing.T) {
	checkAll(t, []knownCase{
		// A determination meets its time once; no text makes the 20 days run again when an
		// appeal sends the request back.
		{name: "1 remanded", on: "2025-12-01", events: appeal1 + "2025-06-02 appeal-decided outcome=remanded", want: []string{"not late", "not due", "not undetermined", "remanded decided=2025-06-02 part=", "status remanded"}},
		{name: "1 partly", on: "2025-12-01", events: appeal1 + "2025-06-02 appeal-decided outcome=partly", want: []string{"not late", "remanded decided=2025-06-02 part=true", "not reversed", "status remanded"}},
		{name: "1 reversed", on: "2025-12-01", events: appeal1 + "2025-06-02 appeal-decided outcome=reversed", want: []string{"not late", "reversed decided=2025-06-02", "not remanded", "status remanded"}},
		{name: "1 decided anew", on: "2025-12-01", events: appeal1 + "2025-06-02 appeal-decided outcome=remanded\n2025-08-01 determination outcome=granted", want: []string{"not remanded", "not late", "status determined"}},
		// Each appeal has its own decision: (A)(ii).
		{name: "2 two appeals", on: "2025-07-01", events: expedite + denied + "2025-04-20 expedited-denied\n2025-05-05 appealed of=expedition by=email\n2025-05-12 appealed of=determination by=email\n2025-05-20 appeal-decided of=expedition outcome=affirmed",
			want: []string{"appeal-late due=2025-06-10 days=21", "status appealed"}},
		{name: "2 a decision that names neither", on: "2025-07-01", events: expedite + denied + "2025-04-20 expedited-denied\n2025-05-05 appealed of=expedition by=email\n2025-05-12 appealed of=determination by=email\n2025-05-20 appeal-decided outcome=affirmed",
			want: []string{"not appeal-late", "either appeal-decided decided=2025-05-20"}},
		{name: "2 a receipt that names neither", on: "2025-07-01", events: denied + "2025-04-20 expedited-denied\n2025-05-05 appealed of=expedition by=mail\n2025-05-12 appealed of=determination by=mail\n2025-05-20 appeal-received",
			want: []string{"not appeal-late", "not appeal-received"}},
		// The 20 days of worked date 1 end on May 6.
		{name: "3 an extension that ends before the time does", on: "2025-04-20", events: numbered + "2025-04-15 extended until=2025-04-29", want: []string{"not extension-late", "not extension-undated", "extension-short until=2025-04-29 ended=2025-05-06", "due due=2025-05-06"}},
		{name: "3 late all the same after May 6", on: "2025-05-07", events: numbered + "2025-04-15 extended until=2025-04-29", want: []string{"late due=2025-05-06 extended="}},
		{name: "3 until its very end", on: "2025-05-21", events: numbered + "2025-04-15 extended until=2025-05-20", want: []string{"late due=2025-05-20 extended=2025-04-15", "not extension-long", "not extension-short"}},
		{name: "3 too long", on: "2025-05-21", events: numbered + "2025-04-15 extended until=2025-05-21", want: []string{"late due=2025-05-20 extended=2025-04-15", "extension-long until=2025-05-21 most=2025-05-20"}},
		{name: "3 ten days, and a date that is sooner", on: "2025-05-20", events: numbered + "2025-04-15 extended days=10 until=2025-04-29", want: []string{"not extension-short", "not late", "due due=2025-05-20"}},
		{name: "3 five days, and a date that is later", on: "2025-05-16", events: numbered + "2025-04-15 extended days=5 until=2025-05-16", want: []string{"not late", "due due=2025-05-16", "not extension-long"}},
		{name: "3 undated, within what it may take", on: "2025-05-20", events: numbered + "2025-04-15 extended grounds=other", want: []string{"extension-undated extended=2025-04-15", "not late", "due due=2025-05-20", "extension-ungrounded"}},
		{name: "3 undated, beyond it", on: "2025-05-21", events: numbered + "2025-04-15 extended grounds=other", want: []string{"late due=2025-05-20 days=1 extended=2025-04-15"}},
		{name: "3 late", on: "2025-05-12", events: numbered + "2025-05-07 extended days=10 grounds=voluminous", want: []string{"extension-late extended=2025-05-07 ended=2025-05-06", "late due=2025-05-06 extended=", "not extension-ungrounded"}},
		{name: "3 on the last day", on: "2025-05-12", events: numbered + "2025-05-06 extended days=10", want: []string{"not extension-late", "not late", "due due=2025-05-20", "not extension-ungrounded"}},
		{name: "3 while a question is open", on: "2025-05-20", events: numbered + "2025-04-17 clarification-requested\n2025-05-15 extended grounds=none", want: []string{"not extension-late", "not extension-undated", "not late", "extension-ungrounded"}},
		// (A)(ii): the time does not run while an answer is awaited, from whichever day.
		{name: "4 a question on day 0", on: "2025-06-01", events: numbered + "2025-04-08 clarification-requested", want: []string{"not late", "not due"}},
		{name: "4 a question on day 0, answered", on: "2025-05-16", events: numbered + "2025-04-08 clarification-requested\n2025-04-18 clarification-answered by=email", want: []string{"not late", "due due=2025-05-16"}},
		{name: "4 a notice of fees on day 0", on: "2025-06-01", events: numbered + "2025-04-08 fee-notice amount=300", want: []string{"not late", "not due", "fee-notice dated=2025-04-08 amount=$300", "status waiting for you"}},
		{name: "4 asked and answered before day 0", on: "2025-05-07", events: "via mail\n2025-04-01 sent by=mail\n2025-04-02 clarification-requested\n2025-04-04 clarification-answered by=email\n2025-04-09 acknowledged received=2025-04-08",
			want: []string{"late due=2025-05-06 paused=", "not question-second"}},
		{name: "4 and then asked again", on: "2025-06-07", events: "via mail\n2025-04-01 sent by=mail\n2025-04-02 clarification-requested\n2025-04-04 clarification-answered by=email\n2025-04-09 acknowledged received=2025-04-08\n2025-04-17 clarification-requested",
			want: []string{"not late", "not question-second"}},
		// "not later than ten days after the request is first received": (A), flush text.
		{name: "5 a date of receipt much later than the portal", on: "2025-05-21", events: "2025-04-08 sent by=portal\n2025-06-01 acknowledged received=2025-05-30\n2025-05-20 note", want: []string{"late due=2025-05-06 how=assumed"}},
		{name: "5 as known later", on: "2025-06-02", events: "2025-04-08 sent by=portal\n2025-06-01 acknowledged received=2025-05-30",
			want: []string{"late from=2025-04-22 how=bound due=2025-05-20", "receipt-conflict told=2025-05-30 shown=2025-04-08 how=portal", "received received=2025-05-30 told=true", "first-reached first=2025-04-08 begun=2025-04-22"}},
		{name: "5 within the ten days", on: "2025-05-13", events: "2025-04-08 sent by=portal\n2025-04-16 acknowledged received=2025-04-14", want: []string{"late from=2025-04-14 how=told due=2025-05-12", "not first-reached"}},
		// (A)(ii)(II): only while the question of fees is open.
		{name: "6 a waiver ends it", on: "2025-05-29", events: numbered + "2025-04-17 fee-notice amount=300\n2025-05-07 fee-waiver-granted", want: []string{"late due=2025-05-28 paused=true"}},
		{name: "6 a waiver of a part does not", on: "2025-06-30", events: numbered + "2025-04-17 fee-notice amount=300\n2025-05-07 fee-waiver-granted part=half", want: []string{"not late", "status waiting for you"}},
		{name: "6 an amount of zero asks nothing", on: "2025-05-07", events: numbered + "2025-04-17 fee-notice amount=0", want: []string{"late due=2025-05-06 paused=", "status processing"}},
		{name: "6 a later notice of zero ends it", on: "2025-05-29", events: numbered + "2025-04-17 fee-notice amount=300\n2025-05-07 fee-notice amount=0", want: []string{"late due=2025-05-28"}},
		{name: "6 two notices stop it twice", on: "2025-05-16", events: numbered + "2025-04-17 fee-notice amount=300\n2025-04-21 fee-answered by=email\n2025-04-28 fee-notice amount=200\n2025-05-02 fee-answered by=email", want: []string{"due due=2025-05-16", "not late"}},
		{name: "6 two questions stop it once", on: "2025-05-10", events: numbered + "2025-04-17 clarification-requested\n2025-04-21 clarification-answered by=email\n2025-04-28 clarification-requested", want: []string{"late due=2025-05-09", "question-second first=2025-04-17 asked=2025-04-28"}},
		// The ten days run from the request that asks for expedition: (E)(ii)(I).
		{name: "7 asked later", on: "2025-06-11", events: numbered + "2025-06-01 expedition-requested by=email", want: []string{"not expedition-late", "expedition-asked later=2025-06-01"}},
		{name: "7 asked later, and late", on: "2025-06-12", events: numbered + "2025-06-01 expedition-requested by=email", want: []string{"expedition-late due=2025-06-11 days=1"}},
		{name: "7 asked later by mail", on: "2025-09-01", events: numbered + "2025-06-01 expedition-requested by=mail", want: []string{"not expedition-late"}},
		{name: "7 denied, and asked again", on: "2025-06-12", events: expedite + numbered + "2025-04-16 expedited-denied\n2025-06-01 expedition-requested by=email", want: []string{"expedition-late due=2025-06-11", "expedition-denied denied=2025-04-16"}},
		{name: "7 denied, and not asked again", on: "2025-06-12", events: expedite + numbered + "2025-04-16 expedited-denied", want: []string{"not expedition-late"}},
		// Once the time is over, remedies are exhausted ((C)(i)), whatever comes.
		{name: "8 a deficiency notice that comes too late", on: "2025-06-01", events: numbered + "2025-05-20 deficiency-notice", want: []string{"late due=2025-05-06", "deficiency-late dated=2025-05-20 ended=2025-05-06"}},
		{name: "8 in time, completed", on: "2025-05-31", events: numbered + "2025-04-20 deficiency-notice\n2025-05-01 perfected by=email", want: []string{"late from=2025-05-01 how=completed due=2025-05-30", "not deficiency-late"}},
		{name: "8 in time, not completed", on: "2025-12-01", events: numbered + "2025-04-20 deficiency-notice", want: []string{"not late", "not due", "deficiency dated=2025-04-20", "status waiting for you"}},
		{name: "8 a question that comes too late", on: "2025-06-01", events: numbered + "2025-05-20 clarification-requested", want: []string{"late due=2025-05-06", "question-late asked=2025-05-20 ended=2025-05-06", "question asked=2025-05-20"}},
		{name: "8 a notice of fees that comes too late", on: "2025-06-01", events: numbered + "2025-05-20 fee-notice amount=300", want: []string{"late due=2025-05-06", "fee-notice-late dated=2025-05-20 ended=2025-05-06"}},
		{name: "8 late by the folder's calendar only", on: "2025-02-20", events: "2025-01-06 sent by=portal\n2025-02-05 clarification-requested", want: []string{"not late", "not question-late"}},
		{name: "9 an estimate", on: "2025-05-07", events: numbered + "2025-04-20 estimated until=2025-12-31", want: []string{"late due=2025-05-06", "estimate estimate=2025-12-31 given=2025-04-20", "not estimate-passed"}},
		{name: "9 an estimate that has passed", on: "2026-01-02", events: numbered + "2025-04-20 estimated until=2025-12-31", want: []string{"estimate-passed estimate=2025-12-31", "not estimate"}},
		// CREW v. FEC: a determination says what is released and what is withheld.
		{name: "10 a referral", on: "2025-07-01", events: numbered + "2025-04-20 determination outcome=referred", want: []string{"not determined", "not late", "not undetermined", "not due", "status referred"}},
		{name: "10 a referral of the whole", on: "2025-07-01", events: numbered + "2025-04-20 referred to=treasury-irs", want: []string{"not determined", "not late", "not undetermined", "referred to=treasury-irs part=", "status referred"}},
		{name: "10 a referral of some records", on: "2025-07-01", events: numbered + "2025-04-20 referred to=treasury-irs pages=30", want: []string{"late due=2025-05-06", "undetermined", "referred part=true", "status processing"}},
		{name: "11 an acknowledgment of a mailed request", on: "2025-05-16", events: "via mail\n2025-04-08 sent by=mail\n2025-04-17 acknowledged", want: []string{"late from=2025-04-17 how=acknowledged due=2025-05-15", "not received"}},
		{name: "11 nothing shows that it came", on: "2025-12-01", events: "via mail\n2025-04-08 sent by=mail", want: []string{"not late", "not due", "undetermined", "status sent"}},
		{name: "11 after one that was misrouted", on: "2025-05-10", events: "via mail\n2025-04-01 sent by=mail\n2025-04-02 received misrouted=yes\n2025-04-04 extended days=10", want: []string{"not late"}},
		{name: "13 in court, and then appealed", on: "2025-07-01", events: denied + "2025-05-20 suit-filed court=D.D.C. docket=25-cv-1\n2025-06-01 appealed by=email", want: []string{"status in court", "in-court filed=2025-05-20 court=D.D.C. docket=25-cv-1"}},
		{name: "13 closed, and then appealed", on: "2025-07-01", events: denied + "2025-05-20 closed\n2025-06-01 appealed by=email", want: []string{"status appealed"}},
		{name: "13 appealed, and then closed", on: "2025-07-01", events: denied + "2025-05-20 appealed by=email\n2025-06-01 closed", want: []string{"status closed"}},
		{name: "14 an appeal of silence", on: "2025-07-01", events: numbered + "2025-05-20 appealed of=silence by=email", want: []string{"appealed matter=silence", "late due=2025-05-06", "appeal-late due=2025-06-18 days=13", "status appealed"}},
		{name: "14 overtaken by a determination", on: "2025-07-01", events: numbered + "2025-05-20 appealed of=silence by=email\n2025-06-02 determination outcome=denied", want: []string{"not appeal-late", "not late", "late-before due=2025-05-06 determined=2025-06-02 days=27", "status determined"}},
		{name: "14 not silent any more", on: "2025-07-01", events: denied + "2025-05-20 appealed of=silence by=email", want: []string{"not appealed", "not appeal-late", "status determined"}},
		{name: "14 a late appeal", on: "2026-07-01", events: denied + "2026-05-20 appealed by=email", want: []string{"appealed appealed=2026-05-20", "appeal-late due=2026-06-18", "status appealed"}},
		{name: "14 an appeal against nothing", on: "2025-07-01", events: numbered + "2025-05-20 appealed of=expedition by=email", want: []string{"not appealed", "not appeal-late", "status processing"}},
		{name: "14 an appeal of a grant", on: "2025-06-01", events: numbered + "2025-05-02 determination outcome=granted\n2025-05-20 appealed by=email", want: []string{"appealed matter=determination"}},
		{name: "14 an appeal that was mailed", on: "2025-12-01", events: denied + "2025-05-20 appealed by=mail", want: []string{"appealed", "not appeal-late", "status appealed"}},
		{name: "14 an extension shows that they have it", on: "2025-07-31", events: denied + "2025-05-20 appealed by=mail\n2025-06-02 appeal-extended days=10", want: []string{"appeal-late due=2025-07-16"}},
		// 26 CFR 601.702(c)(1)(i): after 35 days the IRS may close the file; no time runs.
		{name: "16 IRS, deficient for 35 days", on: "2025-06-10", events: "office treasury-irs\n" + numbered + "2025-04-20 deficiency-notice", want: []string{"not late", "not due", "undetermined", "status waiting for you"}},
		{name: "17 the determination is corrected", on: "2025-07-01", events: appeal1 + "2025-06-01 correction of=3", want: []string{"not appealed", "not appeal-late", "late due=2025-05-06", "status processing"}},
		{name: "17 and the correction corrected", on: "2025-07-01", events: appeal1 + "2025-06-01 correction of=3\n2025-06-02 correction of=5", want: []string{"appealed", "not late", "status appealed"}},
		{name: "17 not yet corrected", on: "2025-05-31", events: appeal1 + "2025-06-01 correction of=3", want: []string{"appealed", "not late", "status appealed"}},
		{name: "18 an answer by mail", on: "2025-08-01", events: numbered + "2025-04-17 clarification-requested\n2025-05-01 clarification-answered by=mail", want: []string{"not late", "not due", "status processing"}},
		{name: "18 and when it came", on: "2025-05-29", events: numbered + "2025-04-17 clarification-requested\n2025-05-01 clarification-answered by=mail received=2025-05-07", want: []string{"late due=2025-05-28"}},
		{name: "18 and a later letter, which may have crossed it", on: "2025-08-29", events: numbered + "2025-04-17 clarification-requested\n2025-05-01 clarification-answered by=mail\n2025-05-07 consulted with=dhs-ice", want: []string{"not late"}},
		{name: "18 and proof that it came", on: "2025-05-29", events: numbered + "2025-04-17 clarification-requested\n2025-04-30 letter-made letter=clarification\n2025-05-01 clarification-answered by=mail letter=4\n2025-05-07 letter-received letter=4", want: []string{"late due=2025-05-28"}},
		{name: "18 and proof of another letter", on: "2025-08-29", events: numbered + "2025-04-17 clarification-requested\n2025-04-30 letter-made letter=clarification\n2025-05-01 clarification-answered by=mail letter=4\n2025-05-07 letter-received letter=3", want: []string{"not late"}},
		{name: "19 an answer that came back", on: "2025-08-29", events: numbered + "2025-04-17 clarification-requested\n2025-04-30 letter-made letter=clarification\n2025-05-01 clarification-answered by=email letter=4\n2025-05-03 undelivered letter=4", want: []string{"not late", "not due", "status waiting for you"}},
		{name: "19 the request came back", on: "2025-08-29", events: "2025-04-08 sent by=email\n2025-04-09 undelivered", want: []string{"not late", "not sent", "not undetermined", "status drafted"}},
		{name: "19 and was sent again", on: "2025-05-10", events: "2025-04-08 sent by=email\n2025-04-09 undelivered\n2025-04-10 sent by=email", want: []string{"late from=2025-04-10 due=2025-05-08", "sent sent=2025-04-10"}},
		{name: "19 a filing late on a Friday", on: "2025-05-14", events: "2025-04-11 sent by=portal\n2025-04-20 acknowledged received=2025-04-14", want: []string{"not receipt-conflict", "late from=2025-04-14 how=told"}},
		{name: "18 a completion by mail", on: "2025-08-01", events: numbered + "2025-04-20 deficiency-notice\n2025-05-01 perfected by=mail", want: []string{"not late", "not due"}},
	})
}

// More that a letter must not get wrong.
func TestModelOddLogs(t *testing.T) {
	checkAll(t, []knownCase{
		{name: "made is not sent", on: "2025-07-01", events: numbered + "2025-05-12 letter-made letter=status", want: []string{"not reminded"}},
		{name: "sent", on: "2025-07-01", events: numbered + "2025-05-12 letter-made letter=status\n2025-05-13 reminded letter=3 by=email\n2025-06-20 reminded by=email", want: []string{"reminded reminders=2 last=2025-06-20"}},
		{name: "a letter that was sent is not the request", on: "2025-07-01", events: "2025-04-08 letter-made letter=status\n2025-04-09 sent letter=1 by=portal", want: []string{"not sent", "not late", "not undetermined", "status drafted"}},
		{name: "determined before receipt", on: "2025-07-01", events: "2025-04-08 sent by=mail\n2025-04-16 acknowledged received=2025-04-14\n2025-04-10 determination outcome=denied", want: []string{"not late-before", "determined dated=2025-04-10", "status determined"}},
		{name: "two determinations, the first in time", on: "2025-07-01", events: denied + "2025-06-10 determination outcome=partial pages=12", want: []string{"not late-before", "determined dated=2025-06-10", "status determined"}},
		{name: "two determinations, the second is appealed", on: "2025-07-01", matter: "determination", events: denied + "2025-06-10 determination outcome=partial pages=12 withheld=3", want: []string{"decision dated=2025-06-10", "decision-partial pages=12 withheld=3", "not decision-denied", "not decision-asserts"}},
		{name: "entered out of order", on: "2025-05-22", events: "2025-04-17 clarification-requested\n2025-05-01 clarification-answered by=email\n2025-04-10 acknowledged received=2025-04-08\n2025-04-08 sent by=portal", want: []string{"late due=2025-05-21"}},
		{name: "of one day, by their number", on: "2025-06-01", events: numbered + "2025-05-02 determination outcome=denied\n2025-05-02 determination outcome=granted", matter: "determination", want: []string{"decision-granted", "not decision-denied"}},
		{name: "not known yet", on: "2025-05-07", events: denied[:len(denied)-len("2025-05-02 determination outcome=denied exemptions=b5\n")] + "2025-05-08 determination outcome=denied", want: []string{"late days=1", "undetermined"}},
		{name: "closed", on: "2025-07-01", events: numbered + "2025-06-01 closed", want: []string{"not late", "not undetermined", "not due", "status closed"}},
		{name: "withdrawn as a whole", on: "2025-07-01", events: numbered + "2025-06-01 withdrawn", want: []string{"not late", "not undetermined", "status closed"}},
		{name: "withdrawn in part", on: "2025-07-01", events: numbered + "2025-06-01 withdrawn part=\"item 2\"", want: []string{"late due=2025-05-06", "undetermined", "status processing"}},
		{name: "taken for withdrawn", on: "2025-07-01", matter: "determination", events: numbered + "2025-06-01 determination outcome=withdrawn", want: []string{"decision-withdrawn", "late-before"}},
		{name: "withdrawn indeed", on: "2025-07-01", matter: "determination", events: numbered + "2025-05-01 withdrawn\n2025-05-02 determination outcome=withdrawn", want: []string{"not decision-withdrawn", "not decision"}},
		{name: "only drafted", on: "2025-07-01", events: "2025-04-07 drafted", want: []string{"not sent", "not late", "not unnumbered", "status drafted", "media"}},
		{name: "no number", on: "2025-04-23", events: "2025-04-08 sent by=portal", want: []string{"unnumbered"}},
		{name: "no number on the tenth day", on: "2025-04-22", events: "2025-04-08 sent by=portal", want: []string{"not unnumbered"}},
		{name: "a category that was not asked for", on: "2025-06-01", events: numbered + "2025-04-20 category-assigned category=other", want: []string{"category assigned=other asked=media dated=2025-04-20"}},
		{name: "the category that was asked for last", on: "2025-06-01", events: numbered + "2025-04-18 category-requested category=other\n2025-04-20 category-assigned category=other", want: []string{"not category", "either media"}},
		{name: "a waiver", on: "2025-06-01", events: "asks fee_waiver\n" + numbered, want: []string{"waiver-asked later=", "waiver-undecided", "not waiver-denied"}},
		{name: "a waiver denied", on: "2025-06-01", events: "asks fee_waiver\n" + numbered + "2025-04-20 fee-waiver-denied", want: []string{"waiver-asked", "not waiver-undecided", "waiver-denied denied=2025-04-20"}},
		{name: "a waiver asked for again", on: "2025-06-01", events: "asks fee_waiver\n" + numbered + "2025-04-20 fee-waiver-denied\n2025-05-02 fee-waiver-requested", want: []string{"waiver-undecided", "waiver-asked later=2025-05-02"}},
		{name: "released", on: "2025-06-01", events: numbered + "2025-05-02 determination outcome=granted pages=120", want: []string{"released dated=2025-05-02 pages=120"}},
		{name: "released, and then withheld", on: "2025-07-01", events: numbered + "2025-05-02 interim-release pages=40\n2025-06-02 determination outcome=denied exemptions=b5", want: []string{"not released", "interim dated=2025-05-02 pages=40", "exemptions names=b5"}},
		{name: "by mail, without a word of how", on: "2025-12-01", events: "via mail\n2025-04-08 sent", want: []string{"sent sent=2025-04-08 how=mail", "not late"}},
	})
}
