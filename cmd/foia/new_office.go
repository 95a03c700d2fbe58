package main

import (
	"strings"

	"github.com/spf13/pflag"

	"foia/internal/agency"
	"foia/internal/correspondence"
	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/lazy"
	"foia/internal/remedy"
)

// officeFlags describe an office that the directory does not know.
type officeFlags struct {
	law, address, country, email, fax, portal, attention string
}

func (f *officeFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.law, "law", "", "the `law` that applies to the office, such as us-tx (to see them: foia law list)")
	flags.StringVar(&f.address, "address", "", "the address of an office not in the directory: `lines` separated by commas, the last one "+
		"City, ST 12345")
	flags.StringVar(&f.country, "country", "", "its `country`, if not the United States")
	flags.StringVar(&f.email, "email", "", "its e-mail `address`")
	flags.StringVar(&f.fax, "fax", "", "its fax `number`")
	flags.StringVar(&f.portal, "portal", "", "the `address` of its web form")
	flags.StringVar(&f.attention, "attention", "", "the unit or `person` there who handles requests")
}

// cityLine is the last line of an address in the United States.
const cityLine = lazy.Pattern(`^(.+), ([A-Z]{2}) (\d{5}(?:-\d{4})?)$`)

// seen is the flags without what cannot be seen, which is counted.
func (f officeFlags) seen(dropped *entered.Tally) officeFlags {
	for _, flag := range []struct {
		name string
		text *string
	}{{"--law", &f.law}, {"--address", &f.address}, {"--country", &f.country}, {"--email", &f.email}, {"--fax", &f.fax},
		{"--portal", &f.portal}, {"--attention", &f.attention}} {
		*flag.text = dropped.Text(flag.name, *flag.text)
	}
	return f
}

// office is what the flags say of the office; nil if they say nothing of where it is.
func (f officeFlags) office(book *law.Book) (*agency.Office, error) {
	if f.law != "" && !book.Knows(f.law) {
		return nil, remedy.Misuse("foia does not know the law "+f.law, "to see the laws it knows: foia law list")
	}
	if f.address+f.email+f.fax+f.portal == "" {
		return nil, nil
	}
	if f.law == "" {
		return nil, remedy.Misuse("--law is missing: which law applies to this office?",
			"add the law, such as --law us-tx (to see them: foia law list)")
	}
	if f.email != "" {
		email, err := entered.ReadEmail(f.email)
		if err != nil {
			return nil, remedy.Misuse("--email: "+err.Error(), "give one address, such as name@example.org")
		}
		f.email = email
	}
	o := &agency.Office{FOIAOffice: f.attention, Country: f.country, Email: f.email, Fax: f.fax, PortalURL: f.portal, Law: f.law}
	lines := correspondence.AddressLines(f.address)
	if n := len(lines); n > 0 {
		o.Address, o.City = lines[:n-1], lines[n-1]
		if m := cityLine.RE().FindStringSubmatch(strings.TrimSpace(lines[n-1])); m != nil {
			o.City, o.State, o.ZIP = m[1], m[2], m[3]
		}
	}
	if len(o.Address) == 0 && f.address != "" {
		return nil, remedy.Misuse("--address needs a street and a city",
			"write it like --address \"715 E 8th St, Austin, TX 78701\"")
	}
	return o, nil
}
