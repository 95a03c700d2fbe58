package reply

import (
	"slices"
	"strings"

	"foia/internal/law"
	"foia/internal/lazy"
)

var codeForms = struct{ word, list, withheld, explains, denies, applied, state lazy.Pattern }{
	// Exemption 6, Exemptions 6 and 7(C), Exemptions 5, b7(E)
	word: lazy.Pattern(`(?i)\b(?:exemptions?|exs?\.?) (?:number )?((?:\(?b?\)?\(?(?:[1-9]\b|[1-9][a-f]\b)\)?(?:\(` +
		`?[a-f]\)?)?(?:,? and |, | or )?)+)`),
	list: lazy.Pattern(`(?i)([1-9])\)?(?:\(?([a-f])\b\)?)?`),
	withheld: lazy.Pattern(`(?i)\bwithh[eo]ld|withholding|t[ao]ok out|tak(?:e|en|ing) out|ke(?:pt|ep|eping) (?:ba` +
		`ck|from)|h[eo]ld(?:ing)? back|left out|struck out|mask|` +
		`obscur|refus|not (?:be )?(?:releas|disclos|provid|made available|made public)|redact|delet|removed|blacked|` +
		`excis|den(?:y|ied|ying)|exempt ` +
		`(?:from|under|pursuant)|is exempt|are exempt|applicable exemption|` +
		`assert|protected? (?:from disclosure )?(?:under|by|pursuant)|pursuant to .{0,40}exemption|under .{0,20}exemption|in part`),
	explains: lazy.Pattern(`(?i)^(?:the )?(?:foia )?(?:exemptions?|subsection|` +
		`section) (?:number )?\(?b?\)?\s?\(?\d\)?(?:\(?[a-f]\)?)?(?: of the \w+)?,? ` +
		`(?:\w+ ){0,2}?(?:protects?|permits?|allows?|exempts?|concerns?|covers?|applies to|authorizes?|shields?|pertains?|safeguards?|` +
		`provides?)|` +
		`did not rely|not rely on|not (?:assert|claim|invok|withh)|in the past|exemption of the FOIA (?:provides|p` +
		`rotects)|(?:could|might|may) (?:also |otherwise )?(?:be |have been )?(?:withh|exempt|protect|appl)|whether (?:they|it|any|the|` +
		`such|portions)|considered whether|would (?:likely |probably |otherwise )?have|` +
		`reserve the right|other exemptions|this exemption protects|(?:will|may|must|have to|has to|need to) (?:\w+ ` +
		`)?be (?:sent|submitted|shown|` +
		`referred)|submitters?\b|before we (?:can )?(?:decide|release)|(?:keep|reserve|retain)s? the right|no longer` +
		` applicable|^since exemption|you (?:argue|assert|contend|` +
		`claim|asked)`),
	denies: lazy.Pattern(`(?i)did not rely|not rely on|\bnot (?:assert|claim|invok|withh)|considered whether|would (?:likely |` +
		`probably |otherwise )?have|` +
		`no longer applicable|reserve the right|in the past|you (?:argue|assert|contend|claim|asked)|whether`),
	applied: lazy.Pattern(`(?i)(?:have|has|are|were|is|was|been|being|we|I) (?:\w+ ){0,3}?(?:withh[eo]ld\w*|withholding|` +
		`redact(?:ed|ing)|delet(?:ed|ing)|excis(?:ed|ing)|` +
		`remov(?:ed|ing)|den(?:ied|ying))|(?:withheld|redactions?|deletions?)\b|` +
		`(?:specific|relevant|controlling|governing|particular|applicable) (?:statutes?|laws?|exemptions?)|` +
		`(?:applicable|applies|apply|invoked|relied (?:up)?on|asserted) (?:in this case|here|in this instance|to (?:` +
		`these|this|the|your))`),
	state: lazy.Pattern(`(?i)(?:(?:public officers law|government code|code|statutes?|law),? )?(?:sections?|§§?|s\.) ?` +
		`(\d+[\w.()]*(?:\(\w+\))*)`),
}

