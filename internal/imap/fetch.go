package imap

import (
	"errors"
	"io"
	"iter"
	"slices"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"foia/internal/lazy"
	"foia/internal/mail"
)

// How much is fetched with one command. What is in memory is one such batch, or one large message.
const (
	sizesAtOnce   = 500
	batchMessages = 50
	batchBytes    = 4 << 20
)

const errGone = lazy.Failure("the server did not send it; it may have been moved or deleted meanwhile")

// Due says which messages are due: those after the mark, if there is one that still counts and nobody wants all of
// them Again, else those Since a day, by the server's own count of when it got them.
type Due struct {
	After Mark
	Since time.Time
	Again bool
}

// Messages yields what is due, in the order of its numbers. A message counts as dealt with when the loop asks for the
// next one. What cannot be read is yielded as a mail.Unreadable; another error is the last thing.
func (b *Box) Messages(due Due) iter.Seq2[mail.Raw, error] {
	return func(yield func(mail.Raw, error) bool) {
		uids, err := b.find(due)
		if err != nil {
			yield(mail.Raw{}, err)
			return
		}
		if len(uids) > MostMessages {
			b.Waiting, uids = len(uids)-MostMessages, uids[:MostMessages]
		}
		for len(uids) > 0 {
			if b.bytes > mostBytes || b.line.spent() > mostWaiting {
				b.Waiting += len(uids)
				return
			}
			some := uids[:min(len(uids), sizesAtOnce)]
			if !b.some(some, yield) {
				return
			}
			uids = uids[len(some):]
		}
	}
}

// find lists the numbers of the messages that are due, in their order.
func (b *Box) find(due Due) ([]goimap.UID, error) {
	criteria := &goimap.SearchCriteria{Since: due.Since}
	first := goimap.UID(1)
	switch {
	case due.After.Validity == 0:
	case due.After.Validity != b.mark.Validity:
		b.Renumbered = true
	default:
		b.mark.UID = due.After.UID
		if !due.Again {
			first = goimap.UID(due.After.UID) + 1
			criteria = &goimap.SearchCriteria{UID: []goimap.UIDSet{{{Start: first}}}} // up to the last
		}
	}
	if first == 0 {
		return nil, nil // the highest number that there can be was read
	}
	var found goimap.NumSet
	err := b.ask("listing the messages", mostListed, mostListed, func() error {
		data, err := b.client.UIDSearch(criteria, nil).Wait()
		if err == nil {
			found = data.All
		}
		return err
	})
	if err != nil {
		return nil, b.refused(err, "the mail server does not list its messages", doAgain)
	}
	set, ok := found.(goimap.UIDSet)
	if !ok && found != nil {
		return nil, b.failed("listing the messages", errTalk)
	}
	return numbersOf(set, first), nil
}

// mostListed is how much a list of numbers can have: some 500,000 of them.
const mostListed = 4 << 20

// mostNumbers is how many numbers of a list are looked at. A server may say 1:4294967295.
const mostNumbers = 1 << 20

// numbersOf are the numbers of a set from one on. Servers answer a search from beyond the last with the last.
func numbersOf(set goimap.UIDSet, first goimap.UID) (uids []goimap.UID) {
	for _, r := range set {
		for n := uint64(max(r.Start, first)); n <= uint64(r.Stop) && n > 0 && len(uids) < mostNumbers; n++ {
			uids = append(uids, goimap.UID(n))
		}
	}
	return uids
}

// some yields messages, batch by batch, and tells whether to go on.
func (b *Box) some(uids []goimap.UID, yield func(mail.Raw, error) bool) bool {
	sizes, err := b.sizes(uids)
	if err != nil {
		yield(mail.Raw{}, err)
		return false
	}
	for len(uids) > 0 {
		n := batch(uids, sizes)
		var got map[goimap.UID][]byte
		got, err = b.batch(uids[:n], sizes)
		for _, uid := range uids[:n] {
			if err != nil && got[uid] == nil {
				yield(mail.Raw{}, err)
				return false
			}
			if !b.give(uid, got[uid], sizes[uid], yield) {
				return false
			}
			delete(got, uid)
		}
		if err != nil { // after the last
			yield(mail.Raw{}, err)
			return false
		}
		uids = uids[n:]
	}
	return true
}

// batch is how many of the first messages are fetched together.
func batch(uids []goimap.UID, sizes map[goimap.UID]int64) (n int) {
	var bytes int64
	for n < len(uids) && n < batchMessages {
		if bytes += sizes[uids[n]]; bytes > batchBytes && n > 0 {
			break
		}
		n++
	}
	return n
}

// give yields one message, and tells whether to go on.
func (b *Box) give(uid goimap.UID, data []byte, said int64, yield func(mail.Raw, error) bool) bool {
	place := mail.Place{File: b.account.Place(), Number: int(uid)}
	raw, err := mail.Raw{Place: place, Kind: mail.Mail, Data: data}, error(nil)
	switch size := max(said, int64(len(data))); {
	case size > mail.MostBytes:
		raw, err = mail.Raw{Place: place}, &mail.Unreadable{Place: place, Why: mail.TooLarge{Size: size}}
	case data == nil:
		raw, err = mail.Raw{Place: place}, &mail.Unreadable{Place: place, Why: errGone}
	case int64(len(data)) < said:
		b.Short++
	}
	if !yield(raw, err) {
		return false
	}
	b.mark.UID = max(b.mark.UID, uint32(uid))
	return true
}

