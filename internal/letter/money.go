package letter

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/remedy"
)

func (c cleaner) money(v any) (any, error) {
	s, err := c.scalar(v)
	if err != nil {
		return nil, err
	}
	if s = c.seen(s); strings.Trim(s, "$ ") == "" {
		return nil, nil
	}
	currency := cmp.Or(c.in.Currency, law.Dollars)
	m, err := entered.ReadMoney(s, currency)
	var refused *remedy.Error
	if errors.As(err, &refused) {
		return nil, c.problem(refused.What, refused.Do)
	}
	if err != nil {
		return nil, err
	}
	if m.Currency != currency {
		return nil, c.problem(entered.Shown(s)+" is not an amount in "+currencyName(currency),
			"write what it comes to in "+currencyName(currency)+
				", such as 25 or 25.50: that is the money in which the office asks for fees")
	}
	whole, cents, _ := strings.Cut(m.Number, ".")
	if n, err := strconv.Atoi(whole); err != nil || n > maxDollars {
		return nil, c.problem(entered.Shown(s)+" is more than a letter may offer",
			"write a number such as 25 or 25.50, at most "+entered.Grouped(strconv.Itoa(maxDollars)))
	}
	if strings.Trim(cents, "0") == "" {
		return whole, nil
	}
	return m.Number, nil
}

// currencyName is what messages call a currency.
func currencyName(code string) string {
	if code == law.Dollars {
		return "US dollars"
	}
	return code
}

// maxDollars is more than anybody pays for records; what is above it is a slip.
const maxDollars = 1_000_000
