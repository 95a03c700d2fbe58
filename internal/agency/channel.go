package agency

import (
	_ "embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"foia/internal/remedy"
	"foia/internal/yamltext"
)

//go:embed data/channel-rules.yaml
var channelRulesYAML []byte

// channelRule says why some offices refuse some channels.
type channelRule struct {
	Offices []string  `yaml:"offices"`
	Refused []Channel `yaml:"refused"`
	Why     string    `yaml:"why"`
	Cite    string    `yaml:"cite"`
	Source  string    `yaml:"source"`
}

var loadChannelRules = sync.OnceValues(func() ([]channelRule, error) {
	var file struct {
		Rules []channelRule `yaml:"rules"`
	}
	if err := yamltext.Decode(yamltext.Source{File: "channel-rules.yaml", Text: channelRulesYAML}, &file); err != nil {
		return nil, fmt.Errorf("the rules on filing methods cannot be read: %w", err)
	}
	return file.Rules, nil
})

// preference is the order in which foia would rather file: with a receipt at
// once first, by the slowest way last.
var preference = []Channel{Portal, Email, Fax, Mail}

// Takes tells whether the office takes requests by that channel.
func (o Office) Takes(c Channel) bool { return slices.Contains(o.ReceivesBy, c) }

// Preferred is the channel that foia proposes, or "" if none is known.
func (o Office) Preferred() Channel {
	for _, c := range preference {
		if o.Takes(c) {
			return c
		}
	}
	return ""
}

// ContactFor returns where a request goes by that channel: the portal's address,
// the fax number or the e-mail address. For mail it is empty; see AddressBlock.
func (o Office) ContactFor(c Channel) string {
	switch c {
	case Portal:
		return o.PortalURL
	case Fax:
		return o.Fax
	case Email:
		return o.Email
	}
	return ""
}

// ChannelRefused says that an office does not take requests by a channel.
type ChannelRefused struct {
	Office  Office
	Channel Channel
	Why     string // with its citation; empty if not known
}

func (e *ChannelRefused) Error() string {
	s := fmt.Sprintf("%s does not accept requests by %s", e.Office.Name, e.Channel)
	if e.Why != "" {
		s += ": " + e.Why
	}
	return s
}

// Hint names the channels that the office does take.
func (e *ChannelRefused) Hint() string {
	var ways []string
	for _, c := range preference {
		if !e.Office.Takes(c) {
			continue
		}
		if contact := e.Office.ContactFor(c); contact != "" {
			ways = append(ways, fmt.Sprintf("%s (%s)", c, contact))
		} else {
			ways = append(ways, string(c))
		}
	}
	if len(ways) == 0 {
		return "foia does not know how this office accepts requests; look it up at " + e.Office.Website
	}
	return "use " + strings.Join(ways, ", ")
}

// ChannelUnknown says that nothing tells whether an office takes requests by a channel, or
// how it is reached so: its source names no such way, or not the contact.
type ChannelUnknown struct {
	Office  Office
	Channel Channel
}

func (e *ChannelUnknown) Error() string {
	if slices.Contains(e.Office.Ways, string(e.Channel)) {
		return fmt.Sprintf("%s takes requests by %s, it says, but the directory has no %s of it for them", e.Office.Name, e.Channel.Word(),
			e.Channel.Contact())
	}
	return fmt.Sprintf("whether %s accepts requests by %s is unknown", e.Office.Name, e.Channel.Word())
}

// Hint says what to do.
func (e *ChannelUnknown) Hint() string {
	hint := "look it up" + checkedAt(e.Office.whereToCheck()) + ", and enter it: " + remedy.To(remedy.Correct, e.Office.ID).String()
	if ways := e.Office.ReceivesBy; len(ways) > 0 && !e.Office.Takes(e.Channel) {
		hint = (&ChannelRefused{Office: e.Office}).Hint() + "; or " + hint
	}
	return hint
}

func checkedAt(where string) string {
	if where == "" {
		return ""
	}
	return " at " + where
}

// CheckChannel returns a *ChannelUnknown if nothing says whether the office takes requests
// by that channel, and otherwise a *ChannelRefused if it does
// not take them.
func (o Office) CheckChannel(c Channel) error {
	if o.Takes(c) {
		return nil
	}
	if _, err := loadChannelRules(); err != nil {
		return err
	}
	if _, against := o.TrapAgainst(c); o.IsElsewhere() && !against {
		return &ChannelUnknown{Office: o, Channel: c}
	}
	refused := &ChannelRefused{Office: o, Channel: c}
	if t, against := o.TrapAgainst(c); against {
		refused.Why = t.Says
	}
	if r, ok := ruleAgainst(o.ID, c); ok {
		refused.Why = r.Why + " (" + r.Cite + ")"
	}
	return refused
}

// ruleAgainst is the rule by which an office does not take requests by a channel. A test
// reads the rules; should they be broken all the same, CheckChannel says so.
func ruleAgainst(office string, c Channel) (channelRule, bool) {
	rules, err := loadChannelRules()
	if err != nil {
		return channelRule{}, false
	}
	i := slices.IndexFunc(rules, func(r channelRule) bool { return slices.Contains(r.Refused, c) && r.binds(office) })
	if i < 0 {
		return channelRule{}, false
	}
	return rules[i], true
}

func (r channelRule) binds(office string) bool {
	for _, pattern := range r.Offices {
		if ok, err := path.Match(pattern, office); ok && err == nil {
			return true
		}
	}
	return false
}
