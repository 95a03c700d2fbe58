package correspondence

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"foia/internal/letter"
	"foia/internal/press"
	"foia/internal/press/presstest"
)

// Lives of requests under the laws of states and countries, up to a letter: what is
// recorded with attach= has the letter that came.
const (
	stateSent   = "2026-04-07 sent by=email"
	stateDenied = stateSent + "\n2026-04-09 acknowledged tracking=R-26-114 attach=acknowledgment.pdf\n2026-04-17 determination " +
		"outcome=denied attach=denial.pdf exemptions="
	reasonable = "The contract spends public money, and the council approved it in an open meeting on March 4, 2026; what it costs " +
		"is no secret."
)

var (
	resident = map[string]any{"eligibility": "I am a legal resident of the United States."}
	newark   = map[string]any{"commercial": false, "litigation": false, "conviction": false} // what New Jersey’s form asks
	because  = letter.Answers{"reasons": reasonable}
	ag       = "Open Records Division, P.O. Box 0000, Capital City, TX 78700" // made up, as every address here
)

// Each letter after the first one under the laws of the states asked most and of the
// United Kingdom, read as the officer who receives it would.
var stateCases = []aCase{
	{law: "us-ny", name: "appeal", kind: "appeal", day: "2026-05-04", events: stateDenied + "\"87(2)(b); 87(2)(c)\"",
		answers: letter.Answers{"reasons": reasonable, "denied_by": "J. Smith, Records Access Officer",
			"ground_answers": []any{"Section 87(2)(b) protects persons; the contractor is a corporation.",
				"The contract was signed in March, so that no award is left to be impaired."}}},
	{law: "us-ny", name: "appeal-silence", kind: "appeal-silence", day: "2026-04-28", events: stateSent},
	{law: "us-pa", asks: resident, name: "appeal", kind: "appeal", day: "2026-04-24", address: "1 Example Plaza, Harrisburg, PA 17100",
		events: stateDenied + "\"708(b)(11); 708(b)(17)\"",
		answers: letter.Answers{"reasons": reasonable,
			"ground_answers": []any{"The prices were read out when the bids were opened.", "No investigation concerns the contract."}}},
	{law: "us-pa", asks: resident, name: "appeal-silence", kind: "appeal-silence", day: "2026-04-24",
		address: "1 Example Plaza, Harrisburg, PA 17100", events: stateSent, answers: because},
	{law: "us-il", name: "appeal", kind: "appeal", day: "2026-05-04", address: "1 Example Street, Springfield, IL 62700",
		events: stateDenied + "\"7(1)(f)\"", answers: because},
	{law: "us-il", name: "appeal-silence", kind: "appeal-silence", day: "2026-05-04", address: "1 Example Street, Springfield, IL 62700",
		events: stateSent},
	{law: "us-mi", name: "appeal", kind: "appeal", day: "2026-05-04", events: stateDenied + "\"MCL 15.243(1)(f)\"", answers: because},
	{law: "us-mi", name: "appeal-charges", kind: "appeal-charges", day: "2026-05-04",
		events:  stateSent + "\n2026-04-14 fee-notice amount=480 attach=estimate.pdf",
		answers: letter.Answers{"reasons": "The published procedures cap the copies at 10 cents a page; the estimate has 40 cents."}},
	{law: "us-ma", name: "appeal", kind: "appeal", day: "2026-05-04", address: "1 Example Place, Boston, MA 02100",
		events: stateDenied + "\"c. 4, § 7(26)(g)\"", answers: because},
	{law: "us-ma", name: "appeal-silence", kind: "appeal-silence", day: "2026-05-04", address: "1 Example Place, Boston, MA 02100",
		events: stateSent},
	{law: "us-tx", name: "complaint-silence", kind: "appeal-silence", day: "2026-05-04", address: ag,
		events: stateSent + "\n2026-04-08 acknowledged tracking=W001 attach=acknowledgment.pdf"},
	{law: "us-tx", name: "complaint-charges", kind: "appeal-charges", day: "2026-04-20", address: ag,
		events:  stateSent + "\n2026-04-14 fee-notice amount=480 attach=estimate.pdf",
		answers: letter.Answers{"reasons": "The estimate has 12 hours of labor for 40 pages that are in one file."}},
	{law: "us-tx", name: "comments", kind: "comments", day: "2026-04-27", address: ag,
		events: stateSent + "\n2026-04-20 ruling-requested authority=\"the Attorney General\" attach=request-for-ruling.pdf",
		answers: letter.Answers{"comments": "Section 552.104 protects a bidder while the race is on. This contract is signed.",
			"ruling_number": "ID 812345"}},
	{law: "us-tx", name: "fee-reply-limit", kind: "fee-reply", day: "2026-04-20", events: stateSent + "\n2026-04-14 fee-notice amount=480",
		answers: letter.Answers{"fee_answer": "limit", "fee_limit": 100}},
	{law: "us-tx", name: "fee-reply-complained", kind: "fee-reply", day: "2026-04-21",
		events:  stateSent + "\n2026-04-14 fee-notice amount=480\n2026-04-20 appealed of=charges by=email",
		answers: letter.Answers{"fee_answer": "complained"}},
	{law: "us-tx", name: "clarification", kind: "clarification", day: "2026-04-20",
		events:  stateSent + "\n2026-04-14 clarification-requested question=\"Which contract do you mean?\"",
		answers: letter.Answers{"answer": "The one for the county jail."}},
	{law: "us-tx", name: "counsel", kind: "counsel", day: "2026-05-04", events: stateDenied + "552.104"},
	{law: "us-ca", name: "notice", kind: "notice", day: "2026-05-11", events: stateSent + "\n2026-04-24 reminded by=email"},
	{law: "us-ca", name: "notice-denied", kind: "notice", day: "2026-05-11", events: stateDenied + "7923.600"},
	{law: "us-ca", name: "counsel", kind: "counsel", day: "2026-05-11", events: stateDenied + "7923.600",
		answers: letter.Answers{"points": "The contract, unredacted, before the council votes on June 3."}},
	{law: "us-fl", name: "notice", kind: "notice", day: "2026-05-11", events: stateSent + "\n2026-04-29 reminded by=email"},
	{law: "us-fl", name: "counsel", kind: "counsel", day: "2026-05-11", events: stateDenied + "119.071(1)(f)"},
	{law: "us-oh", name: "notice", kind: "notice", day: "2026-05-11", events: stateDenied + "149.43(A)(1)(v)",
		answers: letter.Answers{"within": "three"}},
	{law: "us-oh", name: "counsel", kind: "counsel", day: "2026-05-18",
		events: stateDenied + "149.43(A)(1)(v)\n2026-05-11 appealed of=determination by=mail"},
	{law: "us-nj", asks: newark, name: "form", kind: "form", day: "2026-05-04", events: stateDenied + "\"47:1A-1.1\"", answers: because},
	{law: "us-nj", asks: newark, name: "form-silence", kind: "form", day: "2026-05-04", events: stateSent, answers: because},
	{law: "gb", name: "review", kind: "appeal", day: "2026-05-11", events: stateDenied + "\"section 43\"", answers: because},
	{law: "gb", name: "review-silence", kind: "appeal-silence", day: "2026-05-18", events: stateSent},
	{law: "gb", name: "complaint", kind: "appeal", day: "2026-06-22", address: "1 Example House, Wilmslow",
		events: stateDenied + "\"section 43\"\n2026-05-11 appealed of=determination by=email\n2026-06-08 appeal-decided outcome=affirmed " +
			"attach=review.pdf", answers: because},
}

func TestGoldenStates(t *testing.T) {
	for _, c := range stateCases {
		t.Run(c.law+" "+c.name, func(t *testing.T) {
			t.Parallel()
			c.made = "2026-04-06"
			d := desk(t)
			c.live(t, d)
			made, err := d.Letter(t.Context(), c.followUp(d))
			var refused *press.Refused
			if errors.As(err, &refused) {
				t.Fatalf("%+v", refused.Letters[0].Findings)
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(made.Findings) > 0 {
				t.Errorf("findings: %+v", made.Findings)
			}
			got, err := os.ReadFile(d.Workspace.Path(made.Request.Folder + "/" + made.Files[1].Name))
			if err != nil {
				t.Fatal(err)
			}
			presstest.Golden(t, filepath.Join("testdata", "states", c.law, c.name+".md"), got)
			presstest.Sound(t, d.Workspace)
		})
	}
}
