package campaign

import (
	"math"
	"testing"

	"foia/internal/docket"
	"foia/internal/law"
)

// Amounts of one currency are added up, and never to another.
func TestFees(t *testing.T) {
	var f Fees
	for _, fee := range []docket.Amount{{Cents: 9000, Currency: law.Dollars}, {Cents: 23500, Currency: "EUR"},
		{Cents: 5, Currency: law.Dollars}, {Cents: 100, Currency: "EUR"}, {Cents: 45000, Currency: "GBP"}} {
		if err := f.add(fee); err != nil {
			t.Fatal(err)
		}
	}
	if f.Asked != 5 || f.Sum.String() != "90.05" || len(f.Others) != 2 || f.Others["EUR"].String() != "236.00" ||
		f.Others["GBP"].String() != "450.00" {
		t.Errorf("%+v", f)
	}
	for _, currency := range []string{law.Dollars, "EUR"} {
		if err := f.add(docket.Amount{Cents: math.MaxInt64, Currency: currency}); err == nil {
			t.Errorf("it overflows: %+v", f)
		}
	}
}