// sizes asks for the sizes that the server announces. Some servers are wrong about them.
func (b *Box) sizes(uids []goimap.UID) (sizes map[goimap.UID]int64, err error) {
	sizes = map[goimap.UID]int64{}
	err = b.ask("saying how large its messages are", smallAnswer, 0, func() error {
		return b.each(uids, &goimap.FetchOptions{UID: true, RFC822Size: true}, 0, func(m message) { sizes[m.uid] = m.size })
	})
	return sizes, b.refused(err, "the mail server does not say how large its messages are", doAgain)
}

// batch fetches messages. What is larger than it was said to be comes up to a bound, and is fetched again by itself.
func (b *Box) batch(uids []goimap.UID, sizes map[goimap.UID]int64) (got map[goimap.UID][]byte, err error) {
	var wanted []goimap.UID
	for _, uid := range uids {
		if _, there := sizes[uid]; there && sizes[uid] <= mail.MostBytes {
			wanted = append(wanted, uid)
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	if len(wanted) == 1 {
		return b.fetch(wanted, mail.MostBytes+1, sizes[wanted[0]])
	}
	if got, err = b.fetch(wanted, batchBytes+1, batchBytes); err != nil {
		return got, err
	}
	for _, uid := range wanted {
		if len(got[uid]) <= batchBytes {
			continue
		}
		delete(got, uid)
		again, err := b.fetch([]goimap.UID{uid}, mail.MostBytes+1, mail.MostBytes)
		if err != nil {
			return got, err
		}
		got[uid] = again[uid]
	}
	return got, nil
}

// fetch fetches messages without marking them as read, of each the first bytes, and expects so many of all. What came
// before an error counts.
func (b *Box) fetch(uids []goimap.UID, most, expected int64) (got map[goimap.UID][]byte, err error) {
	got = map[goimap.UID][]byte{}
	section := &goimap.FetchItemBodySection{Peek: true, Partial: &goimap.SectionPartial{Size: most}}
	options := &goimap.FetchOptions{UID: true, BodySection: []*goimap.FetchItemBodySection{section}}
	err = b.ask("sending messages", most*int64(len(uids))+smallAnswer, expected, func() error {
		return b.each(uids, options, most, func(m message) {
			if m.data != nil {
				got[m.uid] = m.data
				b.bytes += int64(len(m.data))
			}
		})
	})
	return got, b.refused(err, "the mail server does not send its messages", doAgain)
}

// message is what the server answered about one.
type message struct {
	uid  goimap.UID
	size int64 // as announced
	data []byte
}

// each hands over what the server answers about messages. Where an answer breaks off, the library must not be asked to
// go on: it would read the rest of a text while another thread of its own does.
func (b *Box) each(uids []goimap.UID, options *goimap.FetchOptions, most int64, hand func(message)) error {
	b.strays.begin(most)
	cmd := b.client.Fetch(goimap.UIDSetNum(uids...), options)
	handed := map[goimap.UID]bool{}
	for m := cmd.Next(); m != nil; m = cmd.Next() {
		one, err := b.message(m, most)
		if err != nil {
			b.line.cut()
			<-b.client.Closed()
			return err
		}
		hand(one)
		handed[one.uid] = true
	}
	err := cmd.Close()
	for _, one := range b.strays.end() {
		if slices.Contains(uids, one.uid) && !handed[one.uid] {
			hand(one)
			handed[one.uid] = true
		}
	}
	return err
}

// message reads the answer about one message, whose text may have so many bytes.
func (b *Box) message(data *imapclient.FetchMessageData, most int64) (m message, err error) {
	for item := data.Next(); item != nil; item = data.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			m.uid = item.UID
		case imapclient.FetchItemDataRFC822Size:
			m.size = item.Size
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil {
				continue
			}
			if m.data, err = b.text(item.Literal, most); err != nil {
				return m, err
			}
		}
	}
	return m, nil
}

// text reads a text to its end, by which the library knows that it can go on. It ends one where the line does: only
// the length tells that some of it is missing.
func (b *Box) text(from goimap.LiteralReader, most int64) ([]byte, error) {
	size := from.Size()
	if size > most {
		b.line.refuse()
		_, err := io.Copy(io.Discard, from) // what is there already
		return nil, errors.Join(errFlood, err)
	}
	data := make([]byte, size)
	n, err := 0, error(nil)
	for err == nil {
		var more int
		more, err = from.Read(data[n:cap(data)])
		n += more
		if n == len(data) && err == nil {
			_, err = from.Read(make([]byte, 1))
		}
	}
	switch {
	case !errors.Is(err, io.EOF):
		return nil, err
	case n < len(data):
		return nil, io.ErrUnexpectedEOF
	}
	return data, nil
}