// exemptions are the codes under which a sentence says that something is withheld. What explains an exemption
// asserts none.
func exemptions(s *sentence, begun, federal bool) (codes []string, ok bool) {
	if codeForms.explains.RE().MatchString(s.text) {
		return nil, false
	}
	if !s.ticked && !begun && !codeForms.withheld.RE().MatchString(s.text) {
		return nil, false
	}
	if !federal {
		if !codeForms.withheld.RE().MatchString(s.text) {
			return nil, false
		}
		for _, m := range codeForms.state.RE().FindAllStringSubmatch(s.text, -1) {
			codes = append(codes, strings.TrimRight(m[1], "."))
		}
		return codes, len(codes) > 0
	}
	codes = codesIn(s, true)
	return codes, len(codes) > 0
}

// codesIn are the codes of the federal law that a sentence names.
func codesIn(s *sentence, federal bool) (codes []string) {
	if !federal {
		return nil
	}
	add := func(digit, letter string) {
		c := "b" + digit
		if digit == "7" {
			c += strings.ToUpper(letter)
		}
		if !slices.Contains(codes, c) {
			codes = append(codes, c)
		}
	}
	text := fiveUSC.RE().ReplaceAllString(unused.RE().ReplaceAllString(s.text, ""), "")
	for _, m := range bareCode.RE().FindAllStringSubmatch(text, -1) {
		add(m[1], m[2]+m[3])
	}
	for _, m := range codeForms.word.RE().FindAllStringSubmatch(text, -1) {
		for _, n := range codeForms.list.RE().FindAllStringSubmatch(m[1], -1) {
			add(n[1], n[2])
		}
	}
	for _, m := range ordinal.RE().FindAllStringSubmatch(text, -1) {
		add(string(rune('1'+slices.Index(ordinals, strings.ToLower(m[1])))), "")
	}
	return settled(codes)
}

// unused is the clause that names an exemption on which nothing rests: “we did not find it necessary to rely on Exemption 3”.
const unused = lazy.Pattern(`(?i)\b(?:not|never|unnecessary|without|no (?:need|reason|occasion)) (?:\w+ ){0,5}?` +
	`(?:rel(?:y|ied|ying) (?:up)?on|invok(?:e|ed|ing)|assert(?:ed|ing)?|reach(?:ed|ing)?)\b[^;]*`)

var ordinals = []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"}

var (
	ordinal = lazy.Pattern(`(?i)\b(first|second|third|fourth|fifth|sixth|eighth|ninth) exemption\b`)
	fiveUSC = lazy.Pattern(`(?i)\b\d+ U\.?\s?S\.?\s?C\.?(?: §+)?|552a? ?\(a\)\S*|1\.4 ?\(\w\)(?: and \(\w\))*|\b\d+ C` +
		`\.?F\.?R\.? ?(?:§+ ?|part |sec\. )?[\d.]+(?:\(\w+\))*`)
	bareCode = lazy.Pattern(`(?i)(?:\(b\) ?\(|\bb\(|\bb)([1-9])\)?(?: ?\(([a-f])\)|\(?([a-f])\b\)?)?`)
)

// settled leaves b7 out beside b7E, and puts codes in order.
func settled(codes []string) []string {
	if slices.ContainsFunc(codes, func(c string) bool { return len(c) == 3 }) {
		codes = slices.DeleteFunc(codes, func(c string) bool { return c == "b7" })
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// federal tells whether a message speaks under the federal law.
func (r *reader) federal() bool { return r.text.once("federal", r.isFederal) }

func (r *reader) isFederal() bool {
	if r.known.Law != "" {
		return r.known.Law == law.Federal
	}
	if strings.HasSuffix(r.message.Sender, ".gov") || strings.HasSuffix(r.message.Sender, ".mil") {
		return true
	}
	for _, s := range r.text.sentences {
		if otherLaw.RE().MatchString(s.text) {
			return false
		}
	}
	for _, l := range r.text.tail {
		if federalLaw.RE().MatchString(l.text) {
			return true
		}
	}
	return false
}

var (
	federalLaw = lazy.Pattern(`(?i)552|\bFOIPA\b|U\.S\. Department|United States|Freedom of Information Act`)
	otherLaw   = lazy.Pattern(`(?i)public records act|freedom of information law\b|public officers law|government code` +
		`|open records act|public records law|` +
		`Freedom of Information Act 2000|Informationsfreiheitsgesetz|\bIFG\b|public information act|sunshine law|right[- ]to[- ]know`)
)
