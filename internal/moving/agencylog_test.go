package moving

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An agency's own log is refused by name; a tracker of a desk with its people is not, nor what somebody has looked at.
func TestAgencyLog(t *testing.T) {
	rows := "\n" +
		"1,Bert Bogus,Fictive LLP,A contract,01/22/2026,03/02/2026,Granted in Full\n2,Mia Mock,Example Herald,Letters,01/26/2026,," +
		"\n3,Gus Ghost,,Lights in the sky,01/28/2026,02/23/2026,No Records\n"
	for _, one := range []struct {
		text    string
		layout  string
		refused bool
	}{
		{"Request ID,Requester Name,Requester Organization,Request Description,Received Date,Closed Date,Disposition" + rows, "", true},
		{"Tracking Number,Requestor,Organization,Subject,Date Received,Date Closed,Disposition" + rows, "", true},
		{"Tracking Number,Requestor,Organization,Subject,Date Received,Date Closed,Disposition" + rows, "columns", false},
		{"ID,Requester,Agency,Request,Date Received,Date Closed,Outcome" + rows, "", false},
		{"ID,Requester,Agency,Request,Date Sent,Date Closed,Outcome" + rows, "", false},
		{"ID,Reporter,Beat,Request,Date Received,Date Closed,Outcome" + rows, "", false},
	} {
		path := filepath.Join(t.TempDir(), "log.csv")
		if err := os.WriteFile(path, []byte(one.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Read(path, Answers{Layout: one.layout}, laws(t))
		if refused := err != nil && strings.Contains(err.Error(), "it is an agency's own log"); refused != one.refused {
			t.Errorf("refused %t, %v\n%s", refused, err, one.text)
		}
	}
}
